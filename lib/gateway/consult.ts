import { units, type Amount } from "../payment/amount.js";
import { webUrl } from "../web-url.js";
import type { Outcome } from "./outcome.js";
import {
  amount,
  compact,
  compile,
  flag,
  present,
  readAmount,
  readFlag,
  readTime,
  result,
  text,
  type Result,
  type WireAmount,
} from "./wire.js";

interface WireBrand {
  cardBrand?: string;
  logo?: { logoUrl?: string };
}

interface WirePlan {
  installmentNum?: string | number;
  interval?: string;
  interestRate?: string | number;
  enabled?: boolean | string;
  minInstallmentAmount?: WireAmount;
  maxInstallmentAmount?: WireAmount;
}

interface WirePromotion {
  promotionType?: string;
  interestFree?: {
    installmentFreeNums?: (string | number)[];
    expireTime?: string;
    minPaymentAmount?: WireAmount;
    maxPaymentAmount?: WireAmount;
    freePercentage?: string | number;
  };
}

interface WireOption {
  paymentMethodType?: string;
  enabled?: boolean | string;
  paymentOptionDetail?: { supportCardBrands?: WireBrand[] };
  installment?: { supportCardBrands?: WireBrand[]; plans?: WirePlan[] };
  promotionInfos?: WirePromotion[];
}

/** The answer to `POST /v1/payments/consult`, as far as the kit reads it. */
export interface ConsultAnswer {
  result: Result;
  paymentOptions?: WireOption[];
}

const brands = {
  type: "array",
  maxItems: 100,
  items: {
    type: "object",
    properties: { cardBrand: text(64), logo: { type: "object", properties: { logoUrl: text(2048) } } },
  },
} as const;
const scalar = { type: ["string", "number"], maxLength: 16 } as const;

export const consultAnswer = compile<ConsultAnswer>({
  type: "object",
  required: ["result"],
  properties: {
    result,
    paymentOptions: {
      type: "array",
      maxItems: 500,
      items: {
        type: "object",
        properties: {
          paymentMethodType: text(64),
          enabled: flag,
          paymentOptionDetail: { type: "object", properties: { supportCardBrands: brands } },
          installment: {
            type: "object",
            properties: {
              supportCardBrands: brands,
              plans: {
                type: "array",
                maxItems: 100,
                items: {
                  type: "object",
                  properties: {
                    installmentNum: scalar,
                    interval: text(16),
                    interestRate: scalar,
                    enabled: flag,
                    minInstallmentAmount: amount,
                    maxInstallmentAmount: amount,
                  },
                },
              },
            },
          },
          promotionInfos: {
            type: "array",
            maxItems: 100,
            items: {
              type: "object",
              properties: {
                promotionType: text(64),
                interestFree: {
                  type: "object",
                  properties: {
                    installmentFreeNums: { type: "array", maxItems: 100, items: scalar },
                    expireTime: text(64),
                    minPaymentAmount: amount,
                    maxPaymentAmount: amount,
                    freePercentage: scalar,
                  },
                },
              },
            },
          },
        },
      },
    },
  },
});

export interface ConsultParts {
  readonly amount: Amount;
  readonly merchantRegion?: string;
  readonly merchantAccountId?: string;
  readonly settlementCurrency?: string;
}

/** The body of `POST /v1/payments/consult` for cards. (Antom: consult; document 004, "Issuer-authentication of Korean cards scenario") */
export const consultRequest = (parts: ConsultParts): Record<string, unknown> => ({
  productCode: "CASHIER_PAYMENT",
  paymentAmount: parts.amount,
  allowedPaymentMethods: ["CARD"],
  paymentFactor: { isAuthorization: true },
  // What is offered does not go by who asks, so that one answer serves everybody.
  env: { terminalType: "WEB" },
  ...(parts.settlementCurrency === undefined
    ? {}
    : { settlementStrategy: { settlementCurrency: parts.settlementCurrency } }),
  ...compact({ merchantRegion: parts.merchantRegion, merchantAccountId: parts.merchantAccountId }),
});

/** A card brand that can be paid with. */
export interface OfferedBrand {
  /** Antom's CardBrand. */
  readonly cardBrand: string;
  /** An https address of its picture. */
  readonly logoUrl?: string;
}

/** A way to pay in parts. */
export interface InstallmentPlan {
  readonly installmentNum: number;
  readonly interval: string;
  /** In per cent: "0.1" is 0.1 %. */
  readonly interestRate?: string;
  readonly minInstallmentAmount?: Amount;
  readonly maxInstallmentAmount?: Amount;
  /** An issuer's campaign bears all of the interest, of this amount and now. */
  readonly isInterestFree: boolean;
}

/** A time and amounts for which an issuer bears all of the interest. */
interface Campaign {
  readonly installmentNums: readonly number[];
  readonly minPaymentAmount?: Amount;
  readonly maxPaymentAmount?: Amount;
  /** Epoch milliseconds; without end where Antom tells none that can be read. */
  readonly endsAt?: number;
}

/** What Antom has told that it offers. It can be kept: what is free of interest depends on the amount and on the time, see `cardOffer`. */
export interface ToldOffer {
  readonly cardBrands: readonly OfferedBrand[];
  readonly installments: {
    readonly cardBrands: readonly OfferedBrand[];
    readonly plans: readonly Omit<InstallmentPlan, "isInterestFree">[];
  };
  readonly campaigns: readonly Campaign[];
}

/** What Antom offers for an amount. */
export interface CardOffer {
  readonly cardBrands: readonly OfferedBrand[];
  readonly installments: { readonly cardBrands: readonly OfferedBrand[]; readonly plans: readonly InstallmentPlan[] };
}

/** What the outcome of a consult call offers; undefined when it says nothing. */
export function toldOffer(outcome: Outcome<ConsultAnswer>): ToldOffer | undefined {
  if (outcome.kind === "unanswered" || outcome.result.resultStatus !== "S") return undefined;
  const options = (outcome.body.paymentOptions ?? []).filter(
    (option) => option.paymentMethodType === "CARD" && readFlag(option.enabled) !== false,
  );
  return {
    cardBrands: options.flatMap(({ paymentOptionDetail }) => brandsOf(paymentOptionDetail?.supportCardBrands)),
    installments: {
      cardBrands: options.flatMap(({ installment }) => brandsOf(installment?.supportCardBrands)),
      plans: options.flatMap(({ installment }) => (installment?.plans ?? []).flatMap(planOf)),
    },
    campaigns: options.flatMap(({ promotionInfos }) => (promotionInfos ?? []).flatMap(campaignOf)),
  };
}

/**
 * What an offer means for an amount.
 *
 * @param now epoch milliseconds, by which campaigns are over or not
 */
export function cardOffer({ cardBrands, installments, campaigns }: ToldOffer, amount: Amount, now: number): CardOffer {
  const running = campaigns.filter((campaign) => isRunning(campaign, amount, now));
  const plans = installments.plans.map((plan) => ({
    ...plan,
    isInterestFree: running.some(({ installmentNums }) => installmentNums.includes(plan.installmentNum)),
  }));
  return { cardBrands, installments: { cardBrands: installments.cardBrands, plans } };
}

/** One whose limits are in another currency may not be meant for the amount: a buyer is not to be promised what they do not get. */
function isRunning(
  { minPaymentAmount: least, maxPaymentAmount: most, endsAt = Infinity }: Campaign,
  { currency, value }: Amount,
  now: number,
): boolean {
  const isEnough = least === undefined || (least.currency === currency && units(value) >= units(least.value));
  const isTooMuch = most !== undefined && (most.currency !== currency || units(value) > units(most.value));
  return now < endsAt && isEnough && !isTooMuch;
}

/** The whole interest, or no share told. Of a plan that is free in part the buyer pays the rest. */
const ALL_OF_IT = /^(100(\.0+)?%?)?$/;

function campaignOf({ promotionType, interestFree }: WirePromotion): Campaign[] {
  if (promotionType !== "INTEREST_FREE" || interestFree === undefined) return [];
  const {
    installmentFreeNums = [],
    freePercentage = "",
    expireTime,
    minPaymentAmount,
    maxPaymentAmount,
  } = interestFree;
  if (!ALL_OF_IT.test(String(freePercentage))) return [];
  return [
    {
      installmentNums: installmentFreeNums.map(Number),
      ...compact({
        minPaymentAmount: readAmount(minPaymentAmount),
        maxPaymentAmount: readAmount(maxPaymentAmount),
        endsAt: readTime(expireTime),
      }),
    },
  ];
}

const brandsOf = (wire: readonly WireBrand[] = []): OfferedBrand[] =>
  wire.flatMap(({ cardBrand, logo }) => {
    const name = present(cardBrand);
    // A picture's address goes into the shop's page.
    const logoUrl = webUrl(logo?.logoUrl)?.href;
    return name === undefined ? [] : [{ cardBrand: name, ...(logoUrl === undefined ? {} : { logoUrl }) }];
  });

function planOf(wire: WirePlan): ToldOffer["installments"]["plans"] {
  const installmentNum = Number(wire.installmentNum);
  if (!Number.isInteger(installmentNum) || installmentNum < 2 || readFlag(wire.enabled) === false) return [];
  const interestRate = wire.interestRate === undefined ? undefined : present(String(wire.interestRate));
  return [
    {
      installmentNum,
      interval: present(wire.interval) ?? "MONTH",
      ...compact({
        interestRate,
        minInstallmentAmount: readAmount(wire.minInstallmentAmount),
        maxInstallmentAmount: readAmount(wire.maxInstallmentAmount),
      }),
    },
  ];
}
