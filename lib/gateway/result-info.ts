import type { CreditPayPlanResult, PaymentResultInfo, ThreeDSResult } from "../payment/result-info.js";
import {
  flagOf,
  type Members,
  membersOf,
  numberOf,
  readTexts,
  textOf,
  wholeOf,
  withoutCardNumbers,
} from "./lenient.js";
import { amended, compact } from "./wire.js";

/**
 * `paymentResultInfo` and `cardInfo` are told for people to read, so whatever stands in them is let in: an odd value there must never keep
 * a payment from being known. What cannot be read is left out.
 */
export const resultInfo = {} as const;

/** The texts of `paymentResultInfo`, with how long each may be to be kept. What is not named here is not kept: so the card token is not. */
const INFO_TEXTS = {
  avsResultRaw: 16,
  cvvResultRaw: 16,
  networkTransactionId: 256,
  exemptionRequested: 64,
  credentialTypeUsed: 64,
  cardNo: 64,
  cardBrand: 64,
  cardBin: 8,
  lastFour: 4,
  expiryMonth: 2,
  expiryYear: 4,
  issuingCountry: 8,
  issuerName: 256,
  funding: 32,
  cardCategory: 32,
  paymentMethodRegion: 16,
  merchantAdviceCode: 16,
  refusalCodeRaw: 64,
  refusalReasonRaw: 256,
  authorizationCode: 64,
  rrn: 64,
  userAuthorizationStatus: 64,
} as const satisfies Partial<Record<keyof PaymentResultInfo, number>>;

/** The texts of `threeDSResult`. The documents' samples spell `cavv` as `caav`. */
const THREE_DS_TEXTS = {
  threeDSVersion: 16,
  eci: 8,
  cavv: 256,
  caav: 256,
  dsTransactionId: 128,
  xid: 128,
  exemptionType: 64,
  challengeCancel: 16,
  threeDStransactionStatusReason: 64,
} as const satisfies Partial<Record<keyof ThreeDSResult | "caav", number>>;

const PLAN_TEXTS = { interval: 16, creditPayFeeType: 32 } as const;

/**
 * What Antom tells of the card, from both places where it may stand: `paymentResultInfo` wins, `cardInfo` fills the gaps.
 * Empty strings are left out, and so are the card token, which has no business in a payment, and who holds the card.
 */
export function readResultInfo(info: unknown, older?: unknown): PaymentResultInfo | undefined {
  if (older === undefined) {
    const read = readOne(info);
    return Object.keys(read).length === 0 ? undefined : read;
  }
  const [first, second] = [readOne(info), readOne(older)];
  const threeDSResult = { ...second.threeDSResult, ...first.threeDSResult };
  const read = { ...second, ...first, ...(Object.keys(threeDSResult).length === 0 ? {} : { threeDSResult }) };
  return Object.keys(read).length === 0 ? undefined : read;
}

function readOne(wire: unknown): PaymentResultInfo {
  if (wire === undefined) return {};
  const members = membersOf(wire);
  const texts = readTexts(members, INFO_TEXTS);
  const { cardNo, cardBin, expiryMonth, expiryYear, issuerName, refusalReasonRaw } = texts;
  return amended(texts, {
    cardNo: masked(cardNo),
    cardBin: cardBin?.slice(0, 6),
    expiryMonth: /^(0?[1-9]|1[0-2])$/.test(expiryMonth ?? "") ? expiryMonth?.padStart(2, "0") : undefined,
    expiryYear: /^(\d{2}){1,2}$/.test(expiryYear ?? "") ? expiryYear?.slice(-2) : undefined,
    issuerName: withoutCardNumbers(issuerName),
    refusalReasonRaw: withoutCardNumbers(refusalReasonRaw),
    threeDSResult: readThreeDS(members),
    creditPayPlan: readPlan(members["creditPayPlan"]),
    incrementalAuthorizationAvailable: flagOf(members["incrementalAuthorizationAvailable"]),
    extendedAuthorizationAvailable: flagOf(members["extendedAuthorizationAvailable"]),
    refundOnAuthorizationAvailable: flagOf(members["refundOnAuthorizationAvailable"]),
  });
}

/** `threeDSResult`; an `eci` beside it is where it stood before April 2023. */
function readThreeDS(around: Members): ThreeDSResult | undefined {
  const members = membersOf(around["threeDSResult"]);
  const texts = readTexts(members, THREE_DS_TEXTS);
  const read = amended(texts, {
    eci: texts.eci ?? textOf(around["eci"], THREE_DS_TEXTS.eci),
    cavv: texts.cavv ?? texts.caav,
    caav: undefined,
    challenged: flagOf(members["challenged"]),
    threeDSOffered: flagOf(members["threeDSOffered"]),
  });
  return Object.keys(read).length === 0 ? undefined : read;
}

/** `creditPayPlan`, whose numbers Antom writes as texts. */
function readPlan(wire: unknown): CreditPayPlanResult | undefined {
  if (wire === undefined) return undefined;
  const members = membersOf(wire);
  const read = compact({
    installmentNum: wholeOf(members["installmentNum"]),
    interestRate: numberOf(members["interestRate"]),
    feePercentage: numberOf(members["feePercentage"]),
    ...readTexts(members, PLAN_TEXTS),
  });
  return Object.keys(read).length === 0 ? undefined : read;
}

/** Antom masks the number itself; should it ever come whole, no more than the first six and last four are kept. */
function masked(cardNo: string | undefined): string | undefined {
  if (cardNo === undefined || cardNo.length <= 10) return cardNo;
  const digits = cardNo.replace(/\D/g, "");
  return digits.length > 10 ? `${digits.slice(0, 6)}******${digits.slice(-4)}` : cardNo;
}
