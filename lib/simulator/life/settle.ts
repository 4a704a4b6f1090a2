import { captureNotification, increaseNotification, refundNotification } from "../notify/bodies.js";
import type { ResultCode } from "../result.js";
import type { Simulation } from "../simulation.js";
import type { Change } from "../state/change.js";
import type { Capture, Increase, Payment, Refund } from "../state/payment.js";
import { trialOf } from "./amounts-to-try.js";
import { claimedUnits } from "./hold.js";
import { notHeld } from "./standing.js";

type Rooms = Pick<Simulation, "clock" | "notifier" | "settings">;

/** A capture that was in process is done, or failed. */
export function settleCapture({ clock, notifier }: Rooms, payment: Payment, due: Capture): Change {
  const { fails, silent } = trialOf("capture", due.amount.value);
  const capture: Capture = { ...due, ...outcome(fails), settledAt: clock.now() };
  const settled = { ...payment, captures: payment.captures.map((entry) => (entry === due ? capture : entry)) };
  return {
    payment: settled,
    ...(silent !== true && {
      notifications: [notifier.compose(payment.paymentId, payment.notifyUrl, captureNotification(settled, capture))],
    }),
  };
}

/** A refund succeeded, or failed. */
export function settleRefund({ clock, notifier }: Rooms, payment: Payment, due: Refund): Change {
  const { fails, silent } = trialOf("refund", due.amount.value);
  const refund: Refund = { ...due, ...outcome(fails), settledAt: clock.now() };
  const settled = { ...payment, refunds: payment.refunds.map((entry) => (entry === due ? refund : entry)) };
  return {
    payment: settled,
    ...(silent !== true && {
      notifications: [notifier.compose(payment.paymentId, refund.notifyUrl, refundNotification(settled, refund))],
    }),
  };
}

/** The bank holds more, or does not; not of what was captured or let go in the meantime. */
export function settleIncrease({ clock, notifier, settings }: Rooms, payment: Payment, due: Increase): Change {
  const { fails, silent } = trialOf("updateAmount", due.amount.value);
  const gone = notHeld(payment, due.settleAt) ?? (claimedUnits(payment) > 0n ? "INCREMENTAL_NOT_SUPPORT" : undefined);
  const increase: Increase = { ...due, ...outcome(gone ?? fails), settledAt: clock.now() };
  const settled = { ...payment, increases: payment.increases.map((entry) => (entry === due ? increase : entry)) };
  const told = increaseNotification(settled, increase, settings);
  return {
    payment: settled,
    ...(silent !== true && { notifications: [notifier.compose(payment.paymentId, payment.notifyUrl, told)] }),
  };
}

const outcome = (fails: ResultCode | undefined) =>
  fails === undefined ? ({ status: "SUCCESS", code: "SUCCESS" } as const) : ({ status: "FAIL", code: fails } as const);
