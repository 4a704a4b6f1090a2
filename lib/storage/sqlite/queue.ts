import { AntomError } from "../../errors.js";
import type { Connection } from "./connection.js";
import { isBusy, unavailable } from "./errors.js";
import type { SqliteFile } from "./file.js";
import { backOff } from "./busy-retry.js";

/** One write: what it does inside a transaction. It may be done again if the transaction did not come about. */
export type Step<T> = (connection: Connection) => T;

interface Member {
  /** Does the step; what it returns tells the caller, and is called once the transaction has been committed. */
  readonly attempt: (connection: Connection) => () => void;
  readonly reject: (error: AntomError) => void;
  readonly since: number;
}

/** Keeps a transaction, and with it the time the event loop stands still, short. */
const GROUP = 256;
const LONGEST_QUEUE = 10_000;
/** How many syncs' time the first of a group may wait for more. */
const PATIENCE = 3;

/**
 * All writes, in the order they were asked for. Those asked for in one turn of the event loop share a transaction, so that
 * a busy shop pays for one sync of the disk instead of hundreds; a caller is answered only when it is committed. Where a sync takes
 * long, turns share one too.
 */
export class WriteQueue {
  readonly #file: SqliteFile;
  readonly #busyTimeout: number;
  #waiting: Member[] = [];
  #isScheduled = false;
  #tries = 0;
  /** How long the last two syncs of the disk took, in milliseconds. */
  #syncs: readonly [number, number] = [0, 0];
  #whenIdle: (() => void)[] = [];

  constructor(file: SqliteFile, busyTimeout: number) {
    this.#file = file;
    this.#busyTimeout = busyTimeout;
  }

  add<T>(step: Step<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length >= LONGEST_QUEUE) {
        reject(
          new AntomError("storage_unavailable", `${LONGEST_QUEUE} writes are already waiting for the SQLite file.`),
        );
        return;
      }
      const attempt = (connection: Connection) => {
        const value = step(connection);
        return () => {
          resolve(value);
        };
      };
      this.#waiting.push({ attempt, reject, since: performance.now() });
      this.#schedule();
    });
  }

  /** Resolves when nothing is waiting. */
  async idle(): Promise<void> {
    if (!this.#isScheduled) return;
    await new Promise<void>((resolve) => {
      this.#whenIdle.push(resolve);
    });
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#gather(0, performance.now());
  }

  /**
   * Those who come while others wait for the disk would wait for it twice, so each turn that brings more makes way for another: for as long as
   * some syncs take, one that was slow by chance not counted. A turn that brings more is a busy one: what waits gives nothing up.
   */
  #gather(seen: number, since: number): void {
    setImmediate(() => {
      const { length } = this.#waiting;
      const isGrowing = length > seen && length < GROUP;
      if (isGrowing && performance.now() - since < PATIENCE * Math.min(...this.#syncs)) this.#gather(length, since);
      else this.#flush();
    });
  }

  readonly #flush = (): void => {
    const group = this.#waiting.slice(0, GROUP);
    try {
      const answers = this.#transaction(group);
      this.#waiting = this.#waiting.slice(group.length);
      this.#tries = 0;
      for (const answer of answers) answer();
    } catch (error) {
      if (isBusy(error)) {
        this.#giveUpOnOld(error);
        if (this.#waiting.length > 0) {
          setTimeout(this.#flush, backOff(this.#tries++));
          return;
        }
      } else {
        this.#waiting = this.#waiting.slice(group.length);
        for (const member of group) member.reject(unavailable(error));
      }
    }
    this.#isScheduled = false;
    if (this.#waiting.length > 0) {
      this.#schedule();
      return;
    }
    this.#tries = 0;
    for (const tell of this.#whenIdle.splice(0)) tell();
  };

  #giveUpOnOld(error: unknown): void {
    const oldest = performance.now() - this.#busyTimeout;
    const old = this.#waiting.filter((member) => member.since <= oldest);
    this.#waiting = this.#waiting.filter((member) => member.since > oldest);
    for (const member of old) member.reject(unavailable(error));
  }

  #transaction(group: readonly Member[]): (() => void)[] {
    try {
      return this.#commit(group, together);
    } catch (error) {
      if (!(error instanceof MemberFailed)) throw error;
      // Savepoints cost a third of the time of a transaction, so they are for when a step has failed.
      return this.#commit(group, apart);
    }
  }

  #commit(group: readonly Member[], attempt: Attempt): (() => void)[] {
    let connection: Connection | undefined;
    let isBegun = false;
    try {
      connection = this.#file.connection();
      connection.exec("BEGIN IMMEDIATE");
      isBegun = true;
      const answers: (() => void)[] = [];
      for (const member of group) answers.push(attempt(connection, member));
      const began = performance.now();
      connection.exec("COMMIT");
      this.#syncs = [this.#syncs[1], performance.now() - began];
      // Nobody is answered for what was written to a log that is no longer there.
      this.#file.checkLog();
      return answers;
    } catch (error) {
      const isClean = !isBegun || connection?.rollback() === true;
      const isHarmless = isBusy(error) || error instanceof MemberFailed;
      if (!isClean || !isHarmless) this.#file.drop();
      throw error;
    }
  }
}

type Attempt = (connection: Connection, member: Member) => () => void;

class MemberFailed extends Error {}

const together: Attempt = (connection, member) => {
  try {
    return member.attempt(connection);
  } catch (error) {
    if (isBusy(error)) throw error;
    throw new MemberFailed("a step has failed", { cause: error });
  }
};

/** Does a member's step so that, if it fails, nothing of it stays and the others of the transaction are not touched. */
const apart: Attempt = (connection, member) => {
  connection.exec("SAVEPOINT member");
  try {
    const answer = member.attempt(connection);
    connection.exec("RELEASE member");
    return answer;
  } catch (error) {
    if (isBusy(error)) throw error;
    try {
      connection.exec("ROLLBACK TO member; RELEASE member");
    } catch {
      // SQLite has undone the whole transaction, as it may when the disk is full.
      throw error;
    }
    return () => {
      member.reject(unavailable(error));
    };
  }
};
