import type { Violation } from "../records.js";
import type { Evidence } from "./evidence.js";

/** What hooks did in the transactions of their events was done once of each, in turn. */
export function checkBooks({ payments, books, redriven }: Evidence): Violation[] {
  if (books === undefined) return [];
  const known = new Set(payments.map(({ id }) => id));
  const ofNobody = books
    .filter(({ payment }) => !known.has(payment))
    .map((line) => ({ what: "the shop's own table has a payment that the database does not have", seen: line }));
  return [
    ...ofNobody,
    ...payments.flatMap((payment) => {
      const inOrder = books.filter((line) => line.payment === payment.id).map(({ sequence }) => sequence);
      const isLate = inOrder.some((sequence) => redriven.has(`${payment.id}.${sequence}`));
      const written = isLate ? inOrder.toSorted((a, b) => a - b) : inOrder;
      const wanted = Array.from({ length: payment.eventCount }, (_unused, index) => index + 1);
      if (written.join() === wanted.join()) return [];
      return [
        {
          what: `the hooks' transactions were carried out for the events ${written.join()} of ${payment.eventCount}`,
          order: payment.orderId,
          payment: payment.id,
        },
      ];
    }),
  ];
}
