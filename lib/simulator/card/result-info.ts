import type { Identifiers } from "../identifiers.js";
import { isKorean, maskedNumber, type Card } from "./card.js";
import type { IssuerRefusal } from "./decide.js";

/** `paymentResultInfo`: what the pay answer, inquiryPayment and notifyPayment tell of a card and of how it was checked. */
export interface ResultInfo {
  readonly avsResultRaw: string;
  readonly cvvResultRaw: string;
  readonly networkTransactionId?: string;
  readonly authorizationCode?: string;
  readonly cardNo?: string;
  readonly cardBin?: string;
  readonly lastFour?: string;
  readonly cardBrand?: string;
  readonly funding?: string;
  readonly issuingCountry?: string;
  readonly paymentMethodRegion?: string;
  readonly threeDSResult?: ThreeDSResult;
  readonly refusalCodeRaw?: string;
  readonly refusalReasonRaw?: string;
  readonly creditPayPlan?: object;
}

export interface ThreeDSResult {
  readonly threeDSVersion?: string;
  readonly eci: string;
  readonly cavv: string;
  readonly dsTransactionId?: string;
  readonly challenged?: boolean;
  readonly threeDSOffered?: boolean;
  readonly exemptionType?: string;
  readonly threeDStransactionStatusReason?: string;
}

/** What the checks had to go by. */
export interface CheckedData {
  readonly cvvGiven: boolean;
  readonly addressGiven: boolean;
}

/** For a card that was charged, successfully or not. */
export function resultInfo(
  card: Card,
  checked: CheckedData,
  outcome: {
    readonly approved: boolean;
    readonly refusal?: IssuerRefusal | undefined;
    readonly threeDSResult?: ThreeDSResult | undefined;
    readonly creditPayPlan?: object | undefined;
  },
  identifiers: Identifiers,
): ResultInfo {
  const { approved, refusal, threeDSResult, creditPayPlan } = outcome;
  return {
    ...checks(card, checked),
    ...(approved
      ? { networkTransactionId: identifiers.digits(15), authorizationCode: identifiers.digits(6) }
      : undefined),
    cardNo: maskedNumber(card),
    cardBin: card.bin,
    lastFour: card.lastFour,
    ...(card.brand === undefined ? undefined : { cardBrand: card.brand }),
    funding: card.funding,
    issuingCountry: card.issuingCountry,
    paymentMethodRegion: card.region,
    ...(threeDSResult && { threeDSResult }),
    ...(refusal && { refusalCodeRaw: refusal.code, refusalReasonRaw: refusal.reason }),
    ...(creditPayPlan && { creditPayPlan }),
  };
}

/** For a card of a Korean issuer who authenticated its own customer: the document's sample, field by field. */
export const issuerResultInfo = (brand: string | undefined): ResultInfo => ({
  avsResultRaw: "",
  cvvResultRaw: "",
  paymentMethodRegion: "KR",
  ...(brand === undefined ? undefined : { cardBrand: brand }),
  threeDSResult: { cavv: "", eci: "" },
});

/** Antom's code lists: AVS Y matches, U not available; cvv Y matches, X not available. */
function checks(card: Card, { cvvGiven, addressGiven }: CheckedData): { avsResultRaw: string; cvvResultRaw: string } {
  if (isKorean(card)) return { avsResultRaw: "", cvvResultRaw: "" };
  return { avsResultRaw: addressGiven ? "Y" : "U", cvvResultRaw: cvvGiven ? "Y" : "X" };
}
