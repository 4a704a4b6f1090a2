import { canBeRaised } from "../card/card.js";
import { decide } from "../card/decide.js";
import { resultInfo, type ChargeOutcome, type ResultInfo, type ThreeDSResult } from "../card/result-info.js";
import { exempted } from "../card/three-ds.js";
import { DURATIONS, scaled } from "../durations.js";
import { paymentNotification } from "../notify/bodies.js";
import type { ResultCode } from "../result.js";
import type { Simulation } from "../simulation.js";
import type { Change } from "../state/change.js";
import type { CardAttempt, Payment, StoredCard } from "../state/payment.js";

/** How many payments of a stored card, beside the first, the merchant may refer to. */
const MOST_TRANSACTIONS_KEPT = 20;

/** Charges a card, unless it must be authenticated first: then the attempt waits on the payment for its answer. */
export function charge(simulation: Simulation, payment: Payment, attempt: CardAttempt): Change {
  const { authenticatedElsewhere } = attempt;
  return answerOfBank(simulation, { ...payment, attempt }, attempt, authenticatedElsewhere);
}

/**
 * Asks the bank, with the result of 3-D Secure if there is one.
 *
 * @param attempted 3-D Secure was run here, so that it is not asked for again whatever came of it
 */
export function answerOfBank(
  simulation: Simulation,
  payment: Payment,
  attempt: CardAttempt,
  threeDSResult: ThreeDSResult | undefined,
  attempted = false,
): Change {
  const { card } = attempt;
  const isAuthenticated = attempted || (threeDSResult !== undefined && AUTHENTICATED.has(threeDSResult.eci));
  const verdict = decide(card, payment.amount, payment.wish, isAuthenticated);
  switch (verdict.kind) {
    case "challenge":
    case "frictionless":
      return { payment: { ...payment, awaits: verdict.kind } };
    case "decline": {
      const { code, refusal } = verdict;
      return decline(
        simulation,
        payment,
        code,
        infoOf(simulation, payment, attempt, { approved: false, refusal, threeDSResult }),
      );
    }
    case "approve": {
      const exemption = verdict.exemption && exempted(card, verdict.exemption);
      return approve(simulation, payment, attempt, threeDSResult ?? exemption);
    }
  }
}

/** ECIs of a cardholder who was authenticated, or of an attempt to (Antom, "threeDSResult"). */
const AUTHENTICATED = new Set(["01", "02", "05", "06"]);

function approve(
  simulation: Simulation,
  payment: Payment,
  attempt: CardAttempt,
  threeDSResult: ThreeDSResult | undefined,
): Change {
  const info = {
    ...infoOf(simulation, payment, attempt, { approved: true, threeDSResult }),
    ...raising(payment, attempt, simulation),
  };
  const charged: Payment = { ...payment, resultInfo: info };
  const storedCard = storedCardAfter(simulation, payment, attempt, info);
  if (storedCard === undefined) return succeed(simulation, charged);
  const isNew = payment.paymentMethodId === undefined;
  return { ...succeed(simulation, isNew ? { ...charged, cardToken: storedCard.token } : charged), storedCard };
}

/** Told of every hold that waits for the merchant's capture. */
const raising = (
  { authorization, captureMode }: Payment,
  { card }: CardAttempt,
  { settings }: Pick<Simulation, "settings">,
): Pick<ResultInfo, "incrementalAuthorizationAvailable"> =>
  authorization && captureMode === "MANUAL"
    ? { incrementalAuthorizationAvailable: settings.incrementalAuthorization && canBeRaised(card) }
    : {};

/** The card the buyer let the shop keep, or the one paid with, which now has one payment more to refer to. */
function storedCardAfter(
  { random, book }: Simulation,
  { paymentMethodId, wish }: Payment,
  { card, save }: CardAttempt,
  { networkTransactionId }: ResultInfo,
): StoredCard | undefined {
  const added = networkTransactionId === undefined ? [] : [networkTransactionId];
  if (paymentMethodId === undefined) {
    if (!save) return undefined;
    return { token: `ALIPAY${random(36).toString("base64")}`, card, networkTransactionIds: added };
  }
  const known = wish.merchantInitiated ? undefined : book.storedCard(paymentMethodId);
  if (known === undefined) return undefined;
  // The first stays, because that is the one a shop has kept.
  const ids = [...known.networkTransactionIds, ...added];
  const networkTransactionIds = [...ids.slice(0, 1), ...ids.slice(1).slice(-MOST_TRANSACTIONS_KEPT)];
  return { ...known, networkTransactionIds };
}

/** The payment is paid: authorized, or its money taken at once. */
export function succeed(simulation: Simulation, charged: Payment): Change {
  const { clock, settings, identifiers } = simulation;
  const at = clock.now();
  const paid: Payment = { ...charged, status: "SUCCESS", code: "SUCCESS", paidAt: at };
  const payment: Payment = paid.authorization
    ? {
        ...paid,
        holdUntil: at + scaled(DURATIONS.hold, settings),
        ...(paid.captureMode === "AUTOMATIC" && { captureAt: at + scaled(DURATIONS.automaticCapture, settings) }),
      }
    : {
        ...paid,
        captures: [
          {
            captureId: identifiers.next("capture"),
            captureRequestId: identifiers.next("capture"),
            amount: paid.amount,
            automatic: true,
            status: "SUCCESS",
            code: "SUCCESS",
            at,
            settledAt: at,
          },
        ],
      };
  return { payment, notifications: [announcement(simulation, payment)] };
}

/** Fails the payment for good and tells the shop. */
export function decline(simulation: Simulation, payment: Payment, code: ResultCode, resultInfo?: ResultInfo): Change {
  const declined: Payment = { ...payment, status: "FAIL", code, ...(resultInfo && { resultInfo }) };
  return { payment: declined, notifications: [announcement(simulation, declined)] };
}

const announcement = ({ notifier, settings }: Simulation, payment: Payment) =>
  notifier.compose(payment.paymentId, payment.notifyUrl, paymentNotification(payment, settings));

/** What is told of a card that was charged, or was to be. */
export const infoOf = (
  { identifiers }: Pick<Simulation, "identifiers">,
  { creditPayPlan }: Payment,
  { card, checks }: CardAttempt,
  outcome: Omit<ChargeOutcome, "creditPayPlan">,
): ResultInfo => resultInfo(card, checks, { ...outcome, creditPayPlan }, identifiers);
