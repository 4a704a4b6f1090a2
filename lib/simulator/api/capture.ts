import { sameAmount, units, type Amount } from "../../payment/amount.js";
import { acquirerFields } from "../card/acquirer-info.js";
import { capturedUnits, isHoldOver } from "../life/hold.js";
import { captureNotification } from "../notify/bodies.js";
import { Refusal, result } from "../result.js";
import type { Capture, Payment } from "../state/payment.js";
import { timestamp } from "../timestamp.js";
import type { Answer, Operation } from "./operation.js";
import { check, schemas } from "./schema/check.js";
import { amount, requiredText } from "./schema/shapes.js";

interface CaptureRequest {
  readonly captureRequestId: string;
  readonly paymentId: string;
  readonly captureAmount: Amount;
}

const checkCapture = check(
  schemas.compile<CaptureRequest>({
    type: "object",
    required: ["captureRequestId", "paymentId", "captureAmount"],
    properties: { captureRequestId: requiredText(64), paymentId: requiredText(64), captureAmount: amount },
  }),
);

/** More captures of one payment than this are not taken. */
const MOST_CAPTURES = 100;

/** Takes all or a part of what is held, as often as something is left of it. */
export const capture: Operation = (body, { simulation }) => {
  const request = checkCapture(body);
  const { book, clock, identifiers, notifier, timeline } = simulation;
  const before = book.capture(request.captureRequestId);
  if (before !== undefined) {
    if (before.payment.paymentId !== request.paymentId || !sameAmount(before.capture.amount, request.captureAmount)) {
      throw new Refusal("REPEAT_REQ_INCONSISTENT");
    }
    return captured(before.payment, before.capture);
  }
  const payment = timeline.current(book.payment(request.paymentId));
  if (payment === undefined) throw new Refusal("AUTH_NOT_FOUND");
  checkCapturable(payment, request.captureAmount, clock.now());
  const made: Capture = {
    captureId: identifiers.next("capture"),
    captureRequestId: request.captureRequestId,
    amount: { currency: request.captureAmount.currency, value: request.captureAmount.value },
    automatic: false,
    at: clock.now(),
  };
  book.commit({
    payment: { ...payment, captures: [...payment.captures, made] },
    notifications: [notifier.compose(payment.paymentId, payment.notifyUrl, captureNotification(payment, made))],
  });
  return captured(payment, made);
};

function checkCapturable(payment: Payment, { currency, value }: Amount, now: number): void {
  if (payment.status === "CANCELLED") {
    throw new Refusal(payment.paidAt === undefined ? "ORDER_IS_CANCELED" : "AUTH_CANCELLED");
  }
  if (payment.status !== "SUCCESS" || payment.captureMode !== "MANUAL" || !payment.authorization) {
    throw new Refusal("ORDER_STATUS_INVALID");
  }
  if (isHoldOver(payment, now)) throw new Refusal("AUTH_EXPIRED");
  if (currency !== payment.amount.currency) throw new Refusal("CURRENCY_NOT_SUPPORT");
  if (capturedUnits(payment) + units(value) > units(payment.amount.value)) {
    throw new Refusal("CAPTURE_AMOUNT_EXCEED_AUTH_LIMIT");
  }
  if (payment.captures.length >= MOST_CAPTURES) throw new Refusal("MULTI_CAPTURE_NOT_SUPPORTED");
}

const captured = (payment: Payment, made: Capture): Answer => ({
  result: result("SUCCESS"),
  captureRequestId: made.captureRequestId,
  captureId: made.captureId,
  paymentId: payment.paymentId,
  captureAmount: made.amount,
  captureTime: timestamp(made.at),
  ...acquirerFields(payment),
});
