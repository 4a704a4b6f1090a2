import { randomBytes } from "node:crypto";
import type { Task } from "../../payment/task.js";
import { boundedLimit, pageOf, readCursor } from "../page.js";
import type {
  ClaimedTask,
  ClaimRequest,
  DeliveryCounts,
  Page,
  TaskOutcome,
  TaskQuery,
  TaskRecord,
  TaskState,
} from "../storage.js";
import { checkLease } from "../task-words.js";

interface Row {
  /** The order in which tasks were first put. */
  readonly number: number;
  readonly id: string;
  readonly payment: string;
  readonly kind: Task["kind"];
  sequence: number;
  json: string;
  state: TaskState;
  dueAt: number;
  attempts: number;
  lease: string | undefined;
  leasedUntil: number;
  lastError: string | undefined;
}

/** The tasks of `memoryStorage`. */
export class MemoryTasks {
  readonly #rows = new Map<string, Row>();
  readonly #waiting = new Set<Row>();
  #count = 0;

  /** Whether a task can be put: its id, if taken, is that of the same payment's task of the same kind. */
  fits(task: Task): boolean {
    const row = this.#rows.get(task.id);
    return row === undefined || (row.payment === task.payment && row.kind === task.kind);
  }

  has(id: string): boolean {
    return this.#rows.has(id);
  }

  put(task: Task, json: string): void {
    const { id, payment, kind, dueAt } = task;
    const row: Row = {
      number: this.#rows.get(id)?.number ?? ++this.#count,
      id,
      payment,
      kind,
      sequence: task.kind === "deliver" ? task.sequence : 0,
      json,
      state: "waiting",
      dueAt,
      attempts: 0,
      lease: undefined,
      leasedUntil: 0,
      lastError: undefined,
    };
    this.remove(id, payment);
    this.#rows.set(id, row);
    this.#waiting.add(row);
  }

  /** Removes a task, unless it is another payment's. */
  remove(id: string, payment: string): void {
    const row = this.#rows.get(id);
    if (row?.payment !== payment) return;
    this.#rows.delete(id);
    this.#waiting.delete(row);
  }

  /** The payments of which a task waits, or was given up. */
  busy(): ReadonlySet<string> {
    return new Set([...this.#rows.values()].filter(({ state }) => state !== "done").map(({ payment }) => payment));
  }

  removeOf(payments: ReadonlySet<string>): void {
    for (const row of [...this.#rows.values()]) if (payments.has(row.payment)) this.remove(row.id, row.payment);
  }

  claim({ now, lease, limit }: ClaimRequest): ClaimedTask[] {
    const most = boundedLimit(limit);
    checkLease(lease);
    const heldUp = this.#heldUp(now);
    const readyAt = this.#readyAt();
    const token = randomBytes(16).toString("hex");
    return [...this.#waiting]
      .filter((row) => row.dueAt <= now && row.leasedUntil <= now && !heldUp(row))
      .sort((a, b) => readyAt(a) - readyAt(b) || a.number - b.number)
      .slice(0, most)
      .map((row) => {
        const isTakenOver = row.lease !== undefined;
        row.attempts += 1;
        row.lease = `${row.attempts}.${token}`;
        row.leasedUntil = now + lease;
        const taken = { task: taskIn(row), attempts: row.attempts, lease: row.lease };
        return isTakenOver ? { ...taken, isTakenOver } : taken;
      });
  }

  /** Tells of each `deliver` task whether an earlier one of its payment is waiting, or another one is out. */
  #heldUp(now: number): (row: Row) => boolean {
    const heads = new Map<string, Row>();
    const out = new Set<string>();
    for (const row of this.#waiting) {
      if (row.kind !== "deliver") continue;
      const head = heads.get(row.payment);
      if (head === undefined || row.sequence < head.sequence) heads.set(row.payment, row);
      if (row.leasedUntil > now) out.add(row.payment);
    }
    return (row) => row.kind === "deliver" && (heads.get(row.payment) !== row || out.has(row.payment));
  }

  /** Tells of each task that nobody holds up since when it can be claimed: a `deliver` task waits for any lease of its payment. */
  #readyAt(): (row: Row) => number {
    const ends = new Map<string, number>();
    for (const { kind, payment, leasedUntil } of this.#waiting) {
      if (kind === "deliver") ends.set(payment, Math.max(leasedUntil, ends.get(payment) ?? 0));
    }
    return (row) => Math.max(row.dueAt, row.leasedUntil, row.kind === "deliver" ? (ends.get(row.payment) ?? 0) : 0);
  }

  settle({ task, lease }: ClaimedTask, outcome: TaskOutcome): boolean {
    const row = this.#rows.get(task.id);
    if (row?.lease !== lease) return false;
    row.lease = undefined;
    row.leasedUntil = 0;
    if ("again" in outcome) {
      row.dueAt = outcome.again;
      if (outcome.isUntried === true) row.attempts -= 1;
      row.lastError = outcome.error;
      return true;
    }
    this.#waiting.delete(row);
    if ("dead" in outcome) {
      row.state = "dead";
      row.lastError = outcome.dead;
    } else if (row.kind === "deliver") {
      row.state = "done";
    } else {
      this.remove(row.id, row.payment);
    }
    return true;
  }

  list(query: TaskQuery): Page<TaskRecord> {
    const limit = boundedLimit(query.limit);
    const [before = Number.MAX_SAFE_INTEGER] = readCursor(query.after, 1) ?? [];
    const rows = [...this.#rows.values()]
      .filter((row) => row.number < before && matches(row, query))
      .sort((a, b) => b.number - a.number);
    return pageOf(rows, limit, record, (row) => [row.number]);
  }

  deliveries(): DeliveryCounts {
    const delivers = [...this.#rows.values()].filter(({ kind }) => kind === "deliver");
    const waiting = delivers.filter(({ state }) => state === "waiting");
    return {
      waiting: waiting.length,
      failing: waiting.filter(({ attempts }) => attempts > 0).length,
      dead: delivers.filter(({ state }) => state === "dead").length,
    };
  }

  redrive(id: string, now: number): boolean {
    const row = this.#rows.get(id);
    if (row === undefined || row.state === "done") return false;
    row.state = "waiting";
    row.dueAt = now;
    row.attempts = 0;
    row.lease = undefined;
    row.leasedUntil = 0;
    this.#waiting.add(row);
    return true;
  }
}

const taskIn = (row: Row): Task => ({ ...(JSON.parse(row.json) as Task), dueAt: row.dueAt });

const record = (row: Row): TaskRecord => ({
  task: taskIn(row),
  state: row.state,
  attempts: row.attempts,
  ...(row.lastError === undefined ? {} : { lastError: row.lastError }),
});

const matches = (row: Row, { kind, state, payment }: TaskQuery): boolean =>
  (kind === undefined || row.kind === kind) &&
  (state === undefined || row.state === state) &&
  (payment === undefined || row.payment === payment);
