import type { ResultCode } from "../result.js";

/** What the issuer of a card does when it is charged. */
export type CardOutcome =
  | "approve"
  /** Approved, and excused from 3-D Secure by a risk analysis when it is asked for. */
  | "exempt"
  /** Excused from 3-D Secure for amounts below EUR 30. */
  | "low-value"
  /** 3-D Secure is only told of, without authentication (Mastercard's data only). */
  | "data-only"
  /** Lets the cardholder through 3-D Secure without a question. */
  | "frictionless"
  /** Takes no part in 3-D Secure: authentication was attempted. */
  | "attempted"
  /** Refuses authentication without a question. */
  | "authentication-fails"
  /** Declined unless the cardholder was authenticated. */
  | "wants-authentication"
  | "do-not-honor"
  | "no-funds"
  /** Declined with the card's `code`. */
  | "decline"
  /** Approved while the buyer is there; declined with the card's `code` when the merchant charges it alone. */
  | "mit-decline"
  /** Approved while the buyer is there; when the merchant charges it alone, the issuer wants the buyer. */
  | "mit-redirect";

/** Under which heading a card is listed. */
export const CARD_GROUPS = {
  accepted: "Accepted",
  authentication: "3-D Secure",
  local: "Local and co-badged",
  agreement: "Charged again without the buyer",
  declined: "Declined",
} as const;
export type CardGroup = keyof typeof CARD_GROUPS;

/** One of the two marks on a co-badged card. */
export interface Badge {
  /** Antom's CardBrand. */
  readonly brand: string;
  /** Antom's `paymentMethodRegion`. */
  readonly region: string;
}

/** A card that the simulator knows, and what becomes of a payment with it. */
export interface TestCard {
  /** Names the card in the address that fills the form in. */
  readonly key: string;
  readonly number: string;
  readonly name: string;
  readonly brand: string;
  /** Antom's `paymentMethodRegion`. */
  readonly region: string;
  readonly issuingCountry: string;
  readonly funding: "CREDIT" | "DEBIT";
  readonly outcome: CardOutcome;
  readonly group: CardGroup;
  /** The result code it is declined with, if it ever is. */
  readonly code?: ResultCode;
  /** Mastercard's advice that comes with the answer (`merchantAdviceCode`). */
  readonly merchantAdviceCode?: string;
  /** The second mark of a co-badged card. */
  readonly secondBadge?: Badge;
  /** What happens, for people. */
  readonly does: string;
}

type Details = Partial<
  Pick<TestCard, "region" | "issuingCountry" | "funding" | "code" | "merchantAdviceCode" | "secondBadge" | "name">
>;

const NAMES: Readonly<Record<string, string>> = {
  VISA: "Visa",
  MASTERCARD: "Mastercard",
  AMEX: "American Express",
  JCB: "JCB",
  DISCOVER: "Discover",
};

/** Makes a card of a group: a global one issued in the US, unless the details say otherwise. */
export const cardOfGroup =
  (group: CardGroup) =>
  (
    key: string,
    number: string,
    brand: string,
    outcome: CardOutcome,
    does: string,
    details: Details = {},
  ): TestCard => ({
    key,
    number,
    name: NAMES[brand] ?? brand,
    brand,
    region: "GLOBAL",
    issuingCountry: "US",
    funding: "CREDIT",
    outcome,
    group,
    does,
    ...details,
  });
