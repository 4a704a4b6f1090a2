import { sum, units } from "./amount.js";
import { underWay } from "./money.js";
import type { DeadlineFact } from "./observation.js";
import type { Evidence, Payment } from "./payment.js";

/** How long before the end of a hold the shop is warned, in milliseconds. */
export const WARNING = 24 * 60 * 60 * 1000;

/** How long before the end it is looked at a last time, in milliseconds: what the shop wants done by itself is done then. */
export const LAST_CALL = 60 * 60 * 1000;

/** How long before the end a capture or a void does not wait for the outcome of an increase any more, in milliseconds. */
export const LAST_CHANCE = 30 * 60 * 1000;

/** Whether something is held that can still be captured: all of it, or what several captures have left. */
export const isHolding = (payment: Payment): boolean => payment.status === "authorized" || holdsRest(payment);

/** The rest is of no more use where all that was captured has been given back: nobody is to pay for such an order. */
const holdsRest = (payment: Payment): boolean => {
  const { status, multipleCaptures, evidence, authorizedAmount, capturedAmount } = payment;
  const isGone = evidence.released === true || evidence.cancelled === true || evidence.superseded === true;
  if (status !== "captured" || multipleCaptures !== true || isGone) return false;
  const captured = units(capturedAmount);
  const refunds = sum(underWay(payment, "refund").map(({ amount }) => amount?.value ?? payment.amount.value));
  return captured < units(authorizedAmount) && units(refunds) < captured;
};

/**
 * Whether Antom may have captured what is held by itself, and has only not told: nothing says that it failed to. An answer that tells of no
 * capture is no word that there was none, as Antom's samples have no `transactions`.
 */
export const mayBeCaptured = (payment: Payment): boolean =>
  payment.captureMode === "AUTOMATIC" &&
  payment.status === "authorized" &&
  (isCapturing(payment) || !payment.operations.some(({ kind, status }) => kind === "capture" && status === "failed"));

/** Whether the hold should be over, and Antom has still not told whether it was captured: a person is to look. */
export const isCaptureUntold = (payment: Payment): boolean =>
  mayBeCaptured(payment) && payment.conflicts.some(({ code }) => code === "capture_untold");

/** Whether the hold waits for the shop, so that its end is watched. (One that Antom captures by itself is inquired about anyway.) */
export const isWatched = (payment: Payment): boolean => payment.captureMode === "MANUAL" && isHolding(payment);

/** Whether the end of a hold that waits for the shop is only assumed: no message of Antom's has told it. (Antom's samples have it in inquiries only.) */
export const isEndUntold = (payment: Payment): boolean =>
  isWatched(payment) && payment.evidence.holdEndsAt === undefined;

/** What is learnt when the shop is warned of the end of the hold. */
export const warning = ({ evidence, authorizationExpiresAt: end = 0 }: Payment): Evidence => ({
  warned: true,
  warnedOf: Math.max(end, evidence.warnedOf ?? 0),
});

/** What is learnt when the last call is made. */
export const lastCall = ({ evidence, authorizationExpiresAt: end = 0 }: Payment): Evidence => ({
  lastCall: true,
  lastCallOf: Math.max(end, evidence.lastCallOf ?? 0),
});

/** What is learnt when the hold is called over. */
export const release = ({ authorizationExpiresAt: end }: Payment): Evidence => ({
  released: true,
  ...(end === undefined ? {} : { releasedOf: end }),
});

/** Whether the shop has been warned of the end of the hold, as it is now: an increase may have put it off since. (Antom: UPDATE_AMOUNT_RESULT) */
export const isWarned = ({ evidence, authorizationExpiresAt: end = 0 }: Payment): boolean =>
  evidence.warned === true && (evidence.warnedOf ?? end) >= end;

const isLastCalled = ({ evidence, authorizationExpiresAt: end = 0 }: Payment): boolean =>
  evidence.lastCall === true && (evidence.lastCallOf ?? end) >= end;

/** When the clock has something to say about the hold next: the warning, the last call, then the end; undefined when nothing is held or all is said. Epoch milliseconds. */
export function nextHoldDeadline(payment: Payment): number | undefined {
  const end = payment.authorizationExpiresAt;
  if (!isHolding(payment) || isCaptureUntold(payment) || end === undefined) return undefined;
  if (!isWarned(payment)) return end - WARNING;
  return isLastCalled(payment) ? end : end - LAST_CALL;
}

/** How long after the end of the hold the outcome of a capture or an increase is waited for, in milliseconds. */
export const OUTCOME_PATIENCE = 72 * 60 * 60 * 1000;

/** Whether a capture was sent and its outcome is not known. */
export const isCapturing = ({ operations }: Payment): boolean =>
  operations.some(({ kind, status }) => kind === "capture" && status === "pending");

/** Whether an increase was sent and its outcome is not known. */
export const isRaising = ({ operations }: Payment): boolean =>
  operations.some(({ kind, status }) => kind === "increase" && status === "pending");

/** Whether the end of the hold waits for what Antom has not decided about: a capture or an increase that is under way may have been in time. */
export const isUndecided = (payment: Payment): boolean => isCapturing(payment) || isRaising(payment);

/** What the clock says about the hold now. */
export function holdDeadline(payment: Payment, now: number): DeadlineFact | undefined {
  const end = payment.authorizationExpiresAt;
  if (!isHolding(payment) || isCaptureUntold(payment) || end === undefined) return undefined;
  // What Antom never decides about is not to keep the order for good.
  if (now >= end) {
    return isUndecided(payment) && now < end + OUTCOME_PATIENCE ? undefined : { kind: "deadline", which: "hold" };
  }
  if (now >= end - WARNING && !isWarned(payment)) return { kind: "deadline", which: "warning" };
  return now >= end - LAST_CALL && !isLastCalled(payment) ? { kind: "deadline", which: "last" } : undefined;
}

/** Whether Antom has told, since the hold was called over, that it is held for longer: an increase that was given up went through after all. */
export const isHeldOn = ({ evidence, authorizationExpiresAt: end = 0 }: Payment, now: number): boolean =>
  now < end && end > (evidence.releasedOf ?? end);
