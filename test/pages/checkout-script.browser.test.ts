import { setTimeout as pause } from "node:timers/promises";
import { expect } from "chai";
import { json, urlencoded } from "express";
import helmet from "helmet";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { CHECKOUT_SCRIPT } from "../../lib/pages/checkout-script.js";
import { readCheckoutFields } from "../../lib/routers/checkout-fields.js";
import { keepsLeftPages, launchBrowser } from "../support/browser.js";
import { complaintsOf } from "./complaints.js";
import { startPageServer, type PageServer } from "./page-server.js";

const FORM = `<form data-antom-checkout action="/payments/checkout" method="post">
  <label>Name <input name="name" value="Kim"></label>
  <input type="hidden" name="plan" value="first"><input type="hidden" name="plan" value="last">
  <input type="hidden" name="__proto__" value="kept"><input type="hidden" name="browser" value="lost">
  <input type="file" name="photo">
  <button>Pay</button>
</form>`;

describe("the checkout script in a browser", function () {
  this.timeout(30_000);

  let browser: Browser;
  let shop: PageServer;
  /** For every test that asks for no browser of another kind. */
  let usual: Page;
  let html: string;
  let posts: { type: string | undefined; accept: string | undefined; body: Record<string, unknown> }[];
  let answer: { status: number; type: string; body: string };
  /** Holds answers back until it resolves. */
  let gate: Promise<void>;
  let openGate: () => void;
  /** What the page at /outer has in its frame. */
  let inner: string;

  before(async () => {
    browser = await launchBrowser({ backForwardCache: true });
    usual = await browser.newPage();
    shop = await startPageServer();
    shop.app.use(
      helmet.contentSecurityPolicy({
        useDefaults: false,
        directives: { defaultSrc: ["'none'"], scriptSrc: ["'self'"], connectSrc: ["'self'"], formAction: ["'self'"] },
      }),
    );
    shop.app.get("/", (_request, response) => response.type("html").send(html));
    shop.app.get("/outer", (request, response) => {
      const sandbox =
        request.query["sandboxed"] === undefined ? "" : 'sandbox="allow-scripts allow-forms allow-same-origin"';
      response.removeHeader("content-security-policy");
      response
        .type("html")
        .send(`<!doctype html><html lang="en"><title>Site</title><iframe ${sandbox} src="${inner}"></iframe></html>`);
    });
    shop.app.get("/payments/checkout.js", (_request, response) => response.type("js").send(CHECKOUT_SCRIPT));
    shop.app.post("/payments/checkout", json(), urlencoded({ extended: false }), async (request, response) => {
      const { "content-type": type, accept } = request.headers;
      posts.push({ type, accept, body: request.body as Record<string, unknown> });
      await gate;
      if (type === "application/json") response.status(answer.status).type(answer.type).send(answer.body);
      else response.redirect(303, "/payments/redirect/p1");
    });
    shop.app.get("/payments/redirect/p1", (_request, response) => {
      response.type("html").send("<!doctype html><title>On the way</title><h1>On the way</h1>");
    });
  });

  after(async () => {
    await browser.close();
    await shop.close();
  });

  const page = (body: string, lang = "en"): string =>
    `<!doctype html><html lang="${lang}"><title>Shop</title><script src="/payments/checkout.js" defer></script>${body}</html>`;

  const redirecting = (redirect: string): typeof answer => ({
    status: 200,
    type: "application/json",
    body: JSON.stringify({ payment: { id: "p1" }, redirect }),
  });

  const refusing = (status: number, problem: object): typeof answer => ({
    status,
    type: "application/problem+json",
    body: JSON.stringify(problem),
  });

  beforeEach(() => {
    html = page(FORM);
    posts = [];
    answer = redirecting("/payments/redirect/p1");
    inner = "/";
    gate = Promise.resolve();
    openGate = () => undefined;
  });

  afterEach(async () => {
    openGate();
    const others = browser.contexts().filter((context) => context !== usual.context());
    await Promise.all(others.map((context) => context.close()));
    await usual.unrouteAll();
  });

  const holdAnswers = (): void => {
    gate = new Promise((resolve) => {
      openGate = resolve;
    });
  };

  /** The button is off before what it sends has arrived, which would be counted in the next test. */
  const sent = async (count: number): Promise<void> => {
    while (posts.length < count) await pause(10);
  };

  const open = async (options?: BrowserContextOptions): Promise<Page> => {
    const opened = options === undefined ? usual : await browser.newPage(options);
    await opened.goto(shop.url);
    return opened;
  };

  const pay = (shown: Page) => shown.getByRole("button", { name: "Pay" });

  it("posts the fields with what the browser knows of itself, and follows the redirect", async () => {
    const shown = await open({ locale: "ko-KR", timezoneId: "Asia/Seoul", viewport: { width: 800, height: 600 } });
    const complaints = complaintsOf(shown);
    await pay(shown).click();
    await shown.waitForURL(`${shop.url}/payments/redirect/p1`, { waitUntil: "commit" });
    expect(posts).to.have.length(1);
    const [{ type, accept, body }] = posts as [(typeof posts)[0]];
    expect([type, accept]).to.deep.equal(["application/json", "application/json"]);
    const { browser: known, ...fields } = body;
    expect(Object.entries(fields)).to.deep.equal([
      ["name", "Kim"],
      ["plan", ["first", "last"]],
      ["__proto__", "kept"],
    ]);
    expect(known).to.deep.include({
      timeZoneOffset: -540,
      language: "ko-KR",
      javaEnabled: false,
      javaScriptEnabled: true,
    });
    expect(known).to.have.property("colorDepth").that.is.oneOf([24, 30, 32, 48]);
    expect(known).to.include({ screenWidth: 800, screenHeight: 600 });
    expect(complaints).to.deep.equal([]);
  });

  it("leaves out what a browser says of itself that the kit would refuse", async () => {
    const shown = await open();
    const ODD: readonly (readonly [object: string, name: string, value: string])[] = [
      ["navigator", "language", '"en-US@posix"'],
      ["navigator", "language", '"en-US,en"'],
      ["navigator", "language", '""'],
      ["navigator", "language", '"x".repeat(33)'],
      ["navigator", "language", "null"],
      ["screen", "colorDepth", "-1"],
      ["screen", "colorDepth", "129"],
      ["screen", "width", "1280.5"],
      ["screen", "width", "0"],
      ["screen", "height", '"600"'],
      ["screen", "height", "100001"],
      ["Date.prototype", "getTimezoneOffset", "() => NaN"],
      ["Date.prototype", "getTimezoneOffset", "() => -841"],
    ];
    const NAMES: Readonly<Record<string, string>> = {
      width: "screenWidth",
      height: "screenHeight",
      getTimezoneOffset: "timeZoneOffset",
    };
    for (const [object, name, value] of ODD) {
      await shown.goto(shop.url);
      await shown.evaluate(`Object.defineProperty(${object}, "${name}", { value: ${value} }) && undefined`);
      await pay(shown).click();
      await shown.waitForURL(/redirect/, { waitUntil: "commit" });
      const { browser: known } = readCheckoutFields(posts.at(-1)?.body ?? {}).fields;
      const kept = ["colorDepth", "screenHeight", "screenWidth", "timeZoneOffset", "language", "javaEnabled"].filter(
        (detail) => detail !== (NAMES[name] ?? name),
      );
      expect(known, `${name}: ${value}`).to.have.all.keys(...kept, "javaScriptEnabled");
    }
    expect(posts).to.have.length(ODD.length);
  });

  it("keeps the button disabled until the answer is in, and says so", async () => {
    holdAnswers();
    const shown = await open();
    await pay(shown).click();
    await shown.getByText("Opening the secure payment page\u2026").waitFor();
    expect(await pay(shown).isDisabled()).to.equal(true);
    expect(await shown.locator("form").getAttribute("aria-busy")).to.equal("true");
    expect(await shown.getByRole("status").innerText()).to.equal("Opening the secure payment page\u2026");
    openGate();
    await shown.waitForURL(/redirect/, { waitUntil: "commit" });
  });

  it("posts once however often and however fast the buyer asks", async () => {
    holdAnswers();
    const shown = await open();
    await pay(shown).dblclick();
    await shown.getByLabel("Name").focus();
    await shown.keyboard.press("Enter");
    await shown.evaluate("for (let i = 0; i < 20; i += 1) document.querySelector('form').requestSubmit()");
    openGate();
    await shown.waitForURL(/redirect/, { waitUntil: "commit" });
    expect(posts).to.have.length(1);
  });

  it("posts once when the page loads the script twice", async () => {
    html = page(`${FORM}<script src="/payments/checkout.js"></script>`);
    const shown = await open();
    await pay(shown).click();
    await shown.waitForURL(/redirect/, { waitUntil: "commit" });
    expect(posts).to.have.length(1);
  });

  it("shows the problem's own words, tells the form, and lets the buyer try again", async () => {
    answer = refusing(409, { code: "payment_closing", message: "<b>Please</b> try again in a minute." });
    const shown = await open();
    const complaints = complaintsOf(shown);
    await shown.evaluate("document.addEventListener('antom:error', (event) => { window.heard = event.detail; })");
    await shown.getByLabel("Name").focus();
    await shown.keyboard.press("Enter");
    await shown.getByRole("alert").filter({ hasText: "<b>Please</b> try again" }).waitFor();
    expect(await shown.evaluate("window.heard")).to.deep.equal({
      status: 409,
      code: "payment_closing",
      message: "<b>Please</b> try again in a minute.",
      problems: [],
    });
    expect(await pay(shown).isEnabled()).to.equal(true);
    expect(await shown.locator("form").getAttribute("aria-busy")).to.equal(null);
    expect(
      await shown.evaluate(
        "document.querySelector('[role=alert]').compareDocumentPosition(document.querySelector('button'))",
      ),
    ).to.equal(4);

    answer = redirecting("/payments/redirect/p1");
    await pay(shown).click();
    await shown.waitForURL(/redirect/, { waitUntil: "commit" });
    expect(posts).to.have.length(2);
    expect(complaints).to.deep.equal([]);
  });

  it("puts the message where the shop wants it, or leaves it to the shop", async () => {
    answer = refusing(422, { message: "Not this order." });
    html = page(`<div id="mine" data-antom-message hidden></div>${FORM}`);
    const shown = await open();
    await pay(shown).click();
    await shown.locator("#mine", { hasText: "Not this order." }).waitFor();
    expect(await shown.locator("[data-antom-message]").count()).to.equal(1);

    await shown.reload();
    await shown.evaluate(
      "document.addEventListener('antom:error', (event) => { event.preventDefault(); document.documentElement.dataset.heard = 'yes'; })",
    );
    await pay(shown).click();
    await shown.locator("html[data-heard]").waitFor();
    expect(await shown.locator("#mine").isVisible()).to.equal(false);
  });

  it("keeps the messages of two forms apart", async () => {
    answer = refusing(422, { message: "Not this order." });
    html = page(`${FORM}${FORM}`);
    const shown = await open();
    await pay(shown).first().click();
    await shown.locator("form").first().getByText("Not this order.").waitFor();
    await pay(shown).last().click();
    await shown.locator("form").last().getByText("Not this order.").waitFor();
  });

  describe("on a page with two forms", () => {
    const TWO = `${FORM.replace("<button>", "<button name='way' value='hosted'>")}
      ${FORM.replace("<button>", "<button disabled>Later</button><button name='way' value='card'>")}`;
    const second = (shown: Page) => pay(shown).last();
    const sendsAll = "document.querySelectorAll('form').forEach((form) => { form.requestSubmit(); })";
    const disabled = (shown: Page) =>
      shown.evaluate<boolean[]>("Array.from(document.querySelectorAll('button'), (button) => button.disabled)");

    it("sends one of them, and nothing of the other or of one that is added, until the answer is in", async () => {
      holdAnswers();
      html = page(TWO);
      const shown = await open();
      await pay(shown).first().click();
      expect(await disabled(shown)).to.deep.equal([true, true, true]);
      expect(await shown.locator("form[aria-busy]").count()).to.equal(1);
      await shown.evaluate(`document.body.insertAdjacentHTML("beforeend", ${JSON.stringify(FORM)})`);
      await second(shown).click();
      await shown.evaluate(sendsAll);
      openGate();
      await shown.waitForURL(/redirect/, { waitUntil: "commit" });
      expect(posts.map(({ body }) => body["way"])).to.deep.equal(["hosted"]);
    });

    it("lets the buyer choose again after an error, among those that could be chosen before", async () => {
      holdAnswers();
      answer = refusing(422, { message: "Not this way." });
      html = page(TWO);
      const shown = await open();
      await pay(shown).first().click();
      await shown.evaluate(sendsAll);
      openGate();
      await shown.getByText("Not this way.").waitFor();
      expect(await disabled(shown)).to.deep.equal([false, true, false]);
      answer = redirecting("/payments/redirect/p1");
      await second(shown).click();
      await shown.waitForURL(/redirect/, { waitUntil: "commit" });
      expect(posts.map(({ body }) => body["way"])).to.deep.equal(["hosted", "card"]);
    });

    it("lets the buyer choose again who returns to the page as it was left", async () => {
      holdAnswers();
      html = page(TWO);
      const shown = await open();
      await pay(shown).first().click();
      expect(await disabled(shown)).to.deep.equal([true, true, true]);
      await sent(1);
      await shown.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
      expect(await disabled(shown)).to.deep.equal([false, true, false]);
    });
  });

  describe("on a page in another's frame", () => {
    const openFrame = async (path = "/outer"): Promise<Page> => {
      await usual.goto(`${shop.url}${path}`);
      return usual;
    };
    const payInside = (shown: Page) => shown.frameLocator("iframe").getByRole("button", { name: "Pay" }).click();
    const REDIRECTED = /\/payments\/redirect\/p1$/;

    for (const [where, body] of [
      ["the form", FORM.replace("<form", "<form target='_top'")],
      ["the form, in capitals", FORM.replace("<form", "<form target='_TOP'")],
      ["the form, as its parent", FORM.replace("<form", "<form target='_parent'")],
      ["the button", FORM.replace("<form", "<form target='_self'").replace("<button", "<button formtarget='_top'")],
      ["the page", `<base target="_top">${FORM}`],
    ] as const) {
      it(`follows the redirect out of it where ${where} says so`, async () => {
        html = page(body);
        const shown = await openFrame();
        await payInside(shown);
        await shown.waitForURL(REDIRECTED, { waitUntil: "commit" });
        expect(posts.map(({ type }) => type)).to.deep.equal(["application/json"]);
      });
    }

    it("follows it out of one that another origin has framed", async () => {
      inner = shop.url.replace("127.0.0.1", "localhost");
      html = page(FORM.replace("<form", "<form target='_top'"));
      const shown = await openFrame();
      await payInside(shown);
      await shown.waitForURL(REDIRECTED, { waitUntil: "commit" });
    });

    for (const [where, body] of [
      ["nothing says otherwise", FORM],
      [
        "the form says so, whatever the page says",
        `<base target="_top">${FORM.replace("<form", "<form target='_self'")}`,
      ],
      ["the button says so", FORM.replace("<form", "<form target='_top'").replace("<button", "<button formtarget=''")],
    ] as const) {
      it(`stays in it where ${where}`, async () => {
        html = page(body);
        const shown = await openFrame();
        await payInside(shown);
        await shown.frameLocator("iframe").locator("h1", { hasText: "On the way" }).waitFor();
        expect(shown.url()).to.equal(`${shop.url}/outer`);
        expect(posts.map(({ type }) => type)).to.deep.equal(["application/json"]);
      });
    }

    it("gives the button back where it may not be left", async () => {
      html = page(FORM.replace("<form", "<form target='_top'"));
      const shown = await openFrame("/outer?sandboxed");
      await payInside(shown);
      const frame = shown.frameLocator("iframe");
      await frame.getByRole("alert").filter({ hasText: "It is safe to try again" }).waitFor();
      expect(await frame.getByRole("button", { name: "Pay" }).isEnabled()).to.equal(true);
    });
  });

  it("leaves a form alone whose answer belongs into another window, but while a checkout is under way", async () => {
    holdAnswers();
    const other = FORM.replace("<form", "<form target='card'").replace("Pay", "Pay elsewhere");
    html = page(FORM + other);
    const shown = await open();
    await shown.getByText("Pay", { exact: true }).click();
    await shown.evaluate("document.querySelectorAll('form')[1].requestSubmit()");
    await sent(1);
    await shown.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
    openGate();
    const [popup] = await Promise.all([shown.waitForEvent("popup"), shown.getByText("Pay elsewhere").click()]);
    await popup.locator("h1", { hasText: "On the way" }).waitFor();
    await popup.close();
    expect(shown.url()).to.equal(`${shop.url}/`);
    expect(posts.map(({ type }) => type)).to.deep.equal(["application/json", "application/x-www-form-urlencoded"]);
  });

  for (const [lang, text] of [
    ["en", "It is safe to try again"],
    ["ko-KR", "다시 시도하셔도 두 번 결제되지 않습니다"],
    ["zh-Hans", "您可以放心重试"],
    ["fr", "It is safe to try again"],
  ] as const) {
    it(`says that trying again is safe when the shop cannot be reached, to a page in ${lang}`, async () => {
      html = page(FORM, lang);
      const shown = await open();
      await shown.route("**/payments/checkout", (route) => route.abort("connectionreset"));
      await pay(shown).click();
      await shown.getByRole("alert").filter({ hasText: text }).waitFor();
      expect(await pay(shown).isEnabled()).to.equal(true);
    });
  }

  it("uses the shop's own words where the form has them", async () => {
    html = page(FORM.replace("<form", '<form data-antom-unreachable="Pas de connexion."'));
    const shown = await open();
    await shown.route("**/payments/checkout", (route) => route.abort("connectionreset"));
    await pay(shown).click();
    await shown.getByText("Pas de connexion.").waitFor();
  });

  for (const [what, given] of [
    ["is no JSON", { status: 502, type: "text/html", body: "<h1>Bad gateway</h1>" }],
    ["leads nowhere", { status: 200, type: "application/json", body: "{}" }],
    ["has no words but a developer's", { status: 400, type: "application/json", body: '{"detail":"/a must be b"}' }],
    ["is null", { status: 500, type: "application/json", body: "null" }],
    ["leads to a script", { status: 200, type: "application/json", body: '{"redirect":"javascript:hostile()"}' }],
    ["leads to an app", { status: 200, type: "application/json", body: '{"redirect":"alipays://pay"}' }],
  ] as const) {
    it(`lets the buyer try again when the answer ${what}`, async () => {
      answer = given;
      const shown = await open();
      const complaints = complaintsOf(shown);
      await pay(shown).click();
      await shown.getByRole("alert").filter({ hasText: "It is safe to try again" }).waitFor();
      expect(shown.url()).to.equal(`${shop.url}/`);
      expect(await pay(shown).isEnabled()).to.equal(true);
      expect(complaints).to.deep.equal([]);
    });
  }

  it("gives the button back when the buyer returns to the page as it was left", async function () {
    if (!keepsLeftPages()) this.skip();
    const shown = await open();
    await pay(shown).click();
    await shown.waitForURL(/redirect/, { waitUntil: "commit" });
    await shown.evaluate("history.back()").catch(() => undefined);
    await shown.waitForURL(`${shop.url}/`, { waitUntil: "commit" });
    holdAnswers();
    await pay(shown).click();
    await shown.locator("button:disabled").waitFor();
    await sent(2);
    await shown.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
    expect(await pay(shown).isEnabled()).to.equal(true);
  });

  const CARD_FORM = `<form data-antom-checkout action="/payments/checkout" method="post">
    <p id="hint">As on the card</p>
    <label for="number">Card number</label><input id="number" name="card[cardNo]" value="4111" aria-describedby="hint">
    <label>Security code <input name="card[cvv]" data-antom-invalid="Three digits."></label>
    <details><summary>Address</summary>
      <label>Postal code <input name="card[billingAddress][zipCode]"></label>
    </details>
    <input type="hidden" name="orderId" value="o1"><fieldset disabled><input name="installments"></fieldset>
    <button>Pay</button>
  </form>`;

  const noteOf = (shown: Page, name: string): Promise<string[]> =>
    shown.evaluate<string[]>(
      `(document.querySelector('[name="${name}"]').getAttribute("aria-describedby") || "").split(" ").filter(Boolean)
        .map((id) => document.getElementById(id).textContent)`,
    );

  it("says at each field what is wrong with it, opens what is folded up, and leads to the first", async () => {
    const problems = [
      { at: "/card/billingAddress/zipCode", message: "must be a text", text: "Please check the billing address." },
      { at: "/card/cvv", message: "is missing" },
      { at: "/card/cardNo", message: "is not a <b>card</b> number" },
      { at: "/card/cardNo", message: "is too short" },
    ];
    answer = refusing(422, { code: "card_invalid", detail: "/card/cardNo ...", problems });
    html = page(CARD_FORM);
    const shown = await open();
    const complaints = complaintsOf(shown);
    await shown.evaluate(
      "document.addEventListener('antom:error', (event) => { window.heard = event.detail.problems; })",
    );
    await pay(shown).click();
    await shown.getByRole("alert").filter({ hasText: "Please check what is marked, and try again." }).waitFor();
    expect(await noteOf(shown, "card[cardNo]")).to.deep.equal(["As on the card", "Is not a <b>card</b> number"]);
    expect(await noteOf(shown, "card[cvv]")).to.deep.equal(["Three digits."]);
    expect(await noteOf(shown, "card[billingAddress][zipCode]")).to.deep.equal(["Please check the billing address."]);
    expect(await shown.locator("[aria-invalid=true]").count()).to.equal(3);
    expect(await shown.evaluate("document.activeElement.name")).to.equal("card[cardNo]");
    expect(await shown.evaluate("document.querySelector('details').open")).to.equal(true);
    expect(await shown.evaluate("window.heard")).to.deep.equal(problems);

    answer = refusing(422, { message: "Not this order." });
    await pay(shown).click();
    await shown.getByRole("alert").filter({ hasText: "Not this order." }).waitFor();
    expect(await shown.locator("[aria-invalid], [data-antom-problem]").count()).to.equal(0);
    expect(await noteOf(shown, "card[cardNo]")).to.deep.equal(["As on the card"]);
    expect(await noteOf(shown, "card[cvv]")).to.deep.equal([]);
    expect(complaints).to.deep.equal([]);
  });

  it("says in the form's message what is wrong with no field that the buyer can see", async () => {
    const problems = [
      { at: "/orderId", message: "is missing" },
      { at: "/installments", message: "must be 3" },
      { at: "/order/mpiData", message: "cannot be" },
      { at: "/card/cvv", message: "is missing" },
    ];
    answer = refusing(422, { message: "This cannot be paid so.", problems });
    html = page(CARD_FORM);
    const shown = await open();
    await pay(shown).click();
    await shown.getByRole("alert").filter({ hasText: "This cannot be paid so." }).waitFor();
    expect(await shown.locator("[aria-invalid]").count()).to.equal(1);
  });

  it("marks nothing where the shop shows the message itself, and stands problems that are none", async () => {
    html = page(CARD_FORM);
    const shown = await open();
    const complaints = complaintsOf(shown);
    for (const problems of [
      "none",
      [null, 1, {}, { at: 1, message: "x" }, { at: "/card/cvv", message: "" }, { at: "", message: "x" }],
    ]) {
      answer = refusing(422, { message: "Not so.", problems });
      await pay(shown).click();
      await shown.getByRole("alert").filter({ hasText: "Not so." }).waitFor();
      expect(await shown.locator("[aria-invalid]").count()).to.equal(0);
    }
    answer = refusing(422, { message: "Not so.", problems: [{ at: "/card/cvv", message: "is missing" }] });
    await shown.evaluate(
      "document.addEventListener('antom:error', (event) => { event.preventDefault(); document.documentElement.dataset.heard = 'yes'; })",
    );
    await pay(shown).click();
    await shown.locator("html[data-heard]").waitFor();
    expect(await shown.locator("[aria-invalid]").count()).to.equal(0);
    expect(complaints).to.deep.equal([]);
  });

  it("posts the fields of a card under the names they have, and keeps no copy in the page or the browser's stores", async () => {
    html = page(CARD_FORM);
    const shown = await open();
    await shown.getByLabel("Card number").fill("4054 6957 2310 0768");
    await pay(shown).click();
    await shown.waitForURL(/redirect/, { waitUntil: "commit" });
    expect(posts[0]?.body).to.include({ "card[cardNo]": "4054 6957 2310 0768", "card[cvv]": "", orderId: "o1" });
    expect(posts[0]?.body).not.to.have.property("installments");
    await shown.goto(shop.url);
    const stores = await shown.evaluate<string>(
      "JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, history.state, location.href])",
    );
    expect(stores).not.to.match(/4054|0768/);
  });

  it("takes over forms that are added later, and leaves every other form alone", async () => {
    html = page("<form action='/other' method='post'><button>Other</button></form>");
    const shown = await open();
    await shown.evaluate(`document.body.insertAdjacentHTML("beforeend", ${JSON.stringify(FORM)})`);
    await pay(shown).click();
    await shown.waitForURL(/redirect/, { waitUntil: "commit" });
    await shown.goto(shop.url);
    await shown.getByText("Other").click();
    await shown.waitForURL(`${shop.url}/other`, { waitUntil: "commit" });
    expect(posts).to.have.length(1);
  });

  it("leaves a submission alone that the shop has stopped or sends elsewhere", async () => {
    html = page(FORM.replace("</form>", '<button formaction="/other">Elsewhere</button></form>'));
    const shown = await open();
    await shown.evaluate(
      "document.querySelector('form').addEventListener('submit', (event) => { if (!event.submitter.hasAttribute('formaction')) event.preventDefault(); })",
    );
    await pay(shown).click();
    await shown.getByText("Elsewhere").click();
    await shown.waitForURL(`${shop.url}/other`, { waitUntil: "commit" });
    expect(posts).to.deep.equal([]);
  });

  it("is not needed: without script the form is posted as it is", async () => {
    const shown = await open({ javaScriptEnabled: false });
    await pay(shown).click();
    await shown.locator("h1", { hasText: "On the way" }).waitFor();
    expect(posts.map(({ type }) => type)).to.deep.equal(["application/x-www-form-urlencoded"]);
    expect(posts[0]?.body).to.have.property("name", "Kim");
  });
});
