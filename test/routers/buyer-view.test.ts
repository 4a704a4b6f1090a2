import { expect } from "chai";
import { TEXTS } from "../../lib/pages/texts.js";
import { buyerView, isReplaced } from "../../lib/routers/buyer-view.js";
import { manualClock } from "../../lib/testing.js";
import { after, DAY, newPayment } from "../payment/a-payment.js";
import { ACTION, CLOSED, DECLINED, SUCCESS, told } from "../payment/facts.js";
import { RESULTS, standing, startScriptedAntom, type ScriptedAntom } from "../support/scripted-antom.js";
import {
  anOrder,
  answerOf,
  captureResult,
  paymentResult,
  startShop,
  type CheckoutAnswer,
  type TestShop,
} from "../support/shop.js";
import { cardNumber, GOOD_CARD, startSimulatedShop } from "../support/simulated-shop.js";

const KOREAN = "카드사가 이 결제를 승인하지 않았습니다. 다른 카드를 사용하시거나 카드사에 문의해 주세요.";

describe("what a buyer's browser may know", () => {
  it("is who, what and how it stands, of a payment that did not fail", () => {
    for (const payment of [
      newPayment(),
      after(newPayment(), ACTION),
      after(newPayment(), SUCCESS),
      after(newPayment(), CLOSED),
    ]) {
      const { authorizedAmount, ...view } = buyerView(payment);
      expect(view).to.have.all.keys("id", "orderId", "status", "amount");
      expect(authorizedAmount).to.equal(payment.status === "authorized" ? "10000" : undefined);
    }
  });

  it("is also how much is held, was taken and was given back, beside the amount it was opened with", () => {
    const raised = after(newPayment(), SUCCESS, told("increase", "15000"));
    const { amount } = newPayment();
    expect(buyerView(raised)).to.deep.include({ amount, authorizedAmount: "15000" });
    expect(buyerView(raised)).to.not.have.any.keys("capturedAmount", "refundedAmount");
    const taken = after(raised, told("capture", "3000"));
    expect(buyerView(taken)).to.deep.include({ amount, authorizedAmount: "15000", capturedAmount: "3000" });
    expect(buyerView(after(taken, told("refund", "1000")))).to.deep.include({
      amount,
      authorizedAmount: "15000",
      capturedAmount: "3000",
      refundedAmount: "1000",
    });
  });

  it("is also what can help, of one that failed, in the payment's language or the one that is asked for", () => {
    const resultInfo = {
      refusalCodeRaw: "43",
      refusalReasonRaw: "STOLEN",
      merchantAdviceCode: "03",
      cardBrand: "VISA",
    };
    const payment = after({ ...newPayment(), locale: "ko" }, { ...DECLINED, resultInfo });
    const ways = { sameCard: false, otherCard: true, later: false };
    expect(buyerView(payment)).to.have.all.keys("id", "orderId", "status", "amount", "decline");
    expect(buyerView(payment).decline).to.deep.equal({ ...ways, message: KOREAN });
    expect(buyerView(payment, "zh").decline).to.deep.equal({
      ...ways,
      message: "您的银行没有批准这笔付款，请换一张卡，或联系您的银行。",
    });
    expect(buyerView({ ...payment, locale: "xx" }).decline?.message).to.match(/^Your bank did not approve/);
  });
});

describe("whether another payment of the order counts in the place of one", () => {
  const base = newPayment();
  const other = { ...base, id: "PAY9123456789ABCDEFGHJKMNPQRS" };
  const taken = after(other, SUCCESS, told("capture", "10000"));
  const superseded = { ...taken, evidence: { ...taken.evidence, superseded: true } } as const;
  const OVER = [after(base, DECLINED), { ...base, status: "voided" }, { ...base, status: "expired" }] as const;
  const among = (...payments: readonly (typeof base)[]) => ({ findByOrder: () => Promise.resolve([...payments]) });

  it("is so while one is live, and where one has taken money that was not given back", async () => {
    for (const payment of OVER) {
      for (const one of [other, after(other, ACTION), after(other, SUCCESS), taken, superseded]) {
        expect(await isReplaced(payment, among(one, payment)), `${payment.status} ${one.status}`).to.equal(true);
      }
    }
  });

  it("is not so where there is none, or none that is live or has taken money", async () => {
    for (const payment of OVER) {
      const over = after(other, DECLINED);
      const returned = { ...superseded, refundedAmount: superseded.capturedAmount };
      for (const others of [[], [over], [over, returned]]) {
        expect(await isReplaced(payment, among(payment, ...others)), payment.status).to.equal(false);
      }
    }
  });

  it("is not looked up for a payment that is under way, held or taken", async () => {
    const storage = { findByOrder: () => Promise.reject(new Error("it was looked up")) };
    for (const payment of [base, after(base, ACTION), after(base, SUCCESS), taken]) {
      expect(await isReplaced(payment, storage), payment.status).to.equal(false);
    }
  });
});

describe("what a buyer is told", () => {
  let gateway: ScriptedAntom;
  let shop: TestShop;

  beforeEach(async () => {
    gateway = await startScriptedAntom();
    shop = await startShop({ gateway: gateway.url, worker: false });
    shop.orders.set("order-1", anOrder("order-1"));
  });
  afterEach(async () => {
    await shop.stop();
    await gateway.stop();
  });

  describe("of a payment that is declined at once", () => {
    it("is in the checkout's answer and in the status, in the buyer's language", async () => {
      gateway.on("pay", (call) => ({
        result: RESULTS.declined,
        paymentRequestId: call.body["paymentRequestId"],
        paymentResultInfo: { refusalCodeRaw: "51", refusalReasonRaw: "Not sufficient funds" },
      }));
      const checkout = await shop.checkout("order-1", { "accept-language": "ko-KR" });
      const answer = (await checkout.json()) as { statusUrl: string; payment: Record<string, unknown> };
      expect(answer.payment["decline"]).to.deep.equal({
        sameCard: false,
        otherCard: true,
        later: true,
        message: "카드의 잔액이나 한도가 부족합니다. 다른 카드를 사용해 주세요. 나중에 다시 시도하실 수도 있습니다.",
      });
      const status = await fetch(answer.statusUrl, {
        headers: { accept: "application/json", "accept-language": "en" },
      });
      const text = await status.text();
      expect(JSON.parse(text)).to.deep.include({ payment: answer.payment });
      expect(text).to.not.match(/sufficient|"51"|DO_NOT_HONOR/);
    });
  });

  describe("of a payment in whose place another of the order was made", () => {
    const { tookPlace, failed, voided } = TEXTS.en.result;
    const shown = async ({ statusUrl }: CheckoutAnswer) => {
      const status = await (await fetch(statusUrl)).text();
      const { payment, redirect } = JSON.parse(status) as { payment: { decline?: object }; redirect: string };
      return { status, payment, page: await (await fetch(redirect, { headers: { accept: "text/html" } })).text() };
    };

    it("is that it did, and neither to pay again nor anything of the other one", async () => {
      const outcomes: string[] = [];
      const simulated = await startSimulatedShop({
        worker: false,
        resultPage: (outcome, payment) => {
          outcomes.push(`${payment.method} ${outcome} ${String(payment.decline?.otherCard)}`);
          return undefined;
        },
      });
      try {
        const hosted = await simulated.paid({}, { orderId: "order-1" });
        const declined = await simulated.paid(
          { method: "card", card: { ...GOOD_CARD, cardNo: cardNumber("visa-declined") } },
          { orderId: "order-1" },
        );
        const [first, second] = [await shown(hosted), await shown(declined)];
        expect(first.page).to.contain(voided.text).and.not.contain(tookPlace);
        expect(second.page).to.contain("Please use another card").and.not.contain(tookPlace);

        const paid = await simulated.paid({ method: "card", card: GOOD_CARD }, { orderId: "order-1" });
        const [third, fourth] = [await shown(hosted), await shown(declined)];
        expect(third.page).to.contain(voided.title).and.to.contain(tookPlace).and.not.contain(voided.text);
        expect(fourth.page).to.contain(failed.title).and.to.contain(tookPlace);
        expect(fourth.page).to.not.contain("Please use another card").and.not.contain("to use another card");
        expect(fourth.payment.decline).to.deep.equal({
          sameCard: false,
          otherCard: false,
          later: false,
          message: tookPlace,
        });
        expect(third.payment).to.deep.equal(first.payment);
        for (const { page, status } of [third, fourth]) expect(page + status).to.not.contain(paid.payment.id);
        expect(outcomes).to.deep.equal([
          "hosted voided undefined",
          "card failed true",
          "hosted voided undefined",
          "card failed true",
        ]);
      } finally {
        await simulated.stop();
      }
    });
  });

  describe("of a payment that was refunded", () => {
    const HTML = { accept: "text/html" };
    /** A captured payment, of which so much was refunded on Antom's dashboard. */
    const refundedBy = async (value: string) => {
      const answer = await answerOf(await shop.checkout("order-1"));
      const { payment } = answer;
      expect((await shop.notify(paymentResult(payment))).status).to.equal(200);
      expect((await shop.notify(captureResult(payment))).status).to.equal(200);
      const refund = {
        notifyType: "REFUND_RESULT",
        result: RESULTS.success,
        refundStatus: "SUCCESS",
        refundRequestId: "DASHBOARD-1",
        refundId: "REFUND-1",
        refundAmount: { currency: "EUR", value },
        refundTime: "2026-01-02T12:01:03+08:00",
        paymentId: `ANTOM-${payment.id}`,
        paymentRequestId: payment.id,
      };
      expect((await shop.notify(refund)).status).to.equal(200);
      const status = (await (await fetch(answer.statusUrl)).json()) as { payment: object; redirect: string };
      const page = await (await fetch(status.redirect, { headers: HTML })).text();
      return { ...status, page };
    };
    const { captured, refunded } = TEXTS.en.result;

    it("reads so on the result page, and not that the money was received", async () => {
      const { payment, page, redirect } = await refundedBy("1999");
      expect(page).to.contain(refunded.title).and.to.contain(refunded.text);
      expect(page).to.not.contain(captured.title).and.not.contain(captured.text);
      expect(payment).to.include({ status: "captured", refundedAmount: "1999" });

      // The order stays paid by it: another checkout opens nothing, and leads to the same page.
      const again = await answerOf(await shop.checkout("order-1"));
      expect(again.payment).to.deep.equal(payment);
      expect(again.redirect).to.equal(redirect);
      expect(gateway.calls.filter(({ operation }) => operation === "pay")).to.have.length(1);
      const cheaper = { currency: "EUR", value: "999" };
      shop.orders.set("order-1", anOrder("order-1", { amount: cheaper }));
      expect(await (await shop.checkout("order-1")).json()).to.include({ code: "order_paid" });
      // An order with an id of its own can be paid.
      shop.orders.set("order-1b", anOrder("order-1b"));
      expect((await answerOf(await shop.checkout("order-1b"))).payment.status).to.equal("requires_action");
    });

    it("reads how much it was, where it was a part", async () => {
      const { payment, page } = await refundedBy("500");
      expect(page).to.contain(captured.title).and.to.contain(TEXTS.en.refunded);
      expect(page)
        .to.match(/\u20ac5\.00/)
        .and.not.contain(refunded.title);
      expect(payment).to.include({ status: "captured", refundedAmount: "500" });
    });
  });

  describe("of a payment of which a part was taken, and given back", () => {
    it("is that it is approved while the rest is held, and to order anew only once the hold is over", async () => {
      await shop.stop();
      const clock = manualClock(Date.parse("2026-01-01T12:00:00+08:00"));
      shop = await startShop({ gateway: gateway.url, worker: false, clock });
      shop.orders.set("order-1", anOrder("order-1", { capture: "MANUAL" }));
      const answer = await answerOf(await shop.checkout("order-1"));
      const { payment } = answer;
      const page = async () => {
        const status = (await (await fetch(answer.statusUrl)).json()) as { payment: object; redirect: string };
        return { ...status, text: await (await fetch(status.redirect, { headers: { accept: "text/html" } })).text() };
      };
      const part = { currency: "EUR", value: "500" };
      await shop.notify(paymentResult(payment, { authExpiryTime: "2026-01-08T12:01:01+08:00" }));
      await shop.notify(captureResult(payment, { captureAmount: part }));
      const taken = await page();
      expect(taken.payment).to.include({ status: "captured", authorizedAmount: "1999", capturedAmount: "500" });
      expect(taken.text).to.contain(TEXTS.en.result.captured.title).and.to.contain("\u20ac5.00");
      expect(taken.text).to.not.contain("\u20ac19.99");

      const refund = {
        refundRequestId: "DASHBOARD-1",
        refundId: "REFUND-1",
        refundAmount: part,
        refundStatus: "SUCCESS",
      };
      const about = { paymentId: `ANTOM-${payment.id}`, paymentRequestId: payment.id, result: RESULTS.success };
      const sent = { notifyType: "REFUND_RESULT", refundTime: "2026-01-02T12:01:03+08:00", ...about, ...refund };
      expect((await shop.notify(sent)).status).to.equal(200);
      const given = await page();
      expect(given.payment).to.include({ authorizedAmount: "1999", capturedAmount: "500", refundedAmount: "500" });
      expect(given.text).to.contain(TEXTS.en.result.authorized.title).and.to.contain("\u20ac19.99");
      expect(given.text).to.not.contain(TEXTS.en.result.refunded.text);

      await clock.advance(8 * DAY);
      expect((await page()).text).to.contain(TEXTS.en.result.refunded.text);
    });
  });

  describe("a buyer who comes back while the bank decides", () => {
    let gateway: ScriptedAntom;
    let shop: TestShop;

    beforeEach(async () => {
      gateway = await startScriptedAntom();
      shop = await startShop({ gateway: gateway.url, worker: false });
      shop.orders.set("order-1", anOrder("order-1"));
      gateway.on("inquiryPayment", (call) => standing(call, "PENDING"));
    });
    afterEach(async () => {
      await shop.stop();
      await gateway.stop();
    });

    const deciding = async () => {
      const answer = await answerOf(await shop.checkout("order-1"));
      expect((await shop.antom.payments.inquire(answer.payment.id)).status).to.equal("processing");
      return answer;
    };

    it("is led by another checkout, and by the status, to the result and not to the card page", async () => {
      const { payment, statusUrl } = await deciding();
      const again = await answerOf(await shop.checkout("order-1"));
      expect(again.payment).to.include({ id: payment.id, status: "processing" });
      expect(again.redirect).to.match(new RegExp(`^${shop.urls.return}/`));
      const status = (await (await fetch(statusUrl)).json()) as { redirect: string };
      expect(status.redirect).to.equal(again.redirect);
      expect(gateway.calls.filter(({ operation }) => operation === "pay")).to.have.length(1);
    });

    it("sees by the back button, at the page that led to Antom, that the payment is pending", async () => {
      const { redirect } = await deciding();
      const moved = await fetch(redirect, { redirect: "manual", headers: { accept: "text/html" } });
      expect([moved.status, moved.headers.get("location")?.startsWith(shop.urls.return)]).to.deep.equal([303, true]);
      const page = await (await fetch(redirect, { headers: { accept: "text/html" } })).text();
      expect(page).to.contain('data-status="processing"').and.to.contain('data-action-url=""');
      expect(page).to.not.contain("antom.example");
    });

    it("is still sent to Antom while something is to be done there", async () => {
      const { redirect } = await answerOf(await shop.checkout("order-1"));
      expect(redirect).to.match(new RegExp(`^${shop.urls.redirect}/`));
      expect(await (await fetch(redirect, { headers: { accept: "text/html" } })).text()).to.contain("antom.example");
    });
  });
});
