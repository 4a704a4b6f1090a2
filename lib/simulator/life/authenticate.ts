import { issuerResultInfo, type ResultInfo } from "../card/result-info.js";
import { attempted, authenticated, CHALLENGE_CANCEL, notAuthenticated } from "../card/three-ds.js";
import type { Simulation } from "../simulation.js";
import type { Change } from "../state/change.js";
import type { CardAttempt, Payment } from "../state/payment.js";
import { answerOfBank, decline, infoOf, succeed } from "./charge.js";

/** How a buyer can answer the bank's question; leaving without an answer is none. */
export const CHALLENGE_ANSWERS = ["approve", "decline", "cancel", "timeout"] as const;
export type ChallengeAnswer = (typeof CHALLENGE_ANSWERS)[number];

/** What the buyer did on the 3-D Secure page: passed, so that the bank is asked, or did not. */
export function answerChallenge(
  simulation: Simulation,
  payment: Payment,
  attempt: CardAttempt,
  answer: ChallengeAnswer,
): Change {
  const { random } = simulation;
  if (answer === "approve") {
    return answerOfBank(simulation, payment, attempt, authenticated(attempt.card, random, true), true);
  }
  const cancel = answer === "decline" ? undefined : CHALLENGE_CANCEL[answer];
  return failed(simulation, payment, attempt, { challenged: true, cancel });
}

/** What the bank made of the buyer's device, without a question. */
export function answerFrictionless(simulation: Simulation, payment: Payment, attempt: CardAttempt): Change {
  const { random } = simulation;
  const { card } = attempt;
  switch (card.outcome) {
    case "authentication-fails":
      return failed(simulation, payment, attempt, { challenged: false });
    case "attempted":
      return answerOfBank(simulation, payment, attempt, attempted(card, random), true);
    default:
      return answerOfBank(simulation, payment, attempt, authenticated(card, random, false), true);
  }
}

function failed(
  simulation: Simulation,
  payment: Payment,
  attempt: CardAttempt,
  how: Parameters<typeof notAuthenticated>[2],
): Change {
  const threeDSResult = notAuthenticated(attempt.card, simulation.random, how);
  const info = infoOf(simulation, payment, attempt, { approved: false, threeDSResult });
  return decline(simulation, payment, "USER_PAYMENT_VERIFICATION_FAILED", info);
}

/** What is told of a payment that expired while the bank's question stood unanswered. */
export function abandonedInfo(
  simulation: Pick<Simulation, "random" | "identifiers">,
  payment: Payment,
): ResultInfo | undefined {
  const { attempt, awaits } = payment;
  if (attempt === undefined || awaits !== "challenge") return undefined;
  const cancel = CHALLENGE_CANCEL.abandon;
  const threeDSResult = notAuthenticated(attempt.card, simulation.random, { challenged: true, cancel });
  return infoOf(simulation, payment, attempt, { approved: false, threeDSResult });
}

/** What the buyer did on a Korean issuer's own page. */
export function answerIssuer(simulation: Simulation, payment: Payment, passed: boolean): Change {
  const info = issuerResultInfo(payment.selectedCardBrand, payment.creditPayPlan);
  return passed
    ? succeed(simulation, { ...payment, resultInfo: info })
    : decline(simulation, payment, "USER_PAYMENT_VERIFICATION_FAILED", info);
}
