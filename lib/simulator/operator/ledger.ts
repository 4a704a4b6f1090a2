import type { Amount } from "../../payment/amount.js";
import { authorizationStatus, heldAmount, type AuthorizationStatus } from "../life/hold.js";
import type { Simulation } from "../simulation.js";
import type { Payment, Progress } from "../state/payment.js";
import { shownDispute, type SimulatorDispute } from "./disputes.js";
import { iso, named } from "./named.js";
import { shownReversal, type SimulatorReversal } from "./reversal.js";

/** What every line begins with. */
interface OfPayment {
  readonly paymentId: string;
  readonly paymentRequestId: string;
  readonly referenceOrderId: string;
  readonly amount: Amount;
  readonly at: string;
}

/** Everything that happened to money, oldest first. Times are ISO 8601 in UTC. What was refused at once is not here. */
export interface Ledger {
  /** Holds that a card's bank granted, with the amount that is held after every increase; refused attempts are not here. */
  readonly authorizations: readonly (OfPayment & { readonly status: AuthorizationStatus })[];
  readonly captures: readonly (OfPayment & {
    readonly captureId: string;
    readonly captureRequestId: string;
    readonly automatic: boolean;
    readonly status: Progress;
  })[];
  readonly cancels: readonly (OfPayment & {
    /** Whether a hold was released; else an unpaid payment was closed. */
    readonly voided: boolean;
  })[];
  readonly refunds: readonly (OfPayment & {
    readonly refundId: string;
    readonly refundRequestId: string;
    readonly status: Progress;
  })[];
  /** New totals that were asked for with updateAmount and accepted. */
  readonly increases: readonly (OfPayment & {
    readonly increaseId: string;
    readonly updateRequestId: string;
    readonly status: Progress;
  })[];
  readonly disputes: readonly SimulatorDispute[];
  readonly reversals: readonly SimulatorReversal[];
}

/** @param id a paymentRequestId, paymentId or referenceOrderId, to see only what belongs to it */
export function ledger({ book, clock }: Simulation, id?: string): Ledger {
  const all = book.payments();
  const payments = id === undefined ? all : all.filter((payment) => Object.values(named(payment)).includes(id));
  return {
    authorizations: payments.flatMap((payment) => authorization(payment, clock.now())),
    captures: payments.flatMap((payment) =>
      payment.captures.map(({ captureId, captureRequestId, amount, automatic, status, at }) => ({
        captureId,
        captureRequestId,
        ...named(payment),
        amount,
        automatic,
        status,
        at: iso(at),
      })),
    ),
    cancels: payments.flatMap(cancellation),
    refunds: payments.flatMap((payment) =>
      payment.refunds.map(({ refundId, refundRequestId, amount, status, createdAt }) => ({
        refundId,
        refundRequestId,
        ...named(payment),
        amount,
        status,
        at: iso(createdAt),
      })),
    ),
    increases: payments.flatMap((payment) =>
      payment.increases.map(({ increaseId, updateRequestId, amount, status, createdAt }) => ({
        increaseId,
        updateRequestId,
        ...named(payment),
        amount,
        status,
        at: iso(createdAt),
      })),
    ),
    disputes: payments.flatMap((payment) => payment.disputes.map((dispute) => shownDispute(payment, dispute))),
    reversals: payments.flatMap((payment) =>
      payment.reversedAt === undefined ? [] : [shownReversal(payment, payment.reversedAt)],
    ),
  };
}

function authorization(payment: Payment, now: number): Ledger["authorizations"] {
  const status = authorizationStatus(payment, now);
  if (status === undefined || payment.paidAt === undefined) return [];
  return [{ ...named(payment), amount: heldAmount(payment), status, at: iso(payment.paidAt) }];
}

const cancellation = (payment: Payment): Ledger["cancels"] =>
  payment.cancelledAt === undefined
    ? []
    : [
        {
          ...named(payment),
          amount: heldAmount(payment),
          voided: payment.paidAt !== undefined,
          at: iso(payment.cancelledAt),
        },
      ];
