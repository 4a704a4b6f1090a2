/** The 3-D Secure result, as Antom tells it (`threeDSResult`). The documents' `caav` is read as `cavv`. */
export interface ThreeDSResult {
  readonly threeDSVersion?: string;
  readonly eci?: string;
  readonly cavv?: string;
  readonly dsTransactionId?: string;
  readonly xid?: string;
  readonly challenged?: boolean;
  readonly threeDSOffered?: boolean;
  readonly exemptionType?: string;
  readonly challengeCancel?: string;
  readonly threeDStransactionStatusReason?: string;
}

/** The instalment plan the buyer pays by (`creditPayPlan`). */
export interface CreditPayPlanResult {
  readonly installmentNum?: number;
  /** Time between two instalments: "MONTH". */
  readonly interval?: string;
  /** In percent: 0.1 means 0.1 %. */
  readonly interestRate?: number;
  readonly creditPayFeeType?: string;
  /** The seller's share of the fee, 0 to 100. */
  readonly feePercentage?: number;
}

/**
 * What Antom tells of the card and its checks (`paymentResultInfo`, and `cardInfo` where it used to stand). Codes pass through as they
 * come; docs/results.md says what they mean. Never the card's token, its whole number, or who holds it.
 */
export interface PaymentResultInfo {
  readonly avsResultRaw?: string;
  readonly cvvResultRaw?: string;
  readonly networkTransactionId?: string;
  readonly threeDSResult?: ThreeDSResult;
  /** `lowValue` or `transactionRiskAnalysis`: the exemption from authentication that was asked for. */
  readonly exemptionRequested?: string;
  /** `PAN` or `NETWORK_TOKEN`. */
  readonly credentialTypeUsed?: string;
  /** Masked: first six and last four at most, of a number of fewer than 15 digits the last four. */
  readonly cardNo?: string;
  readonly cardBrand?: string;
  readonly cardBin?: string;
  readonly lastFour?: string;
  /** Two digits. */
  readonly expiryMonth?: string;
  /** Two digits. */
  readonly expiryYear?: string;
  readonly issuingCountry?: string;
  readonly issuerName?: string;
  readonly funding?: string;
  readonly cardCategory?: string;
  readonly paymentMethodRegion?: string;
  readonly creditPayPlan?: CreditPayPlanResult;
  /** The card scheme's advice on trying again. */
  readonly merchantAdviceCode?: string;
  /** The card scheme's own code for a refusal, such as "51". */
  readonly refusalCodeRaw?: string;
  /** The words that came with it. For the shop; a buyer is never shown them. */
  readonly refusalReasonRaw?: string;
  readonly authorizationCode?: string;
  /** Retrieval reference number. */
  readonly rrn?: string;
  readonly userAuthorizationStatus?: string;
  /** Whether the hold can be raised. */
  readonly incrementalAuthorizationAvailable?: boolean;
  /** Whether the hold can be prolonged. */
  readonly extendedAuthorizationAvailable?: boolean;
  /** Whether a refund can be asked for before the capture. */
  readonly refundOnAuthorizationAvailable?: boolean;
}

/** What is known, with the gaps filled from what has come now. */
export function filled(known: PaymentResultInfo | undefined, told: PaymentResultInfo): PaymentResultInfo {
  if (known === undefined) return told;
  const threeDSResult = { ...told.threeDSResult, ...known.threeDSResult };
  const creditPayPlan = { ...told.creditPayPlan, ...known.creditPayPlan };
  return {
    ...told,
    ...known,
    ...(Object.keys(threeDSResult).length > 0 ? { threeDSResult } : {}),
    ...(Object.keys(creditPayPlan).length > 0 ? { creditPayPlan } : {}),
  };
}

/** Whether both tell how the number of the card ends, and it is not the same. */
export function isOtherCard(a: PaymentResultInfo, b: PaymentResultInfo): boolean {
  const [one, other] = [endOf(a), endOf(b)];
  return one !== undefined && other !== undefined && one !== other;
}

const endOf = ({ lastFour, cardNo = "" }: PaymentResultInfo): string | undefined =>
  lastFour ?? /[0-9]{4}$/.exec(cardNo)?.[0];
