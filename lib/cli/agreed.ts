import { AntomError } from "../errors.js";
import { AMOUNT_VALUE, isPayable, sum, units, type Amount } from "../payment/amount.js";
import type { PaymentView } from "../payment/event.js";
import type { OperationKind } from "../payment/operation.js";
import type { PaymentStatus } from "../payment/payment.js";
import { moneyText } from "./money.js";

/** What somebody has answered with yes. */
export interface Agreed {
  readonly kind: OperationKind;
  /** The payment as it was when they were asked. */
  readonly before: PaymentView;
  /** The amount that was given, if one was. */
  readonly amount: Amount | undefined;
  /** The idempotency key that was given, if one was. */
  readonly key: string | undefined;
  /** The payment as it is now. */
  readonly look: () => Promise<PaymentView>;
}

/**
 * The amount to send a command with, so that no more is done than the question named, whatever has happened meanwhile. Of what is sent without one
 * the payment is looked at again. A command that was given before, under the same key, is the same as then.
 *
 * @throws AntomError `operation_refused` where what the question named holds no more
 */
export async function agreedAmount({ kind, before, amount, key, look }: Agreed): Promise<Amount | undefined> {
  if (amount !== undefined || isGiven(before, key)) return amount;
  if (kind !== "void") {
    const left = leftOf(before, kind);
    if (isSendable(left, before)) return left;
  }
  const now = await look();
  const isSame =
    kind === "void"
      ? now.authorizedAmount === before.authorizedAmount || letsNothingGo(now)
      : leftOf(now, kind).value === leftOf(before, kind).value;
  if (isSame || isGiven(now, key)) return undefined;
  const stands = kind === "void" ? heldText(now) : `${moneyText(leftOf(now, kind))} is left to ${kind}`;
  throw new AntomError(
    "operation_refused",
    `payment ${now.id} has changed since you were asked, and nothing was done. As it stands, ${stands}; look at it before you give the command again`,
  );
}

const isGiven = ({ operations }: PaymentView, key: string | undefined): boolean =>
  key !== undefined && operations.some((operation) => operation.key === key);

/** Zero is not an amount. What Antom counted in parts of a rupiah is taken as all that is left, and not as a sum. */
const isSendable = (left: Amount, { amount }: PaymentView): boolean =>
  new RegExp(AMOUNT_VALUE).test(left.value) && (isPayable(left) || !isPayable(amount));

/** Whether a void decides nothing anew: somebody's is done or under way, or it is refused as the money is taken. */
const letsNothingGo = ({ status, operations }: PaymentView): boolean =>
  status === "voided" ||
  status === "captured" ||
  operations.some((operation) => operation.kind === "void" && operation.status === "pending" && !operation.closes);

/** What is held or captured beside what has been captured or refunded of it, or is being so. */
export function leftOf(
  { amount, authorizedAmount, capturedAmount, operations }: PaymentView,
  kind: OperationKind,
): Amount {
  const earlier = operations.filter((operation) => operation.kind === kind && operation.status !== "failed");
  const gone = sum(earlier.map((operation) => operation.amount?.value ?? amount.value));
  const left = units(kind === "capture" ? authorizedAmount : capturedAmount) - units(gone);
  return { currency: amount.currency, value: left > 0n ? left.toString() : "0" };
}

const UNPAID: ReadonlySet<PaymentStatus> = new Set(["created", "requires_action", "processing"]);

/** "nobody has paid yet", or "EUR 19.99 is held". */
export function heldText({ status, amount, authorizedAmount, capturedAmount }: PaymentView): string {
  const text = (value: string): string => moneyText({ currency: amount.currency, value });
  if (UNPAID.has(status)) return "nobody has paid yet";
  if (status === "captured") return `${text(capturedAmount)} is captured`;
  if (status === "authorized") return `${text(authorizedAmount)} is held`;
  return status === "voided" || authorizedAmount === "0"
    ? `it is ${status}, and nothing is held`
    : `it is ${status}, and ${text(authorizedAmount)} was authorized`;
}
