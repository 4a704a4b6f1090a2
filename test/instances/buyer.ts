import { parsed, send, type Heard } from "../crash/send.js";
import { textAt } from "../crash/records.js";
import { cards } from "../crash/stories/cards.js";
import { ask, post } from "./ask.js";

export interface Purchase {
  readonly order: string;
  readonly value?: string;
  readonly capture?: "AUTOMATIC" | "MANUAL";
  /** Whether the shop's own form collects the card; else Antom's page does. */
  readonly isByCard: boolean;
}

/** Checks out at the instance at a port. */
export const checkout = (
  port: number,
  { order, value = "1999", capture, isByCard }: Purchase,
): Promise<Heard | undefined> =>
  post(port, "/payments/checkout", {
    orderId: order,
    value,
    capture: capture ?? "AUTOMATIC",
    ...(isByCard ? { method: "card", card: cards.good } : {}),
  });

const CASHIER = /http:\/\/127\.0\.0\.1:\d+\/cashier\/[\w-]+/;
const FORM = { "content-type": "application/x-www-form-urlencoded" };

/** Pays on Antom's page where a checkout leads to, by way of the instance at a port, and does not come back. */
export async function payOnPage(port: number, checkedOut: Heard): Promise<void> {
  const { pathname, search } = new URL(textAt(parsed(checkedOut), "redirect") ?? "none:");
  const page = await ask(port, pathname + search, { method: "GET", headers: { accept: "text/html" } });
  const [cashier] = CASHIER.exec(page?.body ?? "") ?? [];
  if (cashier === undefined)
    throw new Error(`the checkout does not lead to Antom's page: ${page?.body ?? "no answer"}`);
  const { cardNo, expiryMonth, expiryYear, cvv } = cards.good;
  const form = { cardNo, expiryMonth, expiryYear, cvv, cardholderName: "Tom Jay" };
  const paid = await send(cashier, { method: "POST", headers: FORM, body: new URLSearchParams(form).toString() });
  if (paid?.status !== 303) throw new Error(`Antom's page did not take the card: ${paid?.status ?? "no answer"}`);
}

export const paymentIn = (heard: Heard | undefined): string | undefined =>
  heard && textAt(parsed(heard), "payment", "id");
