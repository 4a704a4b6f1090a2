import { decide } from "../card/decide.js";
import { issuerResultInfo, resultInfo, type ResultInfo, type ThreeDSResult } from "../card/result-info.js";
import { authenticated, exempted, notAuthenticated } from "../card/three-ds.js";
import { DURATIONS, scaled } from "../durations.js";
import { paymentNotification } from "../notify/bodies.js";
import type { ResultCode } from "../result.js";
import type { Simulation } from "../simulation.js";
import type { Change } from "../state/change.js";
import type { CardAttempt, Payment } from "../state/payment.js";

/** Charges a card, unless it must be authenticated first: then the attempt waits on the payment for {@link answerChallenge}. */
export function charge(simulation: Simulation, payment: Payment, attempt: CardAttempt): Change {
  const { card, authenticatedElsewhere } = attempt;
  const tried: Payment = { ...payment, attempt };
  const verdict = decide(card, payment.amount, payment.wish, authenticatedElsewhere !== undefined);
  switch (verdict.kind) {
    case "challenge":
      return { payment: tried };
    case "decline":
      return decline(
        simulation,
        tried,
        verdict.code,
        info(simulation, tried, attempt, { approved: false, refusal: verdict.refusal }),
      );
    case "approve":
      return approve(simulation, tried, attempt, threeDSOf(attempt, verdict.exemption));
  }
}

/** What the buyer did on the 3-D Secure page: passed, so that the issuer is asked, or failed. */
export function answerChallenge(
  simulation: Simulation,
  payment: Payment,
  attempt: CardAttempt,
  passed: boolean,
): Change {
  const { random } = simulation;
  if (!passed) {
    const threeDSResult = notAuthenticated(attempt.card, random);
    return decline(
      simulation,
      payment,
      "USER_PAYMENT_VERIFICATION_FAILED",
      info(simulation, payment, attempt, { approved: false, threeDSResult }),
    );
  }
  const threeDSResult = authenticated(attempt.card, random);
  const verdict = decide(attempt.card, payment.amount, payment.wish, true);
  if (verdict.kind !== "decline") return approve(simulation, payment, attempt, threeDSResult);
  return decline(
    simulation,
    payment,
    verdict.code,
    info(simulation, payment, attempt, { approved: false, refusal: verdict.refusal, threeDSResult }),
  );
}

/** What the buyer did on a Korean issuer's own page. */
export function answerIssuer(simulation: Simulation, payment: Payment, passed: boolean): Change {
  const info = issuerResultInfo(payment.selectedCardBrand);
  return passed
    ? succeed(simulation, { ...payment, resultInfo: info })
    : decline(simulation, payment, "USER_PAYMENT_VERIFICATION_FAILED", info);
}

function approve(
  simulation: Simulation,
  payment: Payment,
  attempt: CardAttempt,
  threeDSResult: ThreeDSResult | undefined,
): Change {
  const charged = { ...payment, resultInfo: info(simulation, payment, attempt, { approved: true, threeDSResult }) };
  if (payment.paymentMethodId !== undefined || !attempt.save) return succeed(simulation, charged);
  const token = `ALIPAY${simulation.random(36).toString("base64")}`;
  return { ...succeed(simulation, { ...charged, cardToken: token }), storedCard: { token, card: attempt.card } };
}

function succeed(simulation: Simulation, charged: Payment): Change {
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
            at,
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

const announcement = (simulation: Simulation, payment: Payment) =>
  simulation.notifier.compose(payment.paymentId, payment.notifyUrl, paymentNotification(payment));

const info = (
  { identifiers }: Simulation,
  { creditPayPlan }: Payment,
  { card, checked }: CardAttempt,
  outcome: Omit<Parameters<typeof resultInfo>[2], "creditPayPlan">,
): ResultInfo => resultInfo(card, checked, { ...outcome, creditPayPlan }, identifiers);

function threeDSOf({ card, authenticatedElsewhere }: CardAttempt, exemption?: string): ThreeDSResult | undefined {
  if (authenticatedElsewhere !== undefined) return authenticatedElsewhere;
  return exemption === undefined ? undefined : exempted(card, exemption);
}
