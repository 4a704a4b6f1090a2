import { AntomError } from "../../errors.js";
import type { Database, Trial } from "./database.js";
import { notStarted, unavailable } from "./errors.js";
import { deadlineIn } from "./back-off.js";

/** What a request is answered with that is to be made once more, because somebody else was at work on the same. */
export const AGAIN = Symbol("again");

export interface Work<Request, Answer> {
  /** Requests that share a key do not go into one batch. */
  readonly keysOf: (request: Request) => readonly string[];
  /** Makes all of the requests or none, and answers them in their order. */
  readonly run: (trial: Trial, requests: readonly Request[]) => Promise<readonly (Answer | typeof AGAIN)[]>;
}

interface Member<Request, Answer> {
  readonly request: Request;
  readonly keys: readonly string[];
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: AntomError) => void;
  readonly since: number;
  isInDoubt: boolean;
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
 */
export class Batch<Request, Answer> {
  readonly #database: Database;
  readonly #work: Work<Request, Answer>;
  readonly #limits: BatchLimits;
  #waiting: Member<Request, Answer>[] = [];
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
    if (this.#waiting.length >= LONGEST_QUEUE) {
      const message = `${LONGEST_QUEUE} requests are already waiting for PostgreSQL.`;
      return Promise.reject(new AntomError("storage_unavailable", message));
    }
    return new Promise((resolve, reject) => {
      const keys = this.#work.keysOf(request);
      this.#waiting.push({ request, keys, resolve, reject, since: performance.now(), isInDoubt: false });
      this.#schedule();
    });
  }

  /** Takes no more, and resolves when everything that was asked for has been answered. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#waiting.length === 0 && this.#underWay === 0) return;
    await new Promise<void>((resolve) => {
      this.#whenIdle.push(resolve);
    });
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
    if (this.#waiting.length > 0) this.#schedule();
    else if (this.#underWay === 0) for (const tell of this.#whenIdle.splice(0)) tell();
  }

  /** The next ones that can go together. */
  #take(): Member<Request, Answer>[] {
    const taken: Member<Request, Answer>[] = [];
    const left: Member<Request, Answer>[] = [];
    const keys = new Set<string>();
    for (const member of this.#waiting) {
      if (taken.length === SIZE || member.keys.some((key) => keys.has(key))) left.push(member);
      else taken.push(member);
      for (const key of member.keys) keys.add(key);
    }
    this.#waiting = left;
    return taken;
  }

  async #send(members: readonly Member<Request, Answer>[]): Promise<void> {
    try {
      const answers = await this.#made(members);
      for (const [nth, answer] of answers.entries()) {
        const member = members[nth];
        if (member !== undefined) this.#answer(member, answer);
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

  /** One of them makes the statement fail. Where the server is away meanwhile, or slow, the others are not all to wait for it one by one. */
  async #sendApart(members: readonly Member<Request, Answer>[]): Promise<void> {
    const deadline = deadlineIn(this.#limits.patience);
    for (const member of members) {
      if (deadline.isOver()) member.reject(new AntomError("storage_unavailable", "PostgreSQL is too slow."));
      else await this.#send([member]);
    }
  }

  #made(members: readonly Member<Request, Answer>[]): Promise<readonly (Answer | typeof AGAIN)[]> {
    const requests = members.map(({ request }) => request);
    const wasInDoubt = members.some((member) => member.isInDoubt);
    return this.#database.attempt((trial) => {
      const isInDoubt = wasInDoubt || trial.isInDoubt;
      if (isInDoubt) for (const member of members) member.isInDoubt = true;
      return this.#work.run({ ...trial, isInDoubt }, requests);
    });
  }

  #answer(member: Member<Request, Answer>, answer: Answer | typeof AGAIN): void {
    if (answer !== AGAIN) {
      member.resolve(answer);
      return;
    }
    if (performance.now() - member.since > this.#limits.patience) {
      member.reject(new AntomError("storage_unavailable", "Other transactions were in the way for too long."));
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

const isAway = (error: unknown): boolean => error instanceof AntomError && error.code === "storage_unavailable";
