import { isGoing, type JobKind, type JobView } from "../../pages/operations/job-view.js";
import type { Clock, Logger, Random } from "../../ports.js";
import { aTurn } from "./turn.js";
import { messageOf } from "../../thrown.js";

/** How long finished work can be looked at, in milliseconds, and how much of it is remembered at most. */
const REMEMBERED = 60 * 60_000;
const MOST = 50;

/** So many errors in a row, and something other than the single thing is wrong. */
const ERRORS_IN_A_ROW = 20;

/** After so many steps whoever else waits has a turn. */
const AT_ONCE = 10;

/** Long work of one kind. */
export interface Work {
  /** How many there are to go through, where that can be known. */
  readonly total?: () => Promise<number>;
  /** Goes through them; gives undefined for each that went well, and what went wrong for each other. */
  readonly steps: () => AsyncIterable<string | undefined>;
}

/** Long work, in this process: one of each kind at a time, in small steps, and it can be stopped. What it has done it need not do again. */
export interface Jobs {
  /** Begins it, unless it is going on already. */
  start(kind: JobKind, by: string): JobView;
  get(id: string): JobView | undefined;
  /** What goes on and what was done of late, newest first. */
  list(): JobView[];
  /** Asks it to stop after the step it is at. */
  stop(id: string): JobView | undefined;
}

export interface JobsParts {
  readonly works: Readonly<Record<JobKind, Work>>;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

type Job = { -readonly [K in keyof JobView]: JobView[K] };

export function createJobs({ works, clock, random, logger }: JobsParts): Jobs {
  const jobs = new Map<string, Job>();

  const forget = (): void => {
    const oldest = clock.now() - REMEMBERED;
    for (const [id, job] of jobs) {
      if (!isGoing(job) && ((job.endedAt ?? 0) < oldest || jobs.size > MOST)) jobs.delete(id);
    }
  };

  const carryOut = async (job: Job, { total, steps }: Work): Promise<JobView["state"]> => {
    let inARow = 0;
    const count = await total?.();
    if (count !== undefined) job.total = count;
    for await (const error of steps()) {
      job.done++;
      inARow = error === undefined ? 0 : inARow + 1;
      if (error !== undefined) {
        job.errors++;
        job.lastError = error;
      }
      if (job.state === "stopping") return "stopped";
      if (inARow >= ERRORS_IN_A_ROW) return "failed";
      if (job.done % AT_ONCE === 0) await aTurn(clock);
    }
    return "done";
  };

  const run = async (job: Job): Promise<void> => {
    const fields = { kind: job.kind, by: job.by };
    logger.info({ event: "job.started", ...fields }, "long work was begun in the back office");
    try {
      job.state = await carryOut(job, works[job.kind]);
    } catch (error) {
      job.state = "failed";
      job.errors++;
      job.lastError = wordsOf(error);
      logger.error({ event: "job.failed", ...fields, err: error }, "long work of the back office failed");
    }
    job.endedAt = clock.now();
    const { done, errors, state } = job;
    logger.info({ event: "job.ended", ...fields, state, done, errors }, "long work of the back office ended");
  };

  return {
    start(kind, by) {
      forget();
      const going = [...jobs.values()].find((job) => job.kind === kind && isGoing(job));
      if (going !== undefined) return going;
      const id = random(9).toString("base64url");
      const job: Job = { id, kind, state: "running", by, done: 0, errors: 0, startedAt: clock.now() };
      jobs.set(id, job);
      void run(job);
      return job;
    },
    get(id) {
      forget();
      return jobs.get(id);
    },
    list() {
      forget();
      return [...jobs.values()].reverse();
    },
    stop(id) {
      const job = jobs.get(id);
      if (job?.state === "running") job.state = "stopping";
      return job;
    },
  };
}

/** What went wrong, short enough to be shown. */
export const wordsOf = (error: unknown): string => messageOf(error).slice(0, 300);
