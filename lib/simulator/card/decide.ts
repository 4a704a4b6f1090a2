import { units, type Amount } from "../../payment/amount.js";
import type { ResultCode } from "../result.js";
import { isKorean, type Card } from "./card.js";
import { refusalOf, type IssuerRefusal } from "./refusals.js";

/** How the merchant wants 3-D Secure used (Antom, "3D Secure authentication"). */
export interface AuthenticationWish {
  /** `is3DSAuthentication`: always. */
  readonly required: boolean;
  /** `enableAuthenticationUpgrade`: when the issuer asks for it; on unless switched off. */
  readonly upgrade: boolean;
  /** `recurringType` is given: nobody is there to be authenticated. */
  readonly merchantInitiated: boolean;
}

/** Why a payment is excused from 3-D Secure (`exemptionType`). */
export type Exemption = "transactionRiskAnalysis" | "lowValue" | "dataOnly";

export type Verdict =
  | { readonly kind: "approve"; readonly exemption?: Exemption }
  /** The cardholder is asked. */
  | { readonly kind: "challenge" }
  /** The issuer decides by what it learns of the device. */
  | { readonly kind: "frictionless" }
  | { readonly kind: "decline"; readonly code: ResultCode; readonly refusal?: IssuerRefusal | undefined };

/** Amounts the sandbox declines for risk, on an older and on a newer page of Antom's documents. */
const RISK_AMOUNTS = new Set(["11", "1111001111"]);

/** Antom decides these itself, before any bank is asked. */
const BEFORE_THE_BANK = new Set<ResultCode>([
  "RISK_REJECT",
  "FRAUD_REJECT",
  "SUSPECTED_CARD",
  "SUSPECTED_RISK",
  "PAYMENT_PROHIBITED",
]);

/** Local cards that are never moved to 3-D Secure by Antom (Antom, "3DS retry"). */
const NOT_UPGRADED = new Set(["BR", "KR"]);

/** What becomes of a charge. Risk control is asked first, then 3-D Secure, then the issuer. */
export function decide(card: Card, amount: Amount, wish: AuthenticationWish, authenticated: boolean): Verdict {
  const { outcome, code } = card;
  if (RISK_AMOUNTS.has(amount.value)) return declined("RISK_REJECT");
  if (outcome === "decline" && code !== undefined && BEFORE_THE_BANK.has(code)) return declined(code);
  const canAuthenticate = !authenticated && !wish.merchantInitiated && !isKorean(card);
  if (wish.required && canAuthenticate) return askedFor(card, amount);
  switch (outcome) {
    case "wants-authentication":
      // The agreement of a payment the merchant initiates was authenticated when it was made.
      if (authenticated || wish.merchantInitiated) return { kind: "approve" };
      if (wish.upgrade && canAuthenticate && !NOT_UPGRADED.has(card.region)) return { kind: "challenge" };
      return declined("AUTHENTICATION_REQUIRED");
    case "do-not-honor":
      return declined("DO_NOT_HONOR");
    case "no-funds":
      return declined("USER_BALANCE_NOT_ENOUGH");
    case "decline":
      return declined(code ?? "DO_NOT_HONOR");
    case "mit-decline":
      return wish.merchantInitiated ? declined(code ?? "DO_NOT_HONOR") : { kind: "approve" };
    case "mit-redirect":
      return wish.merchantInitiated && !authenticated ? { kind: "challenge" } : { kind: "approve" };
    default:
      return { kind: "approve" };
  }
}

/** What the issuer does when 3-D Secure is run. */
function askedFor({ outcome }: Card, amount: Amount): Verdict {
  switch (outcome) {
    case "exempt":
      return { kind: "approve", exemption: "transactionRiskAnalysis" };
    case "low-value":
      return isLowValue(amount) ? { kind: "approve", exemption: "lowValue" } : { kind: "challenge" };
    case "data-only":
      return { kind: "approve", exemption: "dataOnly" };
    case "frictionless":
    case "attempted":
    case "authentication-fails":
      return { kind: "frictionless" };
    default:
      return { kind: "challenge" };
  }
}

const isLowValue = ({ currency, value }: Amount): boolean => currency === "EUR" && units(value) < 3_000n;

const declined = (code: ResultCode): Verdict => ({ kind: "decline", code, refusal: refusalOf(code) });
