import type { IncomingMessage, ServerResponse } from "node:http";
import { KOREAN_BRANDS } from "../../payment/card-brand.js";
import { testCardByKey } from "../card/test-cards.js";
import { send, sendPage } from "../http/answer.js";
import { readForm } from "../http/body.js";
import type { Html } from "../http/html.js";
import { answerChallenge, answerFrictionless, answerIssuer, CHALLENGE_ANSWERS } from "../life/authenticate.js";
import type { Simulation } from "../simulation.js";
import type { Payment } from "../state/payment.js";
import { brandPage } from "./brand-page.js";
import { cardPage } from "./card-page.js";
import { cardholderPage } from "./cardholder-page.js";
import { challengePage, issuerPage } from "./challenge-page.js";
import { checkingPage } from "./checking-page.js";
import { finishedPage, unknownPage } from "./finished-page.js";
import { payAsCardholder, payByCard } from "./pay-by-card.js";
import { answer, complain, go, sendOn, type Visit } from "./visit.js";

/** The pages of one payment: the card form at the address itself, the others behind it. */
export const CASHIER_PATH =
  /^\/cashier\/([A-Za-z0-9_-]{1,64})(?:\/(challenge|issuer|brand|cardholder|checking|checked))?$/;

const FORM_LIMIT = 16 * 1024;

/** Shows the pages on which the buyer pays, and takes what they send. */
export async function serveCashier(
  simulation: Simulation,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { book, timeline } = simulation;
  const [, secret = "", page = "card"] = CASHIER_PATH.exec(url.pathname) ?? [];
  const isForm = request.method === "POST";
  if (!isForm && request.method !== "GET" && request.method !== "HEAD") {
    send(response, 405, { allow: "GET, POST" }, "");
    return;
  }
  const form = isForm ? await readForm(request, FORM_LIMIT) : undefined;
  const baseUrl = simulation.baseUrl(request.headers.host);
  const prefix = new URL(baseUrl).pathname.replace(/\/$/, "");
  // From here to a commit nothing may be awaited: of two submissions at once the second must see what the first did.
  const payment = timeline.current(book.paymentBySecret(secret));
  if (payment === undefined) {
    sendPage(response, 404, unknownPage(prefix));
    return;
  }
  const visit: Visit = { simulation, payment, baseUrl, prefix, response };
  if (page === "checked" && request.method !== "HEAD") await goOnUnasked(visit);
  else if (!isForm) await show(visit, page, url.searchParams.get("card") ?? "");
  else if (form === undefined) complain(visit, 415, "Send the form as application/x-www-form-urlencoded.");
  else await submit(visit, page, form);
}

async function show(visit: Visit, page: string, cardKey: string): Promise<void> {
  const { payment, prefix } = visit;
  if (payment.status !== "PROCESSING") {
    await answer(visit, 200, finishedPage(payment, prefix));
  } else if (payment.mode === "issuer") {
    const isChosen = payment.selectedCardBrand !== undefined;
    await answer(visit, 200, isChosen ? issuerPage(payment, prefix) : brandPage(payment, prefix));
  } else if (page === "card" && payment.mode === "hosted") {
    await answer(visit, 200, cardPage({ payment, prefix, filled: filledWith(cardKey, visit.simulation.clock.now()) }));
  } else {
    await answer(visit, 200, awaitedPage(payment, prefix) ?? cardPage({ payment, prefix }));
  }
}

/** The page on which an attempt that was begun goes on. */
function awaitedPage(payment: Payment, prefix: string): Html | undefined {
  const { attempt, awaits } = payment;
  if (attempt === undefined || awaits === undefined) return undefined;
  switch (awaits) {
    case "cardholder":
      return cardholderPage(payment, attempt, prefix);
    case "challenge":
      return challengePage(payment, attempt, prefix);
    case "frictionless":
      return checkingPage(payment, attempt, prefix);
  }
}

async function submit(visit: Visit, page: string, form: URLSearchParams): Promise<void> {
  const { payment, prefix } = visit;
  const { status, code } = payment;
  if (status === "SUCCESS" || (status === "FAIL" && code !== "ORDER_IS_CLOSED")) {
    // The second of two submissions finds the first one's result; it must neither charge again nor look like a failure.
    await sendOn(visit, payment.redirectUrl);
  } else if (status !== "PROCESSING") {
    await answer(visit, 409, finishedPage(payment, prefix));
  } else if (page === "challenge" || page === "issuer") {
    await decide(visit, form.get("outcome"));
  } else if (page === "brand") {
    await chooseBrand(visit, form.get("selectedCardBrand"));
  } else if (page === "cardholder") {
    await payAsCardholder(visit, form);
  } else if (payment.mode === "hosted") {
    await payByCard(visit, form);
  } else {
    complain(visit, 409, "This payment takes no card here.");
  }
}

async function decide(visit: Visit, outcome: string | null): Promise<void> {
  const { simulation, payment, baseUrl } = visit;
  const { attempt, awaits } = payment;
  const given = CHALLENGE_ANSWERS.find((name) => name === outcome);
  if (outcome === "abandon") {
    await sendOn(visit, payment.redirectUrl);
  } else if (given === undefined) {
    complain(visit, 422, `outcome must be ${CHALLENGE_ANSWERS.join(", ")} or abandon.`);
  } else if (payment.mode === "issuer") {
    await go(visit, answerIssuer(simulation, payment, given === "approve"));
  } else if (attempt === undefined || awaits !== "challenge") {
    await sendOn(visit, `${baseUrl}/cashier/${payment.secret}`);
  } else {
    await go(visit, answerChallenge(simulation, payment, attempt, given));
  }
}

/** The end of a 3-D Secure without a question: the page before goes on to here by itself. */
async function goOnUnasked(visit: Visit): Promise<void> {
  const { simulation, payment, prefix, baseUrl } = visit;
  const { attempt, awaits, status, code } = payment;
  if (status === "CANCELLED" || code === "ORDER_IS_CLOSED") {
    await answer(visit, 409, finishedPage(payment, prefix));
  } else if (status !== "PROCESSING") {
    await sendOn(visit, payment.redirectUrl);
  } else if (attempt === undefined || awaits !== "frictionless") {
    await sendOn(visit, `${baseUrl}/cashier/${payment.secret}`);
  } else {
    await go(visit, answerFrictionless(simulation, payment, attempt));
  }
}

async function chooseBrand(visit: Visit, brand: string | null): Promise<void> {
  const { payment } = visit;
  const selectedCardBrand = KOREAN_BRANDS.find((name) => name === brand);
  if (payment.mode !== "issuer" || selectedCardBrand === undefined) {
    complain(visit, 422, "selectedCardBrand must be a Korean card brand.");
    return;
  }
  await go(visit, { payment: { ...payment, selectedCardBrand } });
}

/** A card to try, with a date that is some years off. */
function filledWith(cardKey: string, now: number): Record<string, string> {
  const card = testCardByKey(cardKey);
  if (card === undefined) return {};
  const expiryYear = String(new Date(now).getUTCFullYear() + 8).slice(-2);
  const cvv = card.brand === "AMEX" ? "1234" : "123";
  return { cardNo: card.number, expiryMonth: "12", expiryYear, cvv, cardholderName: "Test Buyer" };
}
