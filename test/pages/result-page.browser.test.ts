import { setTimeout as delay } from "node:timers/promises";
import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../support/browser.js";
import { complaintsOf } from "./complaints.js";
import { HOSTILE } from "./hostile.js";
import { startResultShop, type ResultShop, type ResultState } from "./result-shop.js";

describe("the result page in a browser", function () {
  this.timeout(30_000);

  let browser: Browser;
  let shop: ResultShop;
  let state: ResultState;
  /** For every test that needs no browser of its own. */
  let usual: Page;

  before(async () => {
    browser = await launchBrowser({ backForwardCache: true });
    shop = await startResultShop();
    usual = await newPage();
  });

  after(async () => {
    await browser.close();
    await shop.close();
  });

  beforeEach(() => {
    state = { status: "processing", orderId: "ord_42" };
    shop.state = state;
    shop.asked = [];
  });

  afterEach(async () => {
    const others = browser.contexts().filter((context) => context !== usual.context());
    await Promise.all(others.map((context) => context.close()));
  });

  /** A page with its own clock stopped, so that a test says when time passes. */
  const newPage = async (): Promise<Page> => {
    const page = await browser.newPage();
    await page.clock.install({ time: 0 });
    await page.clock.pauseAt(3_600_000);
    return page;
  };

  const open = async (page = usual): Promise<Page> => {
    await page.goto(shop.returnUrl);
    return page;
  };

  const heading = (page: Page): Promise<string> => page.locator("h1").innerText();
  const said = (page: Page): Promise<string> => page.getByRole("status").innerText();
  const gets = (): number => shop.asked.filter((method) => method === "GET").length;

  const waitUntil = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
    const end = performance.now() + 5000;
    while (performance.now() < end) {
      if (await holds()) return;
      await delay(20);
    }
    throw new Error("It did not come about within five seconds.");
  };

  /** Lets the page's time pass until something has come about, for what takes an answer as well as time. */
  const passUntil = (page: Page, holds: () => boolean): Promise<void> =>
    waitUntil(async () => {
      if (!holds()) await page.clock.runFor(500);
      return holds();
    });

  it("asks after a second and a half, then less often, and moves on when the payment is authorized", async () => {
    const page = await open();
    const complaints = complaintsOf(page);
    expect(await heading(page)).to.equal("We are waiting for the bank\u2019s answer");
    await page.clock.runFor(1400);
    expect(gets()).to.equal(0);
    await page.clock.runFor(200);
    await waitUntil(() => gets() === 1);
    state.status = "authorized";
    await passUntil(page, () => gets() === 2);
    await page.locator("h1", { hasText: "Your payment is approved" }).waitFor();
    expect(shop.asked).to.deep.equal(["page", "GET", "GET", "page"]);
    expect(await page.locator("dd").allInnerTexts()).to.deep.equal(["ord_42", "\u20ac19.99"]);
    expect(complaints).to.deep.equal([]);
  });

  for (const [after, text] of [
    ["failed", "The payment did not go through"],
    ["voided", "The payment was cancelled"],
    ["expired", "The payment has expired"],
    ["captured", "Your payment is complete"],
  ] as const) {
    it(`moves on when the payment is ${after}`, async () => {
      const page = await open();
      state.status = after;
      await page.clock.runFor(2000);
      await page.locator("h1", { hasText: text }).waitFor();
      await page.getByRole("link", { name: "Back to the shop" }).click();
      await page.waitForURL(`${shop.url}/shop`, { waitUntil: "commit" });
    });
  }

  it("sends the buyer to the payment page as soon as there is one", async () => {
    state.status = "created";
    state.actionUrl = `${shop.url}/redirect?token=secret`;
    const page = await open();
    state.status = "requires_action";
    await page.clock.runFor(2000);
    await page.waitForURL(state.actionUrl, { waitUntil: "commit" });
  });

  it("takes the payment page's address from the answer when it did not know one, unless it is a script", async () => {
    state.status = "created";
    state.redirect = `${shop.url}/redirect?token=secret`;
    const page = await open();
    state.status = "requires_action";
    await page.clock.runFor(2000);
    await page.waitForURL(state.redirect, { waitUntil: "commit" });

    state.status = "created";
    state.redirect = "javascript:document.title='hostile'";
    const other = await open(await newPage());
    state.status = "requires_action";
    await other.clock.runFor(2000);
    await other.locator("h1", { hasText: "Your payment is not confirmed yet" }).waitFor();
  });

  it("leaves a buyer alone who is back from the payment page and has not finished there", async () => {
    state.status = "requires_action";
    state.actionUrl = `${shop.url}/redirect?token=secret`;
    const page = await open();
    await page.clock.runFor(1600);
    await waitUntil(() => gets() === 1);
    expect(page.url()).to.contain("/return");
    await page.getByRole("link", { name: "Continue to payment" }).click();
    await page.waitForURL(state.actionUrl, { waitUntil: "commit" });
  });

  it("keeps waiting through answers it cannot read", async () => {
    state.broken = true;
    const page = await open();
    await page.clock.runFor(1600);
    await waitUntil(() => gets() === 1);
    expect(await heading(page)).to.equal("We are waiting for the bank\u2019s answer");
    state.broken = false;
    state.status = "captured";
    await passUntil(page, () => gets() === 2);
    await page.locator("h1", { hasText: "Your payment is complete" }).waitFor();
  });

  it("stops asking after a quarter of an hour with a kind word, and asks again when it is told to", async () => {
    // What a clock has been told is told to it again on every later page: this much of it stays here.
    const page = await open(await newPage());
    // Where the answers are slow to come, much of the time passes while none is waited for.
    for (let seconds = 0; seconds < 6000; seconds += 6) {
      if (seconds % 30 === 0 && (await said(page)) !== "") break;
      await page.clock.runFor(6000);
      await delay(5);
    }
    expect(await said(page)).to.contain("You may close this page");
    const before = gets();
    expect(before).to.be.within(60, 190);
    await page.clock.runFor(60_000);
    expect(gets()).to.equal(before);
    await page.getByRole("button", { name: "I have paid" }).click();
    await waitUntil(async () => (await said(page)).startsWith("Not confirmed yet"));
    await passUntil(page, () => gets() > before);
  });

  it("does not ask while nobody looks, and asks at once when the buyer is back", async () => {
    const page = await open();
    const hide = (hidden: boolean): Promise<unknown> =>
      page.evaluate(
        `Object.defineProperty(document, "hidden", { value: ${String(hidden)}, configurable: true });
         document.dispatchEvent(new Event("visibilitychange"));`,
      );
    await hide(true);
    await page.clock.runFor(60_000);
    expect(gets()).to.equal(0);

    let openGate = (): void => undefined;
    state.gate = new Promise((resolve) => {
      openGate = resolve;
    });
    await hide(false);
    await waitUntil(() => gets() === 1);
    await hide(true);
    const answered = page.waitForResponse(/status/);
    openGate();
    await (await answered).finished();
    for (let times = 0; times < 5; times += 1) await page.clock.runFor(10_000);
    expect(gets()).to.equal(1);

    state.status = "captured";
    await hide(false);
    await page.locator("h1", { hasText: "Your payment is complete" }).waitFor();
    expect(gets()).to.equal(2);
  });

  it("asks the bank once when the buyer says they have paid, by keyboard alone, and says what came of it", async () => {
    let openGate = (): void => undefined;
    state.gate = new Promise((resolve) => {
      openGate = resolve;
    });
    const page = await open();
    const complaints = complaintsOf(page);
    const button = page.getByRole("button", { name: "I have paid" });
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await button.isDisabled()).to.equal(true);
    expect(await said(page)).to.equal("Asking the bank\u2026");
    await page.keyboard.press("Enter");
    openGate();
    await waitUntil(() => button.isEnabled());
    expect(await said(page)).to.match(/^Not confirmed yet/);
    expect(await page.evaluate("document.activeElement.textContent.trim()")).to.equal("I have paid");
    expect(shop.asked).to.deep.equal(["page", "POST"]);

    state.found = "authorized";
    await page.keyboard.press("Enter");
    await page.locator("h1", { hasText: "Your payment is approved" }).waitFor();
    expect(complaints).to.deep.equal([]);
  });

  it("says that nothing is lost when it could not ask", async () => {
    state.broken = true;
    const page = await open();
    await page.getByRole("button", { name: "I have paid" }).click();
    await waitUntil(async () => (await said(page)).startsWith("We could not ask just now"));
    expect(await page.getByRole("button", { name: "I have paid" }).isEnabled()).to.equal(true);
  });

  it("does not reload for ever when the shop waits for more than the payment's status tells", async () => {
    state.status = "authorized";
    state.untilCaptured = true;
    const page = await open();
    await page.clock.runFor(1600);
    await waitUntil(() => gets() === 1);
    await passUntil(page, () => gets() === 2);
    expect(shop.asked).to.deep.equal(["page", "GET", "GET"]);
  });

  it("works without script: a refresh of its own, and a button that asks", async () => {
    const page = await open(await browser.newPage({ javaScriptEnabled: false }));
    const refresh = page.locator("meta[http-equiv=refresh]");
    expect(await refresh.getAttribute("content")).to.equal(`10;url=${shop.returnUrl}`);
    state.found = "captured";
    await page.getByRole("button", { name: "I have paid" }).click();
    await page.locator("h1", { hasText: "Your payment is complete" }).waitFor();
    expect(shop.asked).to.deep.equal(["page", "POST", "page"]);
    expect(await refresh.count()).to.equal(0);
  });

  it("does not refresh itself where there is script", async () => {
    const page = await open();
    expect(await page.locator("meta[http-equiv=refresh]").count()).to.equal(0);
  });

  it("shows hostile order numbers as the text they are", async () => {
    const page = await open();
    const complaints = complaintsOf(page);
    for (const text of HOSTILE.filter((candidate) => !candidate.includes("\0"))) {
      state.orderId = text;
      await page.reload();
      expect(await page.locator("bdi").textContent()).to.equal(text);
    }
    expect(complaints).to.deep.equal([]);
  });
});
