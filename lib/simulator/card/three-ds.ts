import type { Random } from "../../ports.js";
import type { Card } from "./card.js";
import type { ThreeDSResult } from "./result-info.js";

const VERSION = "2.2.0";

/** Mastercard and the brands of its network count their ECI from 00, the others from 05. */
const isMastercard = (card: Card): boolean => card.brand === "MASTERCARD" || card.brand === "MAESTRO";

/** The cardholder passed the challenge. */
export const authenticated = (card: Card, random: Random): ThreeDSResult => ({
  threeDSVersion: VERSION,
  eci: isMastercard(card) ? "02" : "05",
  cavv: random(20).toString("base64"),
  dsTransactionId: uuid(random(16)),
  challenged: true,
  threeDSOffered: true,
});

/** The cardholder did not pass; reason 01 is "card authentication failed" (EMVCo, transStatusReason). */
export const notAuthenticated = (card: Card, random: Random): ThreeDSResult => ({
  threeDSVersion: VERSION,
  eci: isMastercard(card) ? "00" : "07",
  cavv: "",
  dsTransactionId: uuid(random(16)),
  challenged: true,
  threeDSOffered: true,
  threeDStransactionStatusReason: "01",
});

/** 3-D Secure was asked for and the issuer let it go. */
export const exempted = (card: Card, exemptionType: string): ThreeDSResult => ({
  threeDSVersion: VERSION,
  eci: isMastercard(card) ? "00" : "07",
  cavv: "",
  challenged: false,
  threeDSOffered: true,
  exemptionType,
});

function uuid(bytes: Buffer): string {
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
