import type { PaymentEvent } from "../payment/event.js";
import type { EventType } from "../payment/events.js";
import { explained } from "../payment/meaning/explanation.js";
import type { DeliverTask } from "../payment/task.js";
import type { Clock, Logger } from "../ports.js";
import type { ClaimedTask, TaskOutcome } from "../storage/storage.js";
import type { Telemetry } from "../telemetry.js";
import type { Hook, Hooks } from "./hooks.js";

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

export interface DelivererParts {
  readonly hooks: Hooks;
  /** Milliseconds a hook may take. */
  readonly timeout: number;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly telemetry: Telemetry;
}

/** Calls the shop's hook for an event, and says what becomes of the event. Never rejects. */
export function createDeliverer({ hooks, timeout, clock, logger, telemetry }: DelivererParts) {
  return async ({ task, attempts }: ClaimedTask): Promise<TaskOutcome> => {
    if (task.kind !== "deliver") return { done: true };
    const { event } = task;
    const hook = hookFor(hooks, event.type);
    if (hook === undefined) return { done: true };
    const about = { event_type: event.type, payment_id: task.payment, attempt: attempts };
    return telemetry.span("express-antom.hook", about, async (note) => {
      const began = clock.now();
      const become = await delivered(hook, task, attempts);
      const ended = clock.now();
      const outcome = "done" in become ? "delivered" : "dead" in become ? "dead" : "failed";
      note({ outcome, ...(outcome === "delivered" ? {} : { error: "hook_failed" }) });
      telemetry.record("express_antom.hook.duration", ended - began, { event_type: event.type, outcome });
      if (outcome === "delivered") {
        telemetry.record("express_antom.hook.latency", Math.max(0, ended - event.at), { event_type: event.type });
      }
      return become;
    });
  };

  async function delivered(hook: Hook, task: DeliverTask, attempts: number): Promise<TaskOutcome> {
    const { event } = task;
    const fields = { event: "hook.failed", payment: task.payment, eventId: event.id, type: event.type, attempts };
    try {
      await withinTime(hook, event, attempts, timeout, clock);
      return { done: true };
    } catch (error) {
      const reason = describe(error);
      const delay = HOOK_DELAYS[attempts - 1];
      if (delay === undefined) {
        logger.error(
          { ...fields, event: "hook.dead", err: error },
          "a hook kept failing; the event is dead until redriven",
        );
        return { dead: reason };
      }
      logger.warn({ ...fields, err: error, retryIn: delay }, "a hook failed; the event will be delivered again");
      return { again: clock.now() + delay, error: reason };
    }
  }
}

const hookFor = (hooks: Hooks, type: EventType): Hook | undefined =>
  Object.hasOwn(hooks, type) ? (hooks[type] as Hook | undefined) : undefined;

function withinTime(hook: Hook, event: PaymentEvent, attempt: number, timeout: number, clock: Clock): Promise<unknown> {
  const controller = new AbortController();
  return new Promise((resolve, reject) => {
    const cancel = clock.after(timeout, () => {
      const late = new Error(`the hook took longer than ${timeout} ms`);
      controller.abort(late);
      reject(late);
    });
    // A hook may throw before it returns a promise; both ways end here.
    new Promise((settle) => {
      settle(hook({ ...event, payment: explained(event.payment) }, { attempt, signal: controller.signal }));
    })
      .then(resolve, reject)
      .finally(cancel);
  });
}

const describe = (error: unknown): string =>
  (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 500);
