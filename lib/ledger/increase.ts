import type { Gateway } from "../gateway/gateway.js";
import { updateAmountFacts, updateAmountRequest } from "../gateway/update-amount.js";
import type { Clock } from "../ports.js";
import { pending, type Step } from "./carry.js";
import type { Inquiry } from "./inquire.js";
import type { Ledger } from "./ledger.js";

/** How often Antom is asked about an increase it has taken, before it is sent once more, with the same id. */
const ASK_FIRST = 3;

export interface IncreaseParts {
  readonly gateway: Gateway;
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** Asks Antom how the payment stands. */
  readonly ask: (id: string) => Promise<Inquiry>;
}

/** Raises a hold to a new total. Antom first only takes it; a notification or an inquiry tells how it ended. (Antom: updateAmount) */
export function createIncrease({ gateway, ledger, clock, ask }: IncreaseParts): Step {
  return async (payment, operation, attempts) => {
    const isAskedFirst = operation.accepted === true || payment.paymentId === undefined;
    const { payment: known, answered } = isAskedFirst ? await ask(payment.id) : { payment, answered: false };
    const { paymentId } = known;
    if (paymentId === undefined || pending(known, operation.id) === undefined) return known;
    if (operation.accepted === true && attempts <= ASK_FIRST) return known;
    // Antom has just said how the payment stands, and this was not part of it: what it refuses now has not been done before.
    const outcome = await gateway.updateAmount(updateAmountRequest({ operation, paymentId }));
    return ledger.record(payment.id, {
      source: "increase",
      at: clock.now(),
      facts: updateAmountFacts(outcome, operation, attempts > 0 && !answered),
    });
  };
}
