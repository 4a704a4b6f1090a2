import type { Amount } from "../../../payment/amount.js";
import type { CreditPayPlan } from "../../card/instalments.js";
import { check, schemas } from "./check.js";
import { env } from "./env.js";
import { order } from "./order.js";
import { paymentMethod } from "./card.js";
import { amount, flag, regionCode, requiredText, text, whole, type Flag } from "./shapes.js";

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
  readonly merchantRegion?: string;
  readonly creditPayPlan?: CreditPayPlan;
  readonly metadata?: string;
}

export interface CardMetaData {
  readonly cardNo?: string;
  readonly cvv?: string;
  readonly expiryMonth?: string;
  readonly expiryYear?: string;
  readonly billingAddress?: { readonly region: string; readonly state?: string; readonly zipCode?: string };
  readonly is3DSAuthentication?: Flag;
  readonly enableAuthenticationUpgrade?: Flag;
  /** The name by which the documents' prose calls the field before. */
  readonly enableAuthenticationUpgrate?: Flag;
  readonly isCardOnFile?: Flag;
  readonly tokenize?: Flag;
  readonly tokenizeMode?: string;
  readonly recurringType?: string;
  readonly networkTransactionId?: string;
  readonly selectedCardBrand?: string;
  readonly paymentMethodRegion?: string;
  readonly requireIssuerAuthentication?: Flag;
  readonly dateOfBirth?: string;
  readonly businessNo?: string;
  readonly cardPasswordDigest?: string;
  readonly cpf?: string;
  readonly payerEmail?: string;
  readonly mpiData?: MpiData;
}

/** The result of a 3-D Secure passed elsewhere. */
export interface MpiData {
  readonly eci: string;
  readonly cavv: string;
  readonly threeDSVersion?: string;
  readonly dsTransactionId?: string;
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
        anyOf: [{ required: ["installmentNum"] }, { required: ["filteredInstallmentPeriods"] }],
        properties: {
          installmentNum: whole(2, 36),
          filteredInstallmentPeriods: { type: "array", minItems: 1, maxItems: 100, items: whole(2, 36) },
          interval: { enum: ["MONTH", ""] },
          creditPayFeeType: { const: "PERCENTAGE" },
          feePercentage: whole(0, 100),
        },
      },
      merchantRegion: regionCode,
      userRegion: regionCode,
      appId: text(32),
      merchantAccountId: text(32),
      metadata: text(65_536),
      customizedInfo: { type: "object" },
    },
  }),
);
