import type { EventType } from "./events.js";
import type { Observation } from "./observation.js";
import type { PaymentStatus } from "./payment.js";

/** One line of a payment's history: what was observed and what it did. */
export interface JournalEntry {
  readonly payment: string;
  /** The payment's version after it: 1 for the opening, then 2, 3, ... */
  readonly version: number;
  readonly at: number;
  readonly observation: Observation;
  readonly status: PaymentStatus;
  readonly events: readonly EventType[];
}
