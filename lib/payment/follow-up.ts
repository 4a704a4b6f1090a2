import { movedBy } from "./money.js";
import { sum } from "./amount.js";
import type { PaymentEvent } from "./event.js";
import { isCaptureUntold, isEndUntold, isWatched, nextHoldDeadline } from "./hold.js";
import { paymentIdOf } from "./id.js";
import type { Observation } from "./observation.js";
import { isUnneeded, type Operation } from "./operation.js";
import { awaitsAntom, isPastClosing, type Payment } from "./payment.js";
import type { TaskChange } from "./task.js";

/** How long nothing may be heard before Antom is asked, in milliseconds. */
export const SILENCE = 60_000;

/** How soon Antom is asked when a call went unanswered, in milliseconds: a buyer is waiting. Doubled with each further silence. */
const UNANSWERED = 2_000;
const UNANSWERED_AT_MOST = 60_000;

/** The same of a cancel, which nobody waits for, and which an inquiry may lead to. */
const CANCEL_AT_MOST = 60 * 60_000;

/**
 * How long whoever opened a payment, or asked for an operation, has to carry it out before the worker does, in milliseconds: longer than a call
 * may take (`gatewayTimeout` in configuration/checks.ts at most).
 */
export const RECOVERY = 20_000;

export const inquireTaskId = (payment: Pick<Payment, "id">): string => `inquire:${payment.id}`;

export const expireTaskId = (payment: Pick<Payment, "id">): string => `expire:${payment.id}`;

const operationTaskId = ({ kind, id }: Operation): string => `${kind}:${id}`;

/** The work that follows from a change: the events' delivery, the next inquiry, the watch over the hold, and the operations to carry through. */
export function followUps(
  before: Payment,
  after: Payment,
  events: readonly PaymentEvent[],
  { at, source, facts }: Observation,
): TaskChange[] {
  const tasks: TaskChange[] = events.map((event) => ({
    kind: "deliver",
    id: event.id,
    payment: after.id,
    dueAt: at,
    sequence: event.sequence,
    event,
  }));
  const inquireAt = nextInquiry(before, after, { at, source, facts });
  if (inquireAt !== undefined) {
    tasks.push({ kind: "inquire", id: inquireTaskId(after), payment: after.id, dueAt: inquireAt });
  } else if (isToAsk(before) && !isToAsk(after)) {
    tasks.push({ id: inquireTaskId(after), obsolete: true });
  }
  tasks.push(...watch(before, after, at));
  for (const operation of after.operations) {
    // What was asked for elsewhere, on Antom's dashboard, is not the kit's to carry out.
    if (paymentIdOf(operation.id) !== after.id) continue;
    const { kind } = operation;
    const known = before.operations.find((candidate) => candidate.id === operation.id && candidate.kind === kind);
    const id = operationTaskId(operation);
    const isNew = known === undefined || (known.closes === true && operation.closes === undefined);
    if (isNew && operation.status === "pending") {
      const dueAt = source === "command" || source === "clock" ? at + RECOVERY : at;
      tasks.push({ kind, id, payment: after.id, dueAt, operation: operation.id });
    } else if (known?.status === "pending" && operation.status !== "pending") {
      tasks.push({ id, obsolete: true });
    } else if (isIdle(operation) && !isPastClosing(before) && isPastClosing(after)) {
      // It stands in the way of a capture until Antom has said what came of it.
      const dueAt = Math.max(at, operation.requestedAt + RECOVERY);
      tasks.push({ kind, id, payment: after.id, dueAt, operation: operation.id });
    }
  }
  return tasks;
}

/** A void that may be of no more need. */
const isIdle = ({ status, closes }: Operation): boolean => status === "pending" && closes === true;

/** The watch over a hold that waits for the shop. */
function watch(before: Payment, after: Payment, at: number): TaskChange[] {
  const wasWatched = isWatched(before);
  const id = expireTaskId(after);
  if (!isWatched(after)) return wasWatched ? [{ id, obsolete: true }] : [];
  const dueAt = nextHoldDeadline(after) ?? at;
  return wasWatched && dueAt === nextHoldDeadline(before)
    ? []
    : [{ kind: "expire", id, payment: after.id, dueAt: Math.max(dueAt, at) }];
}

/** Whether Antom owes an answer, or is to be asked once until when it holds the amount. */
const isToAsk = (payment: Payment): boolean => awaitsAntom(payment) || isEndUntold(payment);

/** When Antom is to be asked next, where this change decides it; undefined leaves the worker's own back-off as it is. */
function nextInquiry(before: Payment, after: Payment, { at, facts }: Observation): number | undefined {
  const silence = facts.find((fact) => fact.kind === "unanswered");
  if (silence !== undefined) {
    const most = silence.operation === "void" ? CANCEL_AT_MOST : UNANSWERED_AT_MOST;
    return at + Math.min(UNANSWERED * 2 ** (after.unanswered - 1), most);
  }
  const refunds = sum(movedBy(after, "refund"));
  // The capture it gives back has not been heard of yet.
  if (refunds !== after.refundedAmount && refunds !== sum(movedBy(before, "refund"))) return at;
  // Refused, so the payment is not as it was thought to be. (Of one that Antom has never heard of there is nothing to see.)
  const isRefused = after.operations.some(
    (operation) =>
      operation.status === "failed" &&
      operation.code !== "ORDER_NOT_EXIST" &&
      !isUnneeded(operation) &&
      before.operations.some(
        ({ id, kind, status }) => id === operation.id && kind === operation.kind && status === "pending",
      ),
  );
  if (isRefused) return at + UNANSWERED;
  if (!awaitsAntom(after)) return isEndUntold(after) && !isEndUntold(before) ? at + SILENCE : undefined;
  // The hold can be called over now, and by the growing pace that would come late.
  if (isCaptureUntold(before) && !isCaptureUntold(after)) return at + SILENCE;
  if (before.status === after.status && awaitsAntom(before)) return undefined;
  return at + SILENCE;
}
