import { expect } from "chai";
import { urlencoded } from "express";
import type { Browser, Page } from "playwright-core";
import { formActionFor } from "../../lib/pages/csp.js";
import { redirectPage } from "../../lib/pages/redirect-page.js";
import type { BuyerAction } from "../../lib/payment/payment.js";
import { keepsLeftPages, launchBrowser } from "../support/browser.js";
import { complaintsOf } from "./complaints.js";
import { HOSTILE } from "./hostile.js";
import { sendPage, startPageServer, type PageServer } from "./page-server.js";

describe("the redirect page in a browser", function () {
  this.timeout(30_000);

  let browser: Browser;
  let shop: PageServer;
  let gateway: PageServer;
  let bank: PageServer;
  /** For every test that needs no browser of its own. */
  let usual: Page;
  let action: BuyerAction;
  let visits: { url: string; body: unknown; origin: string | undefined; referer: string | undefined }[];
  let cached: boolean;

  before(async () => {
    browser = await launchBrowser({ backForwardCache: true });
    usual = await browser.newPage();
    [shop, gateway, bank] = await Promise.all([startPageServer(), startPageServer(), startPageServer()]);
    shop.app.get("/", (_request, response) => {
      response.type("html").send("<!doctype html><title>Shop</title><a href='/redirect?token=secret'>Pay</a>");
    });
    shop.app.get("/redirect", (_request, response) => {
      if (!cached) response.set("Cache-Control", "no-store");
      sendPage(
        response,
        (nonce) => redirectPage({ locale: "en", nonce, action, returnUrl: `${shop.url}/return?token=secret` }),
        { formAction: formActionFor(action) },
      );
    });
    shop.app.get("/return", (_request, response) => {
      response.type("html").send("<!doctype html><title>State</title><h1>State</h1>");
    });
    gateway.app.use("/pay", urlencoded({ extended: false }), (request, response) => {
      const { originalUrl: url, headers } = request;
      visits.push({ url, body: request.body, origin: headers.origin, referer: headers.referer });
      if (url.includes("stay")) response.status(204).end();
      else if (url.includes("bank")) response.redirect(302, `${bank.url}/challenge`);
      else response.type("html").send("<!doctype html><title>Payment</title><h1>Payment</h1>");
    });
    bank.app.get("/challenge", (_request, response) => {
      response.type("html").send("<!doctype html><title>Bank</title><h1>Bank</h1>");
    });
  });

  after(async () => {
    await browser.close();
    await Promise.all([shop.close(), gateway.close(), bank.close()]);
  });

  beforeEach(() => {
    visits = [];
    cached = false;
  });

  afterEach(async () => {
    const others = browser.contexts().filter((context) => context !== usual.context());
    await Promise.all(others.map((context) => context.close()));
  });

  const pay = async (page: Page): Promise<void> => {
    await page.goto(shop.url);
    await page.click("a");
  };

  const back = async (page: Page): Promise<void> => {
    await page.evaluate("history.back()").catch(() => undefined);
  };

  const heading = (page: Page): Promise<string> => page.locator("h1:visible").innerText();

  it("goes on to a plain link by itself, without telling it where from", async () => {
    action = { url: `${gateway.url}/pay?id=1&step=2`, method: "GET" };
    const page = usual;
    const complaints = complaintsOf(page);
    await pay(page);
    await page.waitForURL(action.url, { waitUntil: "commit" });
    expect(visits).to.have.length(1);
    expect(visits[0]?.referer).to.equal(undefined);
    expect(complaints).to.deep.equal([]);
  });

  it("posts a form with its parameters by itself", async () => {
    const parameters = { order: "ord_42", "a b": "\u00fc&=+\"'<>", submit: "clobbered", action: "x", method: "y" };
    action = { url: `${gateway.url}/pay`, method: "POST", parameters };
    const page = usual;
    const complaints = complaintsOf(page);
    await pay(page);
    await page.waitForURL(action.url, { waitUntil: "commit" });
    expect(visits.map((visit) => ({ ...(visit.body as object) }))).to.deep.equal([parameters]);
    expect(visits[0]?.origin).to.equal("null");
    expect(complaints).to.deep.equal([]);
  });

  it("lets the gateway redirect a posted form to a bank", async () => {
    action = { url: `${gateway.url}/pay?to=bank`, method: "POST", parameters: { a: "1" } };
    const page = usual;
    const complaints = complaintsOf(page);
    await pay(page);
    await page.waitForURL(`${bank.url}/challenge`, { waitUntil: "commit" });
    expect(complaints).to.deep.equal([]);
  });

  for (const method of ["GET", "POST"] as const) {
    it(`does not send the buyer forward again when they come back from a ${method}`, async () => {
      action = { url: `${gateway.url}/pay`, method };
      const page = usual;
      await pay(page);
      await page.waitForURL(action.url, { waitUntil: "commit" });
      await back(page);
      await page.waitForURL(`${shop.url}/`, { waitUntil: "commit" });
      await page.waitForTimeout(300);
      expect(page.url()).to.equal(`${shop.url}/`);
      expect(visits).to.have.length(1);
    });

    it(`asks instead of sending the buyer forward again when a ${method} is reloaded or returned to`, async () => {
      action = { url: `${gateway.url}/pay?stay`, method };
      const page = usual;
      await pay(page);
      await page.locator("h1", { hasText: "Taking you" }).waitFor();
      await page.reload();
      expect(await heading(page)).to.equal("Continue to the secure payment page");
      expect(visits).to.have.length(1);

      action = { url: `${gateway.url}/pay?really`, method };
      await page.reload();
      await page.getByText("Continue to payment").click();
      await page.waitForURL(action.url, { waitUntil: "commit" });
      await back(page);
      await page.waitForURL(/redirect/, { waitUntil: "commit" });
      expect(await heading(page)).to.equal("Continue to the secure payment page");
      expect(visits).to.have.length(2);

      await page.getByText("See the state of my payment").click();
      await page.waitForURL(/return/, { waitUntil: "commit" });
      expect(await heading(page)).to.equal("State");
    });
  }

  it("asks when the browser shows the page again just as it was left", async function () {
    if (!keepsLeftPages()) this.skip();
    cached = true;
    action = { url: `${gateway.url}/pay?stay`, method: "GET" };
    const page = usual;
    await pay(page);
    await page.locator("h1", { hasText: "Taking you" }).waitFor();
    await page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
    await page.locator("h1", { hasText: "Continue to" }).waitFor();

    action = { url: `${gateway.url}/pay`, method: "GET" };
    await page.reload();
    await page.getByText("Continue to payment").click();
    await page.waitForURL(action.url, { waitUntil: "commit" });
    await back(page);
    await page.locator("h1", { hasText: "Continue to" }).waitFor();
    expect(visits).to.have.length(2);
  });

  it("offers the way by hand when the payment page keeps the buyer waiting", async () => {
    action = { url: `${gateway.url}/pay?stay`, method: "GET" };
    const page = await browser.newPage();
    await page.clock.install({ time: 0 });
    await page.clock.pauseAt(3_600_000);
    await pay(page);
    await page.locator("h1", { hasText: "Taking you" }).waitFor();
    const link = page.getByRole("link", { name: "Continue to payment" });
    await page.clock.runFor(3900);
    expect(await link.isVisible()).to.equal(false);
    await page.clock.runFor(200);
    expect(await link.isVisible()).to.equal(true);
    expect(await page.getByText("You can continue yourself.").isVisible()).to.equal(true);
  });

  it("is a link the buyer can follow without script, by keyboard alone", async () => {
    action = { url: `${gateway.url}/pay`, method: "GET" };
    const page = await browser.newPage({ javaScriptEnabled: false });
    await pay(page);
    await page.locator("h1", { hasText: "Continue to the secure payment page" }).waitFor();
    expect(visits).to.deep.equal([]);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL(action.url, { waitUntil: "commit" });
  });

  it("is a form the buyer can send without script, by keyboard alone", async () => {
    action = { url: `${gateway.url}/pay?to=bank`, method: "POST", parameters: { a: "1" } };
    const page = await browser.newPage({ javaScriptEnabled: false });
    await pay(page);
    await page.locator("h1", { hasText: "Continue to the secure payment page" }).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${bank.url}/challenge`, { waitUntil: "commit" });
    expect(visits[0]?.body).to.have.property("a", "1");
  });

  it("hands hostile parameters on as they are and runs none of them", async () => {
    const texts = HOSTILE.filter((text) => !text.includes("\0"));
    const parameters = Object.fromEntries(texts.map((text, index) => [`${index}${text}`, text]));
    action = { url: `${gateway.url}/pay`, method: "POST", parameters };
    const page = usual;
    const complaints = complaintsOf(page);
    await pay(page);
    await page.waitForURL(action.url, { waitUntil: "commit" });
    expect({ ...(visits[0]?.body as object) }).to.deep.equal(parameters);
    expect(complaints).to.deep.equal([]);
  });
});
