import type {
  AuthorizationFact,
  DeadlineFact,
  DisputeFact,
  Fact,
  MissingFact,
  OperationFact,
  RequestedFact,
  UnansweredFact,
  UnneededFact,
} from "../../lib/payment/observation.js";
import type { OperationKind } from "../../lib/payment/operation.js";
import { EUR, ID, MINUTE, PAYMENT_ID, T0 } from "./a-payment.js";

/** When Antom authorized, by its own clock. */
export const AUTHORIZED_AT = T0 + 2 * MINUTE;

/** What Antom signs of the payment under test, and what the kit notices by itself. */
export const ACTION: AuthorizationFact = {
  kind: "authorization",
  outcome: "action_required",
  paymentId: PAYMENT_ID,
  action: { url: "https://pay.example/card", method: "GET" },
};
export const PROCESSING: AuthorizationFact = { kind: "authorization", outcome: "processing", paymentId: PAYMENT_ID };
export const SUCCESS: AuthorizationFact = {
  kind: "authorization",
  outcome: "succeeded",
  paymentId: PAYMENT_ID,
  amount: EUR("10000"),
  code: "SUCCESS",
  authorizedAt: AUTHORIZED_AT,
};
export const DECLINED: AuthorizationFact = {
  kind: "authorization",
  outcome: "failed",
  paymentId: PAYMENT_ID,
  code: "DO_NOT_HONOR",
};
export const CLOSED: AuthorizationFact = { ...DECLINED, code: "ORDER_IS_CLOSED" };
export const CANCELLED: AuthorizationFact = { kind: "authorization", outcome: "cancelled", paymentId: PAYMENT_ID };
export const REVERSED: Fact = { kind: "reversal", paymentId: PAYMENT_ID };

const LETTERS = { capture: "C", void: "V", refund: "R", increase: "U" } as const;

/** An operation of ours, the nth of its kind, as Antom tells of it. */
export const told = (
  kind: OperationKind,
  value?: string,
  { nth = 1, outcome = "succeeded", ...more }: Partial<OperationFact> & { nth?: number } = {},
): OperationFact => ({
  kind,
  outcome,
  paymentId: PAYMENT_ID,
  requestId: `${ID}${LETTERS[kind]}${nth}`,
  ...(kind === "capture" || kind === "refund" ? { gatewayId: `${LETTERS[kind]}-${nth}` } : {}),
  ...(value === undefined ? {} : { amount: EUR(value) }),
  ...more,
});

/** The same operation, as it is written down before it is sent. */
export const requested = (kind: OperationKind, value?: string, nth = 1): RequestedFact => ({
  kind: "requested",
  operation: {
    id: `${ID}${LETTERS[kind]}${nth}`,
    kind,
    status: "pending",
    requestedAt: T0 + MINUTE,
    ...(value === undefined ? {} : { amount: EUR(value) }),
  },
});

/** The first void of the kit's own, by which it closes a payment that nobody paid in time; and that it is not needed. */
export const CLOSING: RequestedFact = {
  kind: "requested",
  operation: { ...requested("void").operation, closes: true },
};
export const UNNEEDED: UnneededFact = { kind: "unneeded", operation: CLOSING.operation.id };

export const dispute = (step: string, disputeId = "D1", paymentId = PAYMENT_ID): DisputeFact => ({
  kind: "dispute",
  disputeId,
  step,
  paymentId,
});
/** A dispute that was judged, perhaps again. */
export const judged = (judgedResult: string): DisputeFact => ({ ...dispute("DISPUTE_JUDGED"), judgedResult });
export const deadline = (which: DeadlineFact["which"]): DeadlineFact => ({ kind: "deadline", which });
export const UNANSWERED: UnansweredFact = { kind: "unanswered", operation: "pay", reason: "timeout" };
export const MISSING: MissingFact = { kind: "missing" };
