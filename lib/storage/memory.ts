import { AntomError } from "../errors.js";
import type { JournalEntry } from "../payment/journal.js";
import type { Payment } from "../payment/payment.js";
import type { TaskChange } from "../payment/task.js";
import { MemoryCards } from "./memory/cards.js";
import { MemoryPayments } from "./memory/payments.js";
import { step } from "./memory/step.js";
import { MemoryTasks } from "./memory/tasks.js";
import { boundedLimit } from "./page.js";
import type {
  Change,
  ClaimedTask,
  ClaimRequest,
  CommitOutcome,
  DeferredTask,
  ListQuery,
  Opening,
  Overview,
  OverviewRange,
  Page,
  PruneRequest,
  Storage,
  StorageDescription,
  TaskOutcome,
  TaskQuery,
  TaskRecord,
} from "./storage.js";
import { misplaced } from "./task-words.js";

/**
 * Keeps payments in this process's memory, for tests: they are gone with the process. It holds to every promise of the
 * contract but durability, and warns (`process.emitWarning`) where NODE_ENV is "production". `start` and `stop` do nothing.
 */
export const memoryStorage = (): Storage => {
  if (process.env["NODE_ENV"] === "production") {
    process.emitWarning(
      "memoryStorage() forgets every payment when the process ends: in production use sqliteStorage().",
      { type: "AntomWarning", code: "ANTOM_MEMORY_STORAGE" },
    );
  }
  return new MemoryStorage();
};

/** Each step runs in one go, and does all that can fail before it changes anything: hence all or nothing. */
class MemoryStorage implements Storage {
  readonly #payments = new MemoryPayments();
  readonly #tasks = new MemoryTasks();
  readonly cards = new MemoryCards();

  start(): Promise<void> {
    return Promise.resolve();
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  describe(): Promise<StorageDescription> {
    const text =
      'memoryStorage() forgets every payment when the process ends; take sqliteStorage("payments.db") or postgresStorage(pool)';
    return Promise.resolve({ kind: "memory", text, isDurable: false });
  }

  open({ payment, isLive, entry, tasks }: Opening): Promise<{ payment: Payment; isNew: boolean }> {
    return step(() => {
      const json = JSON.stringify(payment);
      const entryJson = JSON.stringify(entry);
      const change = this.#prepare(payment.id, tasks);
      const live = this.#payments.live(payment.orderId);
      if (live !== undefined) return { payment: live, isNew: false };
      if (this.#payments.version(payment.id) !== undefined) {
        throw new AntomError("storage_unavailable", `There already is a payment ${payment.id}.`);
      }
      this.#payments.put(json, isLive, [entryJson]);
      change();
      return { payment: JSON.parse(json) as Payment, isNew: true };
    });
  }

  commit({ payment, isLive, expectedVersion, entries, tasks }: Change): Promise<CommitOutcome> {
    return step(() => {
      const json = JSON.stringify(payment);
      const entriesJson = entries.map((entry) => JSON.stringify(entry));
      const change = this.#prepare(payment.id, tasks);
      if (this.#payments.version(payment.id) !== expectedVersion) return "stale";
      if (isLive && this.#payments.isOccupied(payment)) return "occupied";
      this.#payments.put(json, isLive, entriesJson);
      change();
      return "committed";
    });
  }

  defer(task: DeferredTask): Promise<boolean> {
    return step(() => {
      const json = JSON.stringify(task);
      if (this.#payments.version(task.payment) === undefined || this.#tasks.has(task.id)) return false;
      this.#tasks.put(JSON.parse(json) as DeferredTask, json);
      return true;
    });
  }

  /** Checks and serialises changes of tasks; what it answers with makes them, and cannot fail. */
  #prepare(payment: string, changes: readonly TaskChange[]): () => void {
    const puts = changes.map((change) => {
      if ("obsolete" in change) {
        return () => {
          this.#tasks.remove(change.id, payment);
        };
      }
      if (change.payment !== payment || !this.#tasks.fits(change)) {
        throw misplaced(change.id);
      }
      const json = JSON.stringify(change);
      const task = JSON.parse(json) as Exclude<TaskChange, { obsolete: true }>;
      return () => {
        this.#tasks.put(task, json);
      };
    });
    return () => {
      for (const put of puts) put();
    };
  }

  get(id: string): Promise<Payment | undefined> {
    return step(() => this.#payments.get(id));
  }

  find(by: { paymentId: string }): Promise<Payment | undefined> {
    return step(() => this.#payments.find(by.paymentId));
  }

  findByOrder(orderId: string): Promise<Payment[]> {
    return step(() => this.#payments.ofOrder(orderId));
  }

  list(query: ListQuery): Promise<Page<Payment>> {
    return step(() => this.#payments.list(query));
  }

  overview(range: OverviewRange): Promise<Overview> {
    return step(() => ({
      days: this.#payments.days(range),
      held: this.#payments.held(),
      waiting: this.#tasks.deliveries(),
    }));
  }

  journal(id: string): Promise<JournalEntry[]> {
    return step(() => this.#payments.journal(id));
  }

  claim(request: ClaimRequest): Promise<ClaimedTask[]> {
    return step(() => this.#tasks.claim(request));
  }

  settle(task: ClaimedTask, outcome: TaskOutcome): Promise<boolean> {
    return step(() => this.#tasks.settle(task, outcome));
  }

  tasks(query: TaskQuery): Promise<Page<TaskRecord>> {
    return step(() => this.#tasks.list(query));
  }

  redrive(id: string, now: number): Promise<boolean> {
    return step(() => this.#tasks.redrive(id, now));
  }

  prune(request: PruneRequest): Promise<number> {
    return step(() => {
      const limit = boundedLimit(request.limit);
      const busy = this.#tasks.busy();
      const ids = new Set(this.#payments.prunable({ ...request, limit }, (id) => busy.has(id)));
      for (const id of ids) this.#payments.remove(id);
      this.#tasks.removeOf(ids);
      return ids.size;
    });
  }
}
