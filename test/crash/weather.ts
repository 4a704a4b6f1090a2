import type { Simulator } from "../../lib/simulator.js";
import type { Dice } from "./dice.js";

/** What goes wrong between the shops and Antom while processes die: the next call of an operation, or the next notification, is spoilt. */
const CALLS = [
  "pay",
  "pay",
  "inquiryPayment",
  "inquiryPayment",
  "capture",
  "cancel",
  "refund",
  "inquiryRefund",
  "updateAmount",
] as const;
const CALL_FAULTS = [
  "reset-before",
  "reset-before",
  "reset-after",
  "reset-after",
  "http-500",
  "garbage",
  "bad-signature",
  "unsigned",
  "delay",
  "timeout",
] as const;
const NOTIFY_FAULTS = ["drop", "duplicate", "duplicate", "delay", "reset-after", "garbage", "bad-signature"] as const;

/** Milliseconds between one fault and the next, at most. */
const PAUSE = 350;

/** By Antom's clock, in milliseconds. */
const DELAY = 8_000;

/** More than this many are never waiting. */
const MOST = 12;

/** Lets it be bad; the returned function ends it. */
export function badWeather(simulator: Simulator, dice: Dice): () => void {
  let timer: NodeJS.Timeout | undefined;
  const next = (): void => {
    timer = setTimeout(
      () => {
        if (simulator.faults().length < MOST) {
          simulator.addFault(
            dice.chance(0.35)
              ? { operation: "notify", fault: dice.pick(NOTIFY_FAULTS), delayMs: DELAY }
              : { operation: dice.pick(CALLS), fault: dice.pick(CALL_FAULTS), delayMs: DELAY },
          );
        }
        next();
      },
      dice.between(1, PAUSE),
    );
  };
  next();
  return () => {
    clearTimeout(timer);
    simulator.clearFaults();
  };
}
