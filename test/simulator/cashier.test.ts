import { expect } from "chai";
import { TEST_CARDS } from "../../lib/simulator.js";
import { field } from "./support/merchant.js";
import { card, GOOD_CARD, pageOf, submit, visit } from "./support/pages.js";
import { openScene, type Scene } from "./support/scene.js";

describe("simulator: the hosted card page", () => {
  let scene: Scene;
  let url: string;
  beforeEach(async () => {
    scene = await openScene();
    url = pageOf(await scene.pay());
  });
  afterEach(() => scene.close());

  const payment = () => scene.simulator.payments()[0];

  it("shows what is paid, says that it is a simulator and lists the cards to try", async () => {
    const page = await visit(url);
    expect(page.status).to.equal(200);
    expect(page.text).to.include("EUR 19.99").and.include("Two mugs").and.include("This is not Antom");
    for (const { number } of TEST_CARDS) expect(page.text).to.include(number.replace(/(.{4})(?=.)/g, "$1 "));
  });

  it("has five cards at hand and folds the others away by group", async () => {
    const [atHand = "", ...groups] = (await visit(url)).text.split("<details>");
    expect(atHand.match(/<li>/g)).to.have.length(5);
    expect(groups.map((group) => /<summary>([^<]+) </.exec(group)?.[1])).to.deep.equal([
      "Accepted",
      "3-D Secure",
      "Local and co-badged",
      "Charged again without the buyer",
      "Declined",
    ]);
  });

  it("is a plain, labelled form with autocompletion and without scripts", async () => {
    const { text, headers } = await visit(url);
    for (const [name, autocomplete] of Object.entries({
      cardNo: "cc-number",
      expiryMonth: "cc-exp-month",
      expiryYear: "cc-exp-year",
      cvv: "cc-csc",
      cardholderName: "cc-name",
    })) {
      expect(text).to.match(new RegExp(`<label for="${name}">`));
      expect(text).to.match(new RegExp(`<input[^>]*name="${name}"[^>]*autocomplete="${autocomplete}"`, "s"));
    }
    expect(text).not.to.match(/<script|\son[a-z]+=|style="/i);
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).to.include("default-src 'none'").and.include("style-src 'self'").and.not.include("unsafe");
    expect(headers.get("cache-control")).to.equal("no-store");
  });

  it("serves the stylesheet its policy allows", async () => {
    const href = /<link rel="stylesheet" href="([^"]+)"/.exec((await visit(url)).text)?.[1] ?? "";
    const style = await visit(new URL(href, url).href);
    expect(style.headers.get("content-type")).to.equal("text/css; charset=utf-8");
    expect(style.text).to.include(":focus-visible");
  });

  it("fills in a published card, and nothing that was sent before", async () => {
    expect((await visit(`${url}?card=visa`)).text).to.include(`value="${GOOD_CARD}"`);
    expect((await visit(`${url}?card=4111111111111111`)).text).not.to.include("4111111111111111");
  });

  it("escapes what the shop wrote", async () => {
    const order = {
      referenceOrderId: "O",
      orderDescription: `<img src=x onerror="alert(1)">&'`,
      orderAmount: { currency: "EUR", value: "1" },
    };
    const page = await visit(pageOf(await scene.pay({ paymentRequestId: "PAY_X", order })));
    expect(page.text).to.include("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&#39;").and.not.include("<img");
  });

  it("charges a good card once, sends the buyer back and tells the shop", async () => {
    const page = await submit(url, card());
    expect(page).to.include({ status: 303, location: scene.shop.returnUrl });
    await scene.pass(0);
    expect(scene.shop.ofType("PAYMENT_RESULT")).to.have.length(1);
    expect(scene.shop.received[0]?.body).to.deep.include({
      result: { resultCode: "SUCCESS", resultStatus: "S", resultMessage: "success." },
      paymentRequestId: "PAY_1",
      paymentAmount: { currency: "EUR", value: "1999" },
      paymentTime: "2026-01-15T20:00:00+08:00",
      authExpiryTime: "2026-01-22T20:00:00+08:00",
    });
    expect(field(scene.shop.received[0]?.body, "paymentResultInfo")).to.include({
      cvvResultRaw: "Y",
      cardNo: "405469******0768",
      cardBrand: "VISA",
    });
  });

  it("takes a number with spaces and any other number with a right check digit", async () => {
    expect((await submit(url, card({ cardNo: "4111 1111 1111-1111" }))).status).to.equal(303);
    expect(payment()).to.include({ status: "SUCCESS", cardNo: "411111******1111" });
  });

  const declines: readonly [string, string][] = [
    ["4054692760174822", "DO_NOT_HONOR"],
    ["5162770472561357", "USER_BALANCE_NOT_ENOUGH"],
  ];
  for (const [number, code] of declines) {
    it(`fails the payment with ${code} for ${number}, tells the shop and sends the buyer back`, async () => {
      expect(await submit(url, card({ cardNo: number }))).to.include({ status: 303, location: scene.shop.returnUrl });
      expect(payment()).to.include({ status: "FAIL", code });
      await scene.pass(0);
      expect(field(scene.shop.received[0]?.body, "result")).to.include({ resultCode: code, resultStatus: "F" });
      expect(scene.simulator.ledger().authorizations).to.be.empty;
    });
  }

  it("declines the sandbox's risk amounts", async () => {
    for (const value of ["11", "1111001111"]) {
      const pay = await scene.pay({ paymentRequestId: `PAY_${value}`, paymentAmount: { currency: "EUR", value } });
      await submit(pageOf(pay), card());
    }
    const codes = scene.simulator.payments().map(({ code }) => code);
    expect(codes).to.deep.equal(["PAYMENT_IN_PROCESS", "RISK_REJECT", "RISK_REJECT"]);
  });

  const mistakes: readonly [Record<string, string>, string, string][] = [
    [{ cardNo: "4054695723100769" }, "cardNo", "INVALID_CARD_NUMBER"],
    [{ cardNo: "" }, "cardNo", "INVALID_CARD_NUMBER"],
    [{ expiryMonth: "13" }, "expiryMonth", "invalid_expiry_month"],
    [{ expiryMonth: "00" }, "expiryMonth", "invalid_expiry_month"],
    [{ expiryYear: "x" }, "expiryYear", "invalid_expiry_year"],
    [{ expiryMonth: "12", expiryYear: "25" }, "expiryYear", "invalid_expiry_year"],
    [{ expiryMonth: "12", expiryYear: "2025" }, "expiryYear", "invalid_expiry_year"],
    [{ cvv: "99" }, "cvv", "invalid_cvc"],
    [{ cvv: "1234" }, "cvv", "invalid_cvc"],
  ];
  for (const [fields, name, code] of mistakes) {
    it(`shows the form again with ${code} for ${JSON.stringify(fields)}`, async () => {
      const page = await submit(url, card(fields));
      expect(page.status).to.equal(422);
      expect(page.text).to.include(code).and.include(`id="${name}-problem"`).and.include('role="alert"');
      expect(page.text).to.match(
        new RegExp(`name="${name}"[^>]*aria-invalid="true" aria-describedby="${name}-problem"`, "s"),
      );
      expect(payment()).to.include({ status: "PROCESSING" });
    });
  }

  it("never shows the number or the cvv again that were sent", async () => {
    const page = await submit(url, card({ cardNo: "4111111111111111", cvv: "987", expiryMonth: "13" }));
    expect(page.text)
      .not.to.include("4111111111111111")
      .and.not.match(/(?<!\w)987(?!\w)/);
    expect(page.text).to.include('value="Test Buyer"').and.include('value="13"');
  });

  it("takes four digits of security code on American Express", async () => {
    expect((await submit(url, card({ cardNo: "378282246310005", cvv: "1234" }))).status).to.equal(303);
  });

  it("authorizes once when the form is sent twice at the same time", async () => {
    const pages = await Promise.all([submit(url, card()), submit(url, card()), submit(url, card())]);
    for (const page of pages) expect(page).to.include({ status: 303, location: scene.shop.returnUrl });
    await scene.pass(0);
    expect(scene.simulator.ledger().authorizations).to.have.length(1);
    expect(scene.shop.ofType("PAYMENT_RESULT")).to.have.length(1);
  });

  it("does not charge a second card after the first was declined", async () => {
    await submit(url, card({ cardNo: "4054692760174822" }));
    expect((await submit(url, card())).location).to.equal(scene.shop.returnUrl);
    expect(payment()).to.include({ status: "FAIL", code: "DO_NOT_HONOR" });
  });

  it("lets the buyer leave without paying", async () => {
    const page = await visit(url);
    expect(page.text).to.include(`href="${scene.shop.returnUrl}"`).and.include("Cancel and go back to the shop");
    expect(payment()).to.include({ status: "PROCESSING" });
  });

  it("says that the shop cancelled the payment and offers the way back", async () => {
    await scene.call("cancel", { paymentRequestId: "PAY_1" });
    for (const page of [await visit(url), await submit(url, card())]) {
      expect(page.text).to.include("Payment cancelled").and.include(`href="${scene.shop.returnUrl}"`);
    }
    expect(scene.simulator.ledger().authorizations).to.be.empty;
  });

  it("says that the payment is paid when the buyer comes back to the page", async () => {
    await submit(url, card());
    expect((await visit(url)).text).to.include("Already paid");
  });

  it("knows nothing of other addresses and takes nothing but forms", async () => {
    expect((await visit(`${url.slice(0, -4)}AAAA`)).status).to.equal(404);
    const json = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(card()) };
    expect((await visit(url, json)).status).to.equal(415);
    expect((await visit(url, { method: "PUT" })).status).to.equal(405);
    expect(payment()).to.include({ status: "PROCESSING" });
  });
});
