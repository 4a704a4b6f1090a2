import { AntomError } from "../../errors.js";
import { isContended, isLost, isPlanForgotten, LeftOpen, notStarted, unavailable } from "./errors.js";
import { type Deadline, deadlineIn, pause } from "./back-off.js";
import { LeftBehind } from "./left-behind.js";
import type { Plans } from "./plans.js";
import type { PostgresClient, PostgresPool } from "./pool.js";
import { isQueryTimeout, Silence, Silences } from "./silence.js";
import { hasTransaction } from "./transaction.js";

/** A statement with its values. */
export interface Statement {
  readonly text: string;
  readonly values: unknown[];
  /** Under which the server keeps its plan. */
  readonly name?: string;
  /** To be planned each time: a table that is mostly empty, and then has many rows, makes a plan of before worthless. */
  readonly isPlannedAnew?: true;
  /** Milliseconds that its answer may take, where that is not as long as for the others of its work. */
  readonly reply?: number;
}

/** Runs statements on one connection. */
export type Run = (statement: Statement) => Promise<readonly unknown[]>;

/** One connection, while it is used. */
export interface Line {
  readonly run: Run;
  readonly client: PostgresClient;
}

export interface Trial extends Line {
  /** Whether an earlier try of the same may have been carried out: its connection was lost before the answer came. */
  readonly isInDoubt: boolean;
}

/**
 * How long a single answer may take, in milliseconds: beyond it the network has swallowed it. It is as long as one keeps trying, within these
 * bounds; what may take longer, since it looks at much, says so.
 */
const SHORTEST_REPLY = 5000;
const LONG_REPLY = 30_000;

const replyWithin = (patience: number): number => Math.min(LONG_REPLY, Math.max(SHORTEST_REPLY, patience));

export interface Bounds {
  /** Milliseconds to go on trying. */
  readonly patience?: number;
  /** Milliseconds that a single answer may take. */
  readonly reply?: number;
}

/** For what may look at much. */
export const LOOKING: Bounds = { reply: LONG_REPLY };

/** Values as the server wrote them: the shop may have given `pg` parsers of its own, for all that use it. */
const AS_WRITTEN = { getTypeParser: () => (value: string) => value };

const ignore = (): void => undefined;

interface Newcomers {
  on(event: "connect", listener: (client: PostgresClient) => void): unknown;
  removeListener(event: "connect", listener: (client: PostgresClient) => void): unknown;
}

/** The server may end a connection in the very moment it is made, before whoever asked for it can listen. */
const hear = (client: PostgresClient): void => {
  client.on("error", ignore);
};

/** The shop's pool, and how it is used: no connection is waited for longer than the patience or a second, none is kept that failed. */
export class Database {
  readonly #pool: PostgresPool;
  readonly #patience: number;
  readonly #plans: Plans;
  readonly #reply: number;
  readonly #silences = new Silences();
  readonly #leftBehind = new LeftBehind((work, bounds) => this.attempt(work, bounds));
  #isOpen = false;
  #isHeard = false;

  constructor(pool: PostgresPool, patience: number, plans: Plans) {
    this.#plans = plans;
    this.#pool = pool;
    this.#patience = patience;
    this.#reply = replyWithin(patience);
  }

  /** What is not asked of every pool: one that tells nothing of its connections as they are made is as good. */
  get #newcomers(): Newcomers {
    return this.#pool as unknown as Newcomers;
  }

  /** How many connections there can be, where the pool tells. */
  get size(): number {
    return this.#pool.options?.max ?? Infinity;
  }

  /** Whether a connection that the server never answers is waited for for ever, and keeps its place in the pool so long. */
  get connectsForEver(): boolean {
    const { options } = this.#pool;
    return options !== undefined && !((options.connectionTimeoutMillis ?? 0) > 0);
  }

  /** An error of an idle connection ends the process where nobody listens; the pool makes another connection by itself. */
  open(): void {
    if (!this.#isHeard) {
      this.#pool.on("error", ignore);
      this.#newcomers.removeListener("connect", hear);
      this.#newcomers.on("connect", hear);
    }
    this.#isHeard = true;
    this.#isOpen = true;
  }

  /** Nothing is asked any more. The connections that were used stay idle in the pool, and are heard until `close`. */
  shut(): void {
    this.#isOpen = false;
  }

  close(): void {
    this.shut();
    // The newcomers are heard on: one that was asked for may still be on its way.
    if (this.#isHeard) this.#pool.removeListener("error", ignore);
    this.#isHeard = false;
  }

  /**
   * Does the work on one connection, again if another transaction was in the way or if the connection was lost, until the
   * patience is over; then rejects with `storage_unavailable`. A silence may last for all of the patience: after it the work is tried on another
   * connection all the same. Other errors are handed on as they are.
   */
  async attempt<T>(
    work: (trial: Trial) => Promise<T>,
    { patience = this.#patience, reply = this.#reply }: Bounds = {},
  ): Promise<T> {
    let deadline = deadlineIn(patience);
    let [isInDoubt, isProlonged] = [false, false];
    for (let tries = 0; ; tries++) {
      const step = { isBegun: false };
      try {
        return await this.once(
          deadline,
          ({ run, client }) => {
            step.isBegun = true;
            return work({ run: (statement) => run(this.#plans.named(statement)), client, isInDoubt });
          },
          reply,
        );
      } catch (error) {
        const wasLost = error instanceof LostInWork;
        isInDoubt ||= wasLost;
        const cause: unknown = wasLost ? error.cause : error;
        const isForgotten = isPlanForgotten(cause);
        if (isForgotten) this.#plans.forgo();
        if (!wasLost && !isForgotten && !isContended(cause) && !isLost(cause)) {
          // Where no connection could be made, a try before may still have been carried out: that is not to be forgotten.
          throw isInDoubt && !step.isBegun ? unavailable(cause) : cause;
        }
        if (deadline.isOver()) {
          if (isProlonged || !(cause instanceof Silence)) throw unavailable(cause);
          isProlonged = true;
          deadline = deadlineIn(Math.max(patience, SHORTEST_REPLY));
        }
      }
      await pause(tries);
    }
  }

  /** A statement that changes nothing, or may be made any number of times. */
  read(text: string, ...values: unknown[]): Promise<readonly unknown[]> {
    return this.ask({ text, values });
  }

  /** As `read`, for a statement that says how it is to be planned; to be handed on where a `Run` is wanted. */
  readonly ask: Run = (statement) => this.#asked(statement);

  /** As `ask`, for a statement that may look at much before it answers. */
  readonly askForMuch: Run = (statement) => this.#asked(statement, LOOKING);

  async #asked(statement: Statement, bounds?: Bounds): Promise<readonly unknown[]> {
    try {
      return await this.attempt(({ run }) => run(statement), bounds);
    } catch (error) {
      throw unavailable(error);
    }
  }

  /**
   * Does the work on one connection. Rejects with LostInWork where the connection was lost once the work had begun, or turns out to have come
   * with a transaction: that is looked at when the work is done, since what the shop left on the connection may have been under way until then.
   */
  async once<T>(deadline: Deadline, work: (line: Line) => Promise<T>, reply = this.#reply): Promise<T> {
    if (!this.#isOpen) throw notStarted();
    const client = await this.#connection(deadline);
    client.on("error", ignore);
    let isBroken = false;
    try {
      const result = await work(this.#lineOn(client, reply));
      if (hasTransaction(client)) throw new LeftOpen();
      return result;
    } catch (error) {
      isBroken = isLost(error);
      throw isBroken ? new LostInWork("the connection was lost", { cause: error }) : error;
    } finally {
      client.removeListener("error", ignore);
      client.release(isBroken || hasTransaction(client));
    }
  }

  /** A connection to keep; whoever asked for it releases it, and hears its errors. */
  async keep(): Promise<Line> {
    if (!this.#isOpen) throw notStarted();
    return this.#lineOn(await this.#connection(deadlineIn(this.#patience)), this.#reply);
  }

  #lineOn(client: PostgresClient, reply: number): Line {
    return { client, run: (statement) => this.#answer(client, statement, statement.reply ?? reply) };
  }

  async #answer(client: PostgresClient, statement: Statement, reply: number): Promise<readonly unknown[]> {
    const sentAt = performance.now();
    const silence = (how = `within ${reply / 1000} seconds`): Error => {
      this.#silences.fell(sentAt);
      this.#leftBehind.add(client, statement);
      return new Silence(`PostgreSQL did not answer ${how}`);
    };
    try {
      const { rows } = await within(client.query({ ...statement, types: AS_WRITTEN }), reply, silence);
      this.#silences.heard(client);
      return rows;
    } catch (error) {
      throw isQueryTimeout(error) ? silence("within the pool's query_timeout") : error;
    }
  }

  /** One of the pool's that can be expected to answer. */
  async #connection(deadline: Deadline): Promise<PostgresClient> {
    for (;;) {
      const client = await this.#next(deadline);
      if (!this.#silences.isLikely(client)) return client;
      client.release(true);
    }
  }

  /** One of the pool's, which is given back if it comes when nobody waits for it any more. */
  async #next(deadline: Deadline): Promise<PostgresClient> {
    let isLate = false;
    const pending = this.#pool.connect();
    pending.then(
      (client) => {
        if (isLate) client.release();
      },
      () => undefined,
    );
    const tooLate = (): Error => {
      isLate = true;
      return new AntomError(
        "storage_unavailable",
        "No connection of the pool became free in time: give it a larger `max`, or look for what keeps its connections." +
          (this.connectsForEver
            ? " It has no `connectionTimeoutMillis`: those that a silent server has not answered keep their places."
            : ""),
      );
    };
    return within(pending, deadline.leftToConnect(), tooLate);
  }
}

/** The connection was lost while the work was under way. */
export class LostInWork extends Error {}

const within = async <T>(pending: Promise<T>, ms: number, late: () => Error): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(late());
    }, ms);
  });
  try {
    return await Promise.race([pending, timeUp]);
  } finally {
    clearTimeout(timer);
  }
};
