import { stepOf, units } from "../../payment/amount.js";
import { heldAmount } from "../../payment/money.js";
import type { OperationKind } from "../../payment/operation.js";
import type { Payment } from "../../payment/payment.js";
import { permitted, type CaptureContract } from "../../payment/permit.js";
import { withMoney } from "../../pages/operations/money-text.js";
import type { Move } from "../../pages/operations/move.js";

const KINDS = ["capture", "refund", "void", "increase"] as const satisfies readonly OperationKind[];

/** What can be done with a payment now, and why the rest cannot. @param now epoch milliseconds */
export const possibleOperations = (payment: Payment, now: number, contract: CaptureContract): Move[] =>
  KINDS.map((kind) => {
    const { currency } = payment.amount;
    const held = heldAmount(payment);
    // An increase is asked for by its total: whether any more could be held.
    const more = { currency, value: (units(held) + stepOf(currency)).toString() };
    const permit = permitted(payment, kind === "increase" ? { kind, amount: more } : { kind }, now, contract);
    const isFree = kind !== "capture" || contract.partialCapture || contract.multipleCaptures;
    if ("refusal" in permit) return { kind, isFree, refusal: sentence(withMoney(permit.refusal.message)) };
    const { operation, isNew } = permit;
    if (operation === undefined) return { kind, isFree, refusal: "It is so already." };
    if (!isNew) return { kind, isFree, pending: operation };
    const amount = kind === "increase" ? held : operation.amount?.value;
    return { kind, isFree, ...(amount === undefined ? {} : { amount }) };
  });

/** Refusals begin small, for logs. */
export const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
