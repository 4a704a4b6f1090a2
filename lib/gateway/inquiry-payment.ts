import { acquired, type Acquired } from "../payment/acquirer-info.js";
import { sameAmount } from "../payment/amount.js";
import type { AuthorizationFact, Fact, OperationFact } from "../payment/observation.js";
import { acquirerFields, readAcquired, type WireAcquired } from "./acquirer-info.js";
import { actionFields, readAction, readChallenge, type WireAction } from "./buyer-action.js";
import { readCardToken } from "./card-token.js";
import { amountOf } from "./lenient.js";
import type { Outcome } from "./outcome.js";
import { readResultInfo, resultInfo } from "./result-info.js";
import { verdict } from "./verdict.js";
import {
  amount,
  compact,
  compile,
  present,
  readAmount,
  readTime,
  result,
  text,
  type Result,
  type WireAmount,
} from "./wire.js";

type WireStatus = "SUCCESS" | "FAIL" | "PROCESSING" | "CANCELLED" | "PENDING";

interface WireTransaction extends WireAcquired {
  transactionType?: string;
  transactionStatus?: string;
  transactionId?: string;
  transactionRequestId?: string;
  transactionAmount?: WireAmount;
  transactionTime?: string;
  transactionResult?: { resultCode?: string };
}

/** The answer to `POST /v1/payments/inquiryPayment`, as far as the kit reads it. */
export interface InquiryAnswer extends WireAction, WireAcquired {
  result: Result;
  paymentStatus?: string;
  paymentResultCode?: string;
  paymentRequestId?: string;
  paymentId?: string;
  paymentAmount?: WireAmount;
  paymentTime?: string;
  authExpiryTime?: string;
  actualPaymentAmount?: unknown;
  paymentResultInfo?: unknown;
  cardInfo?: unknown;
  transactions?: WireTransaction[];
}

export const inquiryAnswer = compile<InquiryAnswer>({
  type: "object",
  required: ["result"],
  properties: {
    result,
    paymentStatus: text(32),
    paymentResultCode: text(64),
    paymentRequestId: text(64),
    paymentId: text(64),
    paymentAmount: amount,
    paymentTime: text(64),
    authExpiryTime: text(64),
    actualPaymentAmount: resultInfo,
    paymentResultInfo: resultInfo,
    cardInfo: resultInfo,
    ...acquirerFields,
    transactions: {
      type: "array",
      maxItems: 500,
      items: {
        type: "object",
        properties: {
          transactionType: text(32),
          transactionStatus: text(32),
          transactionId: text(64),
          transactionRequestId: text(64),
          transactionAmount: amount,
          transactionTime: text(64),
          transactionResult: { type: "object", properties: { resultCode: text(64) } },
          ...acquirerFields,
        },
      },
    },
    ...actionFields,
  },
});

const OUTCOMES: Readonly<Record<WireStatus, AuthorizationFact["outcome"]>> = {
  SUCCESS: "succeeded",
  FAIL: "failed",
  PROCESSING: "action_required",
  CANCELLED: "cancelled",
  PENDING: "processing",
};

/** What an inquiry's outcome says about the payment; an empty list when it says nothing. */
export function inquiryFacts(outcome: Outcome<InquiryAnswer>): Fact[] {
  const { state } = verdict("inquiryPayment", outcome, false);
  if (outcome.kind === "unanswered" || state === "unknown") return [];
  if (state === "missing") return [{ kind: "missing" }];
  const { body } = outcome;
  const status = isWireStatus(body.paymentStatus) ? OUTCOMES[body.paymentStatus] : undefined;
  if (status === undefined) return [];
  const paymentId = present(body.paymentId);
  const succeeded = status === "succeeded";
  const action = status === "action_required" ? readAction(body) : undefined;
  const waits = status === "action_required" && action === undefined;
  const authorization: AuthorizationFact = {
    kind: "authorization",
    outcome: status,
    ...compact({
      paymentId,
      amount: readAmount(body.paymentAmount),
      code: present(body.paymentResultCode),
      resultInfo: readResultInfo(body.paymentResultInfo, body.cardInfo),
      ...acquirerOf(body),
      action,
      challenge: waits ? readChallenge(body) : undefined,
      actualAmount: succeeded ? amountOf(body.actualPaymentAmount) : undefined,
      cardToken: succeeded ? readCardToken(body.paymentResultInfo, body.cardInfo) : undefined,
      authorizedAt: succeeded ? readTime(body.paymentTime) : undefined,
      authorizationExpiresAt: readTime(body.authExpiryTime),
    }),
  };
  const transactions = body.transactions ?? [];
  const operations = transactions.flatMap((transaction) => operation(transaction, paymentId));
  const voids = succeeded ? transactions.flatMap((transaction) => voided(transaction, authorization)) : [];
  return [authorization, ...operations, ...voids];
}

/** What the answer tells of the acquirer itself, and where it leaves that out, in its transaction for the authorization. */
const acquirerOf = (body: InquiryAnswer): Acquired =>
  (body.transactions ?? [])
    .filter(({ transactionType }) => transactionType === "AUTHORIZATION" || transactionType === "PAYMENT")
    .reduce((known, told) => acquired(known, readAcquired(told)), readAcquired(body, body.paymentResultInfo));

const isWireStatus = (status: string | undefined): status is WireStatus =>
  status !== undefined && Object.hasOwn(OUTCOMES, status);

const KINDS: ReadonlyMap<string, "capture" | "refund" | "increase"> = new Map([
  ["CAPTURE", "capture"],
  ["REFUND", "refund"],
  ["INCREMENTAL", "increase"],
]);
const OPERATION_OUTCOMES: ReadonlyMap<string, OperationFact["outcome"]> = new Map([
  ["SUCCESS", "succeeded"],
  ["FAIL", "failed"],
  ["PROCESSING", "pending"],
  ["PENDING", "pending"],
]);

function operation(transaction: WireTransaction, paymentId: string | undefined): OperationFact[] {
  const kind = KINDS.get(transaction.transactionType ?? "");
  const outcome = OPERATION_OUTCOMES.get(transaction.transactionStatus ?? "");
  if (kind === undefined || outcome === undefined) return [];
  return [
    {
      kind,
      outcome,
      ...compact({
        paymentId,
        requestId: present(transaction.transactionRequestId),
        // An increase has no id at Antom but its request's; what stands here may be the payment's own.
        gatewayId: kind === "increase" ? undefined : present(transaction.transactionId),
        amount: readAmount(transaction.transactionAmount),
        code: present(transaction.transactionResult?.resultCode),
        ...readAcquired(transaction),
        settledAt: readTime(transaction.transactionTime),
      }),
    },
  ];
}

const VOIDS: ReadonlySet<string> = new Set(["VOID", "CANCEL"]);

/**
 * A void that went through while the payment itself is still called authorized. (Of one that is called cancelled there is nothing more to
 * learn.) Antom voids all of a hold or nothing, so one of another amount undid something else.
 */
function voided(transaction: WireTransaction, { paymentId, amount: held }: AuthorizationFact): OperationFact[] {
  const { transactionType, transactionStatus } = transaction;
  const told = readAmount(transaction.transactionAmount);
  const isWhole = told === undefined || held === undefined || sameAmount(told, held);
  if (!VOIDS.has(transactionType ?? "") || transactionStatus !== "SUCCESS" || !isWhole) return [];
  return [
    {
      kind: "void",
      outcome: "succeeded",
      ...compact({
        paymentId,
        requestId: present(transaction.transactionRequestId),
        gatewayId: present(transaction.transactionId),
        code: present(transaction.transactionResult?.resultCode),
        ...readAcquired(transaction),
        settledAt: readTime(transaction.transactionTime),
      }),
    },
  ];
}
