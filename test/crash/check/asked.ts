import { paymentIdOf } from "../../../lib/payment/id.js";
import { textAt, type Violation } from "../records.js";
import type { Evidence } from "./evidence.js";

/** Nothing was done with money that nobody asked for. */
export function checkAsked({ payments, exchanges, ledger }: Evidence): Violation[] {
  const found: Violation[] = [];
  for (const payment of payments) {
    const { id, orderId, amount, evidence, operations } = payment;
    const complain = (what: string): void => {
      found.push({ what, order: orderId, payment: id, seen: payment });
    };
    // What takes a payment's place lets go of it, and gives back what it took.
    if (evidence.superseded === true) continue;
    for (const operation of operations) {
      const isOurs = operation.kind !== "void" && paymentIdOf(operation.id) === id;
      if (isOurs && operation.key === undefined) complain(`nobody asked for the ${operation.kind} ${operation.id}`);
    }
    const isLetGo = ledger.cancels.some(({ paymentRequestId, voided }) => paymentRequestId === id && voided);
    const wasAsked = exchanges.some(
      ({ path, sent }) =>
        path === `/staff/${id}/void` || (textAt(sent, "orderId") === orderId && textAt(sent, "value") !== amount.value),
    );
    if (isLetGo && !wasAsked) complain("its hold was let go, and nobody asked for that");
  }
  return found;
}
