import type { Amount } from "../../payment/amount.js";
import { GLOBAL_BRANDS, KOREAN_BRANDS } from "../card/brand.js";
import { result } from "../result.js";
import { checkCurrency } from "./currency.js";
import type { Operation } from "./operation.js";
import { check, schemas } from "./schema/check.js";
import { env } from "./schema/env.js";
import { amount, flag, regionCode, text } from "./schema/shapes.js";

interface ConsultRequest {
  readonly paymentAmount: Amount;
  readonly allowedPaymentMethods?: readonly string[];
  readonly blockedPaymentMethods?: readonly string[];
  readonly allowedPaymentMethodRegions?: readonly string[];
}

const checkConsult = check(
  schemas.compile<ConsultRequest>({
    type: "object",
    required: ["productCode", "paymentAmount", "env"],
    properties: {
      productCode: { const: "CASHIER_PAYMENT" },
      paymentAmount: amount,
      env,
      merchantRegion: regionCode,
      userRegion: regionCode,
      allowedPaymentMethodRegions: { type: "array", maxItems: 100, items: text(6) },
      allowedPaymentMethods: { type: "array", maxItems: 100, items: text(64) },
      blockedPaymentMethods: { type: "array", maxItems: 100, items: text(64) },
      paymentFactor: {
        type: "object",
        properties: { isAuthorization: flag, captureMode: { enum: ["AUTOMATIC", "MANUAL", ""] } },
      },
      merchantAccountId: text(32),
    },
  }),
);

/** Where card issuers offer instalments that Antom passes on, by currency. */
const INSTALMENT_CURRENCIES = new Set(["BRL", "CLP", "JPY", "KRW", "MXN", "USD"]);
const INSTALMENTS = ["3", "6", "12"];

/** Card brands and instalment plans for an amount. */
export const consult: Operation = (body, { baseUrl }) => {
  const request = checkConsult(body);
  checkCurrency(request.paymentAmount);
  return { result: result("SUCCESS"), paymentOptions: offersCards(request) ? [cards(request, baseUrl)] : [] };
};

const offersCards = ({ allowedPaymentMethods = [], blockedPaymentMethods = [] }: ConsultRequest): boolean =>
  (allowedPaymentMethods.length === 0 || allowedPaymentMethods.includes("CARD")) &&
  !blockedPaymentMethods.includes("CARD");

function cards(request: ConsultRequest, baseUrl: string): object {
  const { currency } = request.paymentAmount;
  const supportCardBrands = brandsFor(request).map((cardBrand) => ({
    cardBrand,
    logo: { logoName: cardBrand.slice(0, 12), logoUrl: `${baseUrl}/simulator/brands/${cardBrand}.svg` },
  }));
  return {
    paymentMethodType: "CARD",
    paymentMethodCategory: "CARD",
    paymentMethodRegion: currency === "KRW" ? ["GLOBAL", "KR"] : ["GLOBAL"],
    enabled: true,
    preferred: false,
    supportedCurrencies: [currency],
    paymentOptionDetail: { supportCardBrands, funding: ["CREDIT", "DEBIT", "PREPAID"] },
    ...(INSTALMENT_CURRENCIES.has(currency) && { installment: { supportCardBrands, plans: plans(currency) } }),
  };
}

function brandsFor({ paymentAmount, allowedPaymentMethodRegions = [] }: ConsultRequest): readonly string[] {
  const inRegion = (region: string) =>
    allowedPaymentMethodRegions.length === 0 || allowedPaymentMethodRegions.includes(region);
  return [
    ...(inRegion("GLOBAL") ? GLOBAL_BRANDS : []),
    ...(paymentAmount.currency === "KRW" && inRegion("KR") ? KOREAN_BRANDS : []),
  ];
}

const plans = (currency: string): object[] =>
  INSTALMENTS.map((installmentNum) => ({
    installmentNum,
    interval: "MONTH",
    interestRate: "0",
    enabled: true,
    minInstallmentAmount: { currency, value: "100" },
    maxInstallmentAmount: { currency, value: "99999999" },
  }));
