import { expect } from "chai";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { complaintsOf } from "../pages/complaints.js";
import { launchBrowser } from "../support/browser.js";
import { demoProcess, type DemoProcess } from "./demo-process.js";
import { lookingAgain } from "./looking-again.js";

describe("the demo in a browser", function () {
  this.timeout(60_000);

  let browser: Browser;
  let demo: DemoProcess;

  before(async () => {
    demo = await demoProcess({ isHurried: true });
    [browser] = await Promise.all([launchBrowser({ backForwardCache: true }), demo.start()]);
  });

  after(async () => {
    await browser.close();
    await demo.remove();
  });

  const open = async (options: BrowserContextOptions): Promise<Page> => {
    const context = await browser.newContext(options);
    if (options.javaScriptEnabled !== false) await context.clock.install();
    const page = await context.newPage();
    await page.goto(demo.shopUrl);
    return page;
  };

  const press = (page: Page, name: RegExp | string): Promise<void> => page.getByRole("button", { name }).click();

  /** Fills the hosted page in by one of the links on it. */
  const enterCard = async (page: Page, card: RegExp): Promise<void> => {
    await page.waitForURL(`${demo.simulatorUrl}/cashier/**`);
    await page.getByRole("listitem").filter({ hasText: card }).getByRole("link").first().click();
    await press(page, /^Pay/);
  };

  const titled = (page: Page, text: string): Locator => page.getByRole("heading", { level: 1, name: text });
  const heading = (page: Page, text: string): Promise<void> => lookingAgain(page, titled(page, text));

  const fits = async (page: Page): Promise<boolean> => {
    // With its styles.
    await page.waitForLoadState();
    return page.evaluate<boolean>("document.documentElement.scrollWidth <= document.documentElement.clientWidth");
  };

  const widths: readonly (readonly [string, BrowserContextOptions])[] = [
    ["a phone", { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, colorScheme: "dark" }],
    ["a desktop", { viewport: { width: 1280, height: 900 }, colorScheme: "light" }],
  ];
  for (const [device, options] of widths) {
    it(`sells coffee on ${device}: a declined card, then one that is accepted, and the pages follow by themselves`, async () => {
      const page = await open(options);
      const complaints = complaintsOf(page);
      expect(await fits(page), "the shop fits").to.equal(true);
      await press(page, "One more of House beans 250 g");
      expect(await page.locator("output").innerText()).to.equal("€18.30");
      await press(page, "Order");
      await heading(page, "Your order");
      expect(await fits(page), "the order fits").to.equal(true);

      await press(page, "Pay €18.30");
      await enterCard(page, /DO_NOT_HONOR/);
      await heading(page, "Your card was not accepted");

      await press(page, "Pay €18.30");
      await enterCard(page, /5162 7741 1497 4622/);
      await page.waitForURL(`${demo.shopUrl}/orders/**`);
      await heading(page, "Paid, thank you!");
      expect(await page.getByRole("button", { name: /Pay/ }).count()).to.equal(0);
      // The hook that tells the shop may come after the page has seen the payment.
      await lookingAgain(page, page.locator("#steps [aria-current]", { hasText: "paid" }));
      await lookingAgain(page, page.locator("#events li:last-child code", { hasText: "payment.captured" }));

      await page.getByRole("link", { name: "Hooks", exact: true }).click();
      await heading(page, "Hooks received");
      expect(await fits(page), "the hooks fit").to.equal(true);
      expect(await page.locator("tbody th").first().innerText()).to.equal("payment.captured");
      expect(complaints).to.deep.equal([]);
      await page.context().close();
    });
  }

  it("sells coffee without script as well", async () => {
    const page = await open({ javaScriptEnabled: false });
    await press(page, "Order");
    await press(page, "Pay €3.80");
    await page
      .getByRole("link", { name: /Continue/ })
      .or(page.getByRole("button", { name: /Continue/ }))
      .click();
    await enterCard(page, /5162 7741 1497 4622/);
    await titled(page, "Paid, thank you!").waitFor();
    await page.context().close();
  });

  it("shows how the order stands when the buyer goes back to it", async () => {
    const page = await open({});
    await press(page, "Order");
    await press(page, "Pay €3.80");
    await page.waitForURL(`${demo.simulatorUrl}/cashier/**`);
    await page.goBack();
    await heading(page, "Not paid yet");
    await press(page, "Go on and pay €3.80");
    await page.waitForURL(`${demo.simulatorUrl}/cashier/**`);
    await page.context().close();
  });
});
