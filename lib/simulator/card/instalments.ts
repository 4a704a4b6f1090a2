import { units, type Amount } from "../../payment/amount.js";
import type { Card } from "./card.js";
import { KOREAN_BRANDS } from "../../payment/card-brand.js";

/** `creditPayPlan` of a pay request. */
export interface CreditPayPlan {
  readonly installmentNum?: string | number;
  /** What the buyer may choose from on the hosted page, where no number is given. */
  readonly filteredInstallmentPeriods?: readonly (string | number)[];
  readonly interval?: string;
  readonly creditPayFeeType?: string;
  readonly feePercentage?: string | number;
}

/** The plan as it is told of a payment: with its interest in percent. */
export interface ChargedPlan extends Omit<CreditPayPlan, "filteredInstallmentPeriods"> {
  readonly installmentNum: string | number;
  readonly interestRate: string;
}

/** What issuers of a country offer: how many instalments, at which interest in percent, to cards of which brands. */
interface Offer {
  readonly brands: readonly string[];
  readonly rates: Readonly<Record<string, string>>;
}

const free = (...numbers: readonly number[]): Record<string, string> =>
  Object.fromEntries(numbers.map((number) => [String(number), "0"]));

/** Two to twelve months; the first two are free of interest by a campaign. */
const KOREAN_RATES = Object.fromEntries([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((n) => [n, "11.5"]));

/** By the currency, which stands for the country whose cards they are (Antom, "Installment payments"). */
const OFFERS: Readonly<Record<string, Offer>> = {
  BRL: { brands: ["VISA", "MASTERCARD", "AMEX", "ELO", "HIPERCARD"], rates: free(2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12) },
  CLP: { brands: ["VISA", "MASTERCARD"], rates: free(3, 6, 12) },
  JPY: { brands: ["VISA", "MASTERCARD", "AMEX", "JCB"], rates: { ...free(3), "6": "6.5", "10": "11", "12": "13" } },
  KRW: { brands: KOREAN_BRANDS, rates: KOREAN_RATES },
  MXN: { brands: ["VISA", "MASTERCARD", "AMEX", "CARNET"], rates: free(3, 6, 9, 12) },
  USD: { brands: ["VISA", "MASTERCARD", "DISCOVER"], rates: { "3": "0", "6": "4.9", "12": "7.9" } },
};

const BOUNDS = { least: "100", most: "99999999" } as const;

/** A plan as consult tells it. */
export interface Plan {
  readonly installmentNum: string;
  readonly interval: "MONTH";
  readonly interestRate: string;
  readonly enabled: boolean;
  readonly minInstallmentAmount: Amount;
  readonly maxInstallmentAmount: Amount;
}

/** The plans on offer for an amount; none where no issuer offers any. */
export function plansFor({ currency, value }: Amount): readonly Plan[] {
  const enabled = units(value) >= units(BOUNDS.least) && units(value) <= units(BOUNDS.most);
  return Object.entries(OFFERS[currency]?.rates ?? {}).map(([installmentNum, interestRate]) => ({
    installmentNum,
    interval: "MONTH",
    interestRate,
    enabled,
    minInstallmentAmount: { currency, value: BOUNDS.least },
    maxInstallmentAmount: { currency, value: BOUNDS.most },
  }));
}

/** A campaign free of interest, as issuers in Korea have them: of some plans, within two amounts. */
export interface Campaign {
  readonly provider: string;
  readonly installmentFreeNums: readonly string[];
  readonly minPaymentAmount: Amount;
  readonly maxPaymentAmount: Amount;
  readonly freePercentage: string;
}

/** The campaign in a currency; undefined where there is none. */
export const campaignIn = (currency: string): Campaign | undefined =>
  currency === "KRW"
    ? {
        provider: "SHINHAN",
        installmentFreeNums: ["2", "3"],
        minPaymentAmount: { currency, value: "50000" },
        maxPaymentAmount: { currency, value: "10000000" },
        freePercentage: "100",
      }
    : undefined;

/** What a plan costs the buyer of an amount, in percent. Whose card it is makes no difference to the campaign here. */
export function rateOf({ installmentNum, interestRate }: Plan, { currency, value }: Amount): string {
  const campaign = campaignIn(currency);
  const isFree =
    campaign?.installmentFreeNums.includes(installmentNum) === true &&
    units(value) >= units(campaign.minPaymentAmount.value) &&
    units(value) <= units(campaign.maxPaymentAmount.value);
  return isFree ? "0" : interestRate;
}

/** The brands whose cards can be paid off in a currency. */
export const instalmentBrands = (currency: string): readonly string[] => OFFERS[currency]?.brands ?? [];

/** Whether a card can be paid off in a currency. */
export const canPayOff = ({ brand }: Card, currency: string): boolean =>
  brand !== undefined && instalmentBrands(currency).includes(brand);
