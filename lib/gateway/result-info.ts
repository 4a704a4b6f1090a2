import type { PaymentResultInfo, ThreeDSResult } from "../payment/payment.js";
import { compact, flag, present, readFlag, text } from "./wire.js";

const threeDSResult = {
  type: "object",
  properties: {
    threeDSVersion: text(16),
    eci: text(8),
    cavv: text(256),
    caav: text(256),
    dsTransactionId: text(128),
    xid: text(128),
    challenged: flag,
    threeDSOffered: flag,
    exemptionType: text(64),
    challengeCancel: text(16),
    threeDStransactionStatusReason: text(64),
  },
} as const;

/** The schema of `paymentResultInfo` and of `cardInfo`, which is where the same things used to stand. */
export const resultInfo = {
  type: "object",
  properties: {
    avsResultRaw: text(16),
    cvvResultRaw: text(16),
    networkTransactionId: text(256),
    cardNo: text(64),
    cardBrand: text(64),
    cardBin: text(8),
    lastFour: text(4),
    issuingCountry: text(8),
    issuerName: text(256),
    funding: text(32),
    cardCategory: text(32),
    paymentMethodRegion: text(16),
    merchantAdviceCode: text(16),
    refusalCodeRaw: text(64),
    authorizationCode: text(64),
    threeDSResult,
  },
} as const;

interface WireThreeDSResult {
  threeDSVersion?: string;
  eci?: string;
  cavv?: string;
  caav?: string;
  dsTransactionId?: string;
  xid?: string;
  challenged?: boolean | string;
  threeDSOffered?: boolean | string;
  exemptionType?: string;
  challengeCancel?: string;
  threeDStransactionStatusReason?: string;
}

/** `paymentResultInfo` or `cardInfo` as it stands on the wire. */
export interface WireResultInfo {
  avsResultRaw?: string;
  cvvResultRaw?: string;
  networkTransactionId?: string;
  cardNo?: string;
  cardBrand?: string;
  cardBin?: string;
  lastFour?: string;
  issuingCountry?: string;
  issuerName?: string;
  funding?: string;
  cardCategory?: string;
  paymentMethodRegion?: string;
  merchantAdviceCode?: string;
  refusalCodeRaw?: string;
  authorizationCode?: string;
  threeDSResult?: WireThreeDSResult;
}

/**
 * What Antom tells of the card, from both places where it may stand: `paymentResultInfo` wins, `cardInfo` fills the gaps.
 * Empty strings are left out, and so is the card token, which has no business in a payment.
 */
export function readResultInfo(
  info: WireResultInfo | undefined,
  older?: WireResultInfo,
): PaymentResultInfo | undefined {
  const [first, second] = [readOne(info), readOne(older)];
  const threeDSResult = { ...second.threeDSResult, ...first.threeDSResult };
  const read = { ...second, ...first, ...(Object.keys(threeDSResult).length === 0 ? {} : { threeDSResult }) };
  return Object.keys(read).length === 0 ? undefined : read;
}

function readOne(wire: WireResultInfo | undefined): PaymentResultInfo {
  if (wire === undefined) return {};
  return compact({
    avsResultRaw: present(wire.avsResultRaw),
    cvvResultRaw: present(wire.cvvResultRaw),
    networkTransactionId: present(wire.networkTransactionId),
    cardNo: masked(wire.cardNo),
    cardBrand: present(wire.cardBrand),
    cardBin: present(wire.cardBin)?.slice(0, 6),
    lastFour: present(wire.lastFour),
    issuingCountry: present(wire.issuingCountry),
    issuerName: present(wire.issuerName),
    funding: present(wire.funding),
    cardCategory: present(wire.cardCategory),
    paymentMethodRegion: present(wire.paymentMethodRegion),
    merchantAdviceCode: present(wire.merchantAdviceCode),
    refusalCodeRaw: present(wire.refusalCodeRaw),
    authorizationCode: present(wire.authorizationCode),
    threeDSResult: readThreeDS(wire.threeDSResult),
  });
}

/** Antom masks the number itself; should it ever come whole, no more than the first six and last four are kept. */
function masked(cardNo: string | undefined): string | undefined {
  const text = present(cardNo);
  const digits = text?.replace(/\D/g, "") ?? "";
  return digits.length > 10 ? `${digits.slice(0, 6)}******${digits.slice(-4)}` : text;
}

function readThreeDS(wire: WireThreeDSResult | undefined): ThreeDSResult | undefined {
  if (wire === undefined) return undefined;
  const read = compact({
    threeDSVersion: present(wire.threeDSVersion),
    eci: present(wire.eci),
    // The documents' samples spell it "caav"; the SDKs and the Korean samples "cavv".
    cavv: present(wire.cavv) ?? present(wire.caav),
    dsTransactionId: present(wire.dsTransactionId),
    xid: present(wire.xid),
    challenged: readFlag(wire.challenged),
    threeDSOffered: readFlag(wire.threeDSOffered),
    exemptionType: present(wire.exemptionType),
    challengeCancel: present(wire.challengeCancel),
    threeDStransactionStatusReason: present(wire.threeDStransactionStatusReason),
  });
  return Object.keys(read).length === 0 ? undefined : read;
}
