import type { Clock } from "../../lib/ports.js";

/** What time it is in the run: at `real` (epoch milliseconds of the machine) it was `told`, and since then it has gone `speed` times as fast. */
export interface Timeline {
  readonly real: number;
  readonly told: number;
  readonly speed: number;
}

/** How many times faster than the machine's the run's time goes: leases, retries and silences run out in parts of a second. */
const SPEED = 25;

export const startOfTime = (): Timeline => ({ real: Date.now(), told: Date.now(), speed: SPEED });

/** The longest wait a Node timer can take; longer ones are set again when they ring. */
const LONGEST_WAIT = 2 ** 31 - 1;

interface Alarm {
  readonly at: number;
  readonly action: () => void;
  timer: NodeJS.Timeout | undefined;
}

/** A clock that several processes share: each is told the timeline, and told again when the time is to leap. */
export class QuickClock implements Clock {
  readonly #alarms = new Set<Alarm>();
  #timeline: Timeline;

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
  }

  get timeline(): Timeline {
    return this.#timeline;
  }

  now(): number {
    const { real, told, speed } = this.#timeline;
    return told + (Date.now() - real) * speed;
  }

  after(ms: number, action: () => void): () => void {
    const alarm: Alarm = { at: this.now() + ms, action, timer: undefined };
    this.#alarms.add(alarm);
    this.#set(alarm);
    return () => {
      clearTimeout(alarm.timer);
      this.#alarms.delete(alarm);
    };
  }

  /** Goes on by another timeline: what is due by it rings at once. */
  follow(timeline: Timeline): void {
    this.#timeline = timeline;
    for (const alarm of this.#alarms) this.#set(alarm);
  }

  /** Lets `ms` milliseconds of the run's time pass at once. */
  leap(ms: number): void {
    this.follow({ ...this.#timeline, told: this.#timeline.told + ms });
  }

  #set(alarm: Alarm): void {
    clearTimeout(alarm.timer);
    const wait = Math.ceil((alarm.at - this.now()) / this.#timeline.speed);
    alarm.timer = setTimeout(
      () => {
        if (this.now() < alarm.at) {
          this.#set(alarm);
          return;
        }
        this.#alarms.delete(alarm);
        alarm.action();
      },
      Math.min(Math.max(0, wait), LONGEST_WAIT),
    );
    alarm.timer.unref();
  }
}
