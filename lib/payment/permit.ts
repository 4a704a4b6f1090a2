import { isPayable, PAYABLE, sameAmount, sum, units, type Amount } from "./amount.js";
import { answerTo, waitedFor } from "./asked-again.js";
import { refundedCapture } from "./refunded-capture.js";
import { isCaptureUntold } from "./hold.js";
import { operationId, paymentIdOf } from "./id.js";
import { heldAmount, underWay } from "./money.js";
import { isLetGo, notHeld, pendingOther } from "./not-held.js";
import type { Operation, OperationKind } from "./operation.js";
import { isOpen, type Payment } from "./payment.js";
import { refused, type Refused } from "./refusal.js";

/** What somebody asks for: the shop's code, or its staff. */
export interface Command {
  readonly kind: OperationKind;
  /** Capture and refund: what is left, when left out. Increase: the new total. */
  readonly amount?: Amount;
  /** The caller's Idempotency-Key: the same key is the same command. */
  readonly key?: string;
  /** Who asks, for the payment's history. */
  readonly by?: string;
  /** Why, for the payment's history; of a refund Antom is told too. */
  readonly reason?: string;
}

/** What the merchant's contract with Antom lets be captured. (documents 000 to 004; core.md of the API: they differ from one another) */
export interface CaptureContract {
  /** Whether less than what is held may be captured. */
  readonly partialCapture: boolean;
  /** Whether a payment may be captured several times. */
  readonly multipleCaptures: boolean;
}

/** The operation that carries the command out: a new one to be written down, or the one that does so already. */
export type Permit =
  | { readonly operation: Operation; readonly isNew: boolean }
  /** What is asked for is so already, and no operation of ours was needed. */
  | { readonly operation: undefined; readonly isNew: false }
  | Refused;

/** A new operation. */
interface Made {
  readonly operation: Operation;
  readonly isNew: true;
}

const SO_ALREADY: Permit = { operation: undefined, isNew: false };

/** Antom raises a hold no more often than this. (Antom: updateAmount) */
const MOST_INCREASES = 10;

/**
 * Whether a command may be carried out on the payment as it stands, and by which operation. Pure: the ledger asks it anew whenever
 * somebody else was faster, so that what is asked for at once is decided one after the other.
 *
 * @param now epoch milliseconds
 */
export function permitted(payment: Payment, command: Command, now: number, contract: CaptureContract): Permit {
  const { key, kind, amount } = command;
  const own = key === undefined ? undefined : payment.operations.find((operation) => operation.key === key);
  const keyed = own ?? waitedFor(payment, command);
  if (keyed !== undefined) {
    const known = keyed.amount;
    const isSame = keyed.kind === kind && (amount === undefined || (known !== undefined && sameAmount(amount, known)));
    if (!isSame) {
      return refused("idempotency_key_reused", `this Idempotency-Key was used for the ${keyed.kind} ${keyed.id}`);
    }
    const answer = own === undefined ? answerTo(payment, command) : { operation: own, isNew: false };
    if (answer !== undefined) return answer;
  }
  if (amount !== undefined && amount.currency !== payment.amount.currency) {
    return refused("amount_refused", `the payment is in ${payment.amount.currency}, not in ${amount.currency}`);
  }
  // Of a payment that is not payable itself, one of before this was checked, all that is left has to be possible.
  if (amount !== undefined && !isPayable(amount) && isPayable(payment.amount)) {
    return refused("amount_refused", `${shown(payment, units(amount.value))} is not possible: ${PAYABLE}`);
  }
  switch (kind) {
    case "capture":
      return capture(payment, command, now, contract);
    case "void":
      return voided(payment, command, now);
    case "refund":
      return refund(payment, command, now);
    case "increase":
      return increase(payment, command, now);
  }
}

function capture(payment: Payment, command: Command, now: number, contract: CaptureContract): Permit {
  const { amount } = command;
  const earlier = underWay(payment, "capture");
  const left = units(heldAmount(payment)) - units(sum(earlier.map((operation) => valueOf(payment, operation))));
  const wanted = amount === undefined ? left : units(amount.value);
  const same = sameAsked(payment, earlier, command, wanted > left || left <= 0n || !contract.multipleCaptures);
  if (same !== undefined) return same;
  if (left <= 0n && payment.status === "captured") {
    return isForTheRest(command) ? SO_ALREADY : refused("operation_refused", "all that was held is captured already");
  }
  const standing = notHeld(payment, now, "captured");
  if (standing !== undefined) return standing;
  if (payment.captureMode === "AUTOMATIC" && payment.status !== "captured") {
    return earlier.length === 0 && payment.operations.some(({ kind }) => kind === "capture")
      ? refused(
          "operation_refused",
          "Antom was to capture this payment by itself and has failed to, and no other capture can be asked for; void it, so that the buyer can pay anew",
          "void_instead",
        )
      : refused("operation_refused", "Antom captures this payment by itself; wait for payment.captured", "wait");
  }
  const pending = pendingOther(payment, "capture", now);
  if (pending !== undefined) return pending;
  if (earlier.length > 0 && !contract.multipleCaptures) {
    return refused(
      "operation_refused",
      "this payment has been captured; if your contract allows several captures, say so with contract.multipleCaptures",
    );
  }
  if (wanted > left) {
    return refused("amount_refused", `no more than ${shown(payment, left)} can be captured`, "lower_amount");
  }
  if (wanted < left && !contract.partialCapture && !contract.multipleCaptures) {
    return refused(
      "amount_refused",
      `only all of it, ${shown(payment, left)}, can be captured; if your contract allows less, say so with contract.partialCapture`,
      "capture_full",
    );
  }
  return made(payment, command, now, wanted);
}

function voided(payment: Payment, command: Command, now: number): Permit {
  const [pending] = payment.operations.filter(({ kind, status }) => kind === "void" && status === "pending");
  if (pending !== undefined && pending.closes === undefined) return { operation: pending, isNew: false };
  if (isLetGo(payment, now)) return SO_ALREADY;
  if (units(payment.capturedAmount) > 0n) {
    return refused("operation_refused", "it is captured, and cannot be voided any more; refund it", "refund_instead");
  }
  if (!isOpen(payment)) {
    const standing = notHeld(payment, now, "voided");
    if (standing !== undefined) return standing;
  }
  return pendingOther(payment, "void", now) ?? made(payment, command, now, undefined, pending);
}

function refund(payment: Payment, command: Command, now: number): Permit {
  const { amount } = command;
  const earlier = underWay(payment, "refund");
  const left = units(payment.capturedAmount) - units(sum(earlier.map((operation) => valueOf(payment, operation))));
  const wanted = amount === undefined ? left : units(amount.value);
  const same = sameAsked(payment, earlier, command, wanted > left || left <= 0n);
  if (same !== undefined) return same;
  if (units(payment.capturedAmount) === 0n) {
    if (isCaptureUntold(payment)) return untold(payment);
    return payment.status === "authorized"
      ? refused("operation_refused", "nothing has been captured yet; void it to let the hold go", "void_instead")
      : refused("operation_refused", `nothing has been captured: the payment is ${payment.status}`);
  }
  if (left <= 0n) {
    return isForTheRest(command)
      ? SO_ALREADY
      : refused("operation_refused", "all that was captured is refunded, or being refunded, already");
  }
  if (wanted > left) {
    return refused("amount_refused", `no more than ${shown(payment, left)} can be refunded`, "lower_amount");
  }
  const permit = made(payment, command, now, wanted);
  const captureId = refundedCapture(payment, wanted);
  return captureId === undefined ? permit : { ...permit, operation: { ...permit.operation, captureId } };
}

/** There may be money to give back, and none that could be asked for by its capture. */
const untold = ({ operations }: Payment): Refused =>
  refused(
    "operation_refused",
    "Antom has not told whether it captured this payment; void it, and where Antom refuses that, refund it on Antom's dashboard",
    operations.some(({ kind, status }) => kind === "void" && status === "failed") ? "refund_otherwise" : "void_instead",
  );

function increase(payment: Payment, command: Command, now: number): Permit {
  const { amount } = command;
  if (amount === undefined) return refused("amount_refused", "say which total is to be held");
  const earlier = underWay(payment, "increase");
  const same = sameAsked(payment, earlier, command, true);
  if (same !== undefined) return same;
  if (units(payment.capturedAmount) > 0n) {
    return refused("operation_refused", "it is captured, so its hold cannot be raised any more", "new_payment");
  }
  const standing = notHeld(payment, now, "raised") ?? pendingOther(payment, undefined, now);
  if (standing !== undefined) return standing;
  if (payment.resultInfo?.incrementalAuthorizationAvailable !== true) {
    return refused("operation_refused", "Antom has not said that this card's hold can be raised", "new_payment");
  }
  if (payment.operations.filter(({ kind }) => kind === "increase").length >= MOST_INCREASES) {
    return refused("operation_refused", `a hold is raised ${MOST_INCREASES} times at most`, "new_payment");
  }
  const held = units(heldAmount(payment));
  if (units(amount.value) <= held) {
    return refused("amount_refused", `the new total must be more than the ${shown(payment, held)} that are held`);
  }
  return made(payment, command, now, units(amount.value));
}

/**
 * What is under way for the same money already, where there is no room for another: whoever asks twice at once means the same. A key of its own
 * is a command of its own, though: to grant it by what another asked for would leave nothing that remembers it, and it would move money when it
 * is sent again.
 */
function sameAsked(
  payment: Payment,
  earlier: readonly Operation[],
  { amount, key }: Command,
  isFull: boolean,
): Permit | undefined {
  const same = earlier.find(
    (operation) => operation.status === "pending" && (amount === undefined || operation.amount?.value === amount.value),
  );
  if (!isFull || same === undefined) return undefined;
  // What was asked for elsewhere, on Antom's dashboard, is not the kit's to send.
  const isOurs = paymentIdOf(same.id) === payment.id;
  if (key === undefined && isOurs) return { operation: same, isNew: false };
  const message = `the ${same.kind} ${same.id} is still under way for somebody else; wait for its outcome`;
  return refused("operation_pending", message, "wait");
}

/**
 * For what is left, as a hook asks that is called again: where nothing is left it is so already, what is under way having been looked for
 * before. A key would not be remembered.
 */
const isForTheRest = ({ amount, key }: Command): boolean => amount === undefined && key === undefined;

/** @param closing the void of the kit's own that this one takes the place of */
const made = (
  payment: Payment,
  { kind, key, by, reason }: Command,
  now: number,
  value: bigint | undefined,
  closing?: Operation,
): Made => ({
  isNew: true,
  operation: {
    id: closing?.id ?? operationId(payment, kind),
    kind,
    status: "pending",
    requestedAt: now,
    ...(value === undefined ? {} : { amount: { currency: payment.amount.currency, value: value.toString() } }),
    ...(key === undefined ? {} : { key }),
    ...(by === undefined ? {} : { by }),
    ...(reason === undefined ? {} : { reason }),
  },
});

const valueOf = (payment: Payment, { amount }: Operation): string => amount?.value ?? payment.amount.value;

const shown = ({ amount }: Payment, value: bigint): string => `${amount.currency} ${value} (minor units)`;
