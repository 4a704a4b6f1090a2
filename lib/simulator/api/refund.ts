import { sameAmount, sum, units, type Amount } from "../../payment/amount.js";
import { acquirerFields } from "../card/acquirer-info.js";
import { DURATIONS, scaled } from "../durations.js";
import { trialOf } from "../life/amounts-to-try.js";
import { capturedUnits, refundedUnits } from "../life/hold.js";
import { refundNotification } from "../notify/bodies.js";
import { isWebUrl } from "../options.js";
import { Refusal, result } from "../result.js";
import type { Payment, Refund } from "../state/payment.js";
import { timestamp } from "../timestamp.js";
import { findPayment } from "./find-payment.js";
import { judgeOnce } from "./judge-once.js";
import type { Answer, Operation } from "./operation.js";
import { check, schemas } from "./schema/check.js";
import { amount, flag, requiredText, text } from "./schema/shapes.js";

interface RefundRequest {
  readonly refundRequestId: string;
  readonly paymentId: string;
  readonly refundAmount: Amount;
  readonly captureId?: string;
  readonly refundNotifyUrl?: string;
  readonly metadata?: string;
}

const checkRefund = check(
  schemas.compile<RefundRequest>({
    type: "object",
    required: ["refundRequestId", "paymentId", "refundAmount"],
    properties: {
      refundRequestId: requiredText(64),
      paymentId: requiredText(64),
      refundAmount: amount,
      refundReason: text(256),
      refundNotifyUrl: text(1024),
      referenceRefundId: text(64),
      captureId: text(64),
      isAsyncRefund: flag,
      metadata: text(2048),
    },
  }),
);

/** More refunds of one payment than this are not taken. */
const MOST_REFUNDS = 100;

/** Accepts a refund; its result follows a little later, as with every card. */
export const refund: Operation = (body, { simulation }) => {
  const request = checkRefund(body);
  const { book, clock, identifiers, notifier, settings, timeline } = simulation;
  const payment = findPayment(request, simulation);
  const before = book.refundByRequestId(request.refundRequestId);
  if (before !== undefined) {
    const owner = timeline.current(before.payment);
    if (owner?.paymentId !== request.paymentId || !sameAmount(before.refund.amount, request.refundAmount)) {
      throw new Refusal("REPEAT_REQ_INCONSISTENT");
    }
    return accepted(owner, book.refundByRequestId(request.refundRequestId)?.refund ?? before.refund);
  }
  if (request.refundNotifyUrl !== undefined && !isWebUrl(request.refundNotifyUrl)) {
    throw new Refusal("PARAM_ILLEGAL", "refundNotifyUrl is not an http or https address.");
  }
  const { refundRequestId, refundAmount } = request;
  const { refused, unsure, pace } = trialOf("refund", refundAmount.value);
  judgeOnce(simulation, payment, { operation: "refund", requestId: refundRequestId, amount: refundAmount }, () => {
    checkRefundable(payment, refundAmount);
    if (request.captureId !== undefined) checkCapture(payment, request.captureId, refundAmount);
    if (refused !== undefined) throw new Refusal(refused);
  });
  const now = clock.now();
  const asked: Refund = {
    refundId: identifiers.next("refund"),
    refundRequestId,
    ...(request.captureId !== undefined && { captureId: request.captureId }),
    amount: { currency: refundAmount.currency, value: refundAmount.value },
    status: "PROCESSING",
    code: "REFUND_IN_PROCESS",
    createdAt: now,
    settleAt: now + scaled(DURATIONS.refund, settings),
    ...(request.refundNotifyUrl !== undefined && { notifyUrl: request.refundNotifyUrl }),
    ...(request.metadata !== undefined && { metadata: request.metadata }),
  };
  const isDone = pace === "at once";
  const made: Refund = isDone ? { ...asked, status: "SUCCESS", code: "SUCCESS", settledAt: now } : asked;
  const told = isDone && notifier.compose(payment.paymentId, made.notifyUrl, refundNotification(payment, made));
  book.commit({ payment: { ...payment, refunds: [...payment.refunds, made] }, ...(told && { notifications: [told] }) });
  return unsure === true ? { result: result("UNKNOWN_EXCEPTION") } : accepted(payment, made);
};

function checkRefundable(payment: Payment, { currency, value }: Amount): void {
  if (payment.status === "CANCELLED") throw new Refusal("ORDER_IS_CANCELED");
  if (payment.code === "ORDER_IS_CLOSED") throw new Refusal("ORDER_IS_CLOSED");
  if (payment.status !== "SUCCESS" || capturedUnits(payment) === 0n) throw new Refusal("ORDER_STATUS_INVALID");
  if (currency !== payment.amount.currency) throw new Refusal("CURRENCY_NOT_SUPPORT");
  if (refundedUnits(payment) + units(value) > capturedUnits(payment)) throw new Refusal("REFUND_AMOUNT_EXCEED");
  if (payment.refunds.length >= MOST_REFUNDS) throw new Refusal("MULTIPLE_REFUNDS_NOT_SUPPORTED");
}

/** Of a capture that is named no more is given back than it took. */
function checkCapture(payment: Payment, captureId: string, { value }: Amount): void {
  const capture = payment.captures.find((made) => made.captureId === captureId && made.status === "SUCCESS");
  if (capture === undefined) throw new Refusal("PARAM_ILLEGAL", "captureId is of no capture of this payment.");
  const others = payment.refunds.filter((made) => made.captureId === captureId && made.status !== "FAIL");
  if (units(sum(others.map(({ amount }) => amount.value))) + units(value) > units(capture.amount.value)) {
    throw new Refusal("REFUND_AMOUNT_EXCEED");
  }
}

const accepted = (payment: Payment, made: Refund): Answer => ({
  result: result(made.code),
  refundRequestId: made.refundRequestId,
  refundId: made.refundId,
  paymentId: payment.paymentId,
  refundAmount: made.amount,
  ...(made.status === "SUCCESS" && made.settledAt !== undefined && { refundTime: timestamp(made.settledAt) }),
  ...acquirerFields(payment),
});
