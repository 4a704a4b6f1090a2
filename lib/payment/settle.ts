import { sum, units } from "./amount.js";
import { marked } from "./conflict.js";
import { isCapturing, release } from "./hold.js";
import { heldAmount, movedBy } from "./money.js";
import { isOpen, type Evidence, type Payment } from "./payment.js";
import { statusOf } from "./status.js";

const SEVEN_DAYS = 7 * 24 * 60 * 60 * 1000;

/** What the facts add up to: sums, times and status. */
export function settled(payment: Payment, at: number): Payment {
  const evidence = withoutHold(payment);
  const cancelled = evidence.cancelled === true;
  const operations = cancelled
    ? payment.operations.map((candidate) => {
        if (candidate.kind !== "void" || candidate.status !== "pending") return candidate;
        const { accepted: _accepted, ...asked } = candidate;
        return { ...asked, status: "succeeded" as const, settledAt: at };
      })
    : payment.operations;
  const authorizedAmount = evidence.succeeded === true ? heldAmount(payment) : "0";
  const capturedAmount = sum(movedBy(payment, "capture"));
  const refunds = sum(movedBy(payment, "refund"));
  // A refund can be told before the capture it gives back; it counts once that is known.
  const refundedAmount = units(refunds) > units(capturedAmount) ? capturedAmount : refunds;
  const next: Payment = { ...payment, evidence, operations, authorizedAmount, capturedAmount, refundedAmount };
  const dated = evidence.succeeded === true ? held(next, at) : next;
  const status = statusOf(dated);
  // That what was left of the hold is cancelled, which a refused capture says, contradicts no capture.
  const conflicted = status === "captured" && cancelled ? marked(dated, { code: "captured_after_void", at }) : dated;
  return withoutWhatIsOver({ ...conflicted, status });
}

/**
 * Where the buyer goes is of use while they can pay, the request that was sent until Antom has told where they go, and how often Antom did not
 * know the payment until it has told anything of it.
 */
function withoutWhatIsOver(settled: Payment): Payment {
  const { missing, ...known } = settled;
  const payment = missing === undefined || settled.status === "created" ? settled : known;
  if (isOpen(payment) && (payment.action === undefined || payment.request === undefined)) return payment;
  const { action, request: _request, ...rest } = payment;
  return isOpen(payment) && action !== undefined ? { ...rest, action } : rest;
}

/** Nothing is held once a capture was refused for that, unless another one is under way: that may have been in time. */
function withoutHold(payment: Payment): Evidence {
  const { evidence } = payment;
  const isGone = evidence.holdExpired === true || evidence.holdCancelled === true;
  const isNews = isGone && evidence.released === undefined && !isCapturing(payment);
  return isNews ? { ...evidence, ...release(payment) } : evidence;
}

function held(payment: Payment, at: number): Payment {
  const authorizedAt = payment.evidence.authorizedAt ?? payment.authorizedAt ?? at;
  return { ...payment, authorizedAt, authorizationExpiresAt: payment.evidence.holdEndsAt ?? authorizedAt + SEVEN_DAYS };
}
