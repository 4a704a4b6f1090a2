import type { Operation } from "../../../lib/payment/operation.js";
import type { Payment, PaymentStatus } from "../../../lib/payment/payment.js";
import type { Violation } from "../records.js";
import type { Evidence } from "./evidence.js";

type AtAntom = Evidence["atAntom"][number];
type Authorization = Evidence["ledger"]["authorizations"][number];

/** How the kit may tell what Antom's ledger says of a hold. */
const OF_HOLD: Readonly<Record<Authorization["status"], PaymentStatus>> = {
  AUTHORIZED: "authorized",
  PARTLY_CAPTURED: "captured",
  CAPTURED: "captured",
  VOIDED: "voided",
  EXPIRED: "expired",
};

const OUTCOMES = { SUCCESS: "succeeded", PROCESSING: "pending", FAIL: "failed" } as const;

/** The database and Antom's ledger tell the same of all money: nothing is lost, and nothing is doubled. */
export function checkMoney({ payments, atAntom, ledger }: Evidence): Violation[] {
  const known = new Map(payments.map((payment) => [payment.id, payment]));
  const orphans = atAntom
    .filter(({ paymentRequestId }) => !known.has(paymentRequestId))
    .map(({ paymentRequestId, referenceOrderId, status }) => ({
      what: `Antom has a payment (${status}) that the database does not have`,
      order: referenceOrderId,
      payment: paymentRequestId,
    }));
  const there = new Map(atAntom.map((payment) => [payment.paymentRequestId, payment]));
  return [
    ...orphans,
    ...payments.flatMap((payment) =>
      differences(payment, there.get(payment.id), ledger).map((what) => ({
        what,
        order: payment.orderId,
        payment: payment.id,
        seen: { payment, atAntom: there.get(payment.id) },
      })),
    ),
  ];
}

function differences(payment: Payment, other: AtAntom | undefined, ledger: Evidence["ledger"]): string[] {
  const isOurs = ({ paymentRequestId }: { readonly paymentRequestId: string }): boolean =>
    paymentRequestId === payment.id;
  const [hold, ...more] = ledger.authorizations.filter(isOurs);
  const done = [
    ...ledger.captures.filter(isOurs).map((made) => ({ ...made, kind: "capture", id: made.captureRequestId })),
    ...ledger.refunds.filter(isOurs).map((made) => ({ ...made, kind: "refund", id: made.refundRequestId })),
    ...ledger.increases.filter(isOurs).map((made) => ({ ...made, kind: "increase", id: made.updateRequestId })),
  ];
  const total = (kind: string): string =>
    done
      .filter((made) => made.kind === kind && made.status === "SUCCESS")
      .reduce((sum, { amount }) => sum + BigInt(amount.value), 0n)
      .toString();
  const cancels = ledger.cancels.filter(isOurs);
  const found: string[] = [];
  const same = (name: string, ours: unknown, antoms: unknown): void => {
    if (ours !== antoms) found.push(`${name}: the database says ${String(ours)}, and Antom's ledger ${String(antoms)}`);
  };

  if (more.length > 0) found.push(`Antom authorized it ${1 + more.length} times`);
  const expected = hold === undefined ? withoutHold(other) : [OF_HOLD[hold.status]];
  if (!expected.includes(payment.status)) same("status", payment.status, expected.join(" or "));
  same("what is or was held", payment.authorizedAmount, hold?.amount.value ?? "0");
  same("captured", payment.capturedAmount, total("capture"));
  same("refunded", payment.refundedAmount, total("refund"));
  for (const made of done) {
    const operation = payment.operations.find(({ id, kind }) => id === made.id && kind === made.kind);
    same(`${made.kind} ${made.id}`, shown(operation), `${OUTCOMES[made.status]} ${made.amount.value}`);
  }
  for (const operation of payment.operations) {
    const { id, kind, status } = operation;
    const isThere = kind === "void" ? cancels.length > 0 : done.some((made) => made.id === id && made.kind === kind);
    if (!isThere && status !== "failed") found.push(`${kind} ${id} is ${status}, and Antom's ledger does not have it`);
  }
  if (cancels.length > 0 && payment.evidence.cancelled !== true)
    found.push("Antom cancelled it, and the database does not say so");
  for (const { code, expected: wanted, seen } of payment.conflicts) {
    found.push(`it is in conflict: ${code} ${wanted ?? ""} ${seen ?? ""}`.trim());
  }
  return found;
}

/** How a payment may stand of which nothing was ever held. */
function withoutHold(other: AtAntom | undefined): readonly PaymentStatus[] {
  // Antom never heard of it, so its buyer's time ran out, or it was given up.
  if (other === undefined) return ["expired", "voided", "failed"];
  switch (other.status) {
    case "FAIL":
      return other.code === "ORDER_IS_CLOSED" ? ["expired"] : ["failed"];
    case "CANCELLED":
      return ["voided", "expired"];
    case "PROCESSING":
    case "SUCCESS":
      return [];
  }
}

const shown = (operation: Operation | undefined): string =>
  operation === undefined ? "nothing" : `${operation.status} ${operation.amount?.value ?? ""}`;
