import type { CardDetails } from "../../lib/payment/card-details.js";
import type { Contract, Wish } from "../../lib/payment/combination.js";
import type { MpiData, Order } from "../../lib/payment/order.js";

export const ANTOM: Contract = {
  account: "antom",
  koreanManualCapture: false,
  issuerAuthenticationIn: "paymentMethodMetaData",
};
export const APO: Contract = { ...ANTOM, account: "apo" };

export const CARD: CardDetails = { cardNo: "4054695723100768", expiryMonth: "12", expiryYear: "29", cvv: "850" };
export const KOREAN: CardDetails = {
  cardNo: "9490220011669217",
  expiryMonth: "12",
  expiryYear: "29",
  dateOfBirth: "1990-12-31",
  cardPasswordDigest: "77",
};
export const BRAZILIAN: CardDetails = { ...CARD, cpf: "12345678909", payerEmail: "buyer@shop.example" };
export const MPI: MpiData = { threeDSVersion: "2.2.0", eci: "05", cavv: "AAAB", dsTransactionId: "d" };

export const WON = { currency: "KRW", value: "30000" };
export const DOLLARS = { currency: "USD", value: "1999" };

/** What is not as usual about a wish. */
export type Given = Partial<Omit<Wish, "order">> & { readonly order?: Partial<Order> };

/** How somebody wants to pay EUR 19.99: on Antom's page, or with the card where one is given. */
export const wish = ({ order, ...more }: Given): Wish => ({
  method: more.card === undefined ? "hosted" : "card",
  choice: {},
  saveCard: false,
  ...more,
  order: { orderId: "1", description: "Tea", amount: { currency: "EUR", value: "1999" }, ...order },
});
