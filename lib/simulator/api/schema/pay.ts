import type { Amount } from "../../../payment/amount.js";
import { check, schemas } from "./check.js";
import { env } from "./env.js";
import { order } from "./order.js";
import { paymentMethod } from "./card.js";
import { amount, flag, regionCode, requiredText, text, whole } from "./shapes.js";

type Flag = boolean | "true" | "false";

/** What the simulator reads of a pay request. */
export interface PayRequest {
  readonly paymentRequestId: string;
  readonly paymentAmount: Amount;
  readonly order: { readonly referenceOrderId: string; readonly orderDescription: string };
  readonly paymentMethod: {
    readonly paymentMethodId?: string;
    readonly requireIssuerAuthentication?: Flag;
    readonly paymentMethodMetaData?: CardMetaData;
  };
  readonly paymentFactor?: { readonly isAuthorization?: Flag; readonly captureMode?: "AUTOMATIC" | "MANUAL" | "" };
  readonly env: { readonly terminalType: string };
  readonly appId?: string;
  readonly paymentRedirectUrl: string;
  readonly paymentNotifyUrl?: string;
  readonly paymentExpiryTime?: string;
  readonly creditPayPlan?: CreditPayPlan;
  readonly metadata?: string;
}

export interface CardMetaData {
  readonly cardNo?: string;
  readonly cvv?: string;
  readonly expiryMonth?: string;
  readonly expiryYear?: string;
  readonly billingAddress?: object;
  readonly is3DSAuthentication?: Flag;
  readonly enableAuthenticationUpgrade?: Flag;
  readonly tokenize?: Flag;
  readonly recurringType?: string;
  readonly selectedCardBrand?: string;
  readonly requireIssuerAuthentication?: Flag;
  readonly mpiData?: MpiData;
}

/** The result of a 3-D Secure passed elsewhere. */
export interface MpiData {
  readonly eci: string;
  readonly cavv: string;
  readonly threeDSVersion?: string;
  readonly dsTransactionId?: string;
}

/** Instalments. */
export interface CreditPayPlan {
  readonly installmentNum: string | number;
  readonly interval?: string;
  readonly creditPayFeeType?: string;
  readonly feePercentage?: string | number;
}

/** @throws Refusal PARAM_ILLEGAL naming the field that is missing or illegal */
export const checkPay = check(
  schemas.compile<PayRequest>({
    type: "object",
    required: [
      "productCode",
      "paymentRequestId",
      "paymentAmount",
      "order",
      "paymentMethod",
      "env",
      "paymentRedirectUrl",
    ],
    properties: {
      productCode: { const: "CASHIER_PAYMENT" },
      paymentRequestId: requiredText(64),
      paymentAmount: amount,
      order,
      paymentMethod,
      env,
      paymentFactor: {
        type: "object",
        properties: { isAuthorization: flag, captureMode: { enum: ["AUTOMATIC", "MANUAL", ""] } },
      },
      settlementStrategy: {
        type: "object",
        properties: { settlementCurrency: { type: "string", pattern: "^[A-Z]{3}$" } },
      },
      paymentRedirectUrl: requiredText(2048),
      paymentNotifyUrl: requiredText(2048),
      paymentExpiryTime: text(64),
      creditPayPlan: {
        type: "object",
        required: ["installmentNum"],
        properties: {
          installmentNum: whole(2, 36),
          interval: text(16),
          creditPayFeeType: { const: "PERCENTAGE" },
          feePercentage: whole(0, 100),
        },
      },
      merchantRegion: regionCode,
      userRegion: regionCode,
      appId: text(32),
      merchantAccountId: text(32),
      metadata: { type: "string" },
      customizedInfo: { type: "object" },
    },
  }),
);
