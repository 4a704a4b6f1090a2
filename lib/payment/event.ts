import type { Checks } from "./meaning/checks.js";
import type { Decline } from "./meaning/decline.js";
import type { EventType } from "./events.js";
import type { Conflict, Payment } from "./payment.js";
import type { Operation } from "./operation.js";
import type { DisputeFact } from "./observation.js";
import type { StoredCardView } from "./stored-card.js";

/** The payment as the shop sees it: everything but what the kit keeps for itself. */
export type PaymentView = Omit<
  Payment,
  "request" | "evidence" | "eventCount" | "saving" | "missing" | "multipleCaptures"
> &
  Explanation;

/**
 * The same for hooks and the shop's staff: without the link by which the buyer pays. Events are kept long after the payment is over, and
 * nobody but the buyer has to go there.
 */
export type EventPayment = Omit<PaymentView, "action">;

/** What Antom's codes mean. It is there wherever the shop is given a payment, and worked out anew each time. */
interface Explanation {
  /** What the checks of the card said, in words; absent where Antom told of none. */
  readonly checks?: Checks;
  /** Why the payment failed, who must act and what can help; only of one that failed. */
  readonly decline?: Decline;
}

interface EventBase<T extends EventType> {
  /** Stable: the same event, delivered again, has the same id. Use it to tell a repeat. */
  readonly id: string;
  readonly type: T;
  /** 1 for the payment's first event, then 2, 3, ...: the order in which they are delivered. */
  readonly sequence: number;
  /** Epoch milliseconds of what caused it. */
  readonly at: number;
  /** The payment just after what caused it. */
  readonly payment: EventPayment;
}

/** What an event carries beside the payment, by its type. */
export interface EventDetails {
  "payment.captured": { readonly operation: Operation };
  "payment.capture_failed": { readonly operation: Operation };
  "payment.refunded": { readonly operation: Operation };
  "payment.refund_failed": { readonly operation: Operation };
  "payment.conflict": { readonly conflict: Conflict };
  "card.stored": { readonly card: StoredCardView };
  "dispute.opened": { readonly dispute: DisputeFact };
  "dispute.updated": { readonly dispute: DisputeFact };
}

/** One event, as a hook is given it. Narrow it by `type`. */
export type PaymentEvent<T extends EventType = EventType> = {
  [K in T]: EventBase<K> & (K extends keyof EventDetails ? EventDetails[K] : unknown);
}[T];

export const withoutLink = ({ action: _action, ...view }: PaymentView): EventPayment => view;

export const viewOf = (payment: Payment): PaymentView => {
  const {
    request: _request,
    evidence: _evidence,
    eventCount: _eventCount,
    saving: _saving,
    missing: _missing,
    multipleCaptures: _multipleCaptures,
    ...view
  } = payment;
  return view;
};
