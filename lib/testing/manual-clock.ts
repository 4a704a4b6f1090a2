import type { Clock } from "../ports.js";

/** A clock that stands still until it is told to go on. */
export interface ManualClock extends Clock {
  /** Moves the time on by `ms` milliseconds, doing on the way what was asked for, in order. */
  advance(ms: number): Promise<void>;
}

/** A clock for `createAntom({ clock })`: weeks pass in a test without waiting. */
export function manualClock(start = Date.UTC(2026, 0, 1)): ManualClock {
  let time = start;
  let count = 0;
  const alarms = new Map<number, { at: number; action: () => void }>();
  return {
    now: () => time,
    after(ms, action) {
      const id = count++;
      alarms.set(id, { at: time + ms, action });
      return () => alarms.delete(id);
    },
    async advance(ms) {
      const end = time + ms;
      for (;;) {
        const next = [...alarms].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
        if (next === undefined) break;
        const [id, alarm] = next;
        alarms.delete(id);
        time = Math.max(time, alarm.at);
        alarm.action();
        // Whatever the action set going gets its turn before the time moves on.
        await new Promise((resolve) => setImmediate(resolve));
      }
      time = end;
    },
  };
}
