import { expect } from "chai";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { complaintsOf } from "../pages/complaints.js";
import { launchBrowser } from "../support/browser.js";
import { buyerOf, type Buyer } from "./buyer.js";
import { withCard } from "./cards.js";
import { demoProcess, type DemoProcess } from "./demo-process.js";
import { lookingAgain } from "./looking-again.js";

const PHONE = { viewport: { width: 360, height: 780 }, isMobile: true, hasTouch: true } as const;

describe("the demo's card form in a browser", function () {
  this.timeout(60_000);

  let browser: Browser;
  let demo: DemoProcess;
  let buyer: Buyer;

  before(async () => {
    demo = await demoProcess({ isHurried: true });
    [browser] = await Promise.all([launchBrowser(), demo.start()]);
    buyer = buyerOf(demo.shopUrl);
  });

  after(async () => {
    await browser.close();
    await demo.remove();
  });

  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

  const newPage = async (options: BrowserContextOptions): Promise<Page> => {
    const context = await browser.newContext(options);
    if (options.javaScriptEnabled !== false) await context.clock.install();
    return context.newPage();
  };

  const openOrder = async (orderId: string, options: BrowserContextOptions = {}): Promise<Page> => {
    const page = await newPage(options);
    await page.goto(`${demo.shopUrl}/orders/${orderId}`);
    return page;
  };

  const choose = (page: Page, name: RegExp): Promise<void> => page.getByRole("radio", { name }).check();
  const press = (page: Page, name: RegExp): Promise<void> => page.getByRole("button", { name }).click();
  const heading = (page: Page, text: string): Promise<void> =>
    lookingAgain(page, page.getByRole("heading", { level: 1, name: text }));
  const fits = async (page: Page): Promise<boolean> => {
    // With its styles.
    await page.waitForLoadState();
    return page.evaluate<boolean>("document.documentElement.scrollWidth <= document.documentElement.clientWidth");
  };

  /** Fills the form in by a test card's link. */
  const fillIn = async (page: Page, key: string): Promise<void> => {
    await page.evaluate(
      "document.querySelectorAll('.to-try, .to-try details').forEach((fold) => { fold.open = true; })",
    );
    await page.locator(`[data-fill][href*="try=${key}#"]`).click();
  };

  for (const [device, options] of [
    ["a phone", PHONE],
    ["a desktop", { viewport: { width: 1280, height: 900 } }],
  ] as const) {
    it(`takes a card that is typed on ${device}, and shows what came back`, async () => {
      const page = await openOrder(await buyer.order(), options);
      const complaints = complaintsOf(page);
      await choose(page, /^Card /);
      const number = page.getByLabel("Card number");
      await number.pressSequentially("4054695723100768");
      expect(await number.inputValue()).to.equal("4054 6957 2310 0768");
      expect(await page.locator("[data-brand]").innerText()).to.equal("Visa");
      await page.getByLabel("Month").fill("12");
      await page.getByLabel("Year").fill("34");
      await page.getByLabel("Security code").fill("123");
      expect(await fits(page), "the form fits").to.equal(true);
      await press(page, /^Pay /);
      await heading(page, "Paid, thank you!");
      const back = page.locator("#payment");
      await back.getByText("Visa ending in 0768").waitFor();
      await back.getByText("The security digits match.").waitFor();
      expect(await page.locator("form[data-antom-checkout]").count()).to.equal(0);
      expect(await fits(page), "what came back fits").to.equal(true);
      expect(complaints).to.deep.equal([]);
    });
  }

  it("keeps the caret where the buyer is while the digits are grouped", async () => {
    const page = await openOrder(await buyer.order());
    await choose(page, /^Card /);
    const number = page.getByLabel("Card number");
    const caret = () => page.evaluate<number>("document.activeElement.selectionStart");
    const typeAt = async (position: number, key: string): Promise<readonly [string, number]> => {
      await page.evaluate(`document.activeElement.setSelectionRange(${position}, ${position})`);
      await page.keyboard.press(key);
      return [await number.inputValue(), await caret()];
    };
    await number.pressSequentially("40546957231");
    expect([await number.inputValue(), await caret()]).to.deep.equal(["4054 6957 231", 13]);
    expect(await typeAt(2, "9")).to.deep.equal(["4095 4695 7231", 3]);
    expect(await typeAt(3, "Backspace")).to.deep.equal(["4054 6957 231", 2]);
    expect(await typeAt(5, "Backspace")).to.deep.equal(["4056 9572 31", 3]);
    expect(await typeAt(4, "Delete")).to.deep.equal(["4056 5723 1", 4]);
    await number.fill("");
    await number.pressSequentially("371449635398431");
    expect(await number.inputValue()).to.equal("3714 496353 98431");
    expect(await page.locator("[data-brand]").innerText()).to.equal("American Express");
  });

  it("groups a number that is pasted, whatever stands between its digits and however wide they are", async () => {
    const page = await openOrder(await buyer.order());
    await choose(page, /^Card /);
    const number = page.getByLabel("Card number");
    const wide = "4054695723100768".replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    for (const pasted of ["4054 - 6957 - 2310 - 0768", "4054\u00a06957\u20132310\u200b0768", wide]) {
      await number.fill("");
      await number.focus();
      await page.keyboard.insertText(pasted);
      expect(await number.inputValue()).to.equal("4054 6957 2310 0768");
    }
  });

  it("shows at each field what is wrong with it, and takes that away with the next try", async () => {
    const page = await openOrder(await buyer.order());
    await choose(page, /^Card /);
    await page.getByLabel("Card number").fill("4054 6957 2310 0769");
    await page.getByLabel("Month").fill("12");
    await page.getByLabel("Year").fill("19");
    await page.getByLabel("Security code").fill("123");
    await press(page, /^Pay /);
    await page.getByText("This is not a card number. A digit may be missing or wrong.").waitFor();
    expect(
      await page.evaluate("Array.from(document.querySelectorAll('[aria-invalid]'), ({ name }) => name)"),
    ).to.deep.equal(["card[cardNo]", "card[expiryYear]"]);
    expect(await page.evaluate("document.activeElement.name")).to.equal("card[cardNo]");
    expect(
      await page.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-describedby')).textContent",
      ),
    ).to.include("not a card number");

    await page.getByLabel("Card number").fill("4054 6957 2310 0768");
    await page.getByLabel("Year").fill("34");
    await press(page, /^Pay /);
    await heading(page, "Paid, thank you!");
  });

  it("opens what is folded up where a field in it is wrong", async () => {
    const page = await openOrder(await buyer.order());
    await choose(page, /^Card /);
    await fillIn(page, "visa");
    await page.getByLabel("Country").selectOption("");
    await page.locator("summary", { hasText: "Billing address" }).click();
    await press(page, /^Pay /);
    await page.getByText("Choose the country of this address.").waitFor();
    expect(await page.evaluate("document.activeElement.name")).to.equal("card[billingAddress][region]");
  });

  it("gives the reason of what cannot be combined beside the button, and sends nothing", async () => {
    const orderId = await buyer.order(undefined, "KRW");
    const page = await openOrder(orderId, PHONE);
    await choose(page, /^Korean card company /);
    const way = page.locator('[data-way="issuer-authentication"]');
    await way.getByText("For developers").click();
    await way.getByLabel("When the shop captures it").check();
    await press(page, /^Pay /);
    const reason = way.locator("[data-reason]");
    await reason.getByText("is captured automatically").waitFor();
    expect(await way.getByRole("alert").innerText()).to.equal("No money was taken. Please choose another way to pay.");
    expect(await page.evaluate("document.activeElement.matches('[data-reason] ~ button')")).to.equal(true);
    expect(await fits(page), "the reason fits").to.equal(true);
    expect((await buyer.look(orderId)).payment).to.equal(null);
  });

  it("fits a phone with every field wrong and everything unfolded", async () => {
    const page = await openOrder(await buyer.order(undefined, "KRW"), PHONE);
    await choose(page, /^Card /);
    await fillIn(page, "visa");
    await page.getByLabel("Month").fill("13");
    await page.getByLabel("Security code").fill("1");
    await page.getByLabel("Country").selectOption("");
    await page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })");
    await page.locator('[data-way="card"]').getByRole("button", { name: /^Pay / }).click();
    await page.getByText("Please check what is marked").waitFor();
    expect(await page.locator("[data-antom-problem]").count()).to.equal(3);
    expect(await fits(page)).to.equal(true);
  });

  it("tells a declined buyer why and what can help, and takes another card", async () => {
    const page = await openOrder(await buyer.order());
    await choose(page, /^Card /);
    await fillIn(page, "declined-user-balance-not-enough");
    await press(page, /^Pay /);
    await heading(page, "Your card was not accepted");
    await page.getByText("The card could not cover this payment. Nothing was charged.").waitFor();
    await page.getByRole("list", { name: "What can help" }).getByText("Use another card.").waitFor();
    expect(await page.getByRole("radio", { name: /^Card / }).isChecked()).to.equal(true);
    await fillIn(page, "mastercard");
    await press(page, /^Pay /);
    await heading(page, "Paid, thank you!");
  });

  it("keeps a card, pays with it, shows it to nobody else, and forgets it", async () => {
    const page = await openOrder(await buyer.order());
    const complaints = complaintsOf(page);
    await choose(page, /^Card /);
    await fillIn(page, "amex");
    await page.getByLabel(/Keep this card/).check();
    await press(page, /^Pay /);
    await heading(page, "Paid, thank you!");
    await page.goto(`${demo.shopUrl}/orders/${await buyer.order()}`);
    await choose(page, /^Saved card /);
    await page.getByRole("radio", { name: /American Express ending in 0012/ }).check();
    await press(page, /^Pay /);
    await heading(page, "Paid, thank you!");

    await page.getByRole("link", { name: "Saved cards" }).click();
    await press(page, /Switch to Kim Minji/);
    await page.getByText("No card yet").waitFor();
    await press(page, /Switch to Robin Marsh/);
    await page.getByRole("heading", { name: /American Express ending in 0012/ }).waitFor();
    const forgotten = page.waitForResponse((response) => response.request().method() === "DELETE");
    await press(page, /Forget this card/);
    expect((await forgotten).status()).to.equal(204);
    await page.getByText("No card yet").waitFor();
    expect(complaints).to.deep.equal([]);
  });

  it("charges a kept card from its page, with nobody there", async () => {
    const orderId = await buyer.order();
    await buyer.payAndFollow(orderId, { ...withCard("visa"), saveCard: true });
    await buyer.waitFor(orderId, "paid");
    const page = await newPage(PHONE);
    await page.goto(`${demo.shopUrl}/cards`);
    expect(await fits(page), "the cards fit").to.equal(true);
    await press(page, /Charge as a subscription/);
    await heading(page, "Paid, thank you!");
    await page.getByText("scheduled charge").waitFor();
  });

  it("proposes the same card to a buyer whose bank wanted them when nobody was there", async () => {
    const orderId = await buyer.order();
    await buyer.payAndFollow(orderId, { ...withCard("mit-redirect"), saveCard: true });
    await buyer.waitFor(orderId, "paid");
    const page = await newPage(PHONE);
    await page.goto(`${demo.shopUrl}/cards`);
    const card = page.getByRole("listitem").filter({ hasText: "0095" });
    await card.getByRole("button", { name: /Charge as a subscription/ }).click();
    await heading(page, "Your bank wanted to ask you");
    expect(await page.getByRole("radio", { name: /^Saved card / }).isChecked()).to.equal(true);
    await page.getByRole("radio", { name: /ending in 0095/ }).check();
    await press(page, /^Pay /);
    await heading(page, "Paid, thank you!");
  });

  it("sends the buyer of a Korean card to its company's page, and back", async () => {
    const page = await openOrder(await buyer.order(undefined, "KRW"), PHONE);
    await choose(page, /^Korean card company /);
    await page.getByLabel("Card company", { exact: true }).selectOption("SAMSUNG");
    await press(page, /^Pay /);
    await page.getByRole("heading", { name: "Pay with SAMSUNG" }).waitFor();
    await press(page, /Yes, it is me/);
    await heading(page, "Paid, thank you!");
  });

  it("lets the buyer go on at the bank after going back, and leaves alone what is typed meanwhile", async () => {
    const orderId = await buyer.order();
    const page = await openOrder(orderId);
    await choose(page, /^Card /);
    await fillIn(page, "visa-3ds");
    await press(page, /^Pay /);
    await page.getByRole("heading", { name: "Confirm it is you" }).waitFor();
    await page.goto(`${demo.shopUrl}/orders/${orderId}`);
    await page.getByText("Your bank is waiting for you to confirm the payment.").waitFor();
    await page.getByLabel("First name").fill("Robin");
    // The page is brought up to date at least twice.
    for (let look = 0; look < 2; look++) {
      const again = page.waitForResponse((response) => response.url().endsWith(orderId), { timeout: 15_000 });
      await page.clock.fastForward(5_000);
      await (await again).finished();
    }
    expect(await page.getByLabel("First name").inputValue()).to.equal("Robin");
    await page.getByRole("link", { name: /^Go on and pay/ }).click();
    await press(page, /Yes, it is me/);
    await heading(page, "Paid, thank you!");
  });

  it("works without script: the ways to pay, a test card by its address, and forgetting a card", async () => {
    const orderId = await buyer.order();
    const page = await openOrder(orderId, { ...PHONE, javaScriptEnabled: false });
    await choose(page, /^Card /);
    await page.getByText("Test cards: fill the form in with one click").click();
    await page.locator("summary", { hasText: "Accepted" }).click();
    await page.locator('[data-fill][href*="try=discover#"]').click();
    await page.waitForURL(/try=discover/);
    expect(await page.getByLabel("Card number").inputValue()).to.equal("6011 0099 0000 0014");
    await page.getByLabel(/Keep this card/).check();
    await press(page, /^Pay /);
    await page.getByRole("button", { name: /^Pay / }).waitFor({ state: "hidden" });
    // The page refreshes itself as well, but only every few seconds.
    await buyer.waitFor(orderId, "paid");
    await page.reload();
    await heading(page, "Paid, thank you!");
    await page.goto(`${demo.shopUrl}/cards`);
    const card = page.getByRole("listitem").filter({ hasText: "0014" });
    await card.getByRole("button", { name: /Forget this card/ }).click();
    await page.getByRole("heading", { level: 1, name: "Your saved cards" }).waitFor();
    expect(await card.count()).to.equal(0);
  });

  it("names every control of every way to pay", async () => {
    const page = await openOrder(await buyer.order(undefined, "KRW"));
    const nameless = await page.evaluate(
      `Array.from(document.querySelectorAll("main :is(input, select):not([type=hidden])"))
        .filter(({ labels }) => labels.length === 0).map(({ name }) => name)`,
    );
    expect(nameless).to.deep.equal([]);
  });
});
