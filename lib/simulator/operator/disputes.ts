import type { Amount } from "../../payment/amount.js";
import type { Dispute, DisputeStep, DisputeType, JudgedResult, Payment } from "../state/payment.js";
import { iso, named } from "./named.js";

/** A dispute as the simulator shows it. */
export interface SimulatorDispute {
  readonly disputeId: string;
  readonly paymentId: string;
  readonly paymentRequestId: string;
  readonly referenceOrderId: string;
  readonly amount: Amount;
  readonly type: DisputeType;
  /** The last step that was told: Antom's `disputeNotificationType`. */
  readonly status: DisputeStep;
  readonly judgedResult: JudgedResult | undefined;
  /** When it was opened. */
  readonly at: string;
}

export const shownDispute = (payment: Payment, dispute: Dispute): SimulatorDispute => ({
  disputeId: dispute.disputeId,
  ...named(payment),
  amount: dispute.amount,
  type: dispute.type,
  status: dispute.status,
  judgedResult: dispute.judgedResult,
  at: iso(dispute.createdAt),
});
