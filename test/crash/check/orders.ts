import type { Violation } from "../records.js";
import type { Evidence } from "./evidence.js";

/** No order is paid twice: of all its payments one stands at most, and the others were let go or given back. */
export function checkOrders({ ledger, payments }: Evidence): Violation[] {
  const standing = new Map<string, string[]>();
  for (const { referenceOrderId, paymentRequestId, status } of ledger.authorizations) {
    if (status === "VOIDED" || isGivenBack(paymentRequestId, ledger)) continue;
    standing.set(referenceOrderId, [...(standing.get(referenceOrderId) ?? []), paymentRequestId]);
  }
  return [...standing].flatMap(([order, ids]) =>
    ids.length < 2
      ? []
      : [
          {
            what: `the order is paid ${ids.length} times`,
            order,
            seen: payments.filter(({ orderId }) => orderId === order),
          },
        ],
  );
}

const isGivenBack = (id: string, { captures, refunds }: Evidence["ledger"]): boolean => {
  const total = (made: readonly { paymentRequestId: string; status: string; amount: { value: string } }[]): bigint =>
    made
      .filter(({ paymentRequestId, status }) => paymentRequestId === id && status === "SUCCESS")
      .reduce((sum, { amount }) => sum + BigInt(amount.value), 0n);
  const captured = total(captures);
  return captured > 0n && total(refunds) === captured;
};
