import type { Operation, OperationKind } from "../../lib/payment/operation.js";

/** An operation that was written down and is about to be sent. */
export const anOperation = (kind: OperationKind, more: Partial<Operation> = {}): Operation => ({
  id: `PAY0123456789ABCDEFGHJKMNPQRS${{ capture: "C", void: "V", refund: "R", increase: "U" }[kind]}1`,
  kind,
  amount: { currency: "EUR", value: "1999" },
  status: "pending",
  requestedAt: Date.UTC(2026, 0, 1),
  ...more,
});
