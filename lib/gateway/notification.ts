import { paymentIdOf } from "../payment/id.js";
import type { Fact } from "../payment/observation.js";
import { readAcquired } from "./acquirer-info.js";
import { membersOf, textOf } from "./lenient.js";
import { capture, dispute, increase, named, NotificationProblem, payment, refund, told } from "./notification-facts.js";
import { isNotification, type WireNotification } from "./notification-message.js";
import { readResultInfo } from "./result-info.js";
import { accepts, compact, firstProblem, present } from "./wire.js";

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
  const type = kindOf(body);
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
              ...named(body),
              ...told(body.paymentAmount),
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
      return { type, about: known(about, type), facts: [{ kind: "reversal", ...compact(named(body)) }] };
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

/** The kinds that are told apart by their `notifyType`. */
const KINDS: ReadonlySet<string> = new Set([
  "PAYMENT_RESULT",
  "PAYMENT_PENDING",
  "UPDATE_AMOUNT_RESULT",
  "CAPTURE_RESULT",
  "REFUND_RESULT",
  "PAYMENT_REVERSAL",
]);

/** `notifyType`. Antom's page on disputes has none, so a dispute is one by what it bears, whatever stands there. */
function kindOf({ notifyType, disputeId, disputeNotificationType }: WireNotification): string {
  const type = present(notifyType);
  const isDispute = present(disputeId) !== undefined;
  if (isDispute && (present(disputeNotificationType) !== undefined || !KINDS.has(type ?? ""))) return "DISPUTE";
  return type ?? "(none)";
}

/** The ids a notification can bear. None of them is secret, and none is a card's. */
const IDS = [
  "paymentRequestId",
  "paymentId",
  "captureRequestId",
  "captureId",
  "refundRequestId",
  "refundId",
  "updateRequestId",
  "disputeId",
] as const;

/** What can be told in a log of a body that may be no notification: its kind and its ids, as far as they can be read. */
export function identifiersOf(body: unknown): Readonly<Record<string, string>> {
  const members = membersOf(body);
  const named = ["notifyType", ...IDS].map((name) => [name, textOf(members[name], 64)] as const);
  return Object.fromEntries(named.filter((pair): pair is readonly [string, string] => pair[1] !== undefined));
}
