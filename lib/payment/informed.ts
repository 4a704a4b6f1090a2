import type { AuthorizationFact, OperationFact } from "./observation.js";
import type { Evidence, Payment } from "./payment.js";
import { filled, isOtherCard, type PaymentResultInfo } from "./result-info.js";

type InformedBy = NonNullable<Evidence["informedBy"]>;

/** Whose word counts: a buyer may try one card after another, and the one that succeeded is the payment's. */
const RANK: Readonly<Record<InformedBy, number>> = { underWay: 0, failed: 1, succeeded: 2 };

/**
 * The payment with what a message tells of the card and its checks. What a success tells replaces what was told before it, a failure's what was
 * told while it was under way, and neither is ever replaced by less; messages of one rank fill each other's gaps. So two cards are never
 * mixed, and the order in which the messages come does not matter.
 */
export function informed(
  payment: Payment,
  outcome: AuthorizationFact["outcome"] | OperationFact["outcome"],
  told: PaymentResultInfo | undefined,
): Payment {
  if (told === undefined) return payment;
  const { resultInfo: known, evidence } = payment;
  const by = outcome === "succeeded" || outcome === "failed" ? outcome : "underWay";
  const before = known === undefined ? undefined : (evidence.informedBy ?? assumed(evidence));
  if (before !== undefined && RANK[before] > RANK[by]) return payment;
  const isSameRank = before === by;
  if (isSameRank && known !== undefined && isOtherCard(known, told)) return payment;
  return { ...payment, resultInfo: isSameRank ? filled(known, told) : told, evidence: { ...evidence, informedBy: by } };
}

/** What was stored before this mark was: it is not replaced by less, and at worst filled up as it used to be. */
const assumed = ({ succeeded, failed }: Evidence): InformedBy =>
  succeeded === true ? "succeeded" : failed === true ? "failed" : "underWay";
