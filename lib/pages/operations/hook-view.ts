import type { EventType } from "../../payment/events.js";
import type { Look } from "./words.js";

/** The delivery of an event to the shop's hook, as the shop's staff see it. */
export interface HookView {
  /** The event's id. */
  readonly id: string;
  readonly type: EventType;
  /** The payment's id. */
  readonly payment: string;
  /** Epoch milliseconds of what caused it. */
  readonly at: number;
  readonly state: "waiting" | "done" | "dead";
  readonly attempts: number;
  /** When the hook is called next, epoch milliseconds; only while it waits. */
  readonly nextAt?: number;
  readonly lastError?: string;
}

/** Failing is waiting, after a try in vain. */
export const isFailing = ({ state, lastError }: HookView): boolean => state === "waiting" && lastError !== undefined;

/** Whether a try may be under way: one was begun, and when it ended is not told. Of a first one that has told of no error that is sure, unless its process died. */
export const mayBeRunning = ({ state, attempts, nextAt }: HookView, now: number): boolean =>
  state === "waiting" && attempts > 0 && nextAt !== undefined && nextAt <= now;

export function hookStanding(hook: HookView): readonly [word: string, look: Look] {
  if (hook.state === "done") return ["Delivered", "good"];
  if (hook.state === "dead") return ["Given up", "bad"];
  if (isFailing(hook)) return ["Failing", "bad"];
  return hook.attempts > 0 ? ["Being delivered", "calm"] : ["Waiting", "calm"];
}

export const triesText = (attempts: number): string =>
  attempts === 0 ? "not tried yet" : attempts === 1 ? "1 try" : `${attempts} tries`;
