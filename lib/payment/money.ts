import { units } from "./amount.js";
import type { Operation, OperationKind } from "./operation.js";
import type { Payment } from "./payment.js";

/** What each operation of a kind that went through moved, in minor units. */
export const movedBy = (payment: Payment, kind: OperationKind): string[] =>
  payment.operations
    .filter((candidate) => candidate.kind === kind && candidate.status === "succeeded")
    .map((candidate) => candidate.amount?.value ?? payment.amount.value);

/** The operations of a kind that moved money or may yet: all but those that failed. */
export const underWay = (payment: Payment, kind: OperationKind): Operation[] =>
  payment.operations.filter((candidate) => candidate.kind === kind && candidate.status !== "failed");

/** What is held: the amount asked for, or what the last increase that went through raised it to. */
export const heldAmount = (payment: Payment): string =>
  greatestHold(payment, (operation) => operation.status === "succeeded");

export const greatestHold = (payment: Payment, counts: (operation: Operation) => boolean): string =>
  payment.operations
    .filter((operation) => operation.kind === "increase" && counts(operation))
    .map((operation) => operation.amount?.value ?? "0")
    .reduce((most, value) => (units(value) > units(most) ? value : most), payment.amount.value);
