import type { PaymentResultInfo, ThreeDSResult } from "../payment/payment.js";
import { compact, readFlag } from "./wire.js";

/**
 * `paymentResultInfo` and `cardInfo` are told for people to read, so whatever stands in them is let in: an odd value there must never keep
 * a payment from being known. What cannot be read is left out.
 */
export const resultInfo = {} as const;

/** The texts of `paymentResultInfo`, with how long each may be to be kept. */
const INFO_TEXTS = {
  avsResultRaw: 16,
  cvvResultRaw: 16,
  networkTransactionId: 256,
  cardNo: 64,
  cardBrand: 64,
  cardBin: 8,
  lastFour: 4,
  issuingCountry: 8,
  issuerName: 256,
  funding: 32,
  cardCategory: 32,
  paymentMethodRegion: 16,
  merchantAdviceCode: 16,
  refusalCodeRaw: 64,
  authorizationCode: 64,
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

/**
 * What Antom tells of the card, from both places where it may stand: `paymentResultInfo` wins, `cardInfo` fills the gaps.
 * Empty strings are left out, and so is the card token, which has no business in a payment.
 */
export function readResultInfo(info: unknown, older?: unknown): PaymentResultInfo | undefined {
  const [first, second] = [readOne(info), readOne(older)];
  const threeDSResult = { ...second.threeDSResult, ...first.threeDSResult };
  const read = { ...second, ...first, ...(Object.keys(threeDSResult).length === 0 ? {} : { threeDSResult }) };
  return Object.keys(read).length === 0 ? undefined : read;
}

function readOne(wire: unknown): PaymentResultInfo {
  const members = membersOf(wire);
  const texts = readTexts(members, INFO_TEXTS);
  return compact({
    ...texts,
    cardNo: masked(texts.cardNo),
    cardBin: texts.cardBin?.slice(0, 6),
    threeDSResult: readThreeDS(members.get("threeDSResult")),
  });
}

function readThreeDS(wire: unknown): ThreeDSResult | undefined {
  const members = membersOf(wire);
  const { caav, ...texts } = readTexts(members, THREE_DS_TEXTS);
  const read = compact({
    ...texts,
    cavv: texts.cavv ?? caav,
    challenged: flagOf(members.get("challenged")),
    threeDSOffered: flagOf(members.get("threeDSOffered")),
  });
  return Object.keys(read).length === 0 ? undefined : read;
}

const membersOf = (wire: unknown): ReadonlyMap<string, unknown> =>
  new Map(typeof wire === "object" && wire !== null ? Object.entries(wire) : []);

/** The members that are texts of a fitting length, or numbers, and not empty. */
function readTexts<Name extends string>(
  members: ReadonlyMap<string, unknown>,
  lengths: Readonly<Record<Name, number>>,
): Readonly<Partial<Record<Name, string>>> {
  const texts: Partial<Record<Name, string>> = {};
  for (const name of Object.keys(lengths) as Name[]) {
    const value = members.get(name);
    const text = typeof value === "number" ? String(value) : value;
    if (typeof text === "string" && text !== "" && text.length <= lengths[name]) texts[name] = text;
  }
  return texts;
}

const flagOf = (value: unknown): boolean | undefined =>
  typeof value === "boolean" || typeof value === "string" ? readFlag(value) : undefined;

/** Antom masks the number itself; should it ever come whole, no more than the first six and last four are kept. */
function masked(cardNo: string | undefined): string | undefined {
  const digits = cardNo?.replace(/\D/g, "") ?? "";
  return digits.length > 10 ? `${digits.slice(0, 6)}******${digits.slice(-4)}` : cardNo;
}
