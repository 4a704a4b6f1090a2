import type { IncomingMessage, ServerResponse } from "node:http";
import { KOREAN_BRANDS } from "../card/brand.js";
import { cardOf } from "../card/card.js";
import { testCardByKey } from "../card/test-cards.js";
import { redirect, send, sendPage } from "../http/answer.js";
import { readForm } from "../http/body.js";
import type { Html } from "../http/html.js";
import { answerChallenge, answerIssuer, charge } from "../life/charge.js";
import type { Simulation } from "../simulation.js";
import type { Change } from "../state/change.js";
import type { Payment } from "../state/payment.js";
import { brandPage } from "./brand-page.js";
import { readCardForm } from "./card-form.js";
import { cardPage } from "./card-page.js";
import { challengePage, issuerPage } from "./challenge-page.js";
import { finishedPage, unknownPage } from "./finished-page.js";

/** The pages of one payment: the card form at the address itself, the others behind it. */
export const CASHIER_PATH = /^\/cashier\/([A-Za-z0-9_-]{1,64})(?:\/(challenge|issuer|brand))?$/;

const FORM_LIMIT = 16 * 1024;

interface Visit {
  readonly simulation: Simulation;
  readonly payment: Payment;
  readonly baseUrl: string;
  /** What stands before the simulator's own paths where it is mounted. */
  readonly prefix: string;
  readonly response: ServerResponse;
}

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
  if (!isForm) await show(visit, page, url.searchParams.get("card") ?? "");
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
  } else if (payment.attempt !== undefined && (page === "challenge" || payment.mode === "direct")) {
    await answer(visit, 200, challengePage(payment, payment.attempt, prefix));
  } else {
    await answer(visit, 200, cardPage({ payment, prefix, filled: filledWith(cardKey) }));
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
  } else if (payment.mode === "hosted") {
    await payByCard(visit, form);
  } else {
    complain(visit, 409, "This payment takes no card here.");
  }
}

async function payByCard(visit: Visit, form: URLSearchParams): Promise<void> {
  const { simulation, payment, prefix } = visit;
  const entry = readCardForm(form);
  if ("number" in entry) {
    const checked = { cvvGiven: true, addressGiven: false };
    await go(visit, charge(simulation, payment, { card: cardOf(entry.number), checked, save: entry.save }));
    return;
  }
  const kept = ["expiryMonth", "expiryYear", "cardholderName"];
  const filled = Object.fromEntries(kept.map((name) => [name, form.get(name) ?? ""]));
  await answer(visit, 422, cardPage({ payment, prefix, problems: entry, filled }));
}

async function decide(visit: Visit, outcome: string | null): Promise<void> {
  const { simulation, payment, baseUrl } = visit;
  const passed = outcome === "approve";
  if (outcome === "abandon") {
    await sendOn(visit, payment.redirectUrl);
  } else if (!passed && outcome !== "decline") {
    complain(visit, 422, "outcome must be approve, decline or abandon.");
  } else if (payment.mode === "issuer") {
    await go(visit, answerIssuer(simulation, payment, passed));
  } else if (payment.attempt === undefined) {
    await sendOn(visit, `${baseUrl}/cashier/${payment.secret}`);
  } else {
    await go(visit, answerChallenge(simulation, payment, payment.attempt, passed));
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

/** Keeps what happened, then sends the buyer to the next page: the challenge, the issuer, or the shop. */
async function go(visit: Visit, change: Change): Promise<void> {
  visit.simulation.book.commit(change);
  const next = change.payment ?? visit.payment;
  const page = next.mode === "issuer" ? "issuer" : "challenge";
  const isOpen = next.status === "PROCESSING";
  await sendOn(visit, isOpen ? `${visit.baseUrl}/cashier/${next.secret}/${page}` : next.redirectUrl);
}

async function sendOn({ simulation, response }: Visit, location: string): Promise<void> {
  await simulation.book.durable();
  redirect(response, location);
}

async function answer({ simulation, payment, response }: Visit, status: number, page: Html): Promise<void> {
  await simulation.book.durable();
  sendPage(response, status, page, new URL(payment.redirectUrl).protocol);
}

const complain = ({ response }: Visit, status: number, message: string): void => {
  send(response, status, { "content-type": "text/plain; charset=utf-8" }, `${message}\n`);
};

function filledWith(cardKey: string): Record<string, string> {
  const card = testCardByKey(cardKey);
  return card === undefined
    ? {}
    : { cardNo: card.number, expiryMonth: "12", expiryYear: "34", cvv: "123", cardholderName: "Test Buyer" };
}
