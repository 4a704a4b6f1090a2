import type { Amount } from "./amount.js";
import { inquireTaskId, RECOVERY } from "./follow-up.js";
import type { JournalEntry } from "./journal.js";
import type { PaymentChoice, PaymentMethodName, RecurringType } from "./method.js";
import type { CaptureMode, CardConsent, Payment } from "./payment.js";
import type { Task } from "./task.js";

export interface OpeningRequest {
  readonly id: string;
  /** Antom's id of the merchant it is made for. */
  readonly clientId: string;
  readonly orderId: string;
  readonly amount: Amount;
  readonly captureMode: CaptureMode;
  /** Where the shop may capture it several times. */
  readonly multipleCaptures?: true;
  readonly method: PaymentMethodName;
  readonly choice?: PaymentChoice;
  readonly recurringType?: RecurringType;
  /** The shop's own id of the buyer. */
  readonly buyer?: string;
  readonly saving?: CardConsent;
  readonly locale: string;
  /** The body of the pay request that is about to be sent, without card token; absent where it bears card data and can never be repeated. */
  readonly request?: Readonly<Record<string, unknown>>;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** A payment as it is before anything has been sent, the first line of its journal, and the inquiry that will settle it if this process dies. */
export function opening(wanted: OpeningRequest): { payment: Payment; entry: JournalEntry; tasks: Task[] } {
  const { at, id, orderId, amount, ...given } = wanted;
  // What is the same for all comes first: to add so many members to a copy costs Node 20 a hundred times as much.
  const payment: Payment = {
    id,
    orderId,
    amount,
    status: "created",
    version: 1,
    eventCount: 0,
    authorizedAmount: "0",
    capturedAmount: "0",
    refundedAmount: "0",
    operations: [],
    disputes: [],
    conflicts: [],
    unanswered: 0,
    evidence: {},
    createdAt: at,
    updatedAt: at,
    ...given,
  };
  return {
    payment,
    entry: {
      payment: id,
      version: 1,
      at,
      observation: { source: "command", at, facts: [] },
      status: payment.status,
      events: [],
    },
    tasks: [{ kind: "inquire", id: inquireTaskId(payment), payment: id, dueAt: at + RECOVERY }],
  };
}
