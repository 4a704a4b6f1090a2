import { expect } from "chai";
import {
  byToken,
  hosted,
  KOREAN_HOLDER,
  message,
  PAYER,
  SAMPLE_CARD,
  testCard,
  withCard,
  withCardOf,
  WON,
} from "./support/cards.js";
import { openScene, type Scene } from "./support/scene.js";

const META_DATA = "paymentMethod.paymentMethodMetaData";

describe("simulator: card data of a server-to-server request", () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await openScene();
  });
  afterEach(() => scene.close());

  const failing: readonly [string, string, Record<string, unknown>, string][] = [
    ["a wrong check digit", "4117347806156384", {}, "INVALID_CARD_NUMBER"],
    ["too few digits", "41173478061", {}, "INVALID_CARD_NUMBER"],
    ["too many digits", "41173478061563830000", {}, "INVALID_CARD_NUMBER"],
    ["month 13, the sandbox's trigger", SAMPLE_CARD, { expiryMonth: "13" }, "INVALID_EXPIRATION_DATE"],
    ["month 00", SAMPLE_CARD, { expiryMonth: "00" }, "INVALID_EXPIRATION_DATE"],
    ["a date that is over", SAMPLE_CARD, { expiryMonth: "12", expiryYear: "25" }, "INVALID_EXPIRATION_DATE"],
    ["cvv 99, the sandbox's trigger", SAMPLE_CARD, { cvv: "99" }, "INVALID_CVV"],
  ];
  for (const [what, number, more, code] of failing) {
    it(`fails ${what} with ${code} and keeps the failure`, async () => {
      expect(await scene.pay(withCard(number, more))).to.include({ code, resultStatus: "F" });
      expect(await scene.pay(withCard(SAMPLE_CARD))).to.include({ code, resultStatus: "F" });
      expect(scene.simulator.payments()).to.have.length(1);
    });
  }

  it("takes a card to the end of its last month, wherever on earth that ends", async () => {
    const january = { expiryMonth: "01", expiryYear: "26" };
    expect((await scene.pay(withCard(SAMPLE_CARD, january))).code).to.equal("SUCCESS");
    scene.clock.advance(Date.UTC(2026, 1, 1, 11, 59) - scene.clock.now());
    expect((await scene.pay({ paymentRequestId: "PAY_2", ...withCard(SAMPLE_CARD, january) })).code).to.equal(
      "SUCCESS",
    );
    scene.clock.advance(60_000);
    expect((await scene.pay({ paymentRequestId: "PAY_3", ...withCard(SAMPLE_CARD, january) })).code).to.equal(
      "INVALID_EXPIRATION_DATE",
    );
  });

  it("takes three and four digits of security code", async () => {
    expect((await scene.pay(withCard(SAMPLE_CARD, { cvv: "123" }))).code).to.equal("SUCCESS");
    const amex = withCardOf("amex", { cvv: "1234" });
    expect((await scene.pay({ paymentRequestId: "PAY_2", ...amex })).code).to.equal("SUCCESS");
  });

  it("declines the sandbox's risk amounts before 3-D Secure", async () => {
    for (const value of ["11", "1111001111"]) {
      const answer = await scene.pay({
        paymentRequestId: `PAY_${value}`,
        paymentAmount: { currency: "EUR", value },
        ...withCard(SAMPLE_CARD, { is3DSAuthentication: true }),
      });
      expect(answer.code).to.equal("RISK_REJECT");
    }
  });

  const missing: readonly [string, string, Record<string, unknown>][] = [
    ["cvv", SAMPLE_CARD, { cvv: undefined }],
    ["expiryMonth", SAMPLE_CARD, { expiryMonth: undefined }],
    ["expiryYear", SAMPLE_CARD, { expiryYear: undefined }],
    ["cpf", testCard("visa-br").number, PAYER],
    ["payerEmail", testCard("visa-br").number, { cpf: "12345678909" }],
    ["payerEmail", testCard("visa-cl").number, {}],
    ["payerEmail", testCard("visa-mx").number, {}],
    ["payerEmail", testCard("visa-pe").number, {}],
    ["dateOfBirth", testCard("hyundai").number, { cardPasswordDigest: "12" }],
    ["cardPasswordDigest", testCard("hyundai").number, { dateOfBirth: "1990-12-31" }],
  ];
  for (const [name, number, more] of missing) {
    it(`names ${name} when ${number} comes without it`, async () => {
      const answer = await scene.pay({ ...WON, ...withCard(number, more) });
      expect(answer.code).to.equal("PARAM_ILLEGAL");
      expect(message(answer)).to.equal(`${META_DATA}.${name} is missing.`);
      expect(scene.simulator.payments()).to.be.empty;
    });
  }

  const illegal: readonly Record<string, unknown>[] = [
    { cvv: "12345" },
    { cvv: "12a" },
    { expiryMonth: "1" },
    { expiryYear: "2029" },
    { cardholderName: { firstName: "x".repeat(33) } },
    { payerEmail: "nobody" },
    { payerEmail: `${"x".repeat(60)}@a.de` },
    { cpf: "1234567890" },
    { tokenizeMode: "ALWAYS" },
    { recurringType: "MONTHLY" },
    { networkTransactionId: "1".repeat(257) },
    { businessNo: "123" },
    { cardPasswordDigest: "1234" },
    { mpiData: { eci: "99", cavv: "x" } },
    { mpiData: { eci: "05", cavv: "" } },
  ];
  for (const more of illegal) {
    const shown = JSON.stringify(more);
    it(`refuses ${shown.length > 60 ? `${shown.slice(0, 50)}...` : shown}`, async () => {
      expect((await scene.pay(withCard(SAMPLE_CARD, more))).code).to.equal("PARAM_ILLEGAL");
    });
  }

  it("takes a Brazilian tax number with and without its points", async () => {
    for (const cpf of ["12345678909", "123.456.789-09"]) {
      const answer = await scene.pay({ paymentRequestId: `PAY_${cpf}`, ...withCardOf("visa-br", { cpf, ...PAYER }) });
      expect(answer.code).to.equal("SUCCESS");
    }
  });

  it("takes a card that the shop itself keeps without its security code", async () => {
    const kept = withCard(SAMPLE_CARD, { isCardOnFile: true, cvv: undefined });
    const answer = await scene.pay(kept);
    expect(answer.code).to.equal("SUCCESS");
    expect(answer.body["paymentResultInfo"]).to.include({ cvvResultRaw: "X" });
  });

  const contradictions: readonly [string, Record<string, unknown>][] = [
    ["a token with a card number", byToken("ALIPAYx", { cardNo: SAMPLE_CARD, expiryMonth: "12", expiryYear: "29" })],
    ["a token with mpiData", byToken("ALIPAYx", { mpiData: { eci: "05", cavv: "x" } })],
    ["a hosted payment with mpiData", hosted({ mpiData: { eci: "05", cavv: "x" } })],
    ["a hosted payment with tokenize", hosted({ tokenize: true })],
    ["a hosted payment with selectedCardBrand", hosted({ selectedCardBrand: "VISA" })],
    ["a hosted payment with recurringType", hosted({ recurringType: "SCHEDULED" })],
    ["a hosted payment with cvv", hosted({ cvv: "123" })],
    ["a card with tokenizeMode", withCard(SAMPLE_CARD, { tokenizeMode: "ASKFORCONSENT" })],
    ["a card with recurringType", withCard(SAMPLE_CARD, { recurringType: "SCHEDULED" })],
    [
      "mpiData with is3DSAuthentication",
      withCard(SAMPLE_CARD, { is3DSAuthentication: true, mpiData: { eci: "05", cavv: "x" } }),
    ],
    [
      "3-D Secure with a Korean card",
      { ...WON, ...withCardOf("hyundai", { ...KOREAN_HOLDER, is3DSAuthentication: true }) },
    ],
    [
      "mpiData with a Korean card",
      { ...WON, ...withCardOf("hyundai", { ...KOREAN_HOLDER, mpiData: { eci: "05", cavv: "x" } }) },
    ],
  ];
  for (const [what, fields] of contradictions) {
    it(`refuses ${what}`, async () => {
      expect((await scene.pay(fields)).code).to.equal("INVALID_PAYMENT_METHOD_META_DATA");
      expect(scene.simulator.payments()).to.be.empty;
    });
  }

  it("tells what is masked and when the card expires, never the rest", async () => {
    const { body, text } = await scene.pay(withCard(SAMPLE_CARD, { tokenize: true }));
    expect(body["paymentResultInfo"]).to.include({ cardNo: "411734******6383", expiryMonth: "12", expiryYear: "29" });
    expect(text)
      .not.to.include(SAMPLE_CARD)
      .and.not.match(/(?<!\w)850(?!\w)/);
  });
});
