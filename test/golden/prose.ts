import { expect } from "chai";
import { PAID } from "../support/simulated-shop.js";
import type { AntomOptions, Order } from "../../lib/index.js";
import { TEST_CARDS, type Simulator, type SimulatorOptions } from "../../lib/simulator.js";
import { APP_HEADERS, brokenContracts, CARD_KEY, openMerchant, openSimulator, type Merchant } from "./merchant.js";

/** A small order; the shop knows the phone it is paid on, so that nothing of the environment has to be guessed. */
export const SMALL_ORDER: Order = {
  orderId: "order-1",
  description: "Two mugs",
  amount: { currency: "EUR", value: "1999" },
  env: { terminalType: "APP", osType: "ANDROID", deviceLanguage: "de_DE" },
};

export const WON = { currency: "KRW", value: "30000" } as const;

/** The number of one of the simulator's cards. */
export function numberOf(key: string): string {
  const card = TEST_CARDS.find((candidate) => candidate.key === key);
  if (card === undefined) throw new Error(`the simulator has no card ${key}`);
  return card.number;
}

export const cardOf = (key: string, more: object = {}): Record<string, unknown> => ({
  cardNo: numberOf(key),
  expiryMonth: "12",
  expiryYear: "34",
  cvv: "123",
  cardholderName: { firstName: "Tom", lastName: "Jay" },
  ...more,
});

/** What a card from the shop's form becomes. */
export const cardData = (key: string, more: object = {}): Record<string, unknown> => ({
  ...cardOf(key),
  isCardOnFile: false,
  is3DSAuthentication: false,
  enableAuthenticationUpgrade: true,
  ...more,
});

/** A merchant with everything the kit can do, and its simulator. */
export class Prose {
  merchant!: Merchant;
  simulator!: Simulator;

  async open(order: Partial<Order> = {}, options: Partial<AntomOptions> = {}, simulated: SimulatorOptions = {}) {
    this.simulator = await openSimulator(simulated);
    this.merchant = await openMerchant(
      this.simulator.credentials.gateway,
      { ...SMALL_ORDER, ...order },
      { pciQualified: true, buyer: () => "buyer-1", cardKey: CARD_KEY, ...options },
    );
  }

  async close(): Promise<void> {
    await this.simulator.close();
    await this.merchant.stop();
  }

  /** The checkout is taken and leaves the payment in this status. */
  async paid(fields: object, status: string): Promise<string> {
    const answer = await this.merchant.checkout(fields, APP_HEADERS);
    const payment = answer.body["payment"] as { id: string; status: string } | undefined;
    // What is captured by itself may be so before the answer is read.
    expect(payment?.status, answer.text).to.be.oneOf(status === "authorized" ? PAID : [status]);
    return payment?.id ?? "";
  }

  /** The last call to pay, and the code the simulator answered it with. */
  lastPay(): { readonly body: Readonly<Record<string, unknown>>; readonly code: string | undefined } {
    const body = this.merchant.sent.filter(({ operation }) => operation === "pay").at(-1)?.body ?? {};
    const request = this.simulator.requests().filter(({ operation }) => operation === "pay");
    return { body, code: request.at(-1)?.resultCode };
  }

  /** The last call to pay is the small order's, with these members in place of or beside its own; and all calls keep to the contract. */
  expectSent(different: object, code = "SUCCESS"): void {
    const last = this.lastPay();
    const { paymentRequestId, paymentNotifyUrl, paymentRedirectUrl, ...body } = last.body;
    expect(paymentRequestId).to.match(/^PAY[0-9A-Z]+$/);
    expect(paymentNotifyUrl).to.equal(`${this.merchant.url}/notify`);
    expect(String(paymentRedirectUrl)).to.include(`/return/${String(paymentRequestId)}?token=`);
    const { orderId, description, amount, env } = this.merchant.order;
    expect(body).to.deep.equal({
      productCode: "CASHIER_PAYMENT",
      paymentAmount: amount,
      order: { referenceOrderId: orderId, orderDescription: description, orderAmount: amount },
      paymentMethod: { paymentMethodType: "CARD" },
      paymentFactor: { isAuthorization: true },
      env: { clientIp: "112.80.248.78", ...env },
      ...different,
    });
    expect(last.code).to.equal(code);
    expect(brokenContracts(this.merchant).join("\n")).to.equal("");
  }

  /** Pays with a card that the buyer lets the shop keep, and answers with what the simulator and the kit know of it. */
  async stored(key: string): Promise<{ readonly cardId: string; readonly token: string }> {
    const id = await this.paid({ method: "card", card: cardOf(key), saveCard: true }, "authorized");
    const { card } = await this.merchant.recorder.waitFor("card.stored", (event) => event.payment.id === id);
    const known = this.simulator.payments().find(({ paymentRequestId }) => paymentRequestId === id);
    return { cardId: card.id, token: String(known?.cardToken) };
  }
}

export const method = (metaData: object, more: object = {}): object => ({
  paymentMethod: { paymentMethodType: "CARD", ...more, paymentMethodMetaData: metaData },
});
