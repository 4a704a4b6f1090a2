import type { Identifiers } from "../identifiers.js";
import { isKorean, maskedNumber, type Card } from "./card.js";
import type { Checks } from "./checks.js";
import type { ChargedPlan } from "./instalments.js";
import type { IssuerRefusal } from "./refusals.js";

/** `paymentResultInfo`: what the pay answer, inquiryPayment and notifyPayment tell of a card and of how it was checked. */
export interface ResultInfo extends Checks {
  readonly networkTransactionId?: string;
  readonly authorizationCode?: string;
  readonly cardNo?: string;
  readonly cardBin?: string;
  readonly lastFour?: string;
  readonly expiryMonth?: string;
  readonly expiryYear?: string;
  readonly cardBrand?: string;
  readonly cardCategory?: string;
  readonly funding?: string;
  readonly issuingCountry?: string;
  readonly issuerName?: string;
  readonly paymentMethodRegion?: string;
  readonly credentialTypeUsed?: string;
  readonly exemptionRequested?: string;
  readonly threeDSResult?: ThreeDSResult;
  readonly refusalCodeRaw?: string;
  readonly refusalReasonRaw?: string;
  readonly merchantAdviceCode?: string;
  readonly creditPayPlan?: ChargedPlan;
  /** Whether updateAmount may raise the hold. */
  readonly incrementalAuthorizationAvailable?: boolean;
}

export interface ThreeDSResult {
  readonly threeDSVersion?: string;
  readonly eci: string;
  readonly cavv: string;
  readonly dsTransactionId?: string;
  readonly challenged?: boolean;
  readonly threeDSOffered?: boolean;
  readonly exemptionType?: string;
  readonly challengeCancel?: string;
  readonly threeDStransactionStatusReason?: string;
}

/** How a charge went. */
export interface ChargeOutcome {
  readonly approved: boolean;
  readonly refusal?: IssuerRefusal | undefined;
  readonly threeDSResult?: ThreeDSResult | undefined;
  readonly creditPayPlan?: ChargedPlan | undefined;
}

/** For a card that was charged, successfully or not. */
export function resultInfo(card: Card, checks: Checks, outcome: ChargeOutcome, identifiers: Identifiers): ResultInfo {
  const { approved, refusal, threeDSResult, creditPayPlan } = outcome;
  // On a card that is declined now and then the advice belongs to the refusal.
  const advice = (approved ? card.outcome === "approve" : refusal) ? card.merchantAdviceCode : undefined;
  const exemption = threeDSResult?.exemptionType;
  return {
    ...(isKorean(card) ? { avsResultRaw: "", cvvResultRaw: "" } : checks),
    // A bank that was asked gives it on a refusal too, as the documents' sample of one shows.
    ...((approved || refusal) && { networkTransactionId: identifiers.digits(15) }),
    ...(approved && { authorizationCode: identifiers.digits(6) }),
    cardNo: maskedNumber(card),
    ...(card.bin !== "" && { cardBin: card.bin }),
    lastFour: card.lastFour,
    ...(card.expiryMonth !== undefined && { expiryMonth: card.expiryMonth }),
    ...(card.expiryYear !== undefined && { expiryYear: card.expiryYear }),
    ...(card.brand !== undefined && { cardBrand: card.brand }),
    cardCategory: "CONSUMER",
    funding: card.funding,
    issuingCountry: card.issuingCountry,
    issuerName: "Simulated Bank",
    paymentMethodRegion: card.region,
    credentialTypeUsed: "PAN",
    ...(exemption !== undefined && exemption !== "dataOnly" && { exemptionRequested: exemption }),
    ...(threeDSResult && { threeDSResult }),
    ...(refusal && { refusalCodeRaw: refusal.code, refusalReasonRaw: refusal.reason }),
    ...(advice !== undefined && { merchantAdviceCode: advice }),
    ...(creditPayPlan && { creditPayPlan }),
  };
}

/** For a card of a Korean issuer who authenticated its own customer: the document's sample, field by field. */
export const issuerResultInfo = (brand: string | undefined, creditPayPlan: ChargedPlan | undefined): ResultInfo => ({
  ...ISSUER_PENDING,
  paymentMethodRegion: "KR",
  ...(brand !== undefined && { cardBrand: brand }),
  ...(creditPayPlan && { creditPayPlan }),
});

/** The same while the customer is still to be authenticated. */
export const ISSUER_PENDING = {
  avsResultRaw: "",
  cvvResultRaw: "",
  threeDSResult: { cavv: "", eci: "" },
} as const satisfies ResultInfo;
