import { cutNumber } from "../payment/card-details.js";
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
  const read = older === undefined ? readOne(info) : merged(readOne(info), readOne(older));
  if (Object.keys(read).length === 0) return undefined;
  // Beside the last four it would tell nearly all of such a number.
  return isShort(read.cardNo ?? "") ? amended(read, { cardBin: undefined }) : read;
}

function merged(first: PaymentResultInfo, second: PaymentResultInfo): PaymentResultInfo {
  const threeDSResult = { ...second.threeDSResult, ...first.threeDSResult };
  return { ...second, ...first, ...(Object.keys(threeDSResult).length === 0 ? {} : { threeDSResult }) };
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

/**
 * Antom masks the number itself; should it ever come whole, no more is kept than may be. Of a number of fewer than 15 digits a mask between its
 * first six and last four hides too little.
 */
function masked(cardNo: string | undefined): string | undefined {
  if (cardNo === undefined || cardNo.length <= 10) return cardNo;
  const digits = cardNo.replace(/\D/g, "");
  const number = digits.length > 10 ? digits : cardNo.replace(/[\s.-]/g, "");
  if (isShort(number)) return number.slice(-4).padStart(number.length, "*");
  return digits.length > 10 ? cutNumber(digits, "******") : cardNo;
}

/** Whether it is a number of fewer than 15 digits, masked or not. */
const isShort = (number: string): boolean => /^[\d*#xX]{11,14}$/.test(number);
