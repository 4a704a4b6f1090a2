import type { Hook, Hooks } from "../ledger/hooks.js";
import type { PaymentEvent } from "../payment/event.js";
import { EVENT_TYPES, type EventType } from "../payment/events.js";

/** Hooks that keep what they are given, and a way to wait for it. */
export interface EventRecorder {
  /** For `createAntom({ hooks })`: one for every event there is. */
  readonly hooks: Hooks;
  /** Every delivery so far, repeats included, in the order they came. */
  readonly events: readonly PaymentEvent[];
  /**
   * The first event of a type, at once if it has come already; rejects after `timeout` milliseconds (5000).
   *
   * @param matches narrows which events count
   */
  waitFor<T extends EventType>(
    type: T,
    matches?: (event: PaymentEvent<T>) => boolean,
    timeout?: number,
  ): Promise<PaymentEvent<T>>;
}

/** Records events, so that tests wait for them instead of sleeping. */
export function eventRecorder(): EventRecorder {
  const events: PaymentEvent[] = [];
  const waiting = new Set<(event: PaymentEvent) => void>();
  const record: Hook = (event) => {
    events.push(event);
    for (const look of [...waiting]) look(event);
  };
  return {
    hooks: Object.fromEntries(EVENT_TYPES.map((type) => [type, record])),
    events,
    waitFor<T extends EventType>(type: T, matches: (event: PaymentEvent<T>) => boolean = () => true, timeout = 5000) {
      // The type was compared, which the compiler cannot follow through a type parameter.
      const wanted = (event: PaymentEvent): PaymentEvent<T>[] => {
        if (event.type !== type) return [];
        const fitting = event as PaymentEvent<T>;
        return matches(fitting) ? [fitting] : [];
      };
      const [known] = events.flatMap(wanted);
      if (known !== undefined) return Promise.resolve(known);
      return new Promise<PaymentEvent<T>>((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          const seen = events.map((event) => event.type).join(", ");
          reject(new Error(`no ${type} within ${timeout} ms; there were: ${seen === "" ? "none" : seen}`));
        }, timeout);
        const look = (event: PaymentEvent): void => {
          const [found] = wanted(event);
          if (found === undefined) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
      });
    },
  };
}
