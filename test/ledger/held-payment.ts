import { manualClock, type ManualClock } from "../../lib/testing.js";
import type { PaymentView } from "../../lib/index.js";
import {
  RESULTS,
  standing,
  startScriptedAntom,
  type ReceivedCall,
  type ScriptedAntom,
} from "../support/scripted-antom.js";
import { anOrder, answerOf, paymentResult, startShop, type ShopOptions, type TestShop } from "../support/shop.js";

/** An answer by which Antom refuses for good. */
export const refused = (resultCode: string) => ({ result: { resultStatus: "F", resultCode, resultMessage: "" } });

/** A capture that is carried out at once. */
export const captured = ({ body }: ReceivedCall) => ({
  result: RESULTS.success,
  captureRequestId: body["captureRequestId"],
  captureId: `CAPTURE-${String(body["captureRequestId"])}`,
  paymentId: body["paymentId"],
  captureAmount: body["captureAmount"],
});

/** A refund that is carried out at once. */
export const refunded = ({ body }: ReceivedCall) => ({
  result: RESULTS.success,
  refundRequestId: body["refundRequestId"],
  refundId: `REFUND-${String(body["refundRequestId"])}`,
  paymentId: body["paymentId"],
  refundAmount: body["refundAmount"],
});

/** A shop with one payment of EUR 19.99 that is held and can be increased, and an Antom whose answers the test decides. */
export class HeldPayment {
  gateway!: ScriptedAntom;
  shop!: TestShop;
  payment!: { readonly id: string; readonly amount: { readonly currency: string; readonly value: string } };
  /** What inquiries list. */
  transactions: object[] = [];
  #clock!: ManualClock;

  readonly start = async (options: ShopOptions = {}): Promise<void> => {
    const gateway = (this.gateway = await startScriptedAntom());
    this.#clock = manualClock(Date.parse("2026-01-01T12:01:01+08:00"));
    const shop = (this.shop = await startShop({ gateway: gateway.url, worker: false, clock: this.#clock, ...options }));
    shop.orders.set("order-1", anOrder("order-1", { capture: "MANUAL" }));
    const answer = await answerOf(await shop.checkout("order-1"));
    const payment = (this.payment = { id: answer.payment.id, amount: { currency: "EUR", value: "1999" } });
    this.transactions = [];
    gateway.on("inquiryPayment", (call) =>
      standing(call, "SUCCESS", {
        paymentAmount: payment.amount,
        ...(this.transactions.length > 0 ? { transactions: this.transactions } : {}),
      }),
    );
    gateway.on("inquiryRefund", () => refused("REFUND_NOT_EXIST"));
    gateway.on("capture", captured);
    gateway.on("refund", refunded);
    const paymentResultInfo = { incrementalAuthorizationAvailable: true };
    await shop.notify(paymentResult(answer.payment, { paymentResultInfo }));
    await this.later(0);
  };

  readonly stop = async (): Promise<void> => {
    await this.shop.stop();
    await this.gateway.stop();
  };

  readonly later = async (ms: number): Promise<void> => {
    await this.#clock.advance(ms);
    await this.shop.antom.runDue();
  };

  readonly current = (): Promise<PaymentView> => this.shop.antom.payments.get(this.payment.id);

  readonly statuses = async (): Promise<string[]> =>
    (await this.current()).operations.map(({ id, status }) => `${id.slice(this.payment.id.length)} ${status}`);

  /** How often it was asked for at Antom. */
  readonly sent = (operation: string): number =>
    this.gateway.calls.filter((call) => call.operation === operation).length;
}

/** One for each test of the suite that calls it; the test calls `start`. */
export function heldPayment(): HeldPayment {
  const held = new HeldPayment();
  afterEach(held.stop);
  return held;
}
