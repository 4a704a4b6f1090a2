import { expect } from "chai";
import { TEST_CARDS } from "../../lib/simulator.js";
import { KOREAN_HOLDER, PAYER, SAMPLE_CARD, withCard } from "./support/cards.js";
import { field } from "./support/merchant.js";
import { card, pageOf, submit } from "./support/pages.js";
import { openScene, type Scene } from "./support/scene.js";

describe("simulator: pay", () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await openScene();
  });
  afterEach(() => scene.close());

  it("sends the buyer of a hosted payment to a page of its own", async () => {
    const { body } = await scene.pay();
    expect(body["paymentId"]).to.match(/^20260115\d{27}$/);
    expect(body).to.deep.include({
      paymentRequestId: "PAY_1",
      paymentAmount: { currency: "EUR", value: "1999" },
      paymentCreateTime: "2026-01-15T20:00:00+08:00",
    });
    const { gateway } = scene.simulator.credentials;
    expect(body["normalUrl"])
      .to.match(/\/cashier\/[A-Za-z0-9_-]{32}$/)
      .and.to.satisfy((url: string) => url.startsWith(gateway));
    expect(body["redirectActionForm"]).to.deep.equal({ method: "GET", redirectUrl: body["normalUrl"] });
  });

  it("answers a repetition with the same payment and the same page", async () => {
    const first = await scene.pay();
    const second = await scene.pay();
    expect(second.body).to.deep.equal(first.body);
    expect(scene.simulator.payments()).to.have.length(1);
  });

  it("opens one payment when the same request arrives ten times at once", async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => scene.pay()));
    expect(new Set(answers.map(pageOf)).size).to.equal(1);
    expect(scene.simulator.payments()).to.have.length(1);
  });

  it("answers a repetition with the result once there is one", async () => {
    await scene.authorize();
    const paid = await scene.pay();
    expect(paid).to.include({ code: "SUCCESS", resultStatus: "S" });
    expect(paid.body).to.include.keys("paymentTime", "authExpiryTime", "paymentResultInfo");
    expect(paid.body).not.to.have.property("normalUrl");
    await submit(pageOf(await scene.pay({ paymentRequestId: "PAY_2" })), card({ cardNo: "4054692760174822" }));
    expect(await scene.pay({ paymentRequestId: "PAY_2" })).to.include({ code: "DO_NOT_HONOR", resultStatus: "F" });
  });

  const differences: readonly [string, Record<string, unknown>][] = [
    ["amount", { paymentAmount: { currency: "EUR", value: "2000" } }],
    ["currency", { paymentAmount: { currency: "USD", value: "1999" } }],
    ["card token", { paymentMethod: { paymentMethodType: "CARD", paymentMethodId: "ALIPAYtoken==" } }],
  ];
  for (const [what, fields] of differences) {
    it(`refuses a repetition with another ${what}`, async () => {
      await scene.pay();
      expect(await scene.pay(fields)).to.include({ code: "REPEAT_REQ_INCONSISTENT", resultStatus: "F" });
    });
  }

  it("says of a cancelled payment that it is cancelled, of an expired one that it is closed", async () => {
    await scene.pay();
    await scene.call("cancel", { paymentRequestId: "PAY_1" });
    expect((await scene.pay()).code).to.equal("ORDER_IS_CANCELED");
    await scene.pay({ paymentRequestId: "PAY_2" });
    await scene.pass(14 * 60_000);
    expect((await scene.pay({ paymentRequestId: "PAY_2" })).code).to.equal("ORDER_IS_CLOSED");
  });

  describe("with card data (server to server)", () => {
    it("authorizes the documents' sample at once", async () => {
      const answer = await scene.pay(withCard(SAMPLE_CARD));
      expect(answer).to.include({ code: "SUCCESS", resultStatus: "S" });
      expect(answer.body["paymentResultInfo"]).to.include({
        avsResultRaw: "Y",
        cvvResultRaw: "Y",
        cardNo: "411734******6383",
        cardBrand: "VISA",
        lastFour: "6383",
        cardBin: "411734",
      });
      expect(field(answer.body, "paymentResultInfo", "networkTransactionId")).to.match(/^\d{15}$/);
      expect(answer.body["paymentResultInfo"]).not.to.have.property("cardToken");
      expect(answer.body["authExpiryTime"]).to.equal("2026-01-22T20:00:00+08:00");
    });

    const failures: readonly [string, Record<string, unknown>, string][] = [
      ["4054692760174822", {}, "DO_NOT_HONOR"],
      ["5162770472561357", {}, "USER_BALANCE_NOT_ENOUGH"],
      ["4054695723100769", {}, "INVALID_CARD_NUMBER"],
      ["4054695723100768", { expiryMonth: "13" }, "INVALID_EXPIRATION_DATE"],
      ["4054695723100768", { cvv: "99" }, "INVALID_CVV"],
      ["4054695723100768", { selectedCardBrand: "MASTERCARD" }, "SELECTED_CARD_BRAND_NOT_AVAILABLE"],
      ["4035501000000016", { enableAuthenticationUpgrade: false }, "AUTHENTICATION_REQUIRED"],
    ];
    for (const [number, more, code] of failures) {
      it(`fails ${number} ${JSON.stringify(more)} with ${code} and tells the shop`, async () => {
        const answer = await scene.pay(withCard(number, more));
        expect(answer).to.include({ code, resultStatus: "F" });
        await scene.pass(0);
        expect(field(scene.shop.received[0]?.body, "result", "resultCode")).to.equal(code);
        expect((await scene.call("inquiryPayment", { paymentRequestId: "PAY_1" })).body).to.include({
          paymentStatus: "FAIL",
          paymentResultCode: code,
        });
      });
    }

    it("gives the bank's own words with a refusal", async () => {
      const { body } = await scene.pay(withCard("5162770472561357"));
      expect(body["paymentResultInfo"]).to.include({ refusalCodeRaw: "51", refusalReasonRaw: "Not sufficient funds" });
    });

    it("refuses the sandbox's risk amount", async () => {
      const amount = { paymentAmount: { currency: "EUR", value: "11" } };
      expect(await scene.pay({ ...withCard(SAMPLE_CARD), ...amount })).to.include({
        code: "RISK_REJECT",
        resultStatus: "F",
      });
    });

    it("sends the buyer to 3-D Secure when the shop or the bank wants it", async () => {
      const wanted = await scene.pay(withCard(SAMPLE_CARD, { is3DSAuthentication: "true" }));
      expect(wanted).to.include({ code: "PAYMENT_IN_PROCESS", resultStatus: "U" });
      const page = await submit(`${pageOf(wanted)}/challenge`, { outcome: "approve" });
      expect(page.location).to.equal(scene.shop.returnUrl);
      const upgraded = await scene.pay({ paymentRequestId: "PAY_2", ...withCard("4035501000000016") });
      expect(upgraded).to.include({ code: "PAYMENT_IN_PROCESS", resultStatus: "U" });
    });

    it("takes the result of a 3-D Secure that was passed elsewhere", async () => {
      const mpiData = {
        eci: "05",
        cavv: "AAABBBCCC",
        dsTransactionId: "d-1",
        threeDSVersion: "2.2.0",
        credentialType: "PAN",
      };
      const answer = await scene.pay(withCard("4035501000000016", { mpiData }));
      expect(answer.code).to.equal("SUCCESS");
      expect(field(answer.body, "paymentResultInfo", "threeDSResult", "cavv")).to.equal("AAABBBCCC");
    });

    for (const { number, brand, region } of TEST_CARDS.filter((entry) => entry.outcome === "approve")) {
      it(`authorizes ${number} as ${brand} of ${region}`, async () => {
        const extras = { BR: { cpf: "12345678909", ...PAYER }, CL: PAYER, MX: PAYER, PE: PAYER, KR: KOREAN_HOLDER };
        const more = new Map<string, object>(Object.entries(extras)).get(region) ?? {};
        const currency = region === "KR" ? "KRW" : "EUR";
        const answer = await scene.pay({
          ...withCard(number, { ...more }),
          paymentAmount: { currency, value: "1999" },
        });
        expect(answer.code).to.equal("SUCCESS");
        expect(answer.body["paymentResultInfo"]).to.include({ cardBrand: brand, paymentMethodRegion: region });
      });
    }
  });

  it("takes the money of an ordinary payment at once", async () => {
    await scene.authorize({ paymentFactor: { isAuthorization: false } });
    expect(scene.simulator.ledger().authorizations[0]).to.include({ status: "CAPTURED" });
    await scene.pass(10_000);
    expect(scene.shop.received.map(({ body }) => body["notifyType"])).to.deep.equal(["PAYMENT_RESULT"]);
  });
});
