import { expect } from "chai";
import { byToken, hosted, storeCard, testCard, threeDSResult, withCardOf } from "./support/cards.js";
import { field, type Answer } from "./support/merchant.js";
import { card, pageOf, submit, visit } from "./support/pages.js";
import { openScene, type Scene } from "./support/scene.js";

describe("simulator: 3-D Secure decisions", () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await openScene();
  });
  afterEach(() => scene.close());

  const payment = () => scene.simulator.payments()[0];
  const inquire = () => scene.call("inquiryPayment", { paymentRequestId: "PAY_1" });

  // Antom, "3DS retry": is3DSAuthentication, enableAuthenticationUpgrade, an ordinary card, a card whose bank wants it.
  const SUCCESS = "SUCCESS";
  const PAGE = "PAYMENT_IN_PROCESS";
  const table: readonly (readonly [unknown, unknown, string, string])[] = [
    [undefined, undefined, SUCCESS, PAGE],
    [undefined, true, SUCCESS, PAGE],
    [false, true, SUCCESS, PAGE],
    ["false", "true", SUCCESS, PAGE],
    ["", "", SUCCESS, PAGE],
    [false, false, SUCCESS, "AUTHENTICATION_REQUIRED"],
    ["false", "false", SUCCESS, "AUTHENTICATION_REQUIRED"],
    [undefined, false, SUCCESS, "AUTHENTICATION_REQUIRED"],
    [true, undefined, PAGE, PAGE],
    [true, true, PAGE, PAGE],
    [true, false, PAGE, PAGE],
    ["true", "false", PAGE, PAGE],
  ];
  for (const [required, upgrade, ordinary, wanting] of table) {
    it(`is3DSAuthentication ${JSON.stringify(required)}, upgrade ${JSON.stringify(upgrade)}: ${ordinary}, ${wanting}`, async () => {
      const wish = { is3DSAuthentication: required, enableAuthenticationUpgrade: upgrade };
      const first = await scene.pay(withCardOf("visa", wish));
      const second = await scene.pay({ paymentRequestId: "PAY_2", ...withCardOf("visa-3ds", wish) });
      expect([first.code, second.code]).to.deep.equal([ordinary, wanting]);
      for (const { code, body } of [first, second]) expect("normalUrl" in body).to.equal(code === PAGE);
    });
  }

  it("knows the upgrade by the second name the documents give it", async () => {
    const wish = { enableAuthenticationUpgrade: undefined, enableAuthenticationUpgrate: false };
    expect((await scene.pay(withCardOf("visa-3ds", wish))).code).to.equal("AUTHENTICATION_REQUIRED");
  });

  it("does not upgrade a Brazilian card, whose shop must ask for 3-D Secure itself", async () => {
    const extras = { cpf: "12345678909", payerEmail: "payer@example.com" };
    expect((await scene.pay(withCardOf("visa-br-3ds", extras))).code).to.equal("AUTHENTICATION_REQUIRED");
    const asked = withCardOf("visa-br-3ds", { ...extras, is3DSAuthentication: true });
    expect((await scene.pay({ paymentRequestId: "PAY_2", ...asked })).code).to.equal("PAYMENT_IN_PROCESS");
  });

  const REQUIRED = { is3DSAuthentication: true };
  const unasked: readonly [string, Record<string, unknown>, string, boolean][] = [
    ["visa-frictionless", { eci: "05", challenged: false, threeDSOffered: true }, "SUCCESS", true],
    ["mastercard-frictionless", { eci: "02", challenged: false }, "SUCCESS", true],
    ["visa-attempted", { eci: "06", challenged: false }, "SUCCESS", false],
    ["mastercard-attempted", { eci: "01", challenged: false }, "SUCCESS", false],
    [
      "visa-3ds-fails",
      { eci: "07", threeDStransactionStatusReason: "01", challenged: false },
      "USER_PAYMENT_VERIFICATION_FAILED",
      false,
    ],
  ];
  for (const [key, result, code, hasCavv] of unasked) {
    it(`goes on by itself with ${key}: ${code}, ECI ${String(result["eci"])}`, async () => {
      const answer = await scene.pay(withCardOf(key, REQUIRED));
      expect(answer.code).to.equal("PAYMENT_IN_PROCESS");
      const page = await visit(pageOf(answer));
      const next = /http-equiv="refresh" content="1; url=([^"]+)"/.exec(page.text)?.[1] ?? "";
      expect(next).to.match(/\/checked$/);
      expect(page.text).not.to.match(/<script/i);
      expect((await visit(new URL(next, pageOf(answer)).href, { method: "HEAD" })).status).to.equal(200);
      expect(payment()).to.include({ status: "PROCESSING" });
      const done = await visit(new URL(next, pageOf(answer)).href);
      expect(done).to.include({ status: 303, location: scene.shop.returnUrl });
      expect(payment()).to.include({ code });
      const told = await inquire();
      expect(threeDSResult(told)).to.include(result);
      expect(field(threeDSResult(told), "cavv") !== "").to.equal(hasCavv);
    });
  }

  it("leads from the hosted page to the one that goes on by itself, once", async () => {
    const url = pageOf(await scene.pay(hosted(REQUIRED)));
    const page = await submit(url, card({ cardNo: testCard("visa-frictionless").number }));
    expect(page.location).to.equal(`${url}/checking`);
    expect((await submit(`${url}/challenge`, { outcome: "approve" })).location).to.equal(url);
    expect(payment()).to.include({ status: "PROCESSING" });
    await Promise.all([visit(`${url}/checked`), submit(`${url}/checked`, {})]);
    expect(scene.simulator.ledger().authorizations).to.have.length(1);
    expect((await visit(`${url}/checked`)).location).to.equal(scene.shop.returnUrl);
  });

  it("does not go on by itself where nothing waits for it, or once the payment is over", async () => {
    const url = pageOf(await scene.pay(hosted(REQUIRED)));
    expect((await visit(`${url}/checked`)).location).to.equal(url);
    await scene.call("cancel", { paymentRequestId: "PAY_1" });
    expect((await visit(`${url}/checked`)).status).to.equal(409);
  });

  const exempt: readonly [string, string, Record<string, unknown>, string | undefined][] = [
    ["visa-exempt", "1999", { eci: "07", exemptionType: "transactionRiskAnalysis" }, "transactionRiskAnalysis"],
    ["visa-low-value", "2999", { eci: "07", exemptionType: "lowValue" }, "lowValue"],
    ["mastercard-data-only", "1999", { eci: "04", exemptionType: "dataOnly" }, undefined],
  ];
  for (const [key, value, result, requested] of exempt) {
    it(`excuses ${key} and says why`, async () => {
      const answer = await scene.pay({ ...withCardOf(key, REQUIRED), paymentAmount: { currency: "EUR", value } });
      expect(answer.code).to.equal("SUCCESS");
      expect(threeDSResult(answer)).to.include({ ...result, cavv: "", challenged: false, threeDSOffered: true });
      expect(field(answer.body, "paymentResultInfo", "exemptionRequested")).to.equal(requested);
    });
  }

  it("challenges the low-value card from EUR 30 on", async () => {
    const amount = { paymentAmount: { currency: "EUR", value: "3000" } };
    expect((await scene.pay({ ...withCardOf("visa-low-value", REQUIRED), ...amount })).code).to.equal(PAGE);
  });

  const ends: readonly [string, Record<string, unknown>][] = [
    ["decline", { threeDStransactionStatusReason: "01" }],
    ["cancel", { challengeCancel: "01" }],
    ["timeout", { challengeCancel: "04" }],
  ];
  for (const [outcome, result] of ends) {
    it(`tells how a challenge ended that was not passed: ${outcome}`, async () => {
      const url = pageOf(await scene.pay(withCardOf("visa", REQUIRED)));
      expect((await visit(url)).text).to.include(`value="${outcome}"`);
      await submit(`${url}/challenge`, { outcome });
      const told = await inquire();
      expect(told.body).to.include({ paymentResultCode: "USER_PAYMENT_VERIFICATION_FAILED" });
      expect(threeDSResult(told)).to.include({ eci: "07", cavv: "", challenged: true, ...result });
    });
  }

  it("tells of an abandoned challenge once the payment has expired", async () => {
    await scene.pay(withCardOf("visa", REQUIRED));
    await scene.pass(14 * 60_000);
    const told = await inquire();
    expect(told.body).to.include({ paymentResultCode: "ORDER_IS_CLOSED" });
    expect(threeDSResult(told)).to.include({ challengeCancel: "03" });
  });

  it("tells nothing of 3-D Secure where there was none", async () => {
    expect(threeDSResult(await scene.pay(withCardOf("visa")))).to.be.undefined;
  });

  describe("passed elsewhere (mpiData)", () => {
    const pay = (eci: string, cavv: string): Promise<Answer> =>
      scene.pay(
        withCardOf("visa-3ds", { enableAuthenticationUpgrade: false, mpiData: { eci, cavv, threeDSVersion: "2.2.0" } }),
      );

    it("counts like one passed here, and is told again", async () => {
      const answer = await pay("05", "AAABBBCCC");
      expect(answer.code).to.equal("SUCCESS");
      expect(threeDSResult(answer)).to.deep.equal({ eci: "05", cavv: "AAABBBCCC", threeDSVersion: "2.2.0" });
    });

    it("does not count when it was not passed", async () => {
      expect((await pay("07", "")).code).to.equal("AUTHENTICATION_REQUIRED");
    });
  });

  it("can be asked for with a stored card", async () => {
    const { token } = await storeCard(scene, "visa");
    expect((await scene.pay(byToken(token, REQUIRED))).code).to.equal("PAYMENT_IN_PROCESS");
  });
});
