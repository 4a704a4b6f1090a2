import { UNKNOWN_CODE } from "./match.js";
import type { ThreeDSResult } from "../result-info.js";

/** How far the buyer was authenticated. Who bears a later fraud claim is between the shop, Antom and the bank: it is not said here. */
export type Authentication = "full" | "attempted" | "none" | "data-only" | "unknown";

/** A code with what it means, in one sentence for the shop's staff. */
export interface CodeMeaning {
  readonly code: string;
  readonly meaning: string;
}

/** What came of 3-D Secure (`threeDSResult`). */
export interface ThreeDSCheck {
  readonly version?: string;
  readonly eci?: string;
  readonly authentication: Authentication;
  /** One sentence for the shop's staff. */
  readonly meaning: string;
  /** The buyer was asked something (true), or nothing (false: frictionless). */
  readonly challenged?: boolean;
  /** 3-D Secure was set off. It can be so on a payment that failed too. */
  readonly offered?: boolean;
  /** Why the buyer need not be authenticated (`exemptionType`). */
  readonly exemption?: CodeMeaning;
  /** Why the challenge ended early (`challengeCancel`). */
  readonly challengeCancelled?: CodeMeaning;
  /** The bank's code for why authentication failed (`threeDStransactionStatusReason`); Antom has no table of them. */
  readonly statusReason?: string;
}

const FULL = ["full", "The buyer was fully authenticated."] as const;
const ATTEMPTED = ["attempted", "Authentication was attempted; the bank or the card did not complete it."] as const;
const NONE = ["none", "The payment was not authenticated by 3-D Secure."] as const;

/** Every `eci` Antom documents: Mastercard's 00 to 04, the other schemes' 05 to 07. */
const ECI: Readonly<Record<string, readonly [Authentication, meaning: string]>> = {
  "02": FULL,
  "05": FULL,
  "01": ATTEMPTED,
  "06": ATTEMPTED,
  "00": NONE,
  "07": NONE,
  "04": ["data-only", "Data was shared with the bank, without authentication (Mastercard)."],
};

/** `exemptionType` and `exemptionRequested`. */
const EXEMPTIONS: Readonly<Record<string, string>> = {
  dataOnly: "Only data was shared with the bank (Visa and Mastercard, outside the reach of PSD2).",
  lowValue: "The amount is low: below 30 EUR.",
  transactionRiskAnalysis: "The transaction was analysed and needs no authentication.",
};

const CHALLENGE_CANCEL: Readonly<Record<string, string>> = {
  "01": "The cardholder cancelled.",
  "02": "The side that asked for authentication cancelled.",
  "03": "The challenge was abandoned.",
  "04": "The bank's authentication server took too long.",
  "05": "The bank's authentication server never received the first challenge request.",
  "06": "The challenge went wrong.",
  "07": "Nobody knows why the challenge ended.",
  "08": "The challenge took too long in the app.",
};

/** What came of 3-D Secure; undefined where Antom tells nothing of it, as with Korean cards. */
export function threeDSCheck(result: ThreeDSResult | undefined): ThreeDSCheck | undefined {
  if (result === undefined) return undefined;
  const { threeDSVersion: version, eci, challenged, threeDSOffered: offered } = result;
  const [authentication, meaning] = outcomeOf(eci);
  const { exemptionType, challengeCancel, threeDStransactionStatusReason: statusReason } = result;
  return {
    ...(version === undefined ? {} : { version }),
    ...(eci === undefined ? {} : { eci }),
    authentication,
    meaning,
    ...(challenged === undefined ? {} : { challenged }),
    ...(offered === undefined ? {} : { offered }),
    ...(exemptionType === undefined ? {} : { exemption: exemption(exemptionType) }),
    ...(challengeCancel === undefined ? {} : { challengeCancelled: meaningOf(CHALLENGE_CANCEL, challengeCancel, 2) }),
    ...(statusReason === undefined ? {} : { statusReason }),
  };
}

export const exemption = (code: string): CodeMeaning => meaningOf(EXEMPTIONS, code);

function outcomeOf(eci: string | undefined): readonly [Authentication, meaning: string] {
  if (eci === undefined) return ["unknown", "Antom did not tell how the buyer was authenticated."];
  // A number loses its nought on the way.
  const key = eci.padStart(2, "0");
  return (Object.hasOwn(ECI, key) ? ECI[key] : undefined) ?? ["unknown", UNKNOWN_CODE];
}

function meaningOf(table: Readonly<Record<string, string>>, code: string, digits = 0): CodeMeaning {
  const key = code.padStart(digits, "0");
  return { code, meaning: (Object.hasOwn(table, key) ? table[key] : undefined) ?? UNKNOWN_CODE };
}
