import type { PaymentEvent } from "../payment/event.js";
import { explained } from "../payment/meaning/explanation.js";
import type { DeliverTask } from "../payment/task.js";
import type { Clock, Logger, Random } from "../ports.js";
import type { ClaimedTask, Storage } from "../storage/storage.js";
import type { Telemetry } from "../telemetry.js";
import { createHookTransaction, type Fate } from "./hook-transaction.js";
import { hookFor, type Hook, type Hooks } from "./hooks.js";
import { jittered } from "./jitter.js";
import type { Handled } from "./worker.js";
import { namedMessageOf } from "../thrown.js";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How long to wait before each further try, in milliseconds; after the last one has failed too the event is dead until redriven. */
export const HOOK_DELAYS = [
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  1 * HOUR,
  2 * HOUR,
  4 * HOUR,
  8 * HOUR,
  12 * HOUR,
  24 * HOUR,
  24 * HOUR,
] as const;

/** How often a hook is called for an event. A claim after these comes where nothing was heard of the last of them. */
const TRIES = HOOK_DELAYS.length + 1;

/** Tries before this one are made at once, though the one before ended without a word: most processes die of something else. */
const WARY_FROM = 3;

/** What is said of an event that is left to other processes. */
export const NO_HOOKS_HERE = "The process that took it has no hooks.";

/** What is said of a try of which nothing was heard. */
const UNHEARD = "The last try ended without a word: its process died, or lost its lease.";

/**
 * How long to wait, in milliseconds and give or take half of it, where a hook's transaction could not begin: others are before it, and it is
 * to be among those that wait while they go. Scattered, so that what was put off together does not come back together.
 */
export const UNBEGUN_DELAY = 4 * SECOND;

/** How long an event is left to other processes, in milliseconds, where this one has been told of no hooks at all. */
export const ELSEWHERE = 5 * MINUTE;

export interface DelivererParts {
  /** Absent where none were given: not even that there are none. */
  readonly hooks: Hooks | undefined;
  /** Milliseconds a hook may take. */
  readonly timeout: number;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly telemetry: Telemetry;
  /** Scatters what is put off for want of a transaction. */
  readonly random: Random;
}

/** What a try came to, and what is to become of the event. */
interface Delivery {
  readonly outcome: "delivered" | "failed" | "dead";
  readonly become: Handled;
}

/** What became of a call of the hook and of its transaction. */
interface Called {
  readonly failure?: { readonly error: unknown };
  readonly fate: Fate;
  readonly hasWaitedInVain: boolean;
}

const SETTLED: Handled = { settled: true };

/** Calls the shop's hook for an event, and says what becomes of the event. Never rejects. */
export function createDeliverer({ hooks, timeout, storage, clock, logger, telemetry, random }: DelivererParts) {
  return async (claimed: ClaimedTask): Promise<Handled> => {
    const { task, attempts } = claimed;
    if (task.kind !== "deliver") return { done: true };
    const { event } = task;
    if (hooks === undefined) return leftToOthers(claimed, event);
    const hook = hookFor(hooks, event.type);
    if (hook === undefined) return { done: true };
    const wait = waryWait(claimed);
    if (wait !== undefined) return putOff(claimed, event, wait);
    const about = { event_type: event.type, payment_id: task.payment, attempt: attempts };
    return telemetry.span("express-antom.hook", about, async (note) => {
      const began = clock.now();
      const { outcome, become } = await delivered(hook, claimed, task);
      const ended = clock.now();
      note({ outcome, ...(outcome === "delivered" ? {} : { error: "hook_failed" }) });
      telemetry.record("express_antom.hook.duration", ended - began, { event_type: event.type, outcome });
      if (outcome === "delivered") {
        telemetry.record("express_antom.hook.latency", Math.max(0, ended - event.at), { event_type: event.type });
      }
      return become;
    });
  };

  /** It is there because somebody hears of it: a script beside the shop, say, must not count it as dealt with. */
  function leftToOthers({ task, attempts }: ClaimedTask, { id, type }: PaymentEvent): Handled {
    logger.warn(
      { event: "hook.elsewhere", payment: task.payment, eventId: id, type, attempts, retryIn: ELSEWHERE },
      "an event is left to other processes, since this one has no hooks; give it `worker: false`, or `hooks: {}` if nobody is to be told",
    );
    return { again: clock.now() + ELSEWHERE, error: NO_HOOKS_HERE, isUntried: true };
  }

  /**
   * A hook may be what ends processes. So an event whose tries end without a word waits before the next as after a failure: it does not end one
   * process after the other, and what was in hand beside it comes back at another time.
   */
  function waryWait({ attempts, isTakenOver }: ClaimedTask): number | undefined {
    if (isTakenOver !== true || attempts < WARY_FROM) return undefined;
    const delay = HOOK_DELAYS[attempts - 2];
    return delay === undefined ? undefined : jittered(delay, random);
  }

  function putOff({ task, attempts: claims }: ClaimedTask, { id, type }: PaymentEvent, retryIn: number): Handled {
    const attempts = claims - 1;
    logger.warn(
      { event: "hook.unheard", payment: task.payment, eventId: id, type, attempts, retryIn },
      "nothing was heard of the last try of an event: its process died, or lost its lease; it will be delivered again",
    );
    return { again: clock.now() + retryIn, error: UNHEARD, isUntried: true };
  }

  async function delivered(hook: Hook, claimed: ClaimedTask, { payment, event }: DeliverTask): Promise<Delivery> {
    const { attempts } = claimed;
    const about = { payment, eventId: event.id, type: event.type, attempts };
    if (attempts > TRIES) {
      const line = { event: "hook.dead", ...about, attempts: attempts - 1, err: new Error(UNHEARD) };
      logger.error(line, "nothing was heard of the last try of an event; the event is dead until redriven");
      return { outcome: "dead", become: { dead: UNHEARD } };
    }
    const { failure, fate, hasWaitedInVain } = await called(hook, claimed, event);
    if (fate === "lost") {
      const line = { event: "hook.overtaken", ...about };
      logger.warn(line, "another process has taken the event over; the hook's transaction was not carried out");
      return { outcome: "failed", become: SETTLED };
    }
    if (fate === "committed") {
      if (failure !== undefined) {
        const line = { event: "hook.failed_late", ...about, err: failure.error };
        logger.warn(line, "a hook failed after its transaction was committed; the event counts as delivered");
      }
      return { outcome: "delivered", become: SETTLED };
    }
    if (failure === undefined) return { outcome: "delivered", become: { done: true } };
    const { error } = failure;
    const reason = namedMessageOf(error).slice(0, 500);
    if (hasWaitedInVain) {
      const retryIn = jittered(UNBEGUN_DELAY, random);
      const line = { event: "hook.failed", ...about, err: error, retryIn };
      logger.warn(line, "a hook's transaction could not begin; the event will be delivered again");
      return { outcome: "failed", become: { again: clock.now() + retryIn, error: reason, isUntried: true } };
    }
    const delay = HOOK_DELAYS[attempts - 1];
    if (delay === undefined) {
      const line = { event: "hook.dead", ...about, err: error };
      logger.error(line, "a hook kept failing; the event is dead until redriven");
      return { outcome: "dead", become: { dead: reason } };
    }
    const line = { event: "hook.failed", ...about, err: error, retryIn: delay };
    logger.warn(line, "a hook failed; the event will be delivered again");
    return { outcome: "failed", become: { again: clock.now() + delay, error: reason } };
  }

  /** Calls the hook, until it has ended or its time is up and its transaction, if it began one, is decided. */
  async function called(hook: Hook, claimed: ClaimedTask, event: PaymentEvent): Promise<Called> {
    const controller = new AbortController();
    const { signal } = controller;
    const { transaction, underWay, end, hasWaitedInVain } = createHookTransaction({ storage, claimed, clock, signal });
    const given = { ...event, payment: explained(event.payment) };
    const work = async (): Promise<void> => {
      try {
        await hook(given, { attempt: claimed.attempts, signal, transaction });
      } catch (error) {
        await underWay()?.catch(() => undefined);
        throw error;
      }
      // One that returns before its transaction has ended has not ended either, and fails as it does.
      await underWay();
    };
    try {
      await withinTime(work, controller);
      return { fate: await end(), hasWaitedInVain: false };
    } catch (error) {
      return { failure: { error }, fate: await end(), hasWaitedInVain: hasWaitedInVain(error) };
    }
  }

  function withinTime(work: () => Promise<void>, controller: AbortController): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = clock.after(timeout, () => {
        const late = new Error(`the hook took longer than ${timeout} ms`);
        controller.abort(late);
        reject(late);
      });
      work().then(resolve, reject).finally(cancel);
    });
  }
}
