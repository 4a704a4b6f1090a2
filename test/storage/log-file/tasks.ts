import { randomUUID } from "node:crypto";
import { AntomError } from "../../../lib/index.js";
import type {
  ClaimedTask,
  ClaimRequest,
  DeferredTask,
  DeliveryCounts,
  Page,
  Task,
  TaskChange,
  TaskOutcome,
  TaskQuery,
  TaskRecord,
  TaskState,
} from "../../../lib/index.js";
import type { LogFile } from "./log-file.js";
import { checkLimit, pageOf } from "./page.js";

interface TaskRow {
  /** The order in which tasks were first put. */
  readonly number: number;
  readonly state: TaskState;
  readonly attempts: number;
  readonly task: Task;
  readonly lastError?: string | undefined;
  readonly lease?: string | undefined;
  readonly leasedUntil?: number | undefined;
}

const isOut = ({ leasedUntil = 0 }: TaskRow, now: number): boolean => leasedUntil > now;

export class Tasks {
  readonly #file: LogFile;

  constructor(file: LogFile) {
    this.#file = file;
  }

  get #rows() {
    return this.#file.table<TaskRow>("tasks");
  }

  /** Within the transaction of the payment. */
  put(payment: string, changes: readonly TaskChange[]): void {
    const counters = this.#file.table<{ readonly tasks: number }>("counters");
    let { tasks } = counters.get("all") ?? { tasks: 0 };
    for (const change of changes) {
      if ("obsolete" in change) {
        this.#rows.remove(change.id);
        continue;
      }
      const before = this.#rows.get(change.id);
      const isSame = before === undefined || (before.task.payment === payment && before.task.kind === change.kind);
      if (change.payment !== payment || !isSame) {
        throw new AntomError("internal", `The task ${change.id} belongs to another payment, or is of another kind.`);
      }
      // Without a lease: whoever has it out has lost it.
      this.#rows.put(change.id, { number: before?.number ?? ++tasks, state: "waiting", attempts: 0, task: change });
    }
    counters.put("all", { tasks });
  }

  defer(task: DeferredTask, hasPayment: boolean): boolean {
    return this.#file.transaction(() => {
      if (!hasPayment || this.#rows.get(task.id) !== undefined) return false;
      this.put(task.payment, [task]);
      return true;
    });
  }

  claim({ now, lease, limit }: ClaimRequest): ClaimedTask[] {
    checkLimit(limit);
    if (!(lease > 0)) throw new AntomError("request_invalid", "A lease lasts at least a millisecond.");
    return this.#file.transaction(() => {
      const waiting = this.#rows.all().filter(({ state }) => state === "waiting");
      return waiting
        .filter((row) => row.task.dueAt <= now && !isOut(row, now) && !isHeldUp(row, waiting, now))
        .sort((a, b) => readyAt(a, waiting) - readyAt(b, waiting) || a.number - b.number)
        .slice(0, limit)
        .map((row) => {
          const claimed = { ...row, attempts: row.attempts + 1, lease: randomUUID() };
          this.#rows.put(row.task.id, { ...claimed, leasedUntil: now + lease });
          return { task: claimed.task, attempts: claimed.attempts, lease: claimed.lease };
        });
    });
  }

  settle({ task: { id }, lease }: ClaimedTask, outcome: TaskOutcome): boolean {
    return this.#file.transaction(() => {
      const row = this.#rows.get(id);
      if (row?.lease !== lease) return false;
      const { attempts, number, task } = row;
      if ("again" in outcome) {
        const later = { ...task, dueAt: outcome.again };
        const tried = outcome.isUntried === true ? attempts - 1 : attempts;
        this.#rows.put(id, { number, state: "waiting", attempts: tried, task: later, lastError: outcome.error });
      } else if ("dead" in outcome) {
        this.#rows.put(id, { number, state: "dead", attempts, task, lastError: outcome.dead });
      } else if (task.kind === "deliver") {
        this.#rows.put(id, { number, state: "done", attempts, task, lastError: row.lastError });
      } else {
        this.#rows.remove(id);
      }
      return true;
    });
  }

  redrive(id: string, now: number): boolean {
    return this.#file.transaction(() => {
      const row = this.#rows.get(id);
      if (row === undefined || row.state === "done") return false;
      const { number, task, lastError } = row;
      this.#rows.put(id, { number, state: "waiting", attempts: 0, task: { ...task, dueAt: now }, lastError });
      return true;
    });
  }

  /** The payments of which a task waits or was given up. */
  busy(): Set<string> {
    const rows = this.#rows.all().filter(({ state }) => state !== "done");
    return new Set(rows.map(({ task }) => task.payment));
  }

  /** Within the transaction that removes the payment. */
  removeOf(payment: string): void {
    for (const { task } of this.#rows.all()) if (task.payment === payment) this.#rows.remove(task.id);
  }

  list(query: TaskQuery): Page<TaskRecord> {
    const rows = this.#rows
      .all()
      .filter(({ task }) => query.kind === undefined || task.kind === query.kind)
      .filter(({ task }) => query.payment === undefined || task.payment === query.payment)
      .filter(({ state }) => query.state === undefined || state === query.state);
    return pageOf(
      rows,
      query,
      ({ number }) => [number, 0],
      ({ task, state, attempts, lastError }) => ({
        task,
        state,
        attempts,
        ...(lastError === undefined ? {} : { lastError }),
      }),
    );
  }

  deliveries(): DeliveryCounts {
    const rows = this.#rows.all().filter(({ task }) => task.kind === "deliver");
    const waiting = rows.filter(({ state }) => state === "waiting");
    return {
      waiting: waiting.length,
      failing: waiting.filter(({ attempts }) => attempts > 0).length,
      dead: rows.filter(({ state }) => state === "dead").length,
    };
  }
}

/** An event waits for every earlier one that waits, and for any other one of its payment that is out. */
const isHeldUp = ({ task }: TaskRow, waiting: readonly TaskRow[], now: number): boolean =>
  task.kind === "deliver" &&
  waiting.some(
    (other) =>
      other.task.kind === "deliver" &&
      other.task.payment === task.payment &&
      (other.task.sequence < task.sequence || isOut(other, now)),
  );

/** Since when it could be claimed: when it is due, or when the lease ran out that it was given, or for an event another one of its payment. */
const readyAt = (row: TaskRow, waiting: readonly TaskRow[]): number => {
  const { kind, payment, dueAt } = row.task;
  const isBeside = ({ task }: TaskRow): boolean => task.kind === "deliver" && task.payment === payment;
  const leased = kind === "deliver" ? waiting.filter(isBeside) : [row];
  return Math.max(dueAt, ...leased.map(({ leasedUntil = 0 }) => leasedUntil));
};
