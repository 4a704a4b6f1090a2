import type { Clock } from "../ports.js";

/** The longest wait a Node timer can take; longer ones are set again when they ring. */
const LONGEST_WAIT = 2 ** 31 - 1;

/** One alarm per key; setting it again replaces it. */
export class Alarms {
  private readonly pending = new Map<string, () => void>();

  constructor(private readonly clock: Clock) {}

  /** Runs `action` once the clock shows `at` (epoch milliseconds), never before. */
  set(key: string, at: number, action: () => void): void {
    this.clear(key);
    const wait = Math.max(0, at - this.clock.now());
    this.pending.set(
      key,
      this.clock.after(Math.min(wait, LONGEST_WAIT), () => {
        this.pending.delete(key);
        if (this.clock.now() < at) this.set(key, at, action);
        else action();
      }),
    );
  }

  clear(key: string): void {
    this.pending.get(key)?.();
    this.pending.delete(key);
  }

  clearAll(): void {
    for (const cancel of this.pending.values()) cancel();
    this.pending.clear();
  }
}
