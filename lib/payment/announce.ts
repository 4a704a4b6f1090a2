import { isTold, withStep } from "./dispute.js";
import type { EventDetails } from "./event.js";
import type { EventType } from "./events.js";
import type { DisputeFact, Fact } from "./observation.js";
import type { Operation, OperationKind, OperationStatus } from "./operation.js";
import { isCancelled, type Dispute, type Payment, type PaymentStatus } from "./payment.js";

/** An event's type and details, before it is numbered. */
export type Announcement = {
  [K in EventType]: { readonly type: K } & (K extends keyof EventDetails ? EventDetails[K] : unknown);
}[EventType];

/** The events between two states of a payment, in the order in which the shop should hear of them. */
export function announcements(before: Payment, after: Payment, facts: readonly Fact[]): Announcement[] {
  const found: Announcement[] = [];
  const entered = (...statuses: PaymentStatus[]): boolean =>
    statuses.includes(after.status) && !statuses.includes(before.status);

  if (entered("requires_action")) found.push({ type: "payment.requires_action" });
  // A payment that is to be undone must not make the shop reserve or ship; its conflict tells of it.
  if (after.evidence.superseded === undefined) {
    if (entered("authorized", "captured") && before.evidence.announced === undefined) {
      found.push({ type: "payment.authorized" });
    }
    for (const operation of newly("capture", "succeeded", before, after)) {
      found.push({ type: "payment.captured", operation });
    }
  }
  for (const operation of newly("capture", "failed", before, after)) {
    found.push({ type: "payment.capture_failed", operation });
  }
  if (entered("failed")) found.push({ type: "payment.failed" });
  // One that was cancelled before has been told of: as voided, or as expired.
  if (entered("voided") && !isCancelled(before.evidence)) found.push({ type: "payment.voided" });
  if (after.evidence.warnedOf !== before.evidence.warnedOf) found.push({ type: "payment.expiring" });
  if (entered("expired")) found.push({ type: "payment.expired" });
  for (const operation of newly("refund", "succeeded", before, after)) {
    found.push({ type: "payment.refunded", operation });
  }
  for (const operation of newly("refund", "failed", before, after)) {
    found.push({ type: "payment.refund_failed", operation });
  }
  if (after.evidence.cardStored !== before.evidence.cardStored) {
    for (const fact of facts) if (fact.kind === "card") found.push({ type: "card.stored", card: fact.card });
  }
  for (const conflict of after.conflicts.slice(before.conflicts.length)) {
    found.push({ type: "payment.conflict", conflict });
  }
  return [...found, ...disputed(before, after, facts)];
}

/** The steps of disputes that were taken in, each with the fact that told of it. */
function disputed(before: Payment, after: Payment, facts: readonly Fact[]): Announcement[] {
  let known = before.disputes;
  return facts.filter(isDispute).flatMap((dispute) => {
    const isKnown = ({ id }: Dispute): boolean => id === dispute.disputeId;
    const isOpen = known.some(isKnown);
    // What disagrees with the payment was not taken in.
    const isNew = !isTold(known.find(isKnown), dispute) && isTold(after.disputes.find(isKnown), dispute);
    if (!isNew) return [];
    known = withStep(known, dispute);
    return [{ type: isOpen ? ("dispute.updated" as const) : ("dispute.opened" as const), dispute }];
  });
}

const isDispute = (fact: Fact): fact is DisputeFact => fact.kind === "dispute";

const newly = (kind: OperationKind, status: OperationStatus, before: Payment, after: Payment): Operation[] =>
  after.operations.filter(
    (operation) =>
      operation.kind === kind &&
      operation.status === status &&
      !before.operations.some(
        (known) =>
          (known.id === operation.id || known.id === operation.gatewayId) &&
          known.kind === kind &&
          known.status === status,
      ),
  );
