import { expireTaskId } from "../payment/follow-up.js";
import { holdDeadline, isCapturing, isUndecided, nextHoldDeadline } from "../payment/hold.js";
import type { DeadlineFact } from "../payment/observation.js";
import type { Payment } from "../payment/payment.js";
import type { Clock, Logger } from "../ports.js";
import { isAntomError } from "../errors.js";
import type { ClaimedTask, Storage, TaskOutcome } from "../storage/storage.js";
import type { Due } from "./commands.js";
import type { Inquiry } from "./inquire.js";
import type { Ledger } from "./ledger.js";

/** How long to wait before Antom is asked again whether a hold that should be over was captured, or is over by its clock, in milliseconds. */
const ASK_AGAIN = 60 * 60_000;

/** How long to wait before the last call is made again while another operation is under way, or Antom does not answer, in milliseconds. */
const CALL_AGAIN = 60_000;

/** How long to wait at least for Antom's clock, which tells whole seconds, in milliseconds. */
const SECOND = 1000;

/** How far this machine's clock may be ahead of Antom's before somebody should look, in milliseconds. */
const DRIFT = 10_000;

export interface ExpirerParts {
  readonly ledger: Ledger;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Asks Antom how the payment stands. */
  readonly ask: (id: string) => Promise<Inquiry>;
  /** What the shop wants done with a hold that ends within the hour. */
  readonly atLast: ((payment: Payment, due: Due) => Promise<unknown>) | undefined;
}

/** Watches the end of holds: the shop is warned a day before, and told after. */
export function createExpirer({ ledger, storage, clock, logger, ask, atLast }: ExpirerParts) {
  /**
   * Before the clock's word is recorded: if this process dies between the two, the same is asked for again. False where something else
   * is under way that has to end first, or Antom did not say what came of something.
   */
  const lastCall = async (payment: Payment, now: number): Promise<boolean> => {
    // What a capture has left is nobody's to take unasked, as the rest of the order may be out of stock; and Antom does not void it.
    if (atLast === undefined || payment.status === "captured") return true;
    // So it is with one that is under way; should it fail, all is still there.
    const isStill = (current: Payment): boolean =>
      current.status === "authorized" && !isCapturing(current) && holdDeadline(current, now)?.which === "last";
    if (!isStill(payment)) return false;
    try {
      await atLast(payment, { now, isStill });
    } catch (error) {
      if (!isAntomError(error)) throw error;
      if (error.code === "operation_pending" || error.code === "gateway_unanswered") return false;
      if (error.status >= 500) throw error;
      logger.warn(
        { event: "hold.unattended", payment: payment.id, code: error.code, err: error },
        "what should be done before the hold ends was refused",
      );
    }
    return true;
  };

  /** Looks again after a while. Once a clock that was ahead is set right the task would wait for as long as that was ahead: then it is called back. */
  const putOff = (payment: Payment, at: number, wait: number): TaskOutcome => {
    const task = expireTaskId(payment);
    clock.after(wait, () => {
      const now = clock.now();
      if (now >= at) return;
      storage.redrive(task, now).catch((error: unknown) => {
        logger.warn(
          { event: "task.failed", payment: payment.id, task, kind: "expire", err: error },
          "a task could not be called back",
        );
      });
    });
    return { again: at + wait };
  };

  return {
    /**
     * The worker's share. A hold is called over, or seen to at the last, only when Antom, asked once more, says by its own clock too that it is
     * time, has not captured it, and neither a capture nor an increase is under way.
     */
    async handle({ task }: ClaimedTask): Promise<TaskOutcome> {
      const before = await storage.get(task.payment);
      if (before === undefined || nextHoldDeadline(before) === undefined) return { done: true };
      const at = clock.now();
      const passed = holdDeadline(before, at)?.which;
      const isFinal = passed === "hold" || (passed === "last" && atLast !== undefined);
      const asked = isFinal ? await ask(before.id) : undefined;
      if (asked?.answered === false) return putOff(before, at, passed === "last" ? CALL_AGAIN : ASK_AGAIN);
      // What was joined may have been asked before the payment was what it is: what stands now decides.
      const payment = asked === undefined ? before : ((await storage.get(before.id)) ?? asked.payment);
      const sure = asked === undefined ? at : sureTime(payment, at, asked.toldAt, logger);
      if (holdDeadline(payment, sure)?.which === "last" && !(await lastCall(payment, sure))) {
        return putOff(payment, at, CALL_AGAIN);
      }
      const after = await recorded(payment, ledger, at, (current) => holdDeadline(current, sure));
      const next = nextHoldDeadline(after);
      if (next === undefined) return { done: true };
      if (next > at) return { again: next };
      if (next > sure) return putOff(after, at, Math.min(Math.max(next - sure, SECOND), ASK_AGAIN));
      return isUndecided(after) ? putOff(after, at, CALL_AGAIN) : { again: next };
    },
  };
}

/**
 * The time that has come by this machine's clock and by Antom's, when asked: what a hold's end brings with it cannot be taken back, and a
 * clock may be ahead for a moment. Where Antom's answer bears no time that can be read, this machine's clock has to do: should Antom ever
 * write its time in another way, no hold would be seen to or end in any shop, and nobody could pay such an order anew.
 */
export function sureTime(payment: Payment, at: number, toldAt: number | undefined, logger: Logger): number {
  const passed = holdDeadline(payment, at)?.which;
  if (toldAt === undefined) {
    if (passed !== undefined) {
      logger.warn(
        { event: "clock.unchecked", payment: payment.id },
        "Antom's answer bears no time that can be read: this machine's clock alone says how long the hold has",
      );
    }
    return at;
  }
  if (at - toldAt > DRIFT && passed !== holdDeadline(payment, toldAt)?.which) {
    logger.warn(
      { event: "clock.ahead", payment: payment.id, ahead: at - toldAt },
      "this machine's clock is ahead of Antom's: the hold has longer than it says",
    );
  }
  return Math.min(at, toldAt);
}

/**
 * Records what has come about the payment's hold by a time that is sure, if anything has. Of a hold that waits for the shop not the last call:
 * only the watch over it does what goes with that.
 */
export function passDeadline(payment: Payment, ledger: Ledger, at: number, sure: number): Promise<Payment> {
  const isWatched = payment.captureMode === "MANUAL";
  return recorded(payment, ledger, at, (current) => {
    const passed = holdDeadline(current, sure);
    return isWatched && passed?.which === "last" ? undefined : passed;
  });
}

/** By the payment as it stands when it is recorded: a capture may have been asked for meanwhile. */
const recorded = async (
  payment: Payment,
  ledger: Ledger,
  at: number,
  passed: (current: Payment) => DeadlineFact | undefined,
): Promise<Payment> =>
  passed(payment) === undefined
    ? payment
    : ledger.record(payment.id, (current) => {
        const fact = passed(current);
        return fact === undefined ? undefined : { source: "clock", at, facts: [fact] };
      });
