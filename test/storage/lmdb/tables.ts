import type { RootDatabase } from "lmdb";
import type { JournalEntry, Payment, StoredCard, Task, TaskState } from "../../../lib/index.js";
import { Table, textKey } from "./table.js";

export interface PaymentRow {
  /** The order in which payments were opened. */
  readonly number: number;
  readonly isLive: boolean;
  readonly isPaid: boolean;
  /** Since when it is at rest; left out where it is not. */
  readonly restsSince: number | undefined;
  readonly payment: Payment;
}

export interface TaskRow {
  /** The order in which tasks were first put. */
  readonly number: number;
  readonly state: TaskState;
  readonly attempts: number;
  readonly task: Task;
  readonly lastError?: string | undefined;
  readonly lease?: string;
  readonly leasedUntil?: number;
  /** Since when it can be claimed; left out where it waits for another one, or not at all. */
  readonly readyAt?: number | undefined;
}

export type Tables = ReturnType<typeof openTables>;

/** Steps of the contract as they are done here: at once, on the tables. */
export type Steps<Of, Name extends keyof Of> = {
  readonly [N in Name]: Of[N] extends (...input: infer In) => Promise<infer Out>
    ? (tables: Tables, ...input: In) => Out
    : never;
};

/** All that is kept, and by what it is looked up. */
export const openTables = (root: RootDatabase) => ({
  payments: new Table(root, "payments", {
    time: ({ payment, number }: PaymentRow) => [payment.createdAt, number],
    order: ({ payment, number }) => [textKey(payment.orderId), payment.createdAt, number],
    antomId: ({ payment, number }) => [textKey(payment.paymentId), payment.createdAt, number],
    status: ({ payment, number }) => [payment.status, number],
    rest: ({ isPaid, restsSince, number }) => [isPaid, restsSince ?? Infinity, number],
  }),
  journal: root.openDB<JournalEntry, [payment: number, entry: number]>({ name: "journal" }),
  tasks: new Table(root, "tasks", {
    number: ({ number }: TaskRow) => [number],
    payment: ({ task, number }) => [textKey(task.payment), number],
    state: ({ state, task, number }) => [task.kind, state, number],
    ready: ({ readyAt, number }) => [readyAt ?? Infinity, number],
  }),
  cards: new Table(root, "cards", {
    buyer: ({ id, buyer, createdAt }: StoredCard) => [textKey(buyer), createdAt, textKey(id)],
  }),
  numbers: root.openDB<number, string>({ name: "numbers" }),
});

/** A number above all that were given before, also where what bore them is gone. */
export const nextNumber = ({ numbers }: Tables): number => {
  const number = (numbers.get("last") ?? 0) + 1;
  numbers.putSync("last", number);
  return number;
};
