import { isKorean, type Card } from "../card/card.js";
import { ineligible } from "../card/eligibility.js";
import { charge } from "../life/charge.js";
import type { Payment } from "../state/payment.js";
import { cardPage } from "./card-page.js";
import { cardholderFormProblem, readCardForm, type FieldProblem } from "./card-form.js";
import { cardholderPage } from "./cardholder-page.js";
import { answer, go, sendOn, type Visit } from "./visit.js";

/** What of a wrong form is shown again: never the number or the cvv. */
const KEPT = ["expiryMonth", "expiryYear", "cardholderName", "zipCode"];

/** Takes the card form. A Korean card is charged once its holder said who they are, with the same form or on the next page. */
export async function payByCard(visit: Visit, form: URLSearchParams): Promise<void> {
  const { simulation, payment, prefix } = visit;
  const now = simulation.clock.now();
  const entry = readCardForm(form, now);
  const problems = "card" in entry ? eligibilityProblems(entry.card, payment) : entry;
  if (!("card" in entry) || problems.length > 0) {
    const filled = Object.fromEntries(KEPT.map((name) => [name, form.get(name) ?? ""]));
    await answer(visit, 422, cardPage({ payment, prefix, problems, filled }));
  } else if (isKorean(entry.card) && cardholderFormProblem(form, now) !== undefined) {
    await go(visit, { payment: { ...payment, attempt: entry, awaits: "cardholder" } });
  } else {
    await go(visit, charge(simulation, payment, entry));
  }
}

/** Takes what the holder of a Korean card told of themselves, and forgets it. */
export async function payAsCardholder(visit: Visit, form: URLSearchParams): Promise<void> {
  const { simulation, payment, prefix, baseUrl } = visit;
  const { attempt, awaits } = payment;
  if (attempt === undefined || awaits !== "cardholder") {
    await sendOn(visit, `${baseUrl}/cashier/${payment.secret}`);
    return;
  }
  const problem = cardholderFormProblem(form, simulation.clock.now());
  if (problem === undefined) await go(visit, charge(simulation, payment, attempt));
  else await answer(visit, 422, cardholderPage(payment, attempt, prefix, [problem]));
}

function eligibilityProblems(card: Card, payment: Payment): readonly FieldProblem[] {
  const code = ineligible(card, payment);
  if (code === undefined) return [];
  const message =
    code === "CURRENCY_NOT_SUPPORT"
      ? "This card pays in Korean won only. Take another card."
      : "This card cannot be paid off in instalments here. Take another card.";
  return [{ field: "cardNo", code, message }];
}
