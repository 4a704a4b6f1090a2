import type { Amount } from "../../payment/amount.js";
import type { ResultCode } from "../result.js";
import { isKorean, type Card } from "./card.js";

/** How the merchant wants 3-D Secure used (Antom, "3D Secure authentication"). */
export interface AuthenticationWish {
  /** `is3DSAuthentication`: always. */
  readonly required: boolean;
  /** `enableAuthenticationUpgrade`: when the issuer asks for it; on unless switched off. */
  readonly upgrade: boolean;
  /** `recurringType` is given: nobody is there to be authenticated. */
  readonly merchantInitiated: boolean;
}

export type Verdict =
  | { readonly kind: "approve"; readonly exemption?: "transactionRiskAnalysis" }
  | { readonly kind: "challenge" }
  | { readonly kind: "decline"; readonly code: ResultCode; readonly refusal?: IssuerRefusal };

/** What the issuer itself said. */
export interface IssuerRefusal {
  readonly code: string;
  readonly reason: string;
}

/** Amounts the sandbox declines for risk, on an older and on a newer page of Antom's documents. */
const RISK_AMOUNTS = new Set(["11", "1111001111"]);

/** What becomes of a charge. Risk control is asked first, then 3-D Secure, then the issuer. */
export function decide(card: Card, amount: Amount, wish: AuthenticationWish, authenticated: boolean): Verdict {
  if (RISK_AMOUNTS.has(amount.value)) return { kind: "decline", code: "RISK_REJECT" };
  const canChallenge = !authenticated && !wish.merchantInitiated && !isKorean(card) && card.outcome !== "exempt";
  if (wish.required && canChallenge) return { kind: "challenge" };
  switch (card.outcome) {
    case "approve":
      return { kind: "approve" };
    case "exempt":
      return wish.required ? { kind: "approve", exemption: "transactionRiskAnalysis" } : { kind: "approve" };
    case "wants-authentication":
      if (authenticated) return { kind: "approve" };
      if (wish.upgrade && canChallenge) return { kind: "challenge" };
      return declined("AUTHENTICATION_REQUIRED", "1A", "Additional customer authentication required");
    case "do-not-honor":
      return declined("DO_NOT_HONOR", "05", "Do not honor");
    case "no-funds":
      return declined("USER_BALANCE_NOT_ENOUGH", "51", "Not sufficient funds");
  }
}

const declined = (code: ResultCode, raw: string, reason: string): Verdict => ({
  kind: "decline",
  code,
  refusal: { code: raw, reason },
});
