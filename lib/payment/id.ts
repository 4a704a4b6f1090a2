import type { OperationKind } from "./operation.js";
import type { Payment } from "./payment.js";

/** Letters and digits that cannot be mistaken for one another (Crockford's base 32). Antom's inquiryRefund takes no others. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const PREFIX = "PAY";
/** Letters for the time, enough for milliseconds until the year 3084, and for chance. */
const TIME = 9;
const CHANCE = 17;
const LENGTH = TIME + CHANCE;
const PAYMENT_ID = new RegExp(`^${PREFIX}[${ALPHABET}]{${LENGTH}}$`);
const OPERATION_ID = new RegExp(`^(${PREFIX}[${ALPHABET}]{${LENGTH}})[CVRU][1-9][0-9]{0,3}$`);

const LETTERS: Readonly<Record<OperationKind, string>> = { capture: "C", void: "V", refund: "R", increase: "U" };

/**
 * A new payment's id, Antom's `paymentRequestId`, in 29 characters: when it was made, and 85 unguessable bits. With the time before them ids
 * are in the order in which they were made, so that a database finds those that are paid now side by side in its indexes, and not
 * scattered over all there ever were.
 *
 * @param now epoch milliseconds
 */
export const newPaymentId = (random: (bytes: number) => Buffer, now: number): string =>
  PREFIX + letters(now) + Array.from(random(CHANCE), (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join("");

/** A time in letters that are in the order of the times. */
function letters(time: number): string {
  let rest = Math.max(0, Math.floor(time));
  let text = "";
  while (text.length < TIME) {
    text = ALPHABET.charAt(rest % ALPHABET.length) + text;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return text;
}

export const isPaymentId = (text: string): boolean => PAYMENT_ID.test(text);

/** The request id of the payment's next operation of a kind. It begins with the payment's id, so whoever hears of it can find the payment. */
export function operationId({ id, operations }: Payment, kind: OperationKind): string {
  const known = operations.filter((operation) => operation.kind === kind);
  let nth = known.length + 1;
  const named = (): string => id + LETTERS[kind] + String(nth);
  // Two that turned out to be one were joined, so that there are fewer than there were.
  while (known.some((operation) => operation.id === named())) nth++;
  return named();
}

/** The id of the payment an operation of ours belongs to; undefined for a request id that is not ours. */
export const paymentIdOf = (requestId: string): string | undefined => OPERATION_ID.exec(requestId)?.[1];
