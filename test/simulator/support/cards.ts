import { TEST_CARDS, type TestCard } from "../../../lib/simulator.js";
import { field, type Answer } from "./merchant.js";
import type { Scene } from "./scene.js";

/** The card in the documents' samples. */
export const SAMPLE_CARD = "4117347806156383";

export const PAYER = { payerEmail: "payer@example.com" };
export const KOREAN_HOLDER = { dateOfBirth: "1990-12-31", cardPasswordDigest: "12" };
export const WON = { paymentAmount: { currency: "KRW", value: "30000" } };

/** @throws Error when there is no such card to try */
export function testCard(key: string): TestCard {
  const found = TEST_CARDS.find((card) => card.key === key);
  if (found === undefined) throw new Error(`no card to try is called ${key}`);
  return found;
}

/** The documents' server-to-server sample, with the issuer's answer chosen by the card number; undefined takes a field out. */
export const withCard = (cardNo: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  paymentMethod: {
    paymentMethodType: "CARD",
    paymentMethodMetaData: {
      isCardOnFile: false,
      enableAuthenticationUpgrade: true,
      is3DSAuthentication: false,
      cvv: "850",
      cardholderName: { firstName: "Tom", lastName: "Jay" },
      expiryMonth: "12",
      billingAddress: {
        zipCode: "310000",
        address2: "Xihu",
        city: "Hangzhou",
        address1: "Wuchang road",
        state: "Zhejiang",
        region: "CN",
      },
      expiryYear: "29",
      cardNo,
      ...more,
    },
  },
});

/** The same with a card to try, by its key. */
export const withCardOf = (key: string, more: Record<string, unknown> = {}): Record<string, unknown> =>
  withCard(testCard(key).number, more);

/** Pays with a stored card. */
export const byToken = (token: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  paymentRequestId: "PAY_AGAIN",
  paymentMethod: {
    paymentMethodType: "CARD",
    paymentMethodId: token,
    paymentMethodMetaData: { isCardOnFile: true, ...more },
  },
});

/** Fields of `paymentMethodMetaData` without a card: a hosted payment. */
export const hosted = (metaData: Record<string, unknown>): Record<string, unknown> => ({
  paymentMethod: { paymentMethodType: "CARD", paymentMethodMetaData: metaData },
});

export interface Stored {
  readonly token: string;
  readonly networkTransactionId: string;
}

/** A first payment with the buyer there, whose card the shop may keep. */
export async function storeCard(scene: Scene, key: string, fields: Record<string, unknown> = {}): Promise<Stored> {
  const paymentRequestId = `PAY_STORE_${key}`;
  await scene.pay({ paymentRequestId, ...withCardOf(key, { tokenize: true, ...fields }) });
  const { body } = await scene.call("inquiryPayment", { paymentRequestId });
  return {
    token: String(field(body, "paymentResultInfo", "cardToken")),
    networkTransactionId: String(field(body, "paymentResultInfo", "networkTransactionId")),
  };
}

export const resultInfo = (answer: Answer): unknown => field(answer.body, "paymentResultInfo");
export const threeDSResult = (answer: Answer): unknown => field(answer.body, "paymentResultInfo", "threeDSResult");
export const message = (answer: Answer): string => String(field(answer.body, "result", "resultMessage"));
