import { setTimeout as delay } from "node:timers/promises";
import { expect } from "chai";
import { TEST_CARDS, type TestCard } from "../../lib/simulator.js";

/** An order, as the demo tells it. */
export interface ToldOrder {
  readonly orderId: string;
  readonly status: string;
  readonly amount: { readonly currency: string; readonly value: string };
  readonly payment: {
    readonly id: string;
    readonly status: string;
    readonly capturedAmount: string;
    readonly captureMode: string;
    readonly failureCode?: string;
    readonly method: string;
    readonly buyerNeeded?: boolean;
    readonly storedCardId?: string;
    readonly resultInfo?: Readonly<Record<string, unknown>>;
    readonly checks?: unknown;
    readonly decline?: Readonly<Record<string, unknown>>;
  } | null;
  readonly events: readonly { readonly id: string; readonly type: string; readonly attempt: number }[];
}

/** A stored card, as the kit tells it. */
export interface ToldCard {
  readonly id: string;
  readonly cardBrand?: string;
  readonly lastFour?: string;
}

export interface CheckoutAnswer {
  readonly payment: { readonly id: string; readonly status: string };
  readonly redirect: string;
}

/** Somebody who buys coffee without a browser. */
export interface Buyer {
  /** Sends an order and gives the whole answer. */
  send(order: unknown, headers?: Record<string, string>): Promise<Response>;
  /** Orders, and gives the order's id. */
  order(items?: readonly object[], currency?: string): Promise<string>;
  checkout(orderId: string, capture?: string): Promise<Response>;
  /** Checks out with more fields than the order's id, which may be refused. */
  pay(orderId: string, fields: object): Promise<Response>;
  /** Checks out, and gives where the buyer is sent from there: the order's page, or another party's. */
  payAndFollow(orderId: string, fields: object): Promise<string>;
  /** The buyer's stored cards. */
  cards(): Promise<readonly ToldCard[]>;
  /** Has the shop charge a stored card with nobody there. */
  charge(cardId: string, recurringType: string): Promise<Response>;
  /** Opens the hosted page of an order and enters a card there; gives where that leads. */
  enterCard(orderId: string, outcome: TestCard["outcome"], capture?: string): Promise<string>;
  /** Answers the bank's question; gives where that leads. */
  answerBank(challengeUrl: string, answer: "approve" | "decline" | "abandon"): Promise<string>;
  look(orderId: string): Promise<ToldOrder>;
  /** Looks at an order until it is in that status. */
  waitFor(orderId: string, status: string): Promise<ToldOrder>;
}

/** @param cookie who is signed in; without it, whom the demo takes everybody for */
export function buyerOf(shopUrl: string, cookie?: string): Buyer {
  const who = cookie === undefined ? {} : { cookie };
  const JSON_BODY = { "content-type": "application/json", accept: "application/json", ...who };
  const post = (url: string, body: string | URLSearchParams, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(url, { method: "POST", body, headers, redirect: "manual" });

  const buyer: Buyer = {
    send: (order, headers = {}) =>
      post(
        `${shopUrl}/orders`,
        order instanceof URLSearchParams || typeof order === "string" ? order : JSON.stringify(order),
        order instanceof URLSearchParams ? headers : { ...JSON_BODY, ...headers },
      ),
    async order(items = [{ sku: "cappuccino", quantity: 2 }], currency) {
      const response = await buyer.send({ items, currency });
      expect(response.status).to.equal(201);
      return ((await response.json()) as ToldOrder).orderId;
    },
    checkout: (orderId, capture) =>
      post(`${shopUrl}/payments/checkout`, JSON.stringify({ orderId, capture }), JSON_BODY),
    pay: (orderId, fields) => post(`${shopUrl}/payments/checkout`, JSON.stringify({ orderId, ...fields }), JSON_BODY),
    async payAndFollow(orderId, fields) {
      const response = await buyer.pay(orderId, fields);
      expect(response.status, await response.clone().text()).to.equal(200);
      const { redirect } = (await response.json()) as CheckoutAnswer;
      const followed = await fetch(redirect, { redirect: "manual" });
      if (followed.status === 303) return target(followed);
      const [onward] = /http:\/\/127\.0\.0\.1:\d+\/cashier\/[\w-]+/.exec(await followed.text()) ?? [];
      expect(onward, "the way to Antom").to.be.a("string");
      return onward ?? "";
    },
    async cards() {
      const response = await fetch(`${shopUrl}/payments/cards`, { headers: { accept: "application/json", ...who } });
      expect(response.status).to.equal(200);
      return ((await response.json()) as { cards: ToldCard[] }).cards;
    },
    charge: (cardId, recurringType) =>
      post(`${shopUrl}/cards/${cardId}/charge`, JSON.stringify({ recurringType }), JSON_BODY),
    async enterCard(orderId, outcome, capture) {
      const { redirect } = (await (await buyer.checkout(orderId, capture)).json()) as CheckoutAnswer;
      const page = await (await fetch(redirect)).text();
      const [cashier] = /http:\/\/127\.0\.0\.1:\d+\/cashier\/[\w-]+/.exec(page) ?? [];
      expect(cashier, "the way to the hosted page").to.be.a("string");
      const card = TEST_CARDS.find((candidate) => candidate.outcome === outcome);
      const form = {
        cardNo: card?.number ?? "",
        expiryMonth: "12",
        expiryYear: "34",
        cvv: "123",
        cardholderName: "Robin",
      };
      return target(await post(cashier ?? "", new URLSearchParams(form)));
    },
    answerBank: async (challengeUrl, outcome) => target(await post(challengeUrl, new URLSearchParams({ outcome }))),
    async look(orderId) {
      const response = await fetch(`${shopUrl}/orders/${orderId}`, { headers: { accept: "application/json" } });
      expect(response.status).to.equal(200);
      return (await response.json()) as ToldOrder;
    },
    async waitFor(orderId, status) {
      for (;;) {
        const order = await buyer.look(orderId);
        if (order.status === status) return order;
        await delay(50);
      }
    },
  };
  return buyer;
}

/** Where an answer sends the browser. */
export function target(response: Response): string {
  expect(response.status, response.url).to.equal(303);
  return new URL(response.headers.get("location") ?? "", response.url).href;
}

/** What a browser ends up at from there, one redirect on. */
export const next = async (url: string): Promise<string> => target(await fetch(url, { redirect: "manual" }));

export const typesOf = (order: ToldOrder): string[] => order.events.map(({ type }) => type);
