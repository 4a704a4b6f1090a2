import { paymentIdOf } from "../payment/id.js";
import type { Fact } from "../payment/observation.js";
import { readAcquired } from "./acquirer-info.js";
import { capture, dispute, increase, NotificationProblem, payment, refund } from "./notification-facts.js";
import { isNotification } from "./notification-message.js";
import { readResultInfo } from "./result-info.js";
import { accepts, compact, firstProblem, present, readAmount } from "./wire.js";

export { NotificationProblem };

/** A notification, read: which payment it is about, and what it says. */
export interface Notification {
  /** `notifyType`, or what stands for it; shown in logs. */
  readonly type: string;
  /** How the payment is found: by our id where it carries one, else by Antom's. */
  readonly about: { readonly id?: string; readonly paymentId?: string };
  /** What it says of the payment. Empty for kinds the kit does not know: they are acknowledged and logged. */
  readonly facts: readonly Fact[];
}

/**
 * Reads the body of a notification. (Antom: notifyPayment, notifyCapture, notifyRefund, notifyDispute, notifyReversal)
 *
 * @throws NotificationProblem when it is of a known kind but lacks what that kind must have, or is no notification at all
 */
export function readNotification(body: unknown): Notification {
  if (!accepts(isNotification, body)) throw new NotificationProblem(firstProblem(isNotification));
  const type = body.notifyType ?? (body.disputeId === undefined ? "(none)" : "DISPUTE");
  const id = present(body.paymentRequestId);
  const paymentId = present(body.paymentId);
  const about = compact({ id, paymentId });
  switch (type) {
    case "PAYMENT_RESULT":
      return { type, about: known(about, type), facts: [payment(body)] };
    case "PAYMENT_PENDING":
      return {
        type,
        about: known(about, type),
        facts: [
          {
            kind: "authorization",
            outcome: "processing",
            ...compact({
              paymentId,
              amount: readAmount(body.paymentAmount),
              resultInfo: readResultInfo(body.paymentResultInfo, body.cardInfo),
              ...readAcquired(body, body.paymentResultInfo),
            }),
          },
        ],
      };
    case "UPDATE_AMOUNT_RESULT":
      return { type, about: known(about, type), facts: [increase(body)] };
    case "CAPTURE_RESULT":
      return { type, about: known({ ...about, ...owner(body.captureRequestId) }, type), facts: [capture(body)] };
    case "REFUND_RESULT":
      return { type, about: known({ ...about, ...owner(body.refundRequestId) }, type), facts: [refund(body)] };
    case "PAYMENT_REVERSAL":
      return { type, about: known(about, type), facts: [{ kind: "reversal", ...compact({ paymentId }) }] };
    case "DISPUTE":
      return { type, about: known(about, type), facts: [dispute(body)] };
    default:
      return { type, about, facts: [] };
  }
}

function known(about: Notification["about"], type: string): Notification["about"] {
  if (about.id === undefined && about.paymentId === undefined) {
    throw new NotificationProblem(`a ${type} names no payment`);
  }
  return about;
}

/** The payment a request id of ours belongs to: refund notifications may name nothing else. */
const owner = (requestId: string | undefined): Notification["about"] =>
  compact({ id: paymentIdOf(present(requestId) ?? "") });
