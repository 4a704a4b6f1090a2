import { holdDeadline, isCapturing, nextHoldDeadline } from "../payment/hold.js";
import type { DeadlineFact } from "../payment/observation.js";
import type { Payment } from "../payment/payment.js";
import type { Clock, Logger } from "../ports.js";
import { isAntomError } from "../errors.js";
import type { ClaimedTask, Storage, TaskOutcome } from "../storage/storage.js";
import type { Inquiry } from "./inquire.js";
import type { Ledger } from "./ledger.js";

/** How long to wait before Antom is asked again whether a hold that should be over was captured, in milliseconds. */
const ASK_AGAIN = 60 * 60_000;

/** How long to wait before the last call is made again while another operation is under way, in milliseconds. */
const CALL_AGAIN = 60_000;

export interface ExpirerParts {
  readonly ledger: Ledger;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Asks Antom how the payment stands. */
  readonly ask: (id: string) => Promise<Inquiry>;
  /** What the shop wants done with a hold that ends within the hour. */
  readonly atLast: ((id: string) => Promise<unknown>) | undefined;
}

/** Watches the end of holds: the shop is warned a day before, and told after. */
export function createExpirer({ ledger, storage, clock, logger, ask, atLast }: ExpirerParts) {
  /**
   * Before the clock's word is recorded: if this process dies between the two, the same is asked for again. False where something else
   * is under way that has to end first.
   */
  const lastCall = async (payment: Payment): Promise<boolean> => {
    try {
      await atLast?.(payment.id);
    } catch (error) {
      if (!isAntomError(error) || error.status >= 500) throw error;
      if (error.code === "operation_pending") return false;
      logger.warn(
        { event: "hold.unattended", payment: payment.id, code: error.code, err: error },
        "what should be done before the hold ends was refused",
      );
    }
    return true;
  };

  return {
    /** The worker's share. A hold is called over only when Antom, asked once more, has not captured it and no capture is under way. */
    async handle({ task }: ClaimedTask): Promise<TaskOutcome> {
      const before = await storage.get(task.payment);
      if (before === undefined || nextHoldDeadline(before) === undefined) return { done: true };
      const at = clock.now();
      const isOver = holdDeadline(before, at)?.which === "hold";
      if (holdDeadline(before, at)?.which === "last" && !(await lastCall(before))) return { again: at + CALL_AGAIN };
      const { payment, answered } = isOver ? await ask(before.id) : { payment: before, answered: true };
      if (!answered) return { again: at + ASK_AGAIN };
      const after = await recorded(payment, ledger, at, (current) => holdDeadline(current, at));
      const next = nextHoldDeadline(after);
      if (next === undefined) return { done: true };
      return { again: next <= at && isCapturing(after) ? at + CALL_AGAIN : next };
    },
  };
}

/**
 * Records what the clock says at a time about the payment's hold, if it says anything. Of a hold that waits for the shop not the last call:
 * only the watch over it does what goes with that.
 */
export function passDeadline(payment: Payment, ledger: Ledger, at: number): Promise<Payment> {
  const isWatched = payment.captureMode === "MANUAL";
  return recorded(payment, ledger, at, (current) => {
    const passed = holdDeadline(current, at);
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
