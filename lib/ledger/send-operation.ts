import { captureFacts, captureRequest } from "../gateway/capture.js";
import type { Gateway } from "../gateway/gateway.js";
import { inquiryRefundFacts } from "../gateway/inquiry-refund.js";
import { refundFacts, refundRequest } from "../gateway/refund.js";
import { updateAmountFacts, updateAmountRequest } from "../gateway/update-amount.js";
import { mismatchOf } from "../payment/mismatch.js";
import type { Fact } from "../payment/observation.js";
import { isAbout, type Operation } from "../payment/operation.js";
import type { Payment } from "../payment/payment.js";
import type { Clock } from "../ports.js";
import { pending, type Step } from "./carry-operation.js";
import type { Inquiry } from "./inquire.js";
import type { Ledger } from "./ledger.js";

/**
 * How often Antom is asked about what it has taken, or refused in doubt, before it is sent once more, with the same id; and how often an increase
 * is tried at least before it is given up, however long the process was away.
 */
const ASK_FIRST = 3;

/**
 * For how long an increase is waited for while Antom does not tell of it, in milliseconds, be it that Antom has accepted it or does not answer.
 * Then it counts as not carried out once an inquiry shows nothing of it, and a late success counts all the same: an answer that never comes must
 * not cost the hold.
 */
const INCREASE_PATIENCE = 2 * 60 * 60 * 1000;

export interface SendParts {
  readonly gateway: Gateway;
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** Where Antom tells how a refund ended. */
  readonly notifyUrl: string;
  /** Asks Antom how the payment stands, by an inquiry that begins after this call. */
  readonly askAnew: (id: string) => Promise<Inquiry>;
}

/** The kinds of operation that are sent with an id of their own and, once Antom has taken them, asked about. */
export type SentKind = "capture" | "increase" | "refund";

/** What is known before an operation is sent. */
interface Standing {
  readonly payment: Payment;
  /** Antom has taken it and may still be at it: nothing is sent now. */
  readonly isTaken: boolean;
  /** Antom has just told, and this was not part of it: what it refuses now has not been done before. */
  readonly isNews: boolean;
}

interface Way {
  readonly standing: (payment: Payment, operation: Operation, attempts: number) => Promise<Standing>;
  /** Sends it and answers with what came of it; `isRepeat`: it may have been done before. */
  readonly send: (operation: Operation, paymentId: string, isRepeat: boolean) => Promise<Fact[]>;
}

/**
 * Takes money that is held, raises a hold to a new total, or gives money back: asks first about what Antom has taken ("in process"), then
 * sends, always with the same id, and records the answer. (Antom: capture, updateAmount, refund, inquiryRefund)
 */
export function createSends({
  gateway,
  ledger,
  clock,
  notifyUrl,
  askAnew,
}: SendParts): Readonly<Record<SentKind, Step>> {
  const byPayment: Way["standing"] = async (payment, operation, attempts) => {
    const { accepted } = operation;
    const isLate = isOverdue(operation, clock.now());
    const isToAsk = accepted === true || isLate || payment.paymentId === undefined;
    if (!isToAsk) return { payment, isTaken: false, isNews: false };
    const { payment: known, answered, facts } = await askAnew(payment.id);
    // What disagrees with it says as little of it: nobody is kept from what is surely held by an increase that is told of in vain.
    const isDoubted = (fact: Fact): boolean => isLate && mismatchOf(known, fact) !== undefined;
    const isNews = answered && !facts.some((fact) => mayBeAbout(operation, fact) && !isDoubted(fact));
    return { payment: known, isTaken: accepted === true && attempts <= ASK_FIRST, isNews };
  };

  /** Refunds have an inquiry of their own: a card's refund takes its time at the bank. */
  const byRefund: Way["standing"] = async (payment, operation, attempts) => {
    let known = payment;
    let isMissing = false;
    if (operation.accepted === true) {
      const facts = inquiryRefundFacts(await gateway.inquireRefund(operation.id), operation);
      known = await ledger.record(payment.id, { source: "refund", at: clock.now(), facts });
      // Where Antom does not know it after all, it is sent again; what it refused in doubt not before it has had some time.
      isMissing = facts.some(({ kind }) => kind === "missing");
      const isEarly = operation.doubtful === true && attempts <= ASK_FIRST;
      if (!isMissing || isEarly) return { payment: known, isTaken: true, isNews: isMissing };
    }
    if (known.paymentId === undefined) ({ payment: known } = await askAnew(payment.id));
    return { payment: known, isTaken: false, isNews: isMissing };
  };

  const ways: Readonly<Record<SentKind, Way>> = {
    capture: {
      standing: byPayment,
      send: async (operation, paymentId, isRepeat) =>
        captureFacts(await gateway.capture(captureRequest({ operation, paymentId })), operation, isRepeat),
    },
    increase: {
      standing: byPayment,
      send: async (operation, paymentId, isRepeat) =>
        updateAmountFacts(
          await gateway.updateAmount(updateAmountRequest({ operation, paymentId })),
          operation,
          isRepeat,
        ),
    },
    refund: {
      standing: byRefund,
      send: async (operation, paymentId, isRepeat) =>
        refundFacts(await gateway.refund(refundRequest({ operation, paymentId, notifyUrl })), operation, isRepeat),
    },
  };

  const stepOf =
    (source: SentKind): Step =>
    async (payment, operation, attempts) => {
      const { payment: known, isTaken, isNews } = await ways[source].standing(payment, operation, attempts);
      const { paymentId } = known;
      if (isTaken || paymentId === undefined || pending(known, operation.id) === undefined) return known;
      if (isNews && attempts > ASK_FIRST && isOverdue(operation, clock.now())) {
        const fact = { kind: source, outcome: "failed", requestId: operation.id } as const;
        return ledger.record(payment.id, { source, at: clock.now(), facts: [fact] });
      }
      const facts = await ways[source].send(operation, paymentId, attempts > 0 && !isNews);
      return ledger.record(payment.id, { source, at: clock.now(), facts });
    };
  return { capture: stepOf("capture"), increase: stepOf("increase"), refund: stepOf("refund") };
}

/** Whether it is an increase that was asked for so long ago that it is not waited for any more. */
const isOverdue = ({ kind, requestedAt }: Operation, now: number): boolean =>
  kind === "increase" && now >= requestedAt + INCREASE_PATIENCE;

/** Whether a fact tells of the operation, or of one that it does not name. */
const mayBeAbout = (operation: Operation, fact: Fact): boolean =>
  fact.kind === operation.kind && (fact.requestId === undefined || isAbout(operation, fact));
