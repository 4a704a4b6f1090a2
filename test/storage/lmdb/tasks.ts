import { randomUUID } from "node:crypto";
import { AntomError, type DeliveryCounts, type Storage, type TaskChange, type TaskRecord } from "../../../lib/index.js";
import { check, checkLimit, firstOf, pageOf, placeIn } from "./page.js";
import { down, textKey, up } from "./table.js";
import { nextNumber, type Steps, type TaskRow, type Tables } from "./tables.js";

const tasksOf = ({ tasks }: Tables, payment: string): TaskRow[] => [...tasks.by("payment", up(textKey(payment)))];

const sequenceOf = ({ task }: TaskRow): number => (task.kind === "deliver" ? task.sequence : 0);

/** Notes of a payment's tasks since when each can be claimed: an event waits for those before it, and for any other that is out. */
const queue = (tables: Tables, payment: string): void => {
  const waiting = tasksOf(tables, payment).filter(({ state }) => state === "waiting");
  const events = waiting.filter(({ task }) => task.kind === "deliver").sort((a, b) => sequenceOf(a) - sequenceOf(b));
  for (const row of waiting) {
    const isEvent = row.task.kind === "deliver";
    const leases = (isEvent ? events : [row]).map(({ leasedUntil = 0 }) => leasedUntil);
    const readyAt = isEvent && row !== events[0] ? undefined : Math.max(row.task.dueAt, ...leases);
    if (readyAt !== row.readyAt) tables.tasks.put(row.task.id, { ...row, readyAt });
  }
};

export const putTasks = (tables: Tables, payment: string, changes: readonly TaskChange[]): void => {
  for (const change of changes) {
    if ("obsolete" in change) {
      tables.tasks.remove(change.id);
      continue;
    }
    const { number = nextNumber(tables), task = change } = tables.tasks.get(change.id) ?? {};
    if (change.payment !== payment || task.payment !== payment || task.kind !== change.kind) {
      throw new AntomError("internal", `The task ${change.id} belongs to another payment, or is of another kind.`);
    }
    // Without a lease: whoever has it out has lost it.
    tables.tasks.put(change.id, { number, state: "waiting", attempts: 0, task: change });
  }
  queue(tables, payment);
};

/** Whether a task of the payment waits or was given up. */
export const isBusy = (tables: Tables, payment: string): boolean =>
  tasksOf(tables, payment).some(({ state }) => state !== "done");

export const removeTasksOf = (tables: Tables, payment: string): void => {
  for (const { task } of tasksOf(tables, payment)) tables.tasks.remove(task.id);
};

export const deliveryCounts = ({ tasks }: Tables): DeliveryCounts => {
  const waiting = [...tasks.by("state", up("deliver", "waiting"))];
  const dead = [...tasks.by("state", up("deliver", "dead"))];
  const failing = waiting.filter(({ attempts }) => attempts > 0);
  return { waiting: waiting.length, failing: failing.length, dead: dead.length };
};

export const tasks: Steps<Storage, "defer" | "claim" | "settle" | "tasks" | "redrive"> = {
  defer(tables, task) {
    if (tables.payments.get(task.payment) === undefined || tables.tasks.get(task.id) !== undefined) return false;
    putTasks(tables, task.payment, [task]);
    return true;
  },

  claim(tables, { now, lease, limit }) {
    checkLimit(limit);
    check(lease > 0, "lease", "A lease lasts at least a millisecond.");
    const due = [...tables.tasks.by("ready", { end: [now, Infinity], limit })];
    const claimed = due.map((row) => {
      const out = { ...row, attempts: row.attempts + 1, lease: randomUUID(), leasedUntil: now + lease };
      tables.tasks.put(row.task.id, out);
      const taken = { task: out.task, attempts: out.attempts, lease: out.lease };
      return row.lease === undefined ? taken : { ...taken, isTakenOver: true as const };
    });
    for (const payment of new Set(due.map(({ task }) => task.payment))) queue(tables, payment);
    return claimed;
  },

  settle(tables, { task: { id }, lease }, outcome) {
    const row = tables.tasks.get(id);
    if (row?.lease !== lease) return false;
    const { number, attempts, task, lastError } = row;
    const put = (changes: Pick<TaskRow, "state" | "lastError"> & Partial<TaskRow>): void => {
      tables.tasks.put(id, { number, attempts, task, ...changes });
    };
    if ("again" in outcome) {
      const tried = outcome.isUntried === true ? attempts - 1 : attempts;
      put({ state: "waiting", attempts: tried, task: { ...task, dueAt: outcome.again }, lastError: outcome.error });
    } else if ("dead" in outcome) put({ state: "dead", lastError: outcome.dead });
    else if (task.kind === "deliver") put({ state: "done", lastError });
    else tables.tasks.remove(id);
    queue(tables, task.payment);
    return true;
  },

  redrive(tables, id, now) {
    const row = tables.tasks.get(id);
    if (row === undefined || row.state === "done") return false;
    const { number, task, lastError } = row;
    tables.tasks.put(id, { number, state: "waiting", attempts: 0, task: { ...task, dueAt: now }, lastError });
    queue(tables, task.payment);
    return true;
  },

  tasks(tables, { limit, after, kind, state, payment }) {
    checkLimit(limit);
    const before = after === undefined ? [Infinity] : placeIn(after, 1);
    const rows =
      payment === undefined
        ? tables.tasks.by("number", down([], before))
        : tables.tasks.by("payment", down([textKey(payment)], before));
    const isAsked = ({ task, ...row }: TaskRow): boolean =>
      (kind === undefined || task.kind === kind) && (state === undefined || row.state === state);
    const found = firstOf(rows, limit + 1, isAsked);
    const placeOf = ({ number }: TaskRow): number[] => [number];
    // Where there is no error, JSON has left the member out.
    return pageOf(found, limit, placeOf, ({ number, lease, leasedUntil, readyAt, ...row }) => row as TaskRecord);
  },
};
