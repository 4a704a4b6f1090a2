import type { Amount } from "../../payment/amount.js";
import { KOREAN_BRANDS } from "../../payment/card-brand.js";
import { OFFERED_BRANDS } from "../card/brand.js";
import { campaignIn, instalmentBrands, plansFor, type Campaign } from "../card/instalments.js";
import { result } from "../result.js";
import type { Simulation } from "../simulation.js";
import { timestamp } from "../timestamp.js";
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
      settlementStrategy: { type: "object" },
      buyer: { type: "object" },
      merchant: { type: "object" },
      extendInfo: text(2048),
    },
  }),
);

/** Brands of cards that are at home where a currency is. */
const LOCAL_BRANDS: Readonly<Record<string, readonly string[]>> = { BRL: ["ELO", "HIPERCARD"], MXN: ["CARNET"] };

/** Card brands and instalment plans for an amount. */
export const consult: Operation = (body, { baseUrl, simulation }) => {
  const request = checkConsult(body);
  checkCurrency(request.paymentAmount);
  const paymentOptions = offersCards(request) ? [cards(request, baseUrl, simulation)] : [];
  return { result: result("SUCCESS"), paymentOptions };
};

const offersCards = ({ allowedPaymentMethods = [], blockedPaymentMethods = [] }: ConsultRequest): boolean =>
  (allowedPaymentMethods.length === 0 || allowedPaymentMethods.includes("CARD")) &&
  !blockedPaymentMethods.includes("CARD");

function cards(request: ConsultRequest, baseUrl: string, { settings, clock }: Simulation): object {
  const { currency } = request.paymentAmount;
  const shown = (brands: readonly string[]) => brands.map((cardBrand) => brandWithLogo(cardBrand, baseUrl));
  const brands = brandsFor(request);
  const plans = settings.account === "apo" ? [] : plansFor(request.paymentAmount);
  const payOffBrands = brands.filter((brand) => instalmentBrands(currency).includes(brand));
  const hasInstalments = plans.length > 0 && payOffBrands.length > 0;
  const campaign = hasInstalments ? campaignIn(currency) : undefined;
  return {
    paymentMethodType: "CARD",
    paymentMethodCategory: "CARD",
    paymentMethodRegion: currency === "KRW" ? ["GLOBAL", "KR"] : ["GLOBAL"],
    enabled: true,
    preferred: false,
    supportedCurrencies: [currency],
    paymentOptionDetail: { supportCardBrands: shown(brands), funding: ["CREDIT", "DEBIT", "PREPAID"] },
    ...(hasInstalments && { installment: { supportCardBrands: shown(payOffBrands), plans } }),
    ...(campaign && { promotionInfos: [interestFree(campaign, clock.now())] }),
  };
}

const brandWithLogo = (cardBrand: string, baseUrl: string): object => ({
  cardBrand,
  logo: { logoName: cardBrand.slice(0, 12), logoUrl: `${baseUrl}/simulator/brands/${cardBrand}.svg` },
});

function brandsFor({ paymentAmount, allowedPaymentMethodRegions = [] }: ConsultRequest): readonly string[] {
  const { currency } = paymentAmount;
  const isAllowed = (region: string) =>
    allowedPaymentMethodRegions.length === 0 || allowedPaymentMethodRegions.includes(region);
  return [
    ...(isAllowed("GLOBAL") ? [...OFFERED_BRANDS, ...(LOCAL_BRANDS[currency] ?? [])] : []),
    ...(currency === "KRW" && isAllowed("KR") ? KOREAN_BRANDS : []),
  ];
}

/** Campaigns change with the month. */
function interestFree(campaign: Campaign, now: number): object {
  const date = new Date(now);
  const nextMonth = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
  return { promotionType: "INTEREST_FREE", interestFree: { ...campaign, expireTime: timestamp(nextMonth) } };
}
