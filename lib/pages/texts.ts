import type { DeclineReason } from "../payment/meaning/decline-reason.js";
import type { Locale } from "./locale.js";
import { en } from "./texts/en.js";
import { ko } from "./texts/ko.js";
import { zh } from "./texts/zh.js";

/** A heading and the sentence or two below it. */
export interface Message {
  readonly title: string;
  readonly text: string;
}

/** What a browser can be told when there is no payment to show. */
export const ERROR_KINDS = [
  "link_invalid",
  "not_found",
  "origin_refused",
  "order_refused",
  "order_paid",
  "payment_closing",
  "card_invalid",
  "method_refused",
  "card_gone",
  "sign_in",
  "unavailable",
  "shop_fault",
  // Nothing is known of a payment: this says nothing of money.
  "not_here",
  "invalid",
] as const;
export type ErrorKind = (typeof ERROR_KINDS)[number];

/** What the checkout script says beside the shop's own pay button. */
export interface CheckoutTexts {
  readonly opening: string;
  readonly unreachable: string;
  readonly refused: string;
  /** Where everything that is wrong is said at its field. */
  readonly check: string;
}

/** The fields of a card that can be wrong; "other" is whatever the kit has no words for. */
export const CARD_FIELDS = [
  "cardNo",
  "expiryMonth",
  "expiryYear",
  "cvv",
  "cardholderName",
  "billingAddress",
  "cpf",
  "payerEmail",
  "dateOfBirth",
  "businessNo",
  "cardPasswordDigest",
  "other",
] as const;
export type CardField = (typeof CARD_FIELDS)[number];

/** Every word the kit shows a buyer, in one language. */
export interface Texts {
  readonly backToShop: string;
  readonly amount: string;
  readonly order: string;
  /** Beside the sum of the refunds. */
  readonly refunded: string;
  readonly redirect: {
    /** While the browser is on its way. */
    readonly going: Message;
    /** Without script, and after the back button: the buyer chooses. */
    readonly choice: Message;
    readonly slow: string;
    readonly goOn: string;
    readonly seePayment: string;
  };
  readonly result: {
    readonly pending: Message;
    /** Pending, and perhaps the buyer has not paid yet. */
    readonly unfinished: Message;
    readonly authorized: Message;
    readonly captured: Message;
    /** All that was taken was given back, and nothing more can be taken. */
    readonly refunded: Message;
    /** It was given back because another payment of the order is the one that counts: it must not be paid for anew. */
    readonly replaced: Message;
    readonly failed: Message;
    readonly voided: Message;
    readonly expired: Message;
    /** In place of the text of one of these three, where another payment of the order is the one that counts: the buyer must not pay anew. */
    readonly tookPlace: string;
    readonly goOn: string;
    readonly paid: string;
    readonly asking: string;
    readonly unconfirmed: string;
    readonly unreachable: string;
    readonly stopped: string;
    /** Beside the reason of a failure. */
    readonly nothingTaken: string;
    /** "Back to the shop", where the same card can help. */
    readonly tryAgain: string;
    /** "Back to the shop", where another card can help. */
    readonly useOtherCard: string;
  };
  /**
   * Why a payment failed, as a buyer may know it: never that anybody thinks of fraud, and never the words of a bank or of Antom.
   * What is said of "risk" is what is said of "bank".
   */
  readonly declines: Readonly<Record<DeclineReason, string>>;
  /** Follows one of them where waiting can help. */
  readonly orLater: string;
  readonly errors: Readonly<Record<ErrorKind, Message>>;
  /** What to look at again when a field of the card is wrong. */
  readonly cardFields: Readonly<Record<CardField, string>>;
  readonly checkout: CheckoutTexts;
}

/** A language that lacks a text does not compile. */
export const TEXTS: Readonly<Record<Locale, Texts>> = { en, zh, ko };
