import { units, type Amount } from "../../payment/amount.js";
import { explain, schemas } from "../api/schema/check.js";
import { amount, requiredText, text } from "../api/schema/shapes.js";
import { DURATIONS, scaled } from "../durations.js";
import { isSettled, stepProblem } from "../life/dispute-step.js";
import { capturedUnits } from "../life/hold.js";
import { ACCEPT_REASONS, disputeNotification, type AcceptReason } from "../notify/dispute.js";
import type { Simulation } from "../simulation.js";
import {
  DISPUTE_STEPS,
  DISPUTE_TYPES,
  JUDGED_RESULTS,
  type Dispute,
  type DisputeStep,
  type DisputeType,
  type JudgedResult,
  type Payment,
} from "../state/payment.js";
import { shownDispute, type SimulatorDispute } from "./disputes.js";
import { OperatorProblem } from "./problem.js";
import { whichPayment } from "./which.js";

/** A step of a dispute, and what is told with it. */
export interface DisputeRequest {
  /** Antom's `disputeNotificationType`; "DISPUTE_CREATED" when not given. */
  readonly step?: DisputeStep;
  /** What is disputed, all that was captured when not given; of a new dispute. */
  readonly amount?: Amount;
  /** "CHARGEBACK" when not given; of a new dispute. */
  readonly type?: DisputeType;
  /** The card brand's own; of a new dispute. */
  readonly reasonCode?: string;
  readonly reasonMessage?: string;
  /** Of DISPUTE_JUDGED; "ACCEPT_BY_MERCHANT", who then is charged, when not given. */
  readonly judgedResult?: JudgedResult;
  /** Of DISPUTE_ACCEPTED; "MERCHANT_ACCEPTED" when not given. */
  readonly acceptReason?: AcceptReason;
}

const isRequest = schemas.compile<DisputeRequest & { readonly payment: string }>({
  type: "object",
  required: ["payment"],
  properties: {
    payment: requiredText(64),
    step: { enum: DISPUTE_STEPS },
    amount,
    type: { enum: DISPUTE_TYPES },
    reasonCode: text(64),
    reasonMessage: text(256),
    judgedResult: { enum: JUDGED_RESULTS },
    acceptReason: { enum: ACCEPT_REASONS },
  },
});

/** A payment has no more disputes than this. */
const MOST_DISPUTES = 20;

/**
 * Opens a dispute of a payment, or moves the one that is open on, and notifies the shop at the address of the Dashboard.
 *
 * @param wish `payment`, its paymentRequestId or paymentId, and the fields of {@link DisputeRequest}
 * @throws OperatorProblem when it cannot be
 */
export function dispute(simulation: Simulation, wish: unknown): SimulatorDispute {
  if (!isRequest(wish)) throw new OperatorProblem(explain(isRequest.errors?.at(-1)));
  const { book, notifier, settings } = simulation;
  const payment = whichPayment(simulation, wish.payment);
  const { step = "DISPUTE_CREATED", acceptReason = "MERCHANT_ACCEPTED" } = wish;
  const open = payment.disputes.find((entry) => !isSettled(entry));
  const problem = stepProblem(step, open);
  if (problem !== undefined) throw new OperatorProblem(`A dispute cannot be told of: ${problem}.`);
  const made = moved(simulation, open ?? opened(simulation, payment, wish), step, wish.judgedResult);
  const changed: Payment = { ...payment, disputes: [...payment.disputes.filter((entry) => entry !== open), made] };
  // The documents send it to the address of the Dashboard only; who has set none still wants to see one.
  const url = settings.notifyUrl ?? payment.notifyUrl;
  book.commit({
    payment: changed,
    notifications: [notifier.compose(payment.paymentId, url, disputeNotification(changed, made, acceptReason))],
  });
  return shownDispute(changed, made);
}

function opened({ clock, identifiers, settings }: Simulation, payment: Payment, wish: DisputeRequest): Dispute {
  const captured = capturedUnits(payment);
  const disputed = wish.amount ?? { currency: payment.amount.currency, value: captured.toString() };
  if (captured === 0n) throw new OperatorProblem("Only what is captured can be disputed, and nothing of it is.");
  if (disputed.currency !== payment.amount.currency || units(disputed.value) > captured) {
    throw new OperatorProblem(`No more than ${payment.amount.currency} ${captured} (minor units) can be disputed.`);
  }
  if (payment.disputes.length >= MOST_DISPUTES) {
    throw new OperatorProblem(`A payment has ${MOST_DISPUTES} disputes at most.`);
  }
  const isMastercard = payment.resultInfo?.cardBrand === "MASTERCARD";
  const now = clock.now();
  return {
    disputeId: identifiers.next("dispute"),
    amount: { currency: disputed.currency, value: disputed.value },
    type: wish.type ?? "CHARGEBACK",
    reasonCode: wish.reasonCode ?? (isMastercard ? "4853" : "10.4"),
    reasonMessage: wish.reasonMessage ?? (isMastercard ? "Cardholder dispute" : "Other fraud, card absent"),
    status: "DISPUTE_CREATED",
    createdAt: now,
    changedAt: now,
    defenseDueAt: now + scaled(DURATIONS.defense, settings),
  };
}

const moved = (
  { clock }: Simulation,
  before: Dispute,
  status: DisputeStep,
  judgedResult: JudgedResult = "ACCEPT_BY_MERCHANT",
): Dispute => ({ ...before, status, changedAt: clock.now(), ...(status === "DISPUTE_JUDGED" && { judgedResult }) });
