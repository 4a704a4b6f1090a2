import type { Attention } from "../payment/attention.js";
import type { JournalEntry } from "../payment/journal.js";
import type { Payment, PaymentStatus } from "../payment/payment.js";
import type { StoredCard } from "../payment/stored-card.js";
import type { DeliverTask, Task, TaskChange } from "../payment/task.js";
import type { Overview, OverviewRange } from "./overview.js";

export type { Declines, DeliveryCounts, HeldMoney, Overview, OverviewDay, OverviewRange } from "./overview.js";

/**
 * Where payments are kept: exactly the atomic steps the ledger needs, so that any database with a conditional write can
 * be an adapter. When `open` or `commit` resolves, the change is durable: a power cut does not undo it.
 *
 * A step that cannot be done rejects with an AntomError `storage_unavailable` (or any error); nothing of it has then
 * happened, or it has happened entirely and a repeat of the step finds that out. What is handed in is not kept by
 * reference and what is handed out may be changed by the caller.
 */
export interface Storage {
  /** Makes ready: connects, migrates, checks that commits are durable. Called once before anything else; calling it again is harmless. */
  start(): Promise<void>;
  /** Lets go of what `start` took; a connection the shop handed in stays open. */
  stop(): Promise<void>;

  /**
   * Inserts the payment with its opening entry and tasks, unless the order already has a live payment, whether the new one would be live or
   * not. Answers with the one that is live, and whether it is the new one. To open the very same live payment again adds nothing, and answers
   * with it as it is stored now.
   */
  open(opening: Opening): Promise<{ payment: Payment; isNew: boolean }>;

  /**
   * Stores the payment, its journal entries and its tasks, all or nothing, and only if the stored version is `expectedVersion`.
   * Its `id`, `orderId`, `amount`, `buyer` and `createdAt` are those it was opened with.
   */
  commit(change: Change): Promise<CommitOutcome>;

  /**
   * Stores a task of a payment that is left as it is. Durable when it resolves. False, and nothing stored, if there is no such payment, or
   * a task of that id already. (One that is being claimed in that very moment may be missed: then the new one is stored, and waits until it is done.)
   */
  defer(task: DeferredTask): Promise<boolean>;

  get(id: string): Promise<Payment | undefined>;
  /** By Antom's `paymentId`; the newest, should it be told of several. */
  find(by: { paymentId: string }): Promise<Payment | undefined>;
  /** All payments of an order, newest first. */
  findByOrder(orderId: string): Promise<Payment[]>;
  /**
   * A page of payments, newest by `createdAt` first: those that meet all that is asked for. Following `next` gives each once, also where
   * many share a millisecond. Rejects with `request_invalid` where the limit, the place, the amount or the attention is none.
   */
  list(query: ListQuery): Promise<Page<Payment>>;
  /**
   * How the payments of some days went, and what is held and waiting now. It need not be of one moment: what is committed meanwhile may
   * be counted or not. Rejects with `request_invalid` for times that are none, backwards, or more than 100 days apart.
   */
  overview(range: OverviewRange): Promise<Overview>;
  /** A payment's history, oldest first. */
  journal(id: string): Promise<JournalEntry[]>;

  /**
   * Takes tasks that are due for the length of the lease, each for one worker only, oldest first by when it could be claimed: its due time,
   * or the end of a lease that ran out. A task whose lease ran out can be taken again. Of one payment at most one `deliver` task is out at a time, and never one with an earlier one (a lower
   * `sequence`) still waiting, whether that one is due or not; an earlier one that is dead holds up nothing. Beside others that claim it may
   * give less than is due: whoever claims again, until nothing is given, has been given all.
   */
  claim(request: ClaimRequest): Promise<ClaimedTask[]>;

  /** Says what became of a claimed task. False, and no change, if the lease was lost: taken by another, or the task replaced meanwhile. */
  settle(task: ClaimedTask, outcome: TaskOutcome): Promise<boolean>;

  /**
   * Tasks as they stand, for people: in the order in which they were first stored, newest first; one that is put anew keeps its place, and what
   * was deferred may take its place when it is first looked for. Other tasks than `deliver` may be gone once they are done. Rejects with
   * `request_invalid` where the limit or the place is none.
   */
  tasks(query: TaskQuery): Promise<Page<TaskRecord>>;

  /**
   * Makes a dead or waiting task due at `now` with its attempts at nought, taking it from whoever holds it. A `deliver` task still
   * waits for its turn, and for the lease of a later one that is out. False if there is no such task or it is done.
   */
  redrive(id: string, now: number): Promise<boolean>;

  /**
   * Removes payments that are at rest (see `restsSince` in payment/at-rest.ts), those that rest longest first, with their journals and
   * delivered events, each whole or not at all. A payment of which any other task is left, waiting or dead, stays. Answers how many, which
   * may be fewer than the limit so that nobody else has to wait long: 0 says that none is left. Rejects with `request_invalid` where the limit is none.
   */
  prune(request: PruneRequest): Promise<number>;

  /**
   * Optional, for databases where the shop has tables of its own: does the work inside the transaction in which the claimed task is marked
   * done, so that both come about or neither. What `work` is handed is the database's own. False, and the work undone or not begun, if the
   * lease was lost; rejects, with nothing changed, with what the work rejects with. Once that has happened, what the work was handed is of
   * no more use to it: it may still be running.
   */
  settleWithin?(task: ClaimedTask, work: (transaction: unknown) => Promise<void>): Promise<boolean>;

  /**
   * Optional: has `wake` called when another process may have stored something that is due. A hint that may get lost: the worker also looks
   * by itself. Answers with what ends it. May be called before `start`; after `stop`, as after its end, nobody is told.
   */
  watch?(wake: () => void): () => void;

  /** Optional: what it is, once started, for people. `npx express-antom check` and `migrate` say so. */
  describe?(): Promise<StorageDescription>;

  /** Card tokens by buyer. They are sealed before they come here, so every adapter keeps them encrypted. */
  readonly cards: CardStorage;
}

/** What a storage says of itself. */
export interface StorageDescription {
  /** A name for programs, such as "sqlite". */
  readonly kind: string;
  /** What it is and how it keeps what it is given, in one sentence without its full stop. */
  readonly text: string;
  /** False where a power cut undoes what was committed. */
  readonly isDurable: boolean;
  /** What somebody should see to, if anything. */
  readonly advice?: string;
}

/** Where buyers' cards are kept. Durable when a step resolves, like everything else. */
export interface CardStorage {
  /**
   * With version 1 inserts the card unless there is one of that id; with version n replaces it if the stored one has version n - 1 and
   * the same buyer. False, and no change, otherwise: a card that was removed is never brought back by somebody who had read it before.
   */
  put(card: StoredCard): Promise<boolean>;
  /** All cards of a buyer, newest by `createdAt` first, then by id. */
  list(buyer: string): Promise<StoredCard[]>;
  get(id: string): Promise<StoredCard | undefined>;
  /** Erases the card if it is that buyer's. False if there is none such. */
  remove(id: string, buyer: string): Promise<boolean>;
}

/** A new payment, with what is stored together with it: `storage.open`. */
export interface Opening {
  /** Its `id` is new. */
  readonly payment: Payment;
  readonly isLive: boolean;
  readonly entry: JournalEntry;
  readonly tasks: readonly Task[];
}

/** A changed payment, with what is stored together with it: `storage.commit`. */
export interface Change {
  readonly payment: Payment;
  /** Whether the payment, as changed, is live: the storage lets an order have one such payment. */
  readonly isLive: boolean;
  readonly expectedVersion: number;
  readonly entries: readonly JournalEntry[];
  /** Of this payment only. One that takes another's place starts afresh, with no attempts and no error, and whoever holds the old one has lost its lease. */
  readonly tasks: readonly TaskChange[];
}

/** Events come from what changes a payment, and are never stored without it. */
export type DeferredTask = Exclude<Task, DeliverTask>;

/** "stale": the version has moved on; "occupied": another payment of the order is live. Nothing was changed in either case. */
export type CommitOutcome = "committed" | "stale" | "occupied";

/** Which tasks are claimed: those that are due by `now`, `limit` of them at most, each for `lease` milliseconds. */
export interface ClaimRequest {
  /** Epoch milliseconds. */
  readonly now: number;
  /** Milliseconds. */
  readonly lease: number;
  readonly limit: number;
}

/** Which payments are removed: `storage.prune`. */
export interface PruneRequest {
  /** Those that never had money taken (see `isPaid` in payment/at-rest.ts), and rest since before this time: epoch milliseconds, whole. 0 removes none. */
  readonly unpaidBefore: number;
  /** Those that had, and rest since before this time: epoch milliseconds, whole. 0 removes none. */
  readonly paidBefore: number;
  /** From 1; how many to remove at most. */
  readonly limit: number;
}

/** Waiting, until it is done or given up ("dead"). */
export type TaskState = "waiting" | "done" | "dead";

/** A task that nobody else is given before its lease ends. */
export interface ClaimedTask {
  /** With `dueAt` as it was last put off to. */
  readonly task: Task;
  /** How many times it has been claimed, this time included; those not counted that it was given back untried. */
  readonly attempts: number;
  /** Names this claim, unlike any other in any process: `settle` is refused once another claim has been made. */
  readonly lease: string;
  /** Where the claim before this one was never settled: its lease ran out, as when its process died. */
  readonly isTakenOver?: true;
}

/** What became of a claimed task: `storage.settle`. */
export type TaskOutcome =
  | { readonly done: true }
  /**
   * Try again at a time, epoch milliseconds. `error` is kept for people to read: a mark may stand for what a database cannot keep, half a
   * surrogate pair. Where it is given back untried, this claim does not count among its attempts.
   */
  | { readonly again: number; readonly error?: string; readonly isUntried?: true }
  /** Given up, until somebody redrives it. */
  | { readonly dead: string };

/** A task as the storage has it, for people to look at. */
export interface TaskRecord {
  /** With `dueAt` as it was last put off to. */
  readonly task: Task;
  readonly state: TaskState;
  readonly attempts: number;
  readonly lastError?: string;
}

/** Which tasks are listed; all, where nothing is asked for. */
export interface TaskQuery {
  readonly kind?: Task["kind"];
  readonly state?: TaskState;
  /** The payment's id. */
  readonly payment?: string;
  /** From 1; an adapter may give fewer than were asked for, with `next`. */
  readonly limit: number;
  /** The `next` of the page before. */
  readonly after?: string;
}

/** Which payments are listed; all, where nothing is asked for. Of several filters all must hold. */
export interface ListQuery {
  readonly status?: PaymentStatus;
  readonly conflict?: boolean;
  readonly orderId?: string;
  /** The shop's own id of the buyer. */
  readonly buyer?: string;
  /** What was asked for when the payment was opened, in minor units; of any currency unless one is given. */
  readonly amount?: string;
  readonly currency?: string;
  /** Why a person should look at it. */
  readonly attention?: Attention;
  /** Any of its four names, exactly: its id, Antom's `paymentId`, the order's id, or the buyer's. */
  readonly search?: string;
  /** Created at or after, epoch milliseconds. */
  readonly from?: number;
  /** Created before, epoch milliseconds. */
  readonly to?: number;
  /** From 1; an adapter may give fewer than were asked for, with `next`. */
  readonly limit: number;
  /** The `next` of the page before. */
  readonly after?: string;
}

/** A part of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Hand this back as `after` for the next page; absent on the last. */
  readonly next?: string;
}
