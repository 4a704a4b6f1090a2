import type { PaymentView } from "../payment/event.js";
import type { JournalEntry } from "../payment/journal.js";
import type { Fact } from "../payment/observation.js";
import { isUnneeded, type Operation } from "../payment/operation.js";
import { moneyText } from "./money.js";
import { oneLine, rows, timeText } from "./rows.js";

/** A payment with its operations. */
export function paymentText(payment: PaymentView): string {
  const { amount, decline } = payment;
  const money = (value: string): string => moneyText({ currency: amount.currency, value });
  const lines = [
    ["payment", payment.id],
    ["order", payment.orderId],
    ["status", payment.status],
    ["amount", moneyText(amount)],
    ["authorized", money(payment.authorizedAmount)],
    ["captured", money(payment.capturedAmount)],
    ["refunded", money(payment.refundedAmount)],
    ...optional("buyer", payment.buyer),
    ...optional("at Antom", payment.paymentId),
    ["created", timeText(payment.createdAt)],
    ...optional("held until", heldUntil(payment)),
    ...optional("failed by", payment.failureCode),
    ...optional("meaning", decline?.meaning),
    ...payment.conflicts.map(({ code, at }) => ["conflict", `${code}, ${timeText(at)}`]),
    ...payment.disputes.map(({ id, steps }) => ["dispute", `${id}: ${steps.join(", ")}`]),
  ];
  return [rows(lines), ...payment.operations.map((operation) => `  ${operationText(operation)}`), ""].join("\n");
}

const optional = (name: string, value: string | number | undefined): string[][] =>
  value === undefined || value === 0 ? [] : [[name, String(value)]];

/** When the hold ends, while there is something left to capture. */
function heldUntil(payment: PaymentView): string | undefined {
  const { status, authorizationExpiresAt, authorizedAmount, capturedAmount } = payment;
  const isHeld = status === "authorized" || status === "captured";
  if (authorizationExpiresAt === undefined || !isHeld || BigInt(capturedAmount) >= BigInt(authorizedAmount))
    return undefined;
  return timeText(authorizationExpiresAt);
}

/** "refund R1 of EUR 5.00: pending, by Ann, since 2026-01-31 12:00:00Z". */
function operationText(operation: Operation): string {
  const { id, kind, amount, status, code, by, reason, requestedAt } = operation;
  return oneLine(
    `${kind} ${id}${amount === undefined ? "" : ` of ${moneyText(amount)}`}: ${isUnneeded(operation) ? "not needed" : status}` +
      `${code === undefined || status === "pending" ? "" : ` (${code})`}, ${timeText(requestedAt)}` +
      `${by === undefined ? "" : `, by ${by}`}${reason === undefined ? "" : `, because "${reason}"`}`,
  );
}

/** What happened to a payment, a line each. */
export const journalText = (journal: readonly JournalEntry[]): string =>
  rows([
    ["time", "from", "what", "status", "told"],
    ...journal.map(({ at, observation: { source, facts }, status, events }) => [
      timeText(at),
      source,
      facts.map(factText).join("; "),
      status,
      events.join(", "),
    ]),
  ]) + "\n";

function factText(fact: Fact): string {
  switch (fact.kind) {
    case "authorization":
    case "capture":
    case "void":
    case "refund":
    case "increase":
      return `${fact.kind} ${fact.outcome}${fact.code === undefined ? "" : ` (${fact.code})`}`;
    case "requested":
      return `${fact.operation.kind} ${fact.operation.id} asked for`;
    case "unneeded":
      return `void ${fact.operation} not needed`;
    case "asked_again":
      return `${fact.of} ${fact.operation} asked for again${fact.answered === true ? ", and answered" : " while in doubt"}`;
    case "unanswered":
      return `${fact.operation} ${fact.refused === true ? "refused, to be sent again" : "unanswered"} (${fact.reason})`;
    case "deadline":
      return `deadline of the ${fact.which}`;
    case "dispute":
      return `dispute ${fact.disputeId} ${fact.step}`;
    case "missing":
    case "repeated":
    case "reversal":
    case "card":
    case "reviewed":
      return fact.kind;
  }
}
