import { expect } from "chai";
import type { PaymentView } from "../../lib/index.js";
import { manualClock, type ManualClock } from "../../lib/testing.js";
import {
  inProcess,
  RESULTS,
  standing,
  startScriptedAntom,
  type ReceivedCall,
  type ScriptedAntom,
} from "../support/scripted-antom.js";
import {
  anOrder,
  answerOf,
  captureResult,
  paymentResult,
  startShop,
  type CheckoutAnswer,
  type TestShop,
} from "../support/shop.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const refundDone = (call: ReceivedCall) => ({
  result: RESULTS.success,
  refundRequestId: call.body["refundRequestId"],
  refundId: `REFUND-${String(call.body["refundRequestId"])}`,
  paymentId: call.body["paymentId"],
  refundAmount: call.body["refundAmount"],
});
const refused = (resultCode: string) => ({ result: { resultStatus: "F", resultCode, resultMessage: "no" } });

describe("a payment that succeeds after all while another one of its order is live", () => {
  let gateway: ScriptedAntom;
  let shop: TestShop;
  let clock: ManualClock;
  let first: CheckoutAnswer["payment"];

  beforeEach(async () => {
    gateway = await startScriptedAntom();
    clock = manualClock();
    shop = await startShop({ gateway: gateway.url, worker: false, clock });
    shop.orders.set("order-1", anOrder("order-1"));
    gateway.on("pay", (call, nth) =>
      nth === 1 ? { ...inProcess(call), normalUrl: undefined, result: RESULTS.declined } : inProcess(call),
    );
    gateway.on("refund", refundDone);
    first = (await answerOf(await shop.checkout("order-1"))).payment;
    const second = (await answerOf(await shop.checkout("order-1"))).payment;
    expect(second.id).not.to.equal(first.id);
    await shop.antom.runDue();
  });
  afterEach(async () => {
    await shop.stop();
    await gateway.stop();
  });

  const after = async (ms: number): Promise<void> => {
    await clock.advance(ms);
    await shop.antom.runDue();
  };
  const aWeek = async (): Promise<void> => {
    for (const ms of [0, 2_000, 5_000, 15_000, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, DAY, 6 * DAY]) await after(ms);
  };
  const about = (operation: string) =>
    gateway.calls.filter(
      ({ operation: called, body }) => called === operation && JSON.stringify(body).includes(first.id),
    );
  /** What an inquiry tells beside the status once the first payment has been captured. */
  const captured = () => ({
    transactions: [
      {
        transactionType: "CAPTURE",
        transactionStatus: "SUCCESS",
        transactionId: "C1",
        transactionRequestId: "CR1",
        transactionAmount: first.amount,
      },
    ],
  });
  const now = (): Promise<PaymentView> => shop.antom.payments.get(first.id);
  const told = () => shop.recorder.events.filter(({ payment }) => payment.id === first.id).map(({ type }) => type);

  it("is given back where it is captured before it could be let go, and the shop is told of that, not of the money", async () => {
    gateway.on("cancel", () => refused("PROCESS_FAIL"));
    await shop.notify(paymentResult(first));
    await shop.notify(captureResult(first));
    await aWeek();
    expect(await now()).to.include({ capturedAmount: "1999", refundedAmount: "1999" });
    expect(about("refund").map(({ body }) => [body["refundRequestId"], body["refundAmount"]])).to.deep.equal([
      [`${first.id}R1`, first.amount],
    ]);
    expect(told()).to.deep.equal(["payment.failed", "payment.conflict", "payment.refunded"]);
  });

  it("is given back where its capture is all that was ever heard of it", async () => {
    await shop.notify(captureResult(first));
    await aWeek();
    expect(await now()).to.include({ capturedAmount: "1999", refundedAmount: "1999" });
    expect(about("cancel")).to.deep.equal([]);
    expect(told()).to.deep.equal(["payment.failed", "payment.conflict", "payment.refunded"]);
  });

  it("is given back part by part where it is captured so", async () => {
    gateway.on("cancel", () => refused("PROCESS_FAIL"));
    await shop.notify(paymentResult(first));
    for (const [nth, value] of ["999", "1000"].entries()) {
      await shop.notify(
        captureResult(first, {
          captureRequestId: `AUTO-${nth}`,
          captureId: `CAPTURE-${nth}`,
          captureAmount: { currency: "EUR", value },
        }),
      );
      await after(0);
    }
    await aWeek();
    expect(await now()).to.include({ capturedAmount: "1999", refundedAmount: "1999" });
    expect(about("refund").map(({ body }) => body["refundRequestId"])).to.deep.equal([
      `${first.id}R1`,
      `${first.id}R2`,
    ]);
  });

  it("is given back once however often it is heard of, and however badly Antom answers", async () => {
    gateway.on("cancel", () => refused("PROCESS_FAIL"));
    gateway.on("refund", (call, nth) =>
      nth === 1 ? "hang up" : nth === 2 ? "http-500" : nth === 3 ? "unsigned" : refundDone(call),
    );
    for (let time = 0; time < 3; time++) {
      await shop.notify(paymentResult(first));
      await shop.notify(captureResult(first));
      await after(1_000);
    }
    await aWeek();
    expect(new Set(about("refund").map(({ body }) => body["refundRequestId"]))).to.have.lengthOf(1);
    expect(await now()).to.include({ refundedAmount: "1999" });
    expect(told()).to.deep.equal(["payment.failed", "payment.conflict", "payment.refunded"]);
  });

  it("asks what became of a refund that is in process, and sends no other", async () => {
    gateway.on("refund", (call) => ({
      ...refundDone(call),
      result: { resultStatus: "U", resultCode: "REFUND_IN_PROCESS", resultMessage: "later" },
    }));
    gateway.on("inquiryRefund", (call, nth) => ({
      result: RESULTS.success,
      refundRequestId: call.body["refundRequestId"],
      refundStatus: nth < 3 ? "PROCESSING" : "SUCCESS",
      refundAmount: first.amount,
    }));
    await shop.notify(captureResult(first));
    await aWeek();
    expect(about("refund")).to.have.lengthOf(1);
    expect(await now()).to.include({ refundedAmount: "1999" });
  });

  it("is left to a person where Antom does not give it back", async () => {
    gateway.on("refund", () => refused("REFUND_WINDOW_EXCEED"));
    await shop.notify(captureResult(first));
    await aWeek();
    await shop.notify(captureResult(first, { captureRequestId: "AUTO-2", captureId: "CAPTURE-2" }));
    await aWeek();
    expect(new Set(about("refund").map(({ body }) => body["refundRequestId"]))).to.have.lengthOf(1);
    expect(told()).to.include.members(["payment.conflict", "payment.refund_failed"]);
  });

  for (const code of ["PROCESS_FAIL", "ORDER_NOT_EXIST"]) {
    it(`is given back where its void is refused (${code}) and Antom captures it hours later without a word`, async () => {
      const since = clock.now();
      gateway.on("cancel", () => refused(code));
      gateway.on("inquiryPayment", (call) =>
        call.body["paymentRequestId"] === first.id
          ? standing(call, "SUCCESS", clock.now() < since + HOUR ? {} : captured())
          : standing(call, "PROCESSING"),
      );
      await shop.notify(paymentResult(first));
      await aWeek();
      expect(await now()).to.include({ capturedAmount: "1999", refundedAmount: "1999" });
    });
  }

  it("can be let go of by the staff where Antom refused its void, and the other payment stays as it is", async () => {
    gateway.on("cancel", (call, nth) =>
      nth === 1
        ? refused("ACCESS_DENIED")
        : { result: RESULTS.success, paymentRequestId: call.body["paymentRequestId"] },
    );
    await shop.notify(paymentResult(first));
    await after(0);
    expect((await now()).operations.map(({ kind, status }) => [kind, status])).to.deep.equal([["void", "failed"]]);
    const voided = await shop.antom.payments.void(first.id, { by: "ann" });
    expect(voided.status).to.equal("voided");
    expect(voided.operations.map(({ id, status }) => [id, status])).to.deep.equal([
      [`${first.id}V1`, "failed"],
      [`${first.id}V2`, "succeeded"],
    ]);
    await after(0);
    expect(told()).to.deep.equal(["payment.failed", "payment.conflict", "payment.voided"]);
    const { items } = await shop.antom.payments.list({ orderId: "order-1" });
    expect(items.map(({ status }) => status)).to.have.members(["voided", "requires_action"]);
  });

  it("is asked about no longer once its hold is over", async () => {
    gateway.on("cancel", () => refused("PROCESS_FAIL"));
    gateway.on("inquiryPayment", (call) =>
      standing(call, call.body["paymentRequestId"] === first.id ? "SUCCESS" : "PROCESSING"),
    );
    await shop.notify(paymentResult(first));
    await aWeek();
    await after(DAY);
    await after(DAY);
    const asked = about("inquiryPayment").length;
    expect(asked).to.be.greaterThan(5);
    await aWeek();
    expect(about("inquiryPayment").length).to.equal(asked);
  });

  it("is found out about and given back where its void is refused and its capture is never told", async () => {
    gateway.on("cancel", () => refused("PROCESS_FAIL"));
    gateway.on("inquiryPayment", (call) =>
      call.body["paymentRequestId"] === first.id ? standing(call, "SUCCESS", captured()) : standing(call, "PROCESSING"),
    );
    await shop.notify(paymentResult(first));
    await aWeek();
    expect(await now()).to.include({ capturedAmount: "1999", refundedAmount: "1999" });
    expect(told()).to.deep.equal(["payment.failed", "payment.conflict", "payment.refunded"]);
  });
});

describe("a payment that succeeds after its time was over, while another one of its order is live", () => {
  it("is not called voided where Antom refuses to let go of it, also when the staff ask", async () => {
    const gateway = await startScriptedAntom();
    const clock = manualClock();
    const shop = await startShop({ gateway: gateway.url, worker: false, clock });
    shop.orders.set("order-1", anOrder("order-1"));
    const first = (await answerOf(await shop.checkout("order-1"))).payment;
    gateway.on("inquiryPayment", (call) => standing(call, "FAIL", { paymentResultCode: "ORDER_IS_CLOSED" }));
    for (let minute = 0; minute < 20; minute++) {
      await clock.advance(MINUTE);
      await shop.antom.runDue();
    }
    await shop.checkout("order-1");
    gateway.on("inquiryPayment", (call) =>
      standing(call, call.body["paymentRequestId"] === first.id ? "SUCCESS" : "PROCESSING"),
    );
    gateway.on("cancel", () => refused("PROCESS_FAIL"));
    await shop.notify(paymentResult(first));
    await shop.antom.runDue();
    expect((await shop.antom.payments.get(first.id)).status).to.equal("expired");
    const error = await shop.antom.payments.void(first.id).catch((thrown: unknown) => thrown);
    expect(error).to.include({ code: "gateway_refused", resultCode: "PROCESS_FAIL" });
    await shop.stop();
    await gateway.stop();
  });
});
