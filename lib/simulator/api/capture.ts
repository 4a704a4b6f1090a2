import { sameAmount, units, type Amount } from "../../payment/amount.js";
import { acquirerFields } from "../card/acquirer-info.js";
import { trialOf } from "../life/amounts-to-try.js";
import { claimedUnits, heldAmount } from "../life/hold.js";
import { notHeld } from "../life/standing.js";
import { take } from "../life/take.js";
import { Refusal, result } from "../result.js";
import type { Simulation } from "../simulation.js";
import type { Capture, Payment } from "../state/payment.js";
import { timestamp } from "../timestamp.js";
import { judgeOnce } from "./judge-once.js";
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

/** Takes all or a part of what is held, as often as something is left of it and the contract allows. */
export const capture: Operation = (body, { simulation }) => {
  const { captureRequestId, paymentId, captureAmount } = checkCapture(body);
  const { book, timeline } = simulation;
  const payment = timeline.current(book.payment(paymentId));
  const before = book.capture(captureRequestId);
  if (before !== undefined) {
    if (before.payment.paymentId !== paymentId || !sameAmount(before.capture.amount, captureAmount)) {
      throw new Refusal("REPEAT_REQ_INCONSISTENT");
    }
    return captured(before.payment, before.capture);
  }
  if (payment === undefined) throw new Refusal("AUTH_NOT_FOUND");
  const { refused, unsure } = trialOf("capture", captureAmount.value);
  const request = { operation: "capture", requestId: captureRequestId, amount: captureAmount } as const;
  judgeOnce(simulation, payment, request, () => {
    checkCapturable(payment, captureAmount, simulation);
    if (refused !== undefined) throw new Refusal(refused);
  });
  const taken = take(simulation, payment, { captureRequestId, amount: captureAmount, automatic: false });
  book.commit(taken.change);
  return unsure === true ? { result: result("UNKNOWN_EXCEPTION") } : captured(payment, taken.capture);
};

function checkCapturable(payment: Payment, { currency, value }: Amount, { clock, settings }: Simulation): void {
  const reason = notHeld(payment, clock.now());
  if (reason !== undefined) throw new Refusal(reason);
  if (currency !== payment.amount.currency) throw new Refusal("CURRENCY_NOT_SUPPORT");
  const claimed = claimedUnits(payment);
  const held = units(heldAmount(payment).value);
  if (claimed > 0n && !settings.multipleCaptures) throw new Refusal("MULTI_CAPTURE_NOT_SUPPORTED");
  if (claimed + units(value) > held) throw new Refusal("CAPTURE_AMOUNT_EXCEED_AUTH_LIMIT");
  if (units(value) < held && !settings.partialCapture) {
    throw new Refusal("INVALID_CONTRACT", "The contract does not allow to capture a part.");
  }
  if (payment.captures.length >= MOST_CAPTURES) throw new Refusal("MULTI_CAPTURE_NOT_SUPPORTED");
}

const captured = (payment: Payment, made: Capture): Answer => ({
  result: result(made.code),
  captureRequestId: made.captureRequestId,
  captureId: made.captureId,
  paymentId: payment.paymentId,
  captureAmount: made.amount,
  ...(made.status === "SUCCESS" && made.settledAt !== undefined && { captureTime: timestamp(made.settledAt) }),
  ...acquirerFields(payment),
});
