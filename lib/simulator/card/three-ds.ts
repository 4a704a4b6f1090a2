import type { Random } from "../../ports.js";
import type { Card } from "./card.js";
import type { Exemption } from "./decide.js";
import type { ThreeDSResult } from "./result-info.js";

const VERSION = "2.2.0";

/** Why a challenge was left unfinished (`challengeCancel`). */
export const CHALLENGE_CANCEL = { cancel: "01", abandon: "03", timeout: "04" } as const;
export type ChallengeCancel = (typeof CHALLENGE_CANCEL)[keyof typeof CHALLENGE_CANCEL];

/** Mastercard and the brands of its network count their ECI from 00, the others from 05. */
const isMastercard = (card: Card): boolean => card.brand === "MASTERCARD" || card.brand === "MAESTRO";

/** The cardholder was authenticated, by a challenge or without one. */
export const authenticated = (card: Card, random: Random, challenged: boolean): ThreeDSResult => ({
  threeDSVersion: VERSION,
  eci: isMastercard(card) ? "02" : "05",
  cavv: random(20).toString("base64"),
  dsTransactionId: uuid(random(16)),
  challenged,
  threeDSOffered: true,
});

/** The issuer takes no part; there is no cavv, because no cardholder passed. */
export const attempted = (card: Card, random: Random): ThreeDSResult => ({
  threeDSVersion: VERSION,
  eci: isMastercard(card) ? "01" : "06",
  cavv: "",
  dsTransactionId: uuid(random(16)),
  challenged: false,
  threeDSOffered: true,
});

/** The cardholder did not pass; reason 01 is "card authentication failed" (EMVCo, transStatusReason). */
export const notAuthenticated = (
  card: Card,
  random: Random,
  { challenged, cancel }: { readonly challenged: boolean; readonly cancel?: ChallengeCancel | undefined },
): ThreeDSResult => ({
  threeDSVersion: VERSION,
  eci: isMastercard(card) ? "00" : "07",
  cavv: "",
  dsTransactionId: uuid(random(16)),
  challenged,
  threeDSOffered: true,
  ...(cancel === undefined ? { threeDStransactionStatusReason: "01" } : { challengeCancel: cancel }),
});

/** 3-D Secure was asked for and the issuer let it go. */
export const exempted = (card: Card, exemptionType: Exemption): ThreeDSResult => ({
  threeDSVersion: VERSION,
  eci: exemptionType === "dataOnly" ? "04" : isMastercard(card) ? "00" : "07",
  cavv: "",
  challenged: false,
  threeDSOffered: true,
  exemptionType,
});

function uuid(bytes: Buffer): string {
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
