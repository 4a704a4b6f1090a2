import type { OperationKind } from "./operation.js";
import type { Payment } from "./payment.js";

/** Letters and digits that cannot be mistaken for one another (Crockford's base 32). Antom's inquiryRefund takes no others. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const PREFIX = "PAY";
const LENGTH = 26;
const PAYMENT_ID = new RegExp(`^${PREFIX}[${ALPHABET}]{${LENGTH}}$`);
const OPERATION_ID = new RegExp(`^(${PREFIX}[${ALPHABET}]{${LENGTH}})[CVRU][1-9][0-9]{0,3}$`);

const LETTERS: Readonly<Record<OperationKind, string>> = { capture: "C", void: "V", refund: "R", increase: "U" };

/** A new payment's id, Antom's `paymentRequestId`: 130 unguessable bits in 29 characters. */
export const newPaymentId = (random: (bytes: number) => Buffer): string =>
  PREFIX + Array.from(random(LENGTH), (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join("");

export const isPaymentId = (text: string): boolean => PAYMENT_ID.test(text);

/** The request id of the payment's next operation of a kind. It begins with the payment's id, so whoever hears of it can find the payment. */
export const operationId = (payment: Payment, kind: OperationKind): string =>
  payment.id + LETTERS[kind] + String(payment.operations.filter((operation) => operation.kind === kind).length + 1);

/** The id of the payment an operation of ours belongs to; undefined for a request id that is not ours. */
export const paymentIdOf = (requestId: string): string | undefined => OPERATION_ID.exec(requestId)?.[1];
