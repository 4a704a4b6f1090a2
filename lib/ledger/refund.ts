import type { Gateway } from "../gateway/gateway.js";
import { inquiryRefundFacts } from "../gateway/inquiry-refund.js";
import { refundFacts, refundRequest } from "../gateway/refund.js";
import type { Clock } from "../ports.js";
import { pending, type Step } from "./carry.js";
import type { Inquiry } from "./inquire.js";
import type { Ledger } from "./ledger.js";

export interface RefundParts {
  readonly gateway: Gateway;
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** Where Antom tells how a refund ended. */
  readonly notifyUrl: string;
  /** Asks Antom how the payment stands. */
  readonly ask: (id: string) => Promise<Inquiry>;
}

/** Gives money back. A card's refund takes its time at the bank: once Antom has it, it is asked about. (Antom: refund, inquiryRefund) */
export function createRefund({ gateway, ledger, clock, notifyUrl, ask }: RefundParts): Step {
  return async (payment, operation, attempts) => {
    let isMissing = false;
    if (operation.accepted === true) {
      const facts = inquiryRefundFacts(await gateway.inquireRefund(operation.id), operation);
      const after = await ledger.record(payment.id, { source: "refund", at: clock.now(), facts });
      // Where Antom does not know it after all, it is sent again, with the same id; what is refused then has not been done before.
      isMissing = facts.some(({ kind }) => kind === "missing");
      if (!isMissing || pending(after, operation.id) === undefined) return after;
    }
    const { paymentId } = payment.paymentId === undefined ? (await ask(payment.id)).payment : payment;
    if (paymentId === undefined) return payment;
    const outcome = await gateway.refund(refundRequest({ operation, paymentId, notifyUrl }));
    return ledger.record(payment.id, {
      source: "refund",
      at: clock.now(),
      facts: refundFacts(outcome, operation, attempts > 0 && !isMissing),
    });
  };
}
