import { createSimulator, TEST_CARDS, type Simulator, type SimulatorOptions } from "../../lib/simulator.js";
import { ANTOM_KEYS, CLIENT_ID, SHOP_KEYS } from "./keys.js";
import { anOrder, startShop, type CheckoutAnswer, type ShopOptions, type TestShop } from "./shop.js";
import type { Order } from "../../lib/index.js";

/** A payment that came off: the automatic capture may be heard of before one looks. */
export const PAID = ["authorized", "captured"];

/** A key for card tokens. */
export const CARD_KEY = Buffer.alloc(32, 7).toString("base64");

/** A shop that does everything the kit can do, in front of a simulator of its own. */
export interface SimulatedShop {
  readonly shop: TestShop;
  readonly simulator: Simulator;
  /** Starts the checkout of an order with the kit's fields. */
  pay(fields?: Record<string, unknown>, order?: Partial<Order>, headers?: Record<string, string>): Promise<Response>;
  /** The same, which must be taken. */
  paid(fields?: Record<string, unknown>, order?: Partial<Order>): Promise<CheckoutAnswer>;
  /** Pays with a card that the buyer lets the shop keep, and gives the stored card's id. */
  kept(key?: string, headers?: Record<string, string>): Promise<string>;
  stop(): Promise<void>;
}

export async function startSimulatedShop(
  options: ShopOptions = {},
  simulated: SimulatorOptions = {},
): Promise<SimulatedShop> {
  const simulator = createSimulator({
    clientId: CLIENT_ID,
    merchantPrivateKey: SHOP_KEYS.privateKey,
    antomPrivateKey: ANTOM_KEYS.privateKey,
    timeScale: 0.001,
    ...simulated,
  });
  const address = await simulator.listen(0);
  const shop = await startShop({
    gateway: new URL(address).origin,
    pciQualified: true,
    buyer: (req) => req.get("x-buyer") ?? "buyer-1",
    cardKey: CARD_KEY,
    ...options,
  });
  let count = 0;
  const pay: SimulatedShop["pay"] = (fields = {}, order = {}, headers = {}) => {
    const orderId = order.orderId ?? `order-${++count}`;
    shop.orders.set(orderId, anOrder(orderId, order));
    return fetch(shop.urls.checkout, {
      method: "POST",
      redirect: "manual",
      headers: { "content-type": "application/json", accept: "application/json", ...headers },
      body: JSON.stringify({ orderId, ...fields }),
    });
  };
  return {
    shop,
    simulator,
    pay,
    async paid(fields, order) {
      const response = await pay(fields, order);
      const answer: unknown = await response.json();
      if (response.status !== 200) throw new Error(`${response.status} ${JSON.stringify(answer)}`);
      return answer as CheckoutAnswer;
    },
    async kept(key = "visa", headers = {}) {
      const before = new Set(shop.recorder.events.map(({ id }) => id));
      const card = { ...GOOD_CARD, cardNo: cardNumber(key) };
      const response = await pay({ method: "card", card, saveCard: true }, {}, headers);
      if (response.status !== 200) throw new Error(await response.text());
      const event = await shop.recorder.waitFor("card.stored", (candidate) => !before.has(candidate.id));
      return event.card.id;
    },
    async stop() {
      await simulator.close();
      await shop.stop();
    },
  };
}

/** A test card's number. */
export function cardNumber(key: string): string {
  const card = TEST_CARDS.find((candidate) => candidate.key === key);
  if (card === undefined) throw new Error(`there is no test card ${key}`);
  return card.number;
}

/** A card the simulator authorizes. */
export const GOOD_CARD = {
  cardNo: "4054695723100768",
  expiryMonth: "12",
  expiryYear: "34",
  cvv: "123",
  cardholderName: { firstName: "Tom", lastName: "Jay" },
  billingAddress: { region: "DE", zipCode: "10115" },
} as const;
