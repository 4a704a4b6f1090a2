import type { Amount } from "../../payment/amount.js";
import { authorizationStatus, type AuthorizationStatus } from "../life/hold.js";
import type { Simulation } from "../simulation.js";
import { iso, named } from "./named.js";

/** Everything that happened to money, oldest first. Times are ISO 8601 in UTC. */
export interface Ledger {
  /** Holds that a card's bank granted; refused attempts are not here. */
  readonly authorizations: readonly {
    readonly paymentRequestId: string;
    readonly paymentId: string;
    readonly referenceOrderId: string;
    readonly amount: Amount;
    readonly status: AuthorizationStatus;
    readonly at: string;
  }[];
  readonly captures: readonly {
    readonly captureId: string;
    readonly captureRequestId: string;
    readonly paymentId: string;
    readonly paymentRequestId: string;
    readonly referenceOrderId: string;
    readonly amount: Amount;
    readonly automatic: boolean;
    readonly at: string;
  }[];
  readonly cancels: readonly {
    readonly paymentId: string;
    readonly paymentRequestId: string;
    readonly referenceOrderId: string;
    readonly amount: Amount;
    /** Whether a hold was released; else an unpaid payment was closed. */
    readonly voided: boolean;
    readonly at: string;
  }[];
  readonly refunds: readonly {
    readonly refundId: string;
    readonly refundRequestId: string;
    readonly paymentId: string;
    readonly paymentRequestId: string;
    readonly referenceOrderId: string;
    readonly amount: Amount;
    readonly status: "PROCESSING" | "SUCCESS" | "FAIL";
    readonly at: string;
  }[];
}

export function ledger({ book, clock }: Simulation): Ledger {
  const payments = book.payments();
  const now = clock.now();
  return {
    authorizations: payments.flatMap((payment) => {
      const status = authorizationStatus(payment, now);
      if (status === undefined || payment.paidAt === undefined) return [];
      return [{ ...named(payment), amount: payment.amount, status, at: iso(payment.paidAt) }];
    }),
    captures: payments.flatMap((payment) =>
      payment.captures.map(({ at, ...capture }) => ({ ...capture, ...named(payment), at: iso(at) })),
    ),
    cancels: payments.flatMap((payment) =>
      payment.cancelledAt === undefined
        ? []
        : [
            {
              ...named(payment),
              amount: payment.amount,
              voided: payment.paidAt !== undefined,
              at: iso(payment.cancelledAt),
            },
          ],
    ),
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
  };
}
