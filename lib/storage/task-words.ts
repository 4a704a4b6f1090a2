import type { TaskKind } from "../payment/task.js";
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
