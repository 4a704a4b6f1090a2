import type { Amount } from "../../payment/amount.js";
import { DURATIONS, scaled } from "../durations.js";
import { captureNotification } from "../notify/bodies.js";
import type { Simulation } from "../simulation.js";
import type { Change } from "../state/change.js";
import type { Capture, Payment } from "../state/payment.js";
import { trialOf } from "./amounts-to-try.js";

/** A capture as it is asked for. */
interface Asked {
  readonly captureRequestId: string;
  readonly amount: Amount;
  readonly automatic: boolean;
}

/** What {@link take} made. */
export interface Taken {
  readonly capture: Capture;
  readonly change: Change;
}

/** Captures money of a hold that permits it: at once, or what the amount makes of it. */
export function take(
  simulation: Pick<Simulation, "clock" | "identifiers" | "notifier" | "settings">,
  payment: Payment,
  { captureRequestId, amount, automatic }: Asked,
): Taken {
  const { clock, identifiers, notifier, settings } = simulation;
  const at = clock.now();
  const { currency, value } = amount;
  const { pace, refused, silent } = trialOf("capture", value);
  const asked = {
    captureId: identifiers.next("capture"),
    captureRequestId,
    amount: { currency, value },
    automatic,
    at,
  };
  if (pace === "later") {
    const settleAt = at + scaled(DURATIONS.capture, settings);
    const capture: Capture = { ...asked, status: "PROCESSING", code: "CAPTURE_IN_PROCESS", settleAt };
    return { capture, change: { payment: withCapture(payment, capture) } };
  }
  // A call is refused before it comes here; nobody is there to be told so of an automatic capture.
  const capture: Capture =
    refused === undefined
      ? { ...asked, status: "SUCCESS", code: "SUCCESS", settledAt: at }
      : { ...asked, status: "FAIL", code: refused, settledAt: at };
  const told = captureNotification(payment, capture);
  return {
    capture,
    change: {
      payment: withCapture(payment, capture),
      ...(silent !== true && { notifications: [notifier.compose(payment.paymentId, payment.notifyUrl, told)] }),
    },
  };
}

const withCapture = (payment: Payment, capture: Capture): Payment => ({
  ...payment,
  captures: [...payment.captures, capture],
});
