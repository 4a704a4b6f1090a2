import { AntomError } from "../errors.js";
import type { JournalEntry } from "../payment/journal.js";
import type { Payment } from "../payment/payment.js";
import { checkOptionNames } from "./option-names.js";
import { checkRange } from "./overview.js";
import { type Batches, batchesOf } from "./postgres/batches.js";
import { cardStorage } from "./postgres/cards.js";
import { claim, redrive } from "./postgres/claim.js";
import { commitRequest } from "./postgres/commit.js";
import { Database } from "./postgres/database.js";
import { deferRequest } from "./postgres/defer.js";
import { checkDurable, describe } from "./postgres/durability.js";
import { badPool, notStarted } from "./postgres/errors.js";
import { giveBack, type GiveBackOptions } from "./postgres/give-back.js";
import { Life } from "./postgres/life.js";
import { listPayments } from "./postgres/list.js";
import { migrate } from "./postgres/migrate.js";
import { type Names, namesIn } from "./postgres/names.js";
import { PlanRenewal } from "./postgres/plan-renewal.js";
import { Plans } from "./postgres/plans.js";
import { overviewOf } from "./postgres/overview.js";
import { openRequest } from "./postgres/open.js";
import { isPool, type PostgresPool } from "./postgres/pool.js";
import { Pruner } from "./postgres/prune.js";
import { findPayment, journalOf, paymentsOfOrder } from "./postgres/read.js";
import { settleRequest } from "./postgres/settle.js";
import { takeOver, type TakenOver, type TakeOverOptions } from "./postgres/take-over.js";
import { listTasks } from "./postgres/task-list.js";
import { isAnyDue } from "./postgres/task-rows.js";
import { Wakeups } from "./postgres/listen-notify.js";
import { settleWithin, semaphoreOf, type WithinParts } from "./postgres/settle-within.js";
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
import { isRecordOfPayment } from "./task-words.js";

export type {
  PostgresClient,
  PostgresNotification,
  PostgresPool,
  PostgresQuery,
  PostgresResult,
} from "./postgres/pool.js";

export type { GiveBackOptions } from "./postgres/give-back.js";
export type { TakenOver, TakeOverOptions } from "./postgres/take-over.js";

/** Options of `postgresStorage`; none has to be given. */
export interface PostgresStorageOptions {
  /** The schema the kit's tables are in, made if it is not there; "antom" unless told. */
  readonly schema?: string | undefined;
  /**
   * Milliseconds to keep trying while the server cannot be reached, no connection is free or others are in the way; 5000 unless told, at
   * most ten minutes. A connection is waited for a second at least, since it may have to be made first.
   */
  readonly timeout?: number | undefined;
  /** The server keeps commits by other means than its own disk, as Neon does, so that `fsync` may be off. */
  readonly acceptFsyncOff?: boolean | undefined;
  /**
   * Whether the server is to keep the plans of the statements, which spares it a third of its work; true unless told. A pooler that loses
   * them is noticed, and then none are kept.
   */
  readonly preparedStatements?: boolean | undefined;
}

/** The contract, and the way here for a shop that has outgrown SQLite: what `npx express-antom move` calls. */
export interface PostgresStorage extends Storage {
  /**
   * Brings everything that an SQLite file holds into the tables, which have to be empty and started on, all or nothing. The file is closed first, for
   * all processes, and stays closed where the payments have come here; called again it says so, or finds out what became of a call that was broken
   * off. Rejects with `configuration_invalid` or `storage_unavailable`, the message saying how the file stands.
   */
  takeOver(path: string, options?: TakeOverOptions): Promise<TakenOver>;
  /**
   * Opens such a file again. False if it was open. Rejects with `configuration_invalid` where its payments are in these tables, or may be in others,
   * and where anything else is in these.
   */
  giveBack(path: string, options?: GiveBackOptions): Promise<boolean>;
}

const OPTIONS: readonly (keyof PostgresStorageOptions)[] = [
  "schema",
  "timeout",
  "acceptFsyncOff",
  "preparedStatements",
];

const TIMEOUT = 5000;
const LONGEST_TIMEOUT = 600_000;

/**
 * Keeps payments in PostgreSQL, through the shop's own pool of the package `pg`. The pool stays the shop's: the kit never ends it. Throws
 * `configuration_invalid` for a pool or options that cannot be used; the server is looked at by `start`, which rejects with
 * `configuration_invalid`, `storage_not_durable` or `storage_unavailable`.
 */
export const postgresStorage = (pool: PostgresPool, options: PostgresStorageOptions = {}): PostgresStorage => {
  checkOptionNames(options, OPTIONS, 'postgresStorage(pool, { schema: "antom" })');
  const { schema = "antom", timeout = TIMEOUT, acceptFsyncOff = false, preparedStatements = true } = options;
  const plans = new Plans(preparedStatements);
  const database = new Database(checkPool(pool), checkTimeout(timeout), plans);
  const names = namesIn(schema);
  const within = { database, names, turns: semaphoreOf(pool), patience: timeout };
  return new PooledStorage(within, new PlanRenewal(database, names, plans), acceptFsyncOff);
};

const checkPool = (pool: unknown): PostgresPool => {
  if (!isPool(pool)) throw badPool('Give a Pool of the package "pg": postgresStorage(new Pool({ connectionString })).');
  if (pool.options?.binary !== true) return pool;
  throw badPool("The pool's option `binary` is on, and the kit reads text: give it a Pool without that option.");
};

const checkTimeout = (ms: unknown): number => {
  if (typeof ms === "number" && Number.isSafeInteger(ms) && ms >= 0 && ms <= LONGEST_TIMEOUT) return ms;
  const message = `Give milliseconds, from 0 to ${LONGEST_TIMEOUT}.`;
  throw new AntomError("configuration_invalid", `The timeout is not usable. ${message}`, {
    problems: [{ at: "timeout", message }],
  });
};

class PooledStorage implements PostgresStorage {
  readonly #names: Names;
  readonly #database: Database;
  readonly #acceptsFsyncOff: boolean;
  readonly #wakes: Wakeups;
  readonly #within: WithinParts;
  readonly #renewal: PlanRenewal;
  readonly #pruner: Pruner;
  #batches: Batches | undefined;
  readonly #life: Life;
  readonly cards: CardStorage;

  constructor(within: WithinParts, renewal: PlanRenewal, acceptsFsyncOff: boolean) {
    const { database, names } = within;
    this.#names = names;
    this.#database = database;
    this.#acceptsFsyncOff = acceptsFsyncOff;
    this.#wakes = new Wakeups(database, names);
    this.#within = within;
    this.#renewal = renewal;
    this.#pruner = new Pruner(names);
    this.cards = cardStorage(names, () => this.#database);
    this.#life = new Life({
      begin: (isWanted) => this.#begin(isWanted),
      end: () => this.#end(),
      patience: within.patience,
    });
  }

  start(): Promise<void> {
    return this.#life.start();
  }

  async #begin(isWanted: () => boolean): Promise<void> {
    this.#database.open();
    try {
      await checkDurable(this.#database, this.#acceptsFsyncOff);
      await migrate(this.#database, this.#names);
      if (!isWanted()) throw notStarted();
    } catch (error) {
      this.#database.shut();
      throw error;
    }
    this.#batches = batchesOf(this.#database, this.#names, this.#within.patience);
    this.#wakes.start();
  }

  stop(): Promise<void> {
    return this.#life.stop();
  }

  async #end(): Promise<void> {
    const batches = this.#batches;
    this.#batches = undefined;
    this.#wakes.stop();
    // What could not be put off goes to `defer` still.
    await batches?.putOff.close();
    await Promise.all(Object.values(batches ?? {}).map((batch) => batch.close()));
    this.#database.close();
  }

  async describe(): Promise<StorageDescription> {
    return describe(this.#database, this.#acceptsFsyncOff);
  }

  async open(opening: Opening): Promise<{ payment: Payment; isNew: boolean }> {
    const isTold = isAnyDue(opening.payment, opening.tasks);
    const opened = await this.#use().open.add(openRequest(opening));
    if (opened.isNew && isTold) this.#wakes.tell();
    return opened;
  }

  async commit(change: Change): Promise<CommitOutcome> {
    const { payment, tasks } = change;
    const isTold = isAnyDue(payment, tasks);
    const outcome = await this.#use().commit.add(commitRequest(change));
    if (outcome === "committed" && isTold) this.#wakes.tell();
    return outcome;
  }

  async defer(task: DeferredTask): Promise<boolean> {
    const { putOff, defer } = this.#use();
    const request = deferRequest(task);
    const isPutOff = isRecordOfPayment(task) && (await putOff.add(request));
    const isDeferred = isPutOff || (await defer.add(request));
    if (isDeferred) this.#wakes.tell();
    return isDeferred;
  }

  async get(id: string): Promise<Payment | undefined> {
    return this.#use().get.add(id);
  }

  async find(by: { paymentId: string }): Promise<Payment | undefined> {
    return findPayment(this.#database, this.#names, by.paymentId);
  }

  async findByOrder(orderId: string): Promise<Payment[]> {
    return paymentsOfOrder(this.#database, this.#names, orderId);
  }

  async list(query: ListQuery): Promise<Page<Payment>> {
    return listPayments(this.#database, this.#names, query);
  }

  async overview(range: OverviewRange): Promise<Overview> {
    checkRange(range);
    return overviewOf(this.#database, this.#names, range);
  }

  async journal(id: string): Promise<JournalEntry[]> {
    return journalOf(this.#database, this.#names, id);
  }

  async claim(request: ClaimRequest): Promise<ClaimedTask[]> {
    return claim(this.#database, this.#names, request);
  }

  async settle(task: ClaimedTask, outcome: TaskOutcome): Promise<boolean> {
    const { deliver, plain } = this.#use();
    const request = settleRequest(task, outcome);
    return task.task.kind === "deliver" ? deliver.add(request) : plain.add(request);
  }

  async tasks(query: TaskQuery): Promise<Page<TaskRecord>> {
    return listTasks(this.#database, this.#names, query);
  }

  async redrive(id: string, now: number): Promise<boolean> {
    const isRedriven = await redrive(this.#database, this.#names, id, now);
    if (isRedriven) this.#wakes.tell();
    return isRedriven;
  }

  async prune(request: PruneRequest): Promise<number> {
    return this.#pruner.prune(this.#database, request);
  }

  async settleWithin(task: ClaimedTask, work: (transaction: unknown) => Promise<void>): Promise<boolean> {
    return settleWithin(this.#within, task, work);
  }

  async takeOver(path: string, options: TakeOverOptions = {}): Promise<TakenOver> {
    return takeOver(this.#within, path, options);
  }

  async giveBack(path: string, options: GiveBackOptions = {}): Promise<boolean> {
    return giveBack(this.#within, path, options);
  }

  watch(wake: () => void): () => void {
    return this.#wakes.watch(wake);
  }

  #use(): Batches {
    if (this.#batches !== undefined) {
      this.#renewal.touch();
      return this.#batches;
    }
    throw notStarted();
  }
}
