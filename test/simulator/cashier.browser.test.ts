import { createServer, type Server } from "node:http";
import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../support/browser.js";
import { pageOf } from "./support/pages.js";
import { openScene, type Scene } from "./support/scene.js";

describe("simulator: the hosted pages in a browser", function () {
  this.timeout(60_000);

  let browser: Browser;
  let scene: Scene;
  let page: Page;
  let shop: Server;
  /** The shop's return address, which sends the buyer on to another host as shops do. */
  let returnUrl: string;
  let complaints: string[];

  before(async () => {
    browser = await launchBrowser();
    shop = createServer((request, response) => {
      if (request.url === "/return")
        response.writeHead(303, { location: returnUrl.replace("127.0.0.1", "localhost").replace("return", "thanks") });
      else response.writeHead(200, { "content-type": "text/html" });
      response.end("<!doctype html><title>Thanks</title><h1>Back in the shop</h1>");
    });
    await new Promise<void>((resolve) => shop.listen(0, "127.0.0.1", resolve));
    const address = shop.address();
    returnUrl = `http://127.0.0.1:${typeof address === "object" ? (address?.port ?? 0) : 0}/return`;
  });
  after(async () => {
    await browser.close();
    shop.closeAllConnections();
    shop.close();
  });
  beforeEach(async () => {
    scene = await openScene();
    page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    complaints = [];
    page.on("console", (message) => {
      if (message.type() === "error" && !message.text().includes("422")) complaints.push(message.text());
    });
  });
  afterEach(async () => {
    await page.close();
    await scene.close();
  });

  const open = async (fields: Record<string, unknown> = {}) => {
    await page.goto(pageOf(await scene.pay({ paymentRedirectUrl: returnUrl, ...fields })));
  };
  const isWideEnough = async () => {
    // With its styles.
    await page.waitForLoadState();
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth");
  };

  it("let a buyer pay with a filled-in card and come back, across hosts", async () => {
    await open();
    expect(await isWideEnough()).to.equal(true);
    await page.getByRole("link", { name: "Fill in Visa 0768" }).click();
    await page.getByRole("button", { name: "Pay EUR 19.99" }).click();
    await page.getByRole("heading", { name: "Back in the shop" }).waitFor();
    expect(new URL(page.url()).hostname).to.equal("localhost");
    expect(scene.simulator.ledger().authorizations).to.have.length(1);
    expect(complaints).to.deep.equal([]);
  });

  it("lead the buyer to what is wrong, and from there to the field", async () => {
    await open();
    await page.getByLabel("Card number").fill("4054695723100769");
    await page.getByLabel("Expiry month").fill("13");
    await page.getByLabel("Expiry year").fill("34");
    await page.getByLabel("Security code").fill("99");
    await page.getByRole("button", { name: /^Pay/ }).click();
    await page.getByRole("alert").waitFor();
    expect(await page.evaluate("document.activeElement.getAttribute('role')")).to.equal("alert");
    expect(await page.getByLabel("Card number").inputValue()).to.equal("");
    expect(await page.getByLabel("Card number").getAttribute("aria-invalid")).to.equal("true");
    expect(await isWideEnough()).to.equal(true);
    await page.getByRole("link", { name: "Enter the month as 01 to 12." }).click();
    expect(new URL(page.url()).hash).to.equal("#expiryMonth");
    expect(complaints).to.deep.equal([]);
  });

  it("challenge the buyer, who approves with the keyboard", async () => {
    const paymentMethodMetaData = { is3DSAuthentication: true };
    await open({ paymentMethod: { paymentMethodType: "CARD", paymentMethodMetaData } });
    await page.getByRole("link", { name: "Fill in Mastercard 4622" }).click();
    await page.getByRole("button", { name: /^Pay/ }).click();
    await page.getByRole("heading", { name: "Confirm it is you" }).waitFor();
    // A page takes its focus after it shows.
    await page.locator("button:focus").waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Back in the shop" }).waitFor();
    expect(scene.simulator.payments()[0]).to.include({ status: "SUCCESS" });
    expect(complaints).to.deep.equal([]);
  });

  it("go on by themselves when the bank has no question", async () => {
    const paymentMethodMetaData = { is3DSAuthentication: true };
    await open({ paymentMethod: { paymentMethodType: "CARD", paymentMethodMetaData } });
    await page.locator("summary").filter({ hasText: "3-D Secure" }).click();
    expect(await isWideEnough()).to.equal(true);
    await page.getByRole("link", { name: "Fill in Visa 0012" }).click();
    await page.getByRole("button", { name: /^Pay/ }).click();
    await page.getByRole("heading", { name: "Checking with your bank" }).waitFor();
    await page.getByRole("heading", { name: "Back in the shop" }).waitFor();
    expect(scene.simulator.payments()[0]).to.include({ status: "SUCCESS" });
    expect(complaints).to.deep.equal([]);
  });

  it("ask the holder of a Korean card who they are", async () => {
    await open({ paymentAmount: { currency: "KRW", value: "30000" } });
    await page.locator("summary").filter({ hasText: "Local" }).click();
    await page.getByRole("link", { name: "Fill in Hyundai, Korea 9217" }).click();
    await page.getByRole("button", { name: "Pay KRW 30,000" }).click();
    await page.getByRole("heading", { name: "Who holds the card" }).waitFor();
    expect(await isWideEnough()).to.equal(true);
    await page.getByLabel("First two digits of the PIN").fill("12");
    await page.getByRole("button", { name: /^Pay/ }).click();
    await page.getByRole("alert").waitFor();
    expect(await page.getByLabel("First two digits of the PIN").inputValue()).to.equal("");
    await page.getByLabel("Date of birth").fill("1990-12-31");
    await page.getByLabel("First two digits of the PIN").fill("12");
    await page.getByRole("button", { name: /^Pay/ }).click();
    await page.getByRole("heading", { name: "Back in the shop" }).waitFor();
    expect(scene.simulator.payments()[0]).to.include({ status: "SUCCESS" });
    expect(complaints).to.deep.equal([]);
  });

  it("let the buyer leave", async () => {
    await open();
    await page.getByRole("link", { name: "Cancel and go back to the shop" }).click();
    await page.getByRole("heading", { name: "Back in the shop" }).waitFor();
    expect(scene.simulator.payments()[0]).to.include({ status: "PROCESSING" });
  });

  it("have switches for faults that work without a script", async () => {
    await page.goto(`${scene.simulator.credentials.gateway}/simulator`);
    await page.getByLabel("Call", { exact: true }).selectOption("notify");
    await page.getByLabel("Fault", { exact: true }).selectOption("drop");
    await page.getByLabel("Times").fill("2");
    await page.getByRole("button", { name: "Add" }).click();
    await page.getByText("drop, 2 times").waitFor();
    expect(await isWideEnough()).to.equal(true);
    await page.getByRole("button", { name: "Clear all" }).click();
    await page.getByText("No fault is waiting").waitFor();
    expect(scene.simulator.faults()).to.deep.equal([]);
    expect(complaints).to.deep.equal([]);
  });
});
