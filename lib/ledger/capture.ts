import { captureFacts, captureRequest } from "../gateway/capture.js";
import type { Gateway } from "../gateway/gateway.js";
import type { Clock } from "../ports.js";
import { pending, type Step } from "./carry.js";
import type { Inquiry } from "./inquire.js";
import type { Ledger } from "./ledger.js";

/** How often Antom is asked about a capture it has taken, before it is sent once more, with the same id. */
const ASK_FIRST = 3;

export interface CaptureParts {
  readonly gateway: Gateway;
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** Asks Antom how the payment stands. */
  readonly ask: (id: string) => Promise<Inquiry>;
}

/** Takes money that is held. One that Antom has taken ("in process") is asked about. (Antom: capture) */
export function createCapture({ gateway, ledger, clock, ask }: CaptureParts): Step {
  return async (payment, operation, attempts) => {
    const isAskedFirst = operation.accepted === true || payment.paymentId === undefined;
    const { payment: known, answered } = isAskedFirst ? await ask(payment.id) : { payment, answered: false };
    const { paymentId } = known;
    if (paymentId === undefined || pending(known, operation.id) === undefined) return known;
    if (operation.accepted === true && attempts <= ASK_FIRST) return known;
    // Antom has just said how the payment stands, and this was not part of it: what it refuses now has not been done before.
    const outcome = await gateway.capture(captureRequest({ operation, paymentId }));
    return ledger.record(payment.id, {
      source: "capture",
      at: clock.now(),
      facts: captureFacts(outcome, operation, attempts > 0 && !answered),
    });
  };
}
