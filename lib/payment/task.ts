import type { PaymentEvent } from "./event.js";
import type { Observation } from "./observation.js";
import type { OperationKind } from "./operation.js";

/** Work that follows from a payment's state and outlives the process: committed with the state that caused it. */
export type TaskKind = "deliver" | "inquire" | "expire" | "record" | OperationKind;

interface TaskBase {
  /** `deliver` tasks bear their event's id; the others are named after what they are about, so that there is one of each. */
  readonly id: string;
  /** The payment's id. */
  readonly payment: string;
  /** Epoch milliseconds before which nobody takes it. */
  readonly dueAt: number;
}

/** Call the shop's hook with an event. */
export interface DeliverTask extends TaskBase {
  readonly kind: "deliver";
  readonly sequence: number;
  readonly event: PaymentEvent;
}

/** Ask Antom how the payment stands. */
export interface InquireTask extends TaskBase {
  readonly kind: "inquire";
}

/** Carry an operation through: send it to Antom and stay at it until the outcome is known. */
export interface OperationTask extends TaskBase {
  readonly kind: OperationKind;
  readonly operation: string;
}

/** Watch the end of a hold that waits for the shop to capture it. */
export interface ExpireTask extends TaskBase {
  readonly kind: "expire";
}

/** Take in what was observed: a notification that has been written down and acknowledged, its effect to follow. */
export interface RecordTask extends TaskBase {
  readonly kind: "record";
  /** Which client id Antom told; absent in tasks of before. */
  readonly clientId?: string;
  readonly observation: Observation;
}

/** Work that has to be done for a payment, kept by the storage until it is done. Plain JSON. */
export type Task = DeliverTask | InquireTask | OperationTask | ExpireTask | RecordTask;

/** Whether a task of this id tells the shop's hook: whoever makes an event due again is to reach no other work by its id. */
export const isDeliverTaskId = (id: string): boolean => !id.includes(":");

/** The id of a payment's `record` task: a payment has one. */
export const recordTaskId = (payment: string): string => `record:${payment}`;

/** A task to add or to put in place of the one with that id, or the id of one that is no longer needed. */
export type TaskChange = Task | { readonly id: string; readonly obsolete: true };
