import { AntomError } from "../errors.js";
import { recordTaskId, type TaskKind } from "../payment/task.js";
import type { TaskState } from "./storage.js";

const IS_KIND: Readonly<Record<TaskKind, true>> = {
  deliver: true,
  inquire: true,
  expire: true,
  record: true,
  capture: true,
  void: true,
  refund: true,
  increase: true,
};

/** Every kind of task and every state, for databases whose index is read by them. */
export const TASK_KINDS: readonly string[] = Object.keys(IS_KIND);
export const TASK_STATES: readonly TaskState[] = ["waiting", "done", "dead"];

/** @throws TypeError for what no adapter of the kit wrote */
export const taskState = (value: string): TaskState => {
  const state = TASK_STATES.find((known) => known === value);
  if (state === undefined) throw new TypeError(`column state holds ${value}`);
  return state;
};

/** Whether a task is a payment's own `record` task, of which a table of what is deferred keeps the payment and no id. */
export const isRecordOfPayment = (task: {
  readonly kind: string;
  readonly id: string;
  readonly payment: string;
}): boolean => task.kind === "record" && task.id === recordTaskId(task.payment);

/** Throws `request_invalid` for a lease that is over before it begins. */
export const checkLease = (lease: number): void => {
  if (!(lease > 0)) throw new AntomError("request_invalid", "A lease lasts at least a millisecond.");
};

/** What is thrown where a task is to take the place of one that it is not. */
export const misplaced = (id: string): AntomError =>
  new AntomError("internal", `The task ${id} belongs to another payment, or is of another kind.`);
