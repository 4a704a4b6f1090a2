import { resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import { AntomError, isAntomError } from "../errors.js";
import type { JournalEntry } from "../payment/journal.js";
import type { Payment } from "../payment/payment.js";
import { checkOptionNames } from "./option-names.js";
import { checkRange } from "./overview.js";
import type { Access } from "./sqlite/access.js";
import { cardsOf, getCard, putCardStep, removeCardStep } from "./sqlite/cards.js";
import { changingValues } from "./sqlite/columns.js";
import { claimStep, isAnyReady, redriveStep, settleStep } from "./sqlite/claim.js";
import { refuseMoved } from "./sqlite/closing.js";
import { describe } from "./sqlite/describe.js";
import { resolveDriver, type SqliteDriver } from "./sqlite/driver.js";
import { badPath, unavailable, unusable } from "./sqlite/errors.js";
import { SqliteFile } from "./sqlite/file.js";
import { listPayments } from "./sqlite/list.js";
import { KnownRows } from "./sqlite/known-rows.js";
import { migrateStep } from "./sqlite/migrate.js";
import { deliveryCounts, heldMoney, paymentsOfDay } from "./sqlite/overview.js";
import { patiently } from "./sqlite/busy-retry.js";
import { commitStep, findPayment, getPayment, journalOf, openStep, paymentsOfOrder } from "./sqlite/payments.js";
import { Pruner } from "./sqlite/prune.js";
import { type Step, WriteQueue } from "./sqlite/queue.js";
import { deferStep } from "./sqlite/defer.js";
import { bringInFor } from "./sqlite/deferred.js";
import { listTasks } from "./sqlite/task-list.js";
import type {
  CardStorage,
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
import { type AlikePayments, daysIn, talliedByDay } from "./tally.js";

export type { SqliteConnection, SqliteDriver, SqliteStatement, SqliteValue } from "./sqlite/driver.js";

/** Options of `sqliteStorage`; none has to be given. */
export interface SqliteStorageOptions {
  /** The class that opens SQLite files, as `better-sqlite3` exports it. Without it, Node's own or an installed one is used (docs/storage.md). */
  readonly driver?: SqliteDriver | undefined;
  /** Milliseconds to keep trying while another process holds the file's lock; 5000 unless told, at most ten minutes. */
  readonly busyTimeout?: number | undefined;
}

const OPTIONS: readonly (keyof SqliteStorageOptions)[] = ["driver", "busyTimeout"];

const BUSY_TIMEOUT = 5000;
const LONGEST_BUSY_TIMEOUT = 600_000;

/**
 * Keeps payments in one SQLite file, made if it is not there, in a folder that is. Every commit is synced to the disk
 * before it is answered. Throws `configuration_invalid` for a path or options that cannot be used; the file itself is
 * looked at by `start`, which rejects with `configuration_invalid`, `storage_not_durable` or `storage_unavailable`.
 */
export const sqliteStorage = (path: string, options: SqliteStorageOptions = {}): Storage => {
  checkOptionNames(options, OPTIONS, "sqliteStorage(path, { busyTimeout: 10_000 })");
  return new SqliteStorage(checkPath(path), options.driver, checkTimeout(options.busyTimeout ?? BUSY_TIMEOUT));
};

const checkPath = (path: unknown): string => {
  if (typeof path !== "string" || path.trim() === "" || path.includes("\0") || path.startsWith("file:")) {
    throw badPath('Give the path of a file, such as "payments.db".');
  }
  if (path === ":memory:") {
    throw badPath(
      "Payments kept in memory are lost with the process: give the path of a file, or take memoryStorage() for tests.",
    );
  }
  return resolve(path);
};

const checkTimeout = (ms: unknown): number => {
  if (typeof ms === "number" && Number.isSafeInteger(ms) && ms >= 0 && ms <= LONGEST_BUSY_TIMEOUT) return ms;
  const message = `Give milliseconds, from 0 to ${LONGEST_BUSY_TIMEOUT}.`;
  throw new AntomError("configuration_invalid", `The busyTimeout is not usable. ${message}`, {
    problems: [{ at: "busyTimeout", message }],
  });
};

interface Opened {
  readonly file: SqliteFile;
  readonly queue: WriteQueue;
}

class SqliteStorage implements Storage {
  readonly #path: string;
  readonly #driver: SqliteDriver | undefined;
  readonly #busyTimeout: number;
  #opened: Opened | undefined;
  #starting: Promise<void> | undefined;
  #stopping: Promise<void> | undefined;
  readonly #known = new KnownRows();
  readonly #access: Access = { read: (work) => this.#read(work), write: (step) => this.#write(step) };
  readonly #pruner = new Pruner(this.#access);

  constructor(path: string, driver: SqliteDriver | undefined, busyTimeout: number) {
    this.#path = path;
    this.#driver = driver;
    this.#busyTimeout = busyTimeout;
  }

  start(): Promise<void> {
    this.#starting ??= this.#open().catch((error: unknown) => {
      this.#starting = undefined;
      throw unusable(error, this.#path);
    });
    return this.#starting;
  }

  async #open(): Promise<void> {
    const file = new SqliteFile(this.#path, resolveDriver(this.#driver));
    try {
      await patiently(this.#busyTimeout, () => {
        refuseMoved(file.connection(), this.#path);
      });
      while (await patiently(this.#busyTimeout, () => migrateStep(file.connection())));
    } catch (error) {
      file.close();
      throw error;
    }
    this.#opened = { file, queue: new WriteQueue(file, this.#busyTimeout) };
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#close().finally(() => {
      this.#stopping = undefined;
    });
    return this.#stopping;
  }

  async #close(): Promise<void> {
    await this.#starting?.catch(() => undefined);
    const opened = this.#opened;
    this.#opened = undefined;
    this.#starting = undefined;
    await opened?.queue.idle();
    opened?.file.close();
  }

  async describe(): Promise<StorageDescription> {
    return this.#read(describe);
  }

  async open(opening: Opening): Promise<{ payment: Payment; isNew: boolean }> {
    const columns = changingValues(opening.payment, opening.isLive);
    const opened = await this.#write(openStep(opening, columns));
    if (opened.isNew) this.#known.keep(opened.payment.id, { number: opened.number, columns });
    return { payment: opened.payment, isNew: opened.isNew };
  }

  async commit(change: Change): Promise<CommitOutcome> {
    const columns = changingValues(change.payment, change.isLive);
    const committed = await this.#write(commitStep(change, columns, this.#known));
    if (committed.outcome === "committed") {
      this.#known.keep(change.payment.id, { number: committed.number, columns });
    }
    return committed.outcome;
  }

  async defer(task: DeferredTask): Promise<boolean> {
    return this.#write(deferStep(task));
  }

  async get(id: string): Promise<Payment | undefined> {
    return this.#read((connection) => getPayment(connection, id, this.#known));
  }

  async find(by: { paymentId: string }): Promise<Payment | undefined> {
    return this.#read((connection) => findPayment(connection, by.paymentId));
  }

  async findByOrder(orderId: string): Promise<Payment[]> {
    return this.#read((connection) => paymentsOfOrder(connection, orderId));
  }

  async list(query: ListQuery): Promise<Page<Payment>> {
    return this.#read((connection) => listPayments(connection, query));
  }

  async overview(range: OverviewRange): Promise<Overview> {
    checkRange(range);
    const alike: AlikePayments[] = [];
    for (const day of daysIn(range)) {
      alike.push(...(await this.#read((connection) => paymentsOfDay(connection, day, range))));
      // A busy shop's hundred days take a while to add up, and buyers are not to wait for that.
      await setImmediate();
    }
    return this.#read((connection) => ({
      days: talliedByDay(alike),
      held: heldMoney(connection),
      waiting: deliveryCounts(connection),
    }));
  }

  async journal(id: string): Promise<JournalEntry[]> {
    return this.#read((connection) => journalOf(connection, id));
  }

  async claim(request: ClaimRequest): Promise<ClaimedTask[]> {
    const step = claimStep(request);
    return (await this.#read((connection) => isAnyReady(connection, request.now))) ? this.#write(step) : [];
  }

  async settle(task: ClaimedTask, outcome: TaskOutcome): Promise<boolean> {
    return this.#write(settleStep(task, outcome));
  }

  async tasks(query: TaskQuery): Promise<Page<TaskRecord>> {
    await bringInFor(query, this.#access);
    return this.#read((connection) => listTasks(connection, query));
  }

  async redrive(id: string, now: number): Promise<boolean> {
    return this.#write(redriveStep(id, now));
  }

  async prune(request: PruneRequest): Promise<number> {
    return this.#pruner.prune(request);
  }

  readonly cards: CardStorage = {
    put: async (card) => this.#write(putCardStep(card)),
    list: (buyer) => this.#read((connection) => cardsOf(connection, buyer)),
    get: (id) => this.#read((connection) => getCard(connection, id)),
    remove: async (id, buyer) => {
      const isRemoved = await this.#write(removeCardStep(id, buyer));
      if (isRemoved) this.#opened?.file.settle();
      return isRemoved;
    },
  };

  #write<T>(step: Step<T>): Promise<T> {
    return this.#use().queue.add(step);
  }

  async #read<T>(work: Step<T>): Promise<T> {
    const { file } = this.#use();
    try {
      return await patiently(this.#busyTimeout, () => work(file.recent()));
    } catch (error) {
      if (!isAntomError(error)) file.drop();
      throw unavailable(error);
    }
  }

  #use(): Opened {
    if (this.#opened !== undefined) return this.#opened;
    throw new AntomError("storage_unavailable", "The SQLite storage is not started, or was stopped.");
  }
}
