import type { Client, Reply } from "../client.js";
import type { Dice } from "../dice.js";
import { textAt } from "../records.js";
import { send } from "../send.js";
import { cards } from "./cards.js";
import type { Plan } from "./plan.js";

/** Where a buyer stands after a checkout. */
export interface Standing {
  readonly id: string;
  readonly status: string;
  /** Path and query of the payment's status, and of where to go on. */
  readonly statusPath: string;
  readonly nextPath: string;
}

export interface BuyerParts {
  readonly client: Client;
  readonly dice: Dice;
  readonly plan: Plan;
}

const standingIn = ({ status, body }: Reply): Standing | undefined => {
  const [id, state] = [textAt(body, "payment", "id"), textAt(body, "payment", "status")];
  const [statusUrl, redirect] = [textAt(body, "statusUrl"), textAt(body, "redirect")];
  if (status !== 200 || id === undefined || state === undefined || statusUrl === undefined || redirect === undefined) {
    return undefined;
  }
  return { id, status: state, statusPath: pathOf(statusUrl), nextPath: pathOf(redirect) };
};

const pathOf = (url: string): string => new URL(url).pathname + new URL(url).search;

/** Buys: checks out, pays where that is asked for, comes back. Resolves to the last payment the buyer has heard of. */
export async function buy({ client, dice, plan }: BuyerParts): Promise<Standing | undefined> {
  const { order, value, capture, patience, way } = plan;
  const checkout = async (fields: object, amount = value): Promise<Standing | undefined> => {
    const body = { orderId: order, value: amount, capture, ...fields };
    const buyer = way === "by card, kept" ? { buyer: order } : {};
    const reply = await client.ask({ method: "POST", path: "/payments/checkout", body, ...buyer }, patience);
    return reply && standingIn(reply);
  };
  const byCard = (card: object = cards.good): object => ({ method: "card", card });

  switch (way) {
    case "by card":
      return followed(await checkout(byCard()), cards.good.cardNo);
    case "by card, kept":
      return followed(await checkout({ ...byCard(), saveCard: true }), cards.good.cardNo);
    case "by card, three at once": {
      const all = await Promise.all([1, 2, 3].map(() => checkout(byCard())));
      return followed(
        all.find((standing) => standing !== undefined),
        cards.good.cardNo,
      );
    }
    case "declined first":
      await checkout(byCard(cards.declined));
      return followed(await checkout(byCard()), cards.good.cardNo);
    case "asked by the bank":
      return followed(await checkout(byCard(cards.challenged)), cards.challenged.cardNo);
    case "on the hosted page":
      return followed(await checkout({}), cards.good.cardNo);
    case "for another amount first":
      await checkout({}, `1${value}`);
      return followed(await checkout({}), cards.good.cardNo);
    case "never":
      return checkout({});
  }

  /** Goes where the checkout leads, pays there, and comes back. */
  async function followed(standing: Standing | undefined, cardNo: string): Promise<Standing | undefined> {
    if (standing === undefined) return undefined;
    if (standing.status !== "requires_action" && standing.status !== "created") return standing;
    const page = await client.ask({ method: "GET", path: standing.nextPath }, patience);
    const [cashier] = /http:\/\/127\.0\.0\.1:\d+\/cashier\/[\w-]+(?:\/challenge)?/.exec(page?.text ?? "") ?? [];
    if (cashier !== undefined) await payAt(cashier, cardNo);
    if (dice.chance(0.8))
      await client.ask({ method: "GET", path: standing.statusPath.replace("/status/", "/return/") }, patience);
    if (dice.chance(0.3)) await client.ask({ method: "POST", path: standing.statusPath, body: {} }, patience);
    return standing;
  }
}

const FORM = { "content-type": "application/x-www-form-urlencoded" };
const CHALLENGE = "/challenge";

/** Enters the card on Antom's page, and says yes to the bank's question. */
async function payAt(cashier: string, cardNo: string): Promise<void> {
  const enter = { cardNo, expiryMonth: "12", expiryYear: "34", cvv: "123", cardholderName: "Tom Jay" };
  const answer = { outcome: "approve" };
  const post = (url: string, form: Record<string, string>) =>
    send(url, { method: "POST", headers: FORM, body: new URLSearchParams(form).toString() });
  const first = cashier.endsWith(CHALLENGE) ? await post(cashier, answer) : await post(cashier, enter);
  const onward = first?.headers.location;
  if (onward?.endsWith(CHALLENGE) === true) await post(new URL(onward, cashier).href, answer);
  else if (first?.status === 409) await post(cashier + CHALLENGE, answer);
}
