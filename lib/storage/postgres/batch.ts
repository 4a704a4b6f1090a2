import { AntomError } from "../../errors.js";
import type { Database, Trial } from "./database.js";
import { isHeldUp, notStarted, unavailable } from "./errors.js";
import { backOff, deadlineIn } from "./back-off.js";

/** What a request is answered with that is to be made once more, because somebody else was at work on the same. */
export const AGAIN = Symbol("again");

export interface BatchTrial extends Trial {
  /** A work that can tell is not to wait for rows that another transaction has locked, and answers AGAIN for those that need them. */
  readonly isPassingOver: boolean;
}

export interface Work<Request, Answer> {
  /** Requests that share a key do not go into one batch. */
  readonly keysOf: (request: Request) => readonly string[];
  /** Makes all of the requests or none, and answers them in their order. */
  readonly run: (trial: BatchTrial, requests: readonly Request[]) => Promise<readonly (Answer | typeof AGAIN)[]>;
}

interface Member<Request, Answer> {
  readonly request: Request;
  readonly keys: readonly string[];
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: AntomError) => void;
  readonly since: number;
  isInDoubt: boolean;
  /** Another transaction has had a row locked that it may need, for longer than is waited for. */
  isHeldUp: boolean;
  /** How often it was to be made once more. */
  timesAgain: number;
  /** What it was refused with when it was last made alone. */
  refusal?: AntomError | undefined;
}

/** What a batch is answered with that came to a row which stayed locked; nothing of it has happened. */
interface HeldUp {
  readonly heldUp: unknown;
}

export interface BatchLimits {
  /** How many batches may be under way at once. */
  readonly width: number;
  /** Milliseconds. */
  readonly patience: number;
}

const SIZE = 128;
const LONGEST_QUEUE = 10_000;

/**
 * Requests of one kind, in the order they were asked for. Those asked for in one turn of the event loop, and while others are under
 * way, go to the server together: one statement, one commit, one sync of its disk. Each is answered for itself, when its batch is
 * committed; where one of them makes the statement fail, each is made alone.
 *
 * Where a row stays locked, as by an instance that froze in the middle of a transaction, the others do not wait for it: the batch is made without
 * those that need it, which are put aside and tried again until the patience is over.
 */
export class Batch<Request, Answer> {
  readonly #database: Database;
  readonly #work: Work<Request, Answer>;
  readonly #limits: BatchLimits;
  #waiting: Member<Request, Answer>[] = [];
  readonly #aside = new Set<Member<Request, Answer>>();
  #underWay = 0;
  #isScheduled = false;
  #isClosed = false;
  #whenIdle: (() => void)[] = [];

  constructor(database: Database, work: Work<Request, Answer>, limits: BatchLimits) {
    this.#database = database;
    this.#work = work;
    this.#limits = limits;
  }

  add(request: Request): Promise<Answer> {
    if (this.#isClosed) return Promise.reject(notStarted());
    if (this.#waiting.length + this.#aside.size >= LONGEST_QUEUE) {
      const message = `${LONGEST_QUEUE} requests are already waiting for PostgreSQL.`;
      return Promise.reject(new AntomError("storage_unavailable", message));
    }
    return new Promise((resolve, reject) => {
      const keys = this.#work.keysOf(request);
      const since = performance.now();
      const marks = { isInDoubt: false, isHeldUp: false, timesAgain: 0 };
      this.#waiting.push({ request, keys, resolve, reject, since, ...marks });
      this.#schedule();
    });
  }

  /** Takes no more, and resolves when everything that was asked for has been answered. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#isIdle()) return;
    await new Promise<void>((resolve) => {
      this.#whenIdle.push(resolve);
    });
  }

  #isIdle(): boolean {
    return this.#waiting.length === 0 && this.#underWay === 0 && this.#aside.size === 0;
  }

  #schedule(): void {
    if (this.#isScheduled || this.#underWay >= this.#limits.width) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      void this.#flush();
    });
  }

  async #flush(): Promise<void> {
    const members = this.#take();
    if (members.length === 0) return;
    this.#underWay++;
    if (this.#waiting.length > 0) this.#schedule();
    await this.#send(members);
    this.#underWay--;
    this.#goOn();
  }

  #goOn(): void {
    if (this.#waiting.length > 0) this.#schedule();
    else if (this.#isIdle()) for (const tell of this.#whenIdle.splice(0)) tell();
  }

  /** The next ones that can go together. */
  #take(): Member<Request, Answer>[] {
    const taken: Member<Request, Answer>[] = [];
    const left: Member<Request, Answer>[] = [];
    const keys = new Set<string>();
    const heldUp = new Set([...this.#aside].flatMap((member) => (member.isHeldUp ? member.keys : [])));
    for (const member of this.#waiting) {
      member.isHeldUp ||= member.keys.some((key) => heldUp.has(key));
      if (taken.length === SIZE || member.keys.some((key) => keys.has(key))) left.push(member);
      else taken.push(member);
      for (const key of member.keys) keys.add(key);
    }
    this.#waiting = left;
    return taken;
  }

  async #send(members: readonly Member<Request, Answer>[]): Promise<void> {
    // Beside one that has been held up nobody waits for a lock.
    const isPassingOver = members.some(({ isHeldUp }) => isHeldUp);
    try {
      const answers = await this.#made(members, isPassingOver);
      if ("heldUp" in answers) {
        await this.#sendPast(members, isPassingOver, answers);
        return;
      }
      for (const [nth, answer] of answers.entries()) {
        const member = members[nth];
        if (member !== undefined) this.#answer(member, answer, isPassingOver);
      }
    } catch (error) {
      if (members.length > 1 && !isAway(error)) {
        await this.#sendApart(members);
        return;
      }
      for (const member of members) member.reject(unavailable(error));
      this.#giveUpOnOld(error);
    }
  }

  /** Some row stays locked: first all together without those that need it, and where the work cannot tell which these are, each alone. */
  async #sendPast(
    members: readonly Member<Request, Answer>[],
    hasPassedOver: boolean,
    { heldUp }: HeldUp,
  ): Promise<void> {
    const [member] = members;
    if (!hasPassedOver) {
      for (const each of members) each.isHeldUp = true;
      await this.#send(members);
    } else if (members.length > 1) await this.#sendApart(members);
    else if (member !== undefined) {
      member.refusal = refusalOf(member, heldUp);
      this.#putAside(member);
    }
  }

  /** One of them makes the statement fail. Where the server is away meanwhile, or slow, the others are not all to wait for it one by one. */
  async #sendApart(members: readonly Member<Request, Answer>[]): Promise<void> {
    const deadline = deadlineIn(this.#limits.patience);
    for (const member of members) {
      if (deadline.isOver()) member.reject(new AntomError("storage_unavailable", "PostgreSQL is too slow."));
      else await this.#send([member]);
    }
  }

  #made(
    members: readonly Member<Request, Answer>[],
    isPassingOver: boolean,
  ): Promise<readonly (Answer | typeof AGAIN)[] | HeldUp> {
    const requests = members.map(({ request }) => request);
    const wasInDoubt = members.some((member) => member.isInDoubt);
    return this.#database.attempt(async (trial) => {
      const isInDoubt = wasInDoubt || trial.isInDoubt;
      if (isInDoubt) for (const member of members) member.isInDoubt = true;
      try {
        return await this.#work.run({ ...trial, isInDoubt, isPassingOver }, requests);
      } catch (error) {
        if (isHeldUp(error)) return { heldUp: error };
        throw error;
      }
    });
  }

  #answer(member: Member<Request, Answer>, answer: Answer | typeof AGAIN, isPassingOver: boolean): void {
    if (answer !== AGAIN) member.resolve(answer);
    else {
      member.isHeldUp ||= isPassingOver;
      member.refusal = undefined;
      // Somebody who only came between is gone by now.
      if (!member.isHeldUp && member.timesAgain++ === 0) this.#putBack(member);
      else this.#putAside(member);
    }
  }

  /** For a moment, longer each time. What is asked meanwhile of the same as one that is held up does not wait for a lock either. */
  #putAside(member: Member<Request, Answer>): void {
    this.#aside.add(member);
    setTimeout(() => {
      this.#aside.delete(member);
      this.#putBack(member);
      this.#goOn();
    }, backOff(member.timesAgain++));
  }

  #putBack(member: Member<Request, Answer>): void {
    if (performance.now() - member.since > this.#limits.patience) {
      member.reject(member.refusal ?? refusalOf(member));
      return;
    }
    this.#waiting.push(member);
  }

  /** Where the server is away nobody waits for longer than the patience, however many are before. */
  #giveUpOnOld(error: unknown): void {
    if (!isAway(error)) return;
    const oldest = performance.now() - this.#limits.patience;
    const old = this.#waiting.filter((member) => member.since <= oldest);
    this.#waiting = this.#waiting.filter((member) => member.since > oldest);
    for (const member of old) member.reject(unavailable(error));
  }
}

/** What is in the way of one whose first try was not answered may be that very try, at the server still. */
function refusalOf({ isInDoubt }: { readonly isInDoubt: boolean }, error?: unknown): AntomError {
  if (isInDoubt) {
    return new AntomError(
      "storage_unavailable",
      "PostgreSQL did not answer within the time there is, and may be at it still.",
    );
  }
  return error === undefined
    ? new AntomError("storage_unavailable", "Other transactions were in the way for too long.")
    : unavailable(error);
}

const isAway = (error: unknown): boolean => error instanceof AntomError && error.code === "storage_unavailable";
