import type { TaskKind } from "../payment/task.js";
import { turnOfTheLoop, type Clock, type Logger, type Random } from "../ports.js";
import type { ClaimedTask, Storage, TaskOutcome } from "../storage/storage.js";
import { codeOf, type Note, type Telemetry } from "../telemetry.js";
import { createCalls } from "./gateway-calls.js";
import { messageOf } from "../thrown.js";

/**
 * How long a claim holds, in milliseconds: longer than a hook and the end of its transaction may take (`hookTimeout` in
 * configuration/checks.ts at most, and TRANSACTION_GRACE). What a killed process had in hand is taken over when it ends and another one
 * looks, within half a minute.
 *
 * A task of two calls may outlast it and lose its lease: an inquiry and then the pay call again take twice `gatewayTimeout`. Whoever takes
 * it over then makes the same calls, which is harmless, since the request ids are the same.
 */
export const LEASE = 28_000;

/**
 * How many tasks may run at once; those that have run for SLOW milliseconds no longer count, so that hanging hooks hold up nobody. (Of those that
 * call Antom there are never more than CALLS_AT_MOST.)
 */
const CONCURRENCY = 64;
const SLOW = 250;
/** And how many may hang altogether, for the memory's sake. */
const HANGING_AT_MOST = 10_000;

/**
 * For how long tasks are begun one after the other, in milliseconds, before the event loop gets its turn: what has ended meanwhile is settled
 * then, however long the others take to be begun.
 */
const STRETCH = 10;

/** How long to wait before a task whose handling itself failed (the storage was away) is tried again, in milliseconds. */
const AFTER_FAILURE = 5_000;

/** Where it is to give way to those who wait for an answer, the worker takes so many tasks at most, and then pauses. */
export const RUSH_SHARE = 8;

/** What a handler says of its task: what is to become of it, or that this is settled, by it or by whoever has taken it over. */
export type Handled = TaskOutcome | { readonly settled: true };

/** How long after a look that another process's hint caused the next hint is heeded, in milliseconds: a busy neighbour is not echoed. */
export const HINT_GAP = 50;

export type TaskHandler = (claimed: ClaimedTask) => Promise<Handled>;

export interface WorkerParts {
  readonly storage: Storage;
  readonly handlers: Readonly<Record<TaskKind, TaskHandler>>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly telemetry: Telemetry;
  /** Scatters what is put off. */
  readonly random: Random;
  /** Milliseconds between looks at the storage when nothing wakes the worker. */
  readonly pollInterval: number;
  /** How long to pause after a few tasks, in milliseconds, to give way to those who wait for an answer; 0 while nobody does. */
  readonly pause?: () => number;
}

/** Takes due tasks from the storage and carries them out. Any number of processes may each have one. */
export interface Worker {
  /** From now on it looks by itself, when it is woken, and when the storage tells of what other processes stored. */
  start(): void;
  /** Takes no more tasks and waits for those in hand, for `grace` milliseconds at most. */
  stop(grace: number): Promise<void>;
  /** There may be something due now. */
  wake(): void;
  /** Carries out everything that is due now and what that makes due at once; answers with how many tasks that was. For tests and scripts without a running worker. */
  runDue(): Promise<number>;
}

const noPause = (): number => 0;

export function createWorker({
  storage,
  handlers,
  clock,
  logger,
  telemetry,
  random,
  pollInterval,
  pause = noPause,
}: WorkerParts): Worker {
  const calls = createCalls(clock, random);
  const inHand = new Set<Promise<void>>();
  let hanging = 0;
  let running = false;
  let looking = false;
  let lastLook = Promise.resolve();
  let wanted = false;
  let cancelPoll = (): void => undefined;
  let givingWay = false;
  let cancelPause = (): void => undefined;
  let resting = false;
  let hinted = false;
  let endWatch = (): void => undefined;
  let cancelRest = (): void => undefined;

  const carryOut = (claimed: ClaimedTask): Promise<void> => {
    const { task, attempts } = claimed;
    const about = { task: task.kind, payment_id: task.payment, attempt: attempts };
    return telemetry.span("express-antom.task", about, (note) => handled(claimed, note));
  };

  const handled = async (claimed: ClaimedTask, note: Note<"express-antom.task">): Promise<void> => {
    const { task } = claimed;
    let outcome: Handled;
    try {
      outcome = await handlers[task.kind](claimed);
    } catch (error) {
      note({ error: codeOf(error) });
      logger.warn(
        { event: "task.failed", payment: task.payment, task: task.id, kind: task.kind, err: error },
        "a task could not be carried out",
      );
      outcome = { again: clock.now() + AFTER_FAILURE, error: messageOf(error) };
    }
    if (!("settled" in outcome)) await settle(claimed, outcome, note);
  };

  const settle = async (
    claimed: ClaimedTask,
    outcome: TaskOutcome,
    note?: Note<"express-antom.task">,
  ): Promise<void> => {
    const { task } = claimed;
    try {
      await storage.settle(claimed, outcome);
    } catch (error) {
      // Not settled: the lease runs out and the task is taken again. Every handler is made for that.
      note?.({ error: codeOf(error) });
      logger.warn(
        { event: "task.unsettled", payment: task.payment, task: task.id, kind: task.kind, err: error },
        "a task could not be settled",
      );
    }
  };

  /** Carries a task out; or puts it off at once, if it calls Antom and too many do, so that what is due after it can be claimed. */
  const carryOutOrPutOff = async (claimed: ClaimedTask): Promise<void> => {
    const { task } = claimed;
    if (!calls.enter(task)) return settle(claimed, calls.putOff());
    try {
      await carryOut(claimed);
    } finally {
      calls.leave(task);
    }
  };

  /**
   * Begins what was claimed at a time, until its leases are over: what is left then is another's, by which it may have been carried out, and
   * what came after it too. Answers with how many it began.
   */
  const begin = async (
    claimed: readonly ClaimedTask[],
    at: number,
    beginOne: (claimed: ClaimedTask) => void,
  ): Promise<number> => {
    let since = clock.now();
    for (const [nth, each] of claimed.entries()) {
      if (clock.now() - since >= STRETCH) {
        await turnOfTheLoop();
        since = clock.now();
      }
      if (clock.now() - at >= LEASE) {
        const left = claimed.length - nth;
        logger.warn(
          { event: "worker.late", left },
          "tasks were claimed, and their leases were over before they could be begun; they are left to whoever has them now",
        );
        return nth;
      }
      beginOne(each);
    }
    return claimed.length;
  };

  const take = (claimed: ClaimedTask): void => {
    let isHanging = false;
    const cancelSlow = clock.after(SLOW, () => {
      isHanging = true;
      hanging++;
      worker.wake();
    });
    const done: Promise<void> = carryOutOrPutOff(claimed).finally(() => {
      cancelSlow();
      if (isHanging) hanging--;
      inHand.delete(done);
      worker.wake();
    });
    inHand.add(done);
  };

  const free = (): number => (hanging >= HANGING_AT_MOST ? 0 : Math.max(0, CONCURRENCY - (inHand.size - hanging)));

  const look = async (): Promise<void> => {
    if (looking) return;
    looking = true;
    try {
      while (running && wanted && !givingWay) {
        wanted = false;
        const limit = pause() > 0 ? Math.min(free(), RUSH_SHARE) : free();
        if (limit === 0) break;
        const at = clock.now();
        const claimed = await storage.claim({ now: at, lease: LEASE, limit });
        await begin(claimed, at, take);
        giveWay(pause());
        if (claimed.length === limit) wanted = true;
      }
    } catch (error) {
      logger.error({ event: "worker.failed", err: error }, "the worker could not reach the storage; it will try again");
    } finally {
      looking = false;
    }
  };

  const giveWay = (milliseconds: number): void => {
    if (milliseconds === 0 || !running) return;
    givingWay = true;
    cancelPause = clock.after(milliseconds, () => {
      givingWay = false;
      worker.wake();
    });
  };

  const poll = (): void => {
    cancelPoll = clock.after(pollInterval, () => {
      worker.wake();
      if (running) poll();
    });
  };

  /** However many hints the storage gives, they cause one look in HINT_GAP. */
  const hint = (): void => {
    if (!running) return;
    if (resting) {
      hinted = true;
      return;
    }
    resting = true;
    hinted = false;
    cancelRest = clock.after(HINT_GAP, () => {
      resting = false;
      if (hinted) hint();
    });
    worker.wake();
  };

  const worker: Worker = {
    start() {
      if (running) return;
      running = true;
      poll();
      worker.wake();
      endWatch = storage.watch?.(hint) ?? endWatch;
    },
    async stop(grace) {
      running = false;
      cancelPoll();
      cancelRest();
      cancelPause();
      givingWay = false;
      resting = false;
      endWatch();
      let cancelGrace = (): void => undefined;
      const outOfPatience = new Promise<void>((resolve) => {
        cancelGrace = clock.after(grace, resolve);
      });
      // What a claim under way brings in is this worker's too.
      const allDone = lastLook.then(() => Promise.all(inHand));
      await Promise.race([allDone, outOfPatience]);
      cancelGrace();
    },
    wake() {
      wanted = true;
      if (running && !looking) lastLook = look();
    },
    async runDue() {
      let total = 0;
      for (;;) {
        const at = clock.now();
        const claimed = await storage.claim({ now: at, lease: LEASE, limit: CONCURRENCY });
        if (claimed.length === 0) return total;
        const underWay: Promise<void>[] = [];
        total += await begin(claimed, at, (each) => underWay.push(carryOut(each)));
        await Promise.all(underWay);
      }
    },
  };
  return worker;
}
