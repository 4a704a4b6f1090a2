import type { OperationKind } from "../operation.js";
import { judgementOf, RESULT_CODES } from "./result-code.js";

/**
 * What is to be done about an operation that did not go through.
 *
 * - "none": nothing; it went through, or nothing is left to be done.
 * - "wait": nothing; the kit stays at it, or Antom does.
 * - "check_payment": inquire about the payment first: it is not as it was thought to be.
 * - "lower_amount": ask again for less.
 * - "capture_full": capture once, all that is left of the hold.
 * - "refund_full": give back once, all that was captured.
 * - "void_instead": nothing is captured; let the hold go.
 * - "refund_instead": it is captured, or too late to void; give the captured money back.
 * - "refund_otherwise": the card can no longer be refunded; give the money back by another way.
 * - "new_payment": the buyer has to pay anew.
 * - "top_up_balance": put money on the merchant's balance at Antom.
 * - "fix_request": something that was sent is wrong; mend it and ask again.
 * - "fix_settings": a key, the client id or the gateway's address is wrong; mend it and ask again.
 * - "contact_antom": only Antom's support can help.
 */
export const REMEDY_ACTIONS = [
  "none",
  "wait",
  "check_payment",
  "lower_amount",
  "capture_full",
  "refund_full",
  "void_instead",
  "refund_instead",
  "refund_otherwise",
  "new_payment",
  "top_up_balance",
  "fix_request",
  "fix_settings",
  "contact_antom",
] as const;
/** What a program can go by: one of `REMEDY_ACTIONS`. */
export type RemedyAction = (typeof REMEDY_ACTIONS)[number];

/** What helps after an operation was refused: for a program, and for people. */
export interface Remedy {
  readonly action: RemedyAction;
  /** What to do, in plain words for the shop's staff. */
  readonly sentence: string;
}

/** What helps, by Antom's result code. */
type RemedyTable = Readonly<Record<string, Remedy>>;

const remedy = (action: RemedyAction, sentence: string): Remedy => ({ action, sentence });

const CLIENT = remedy(
  "fix_settings",
  "Antom does not know the client id, or it is not active. Compare clientId with Antom's dashboard, then ask again.",
);
const KEYS = remedy(
  "fix_settings",
  "The private key does not belong to the public key on Antom's dashboard. Upload the right one, then ask again.",
);
const ADDRESS = remedy(
  "fix_settings",
  "Antom has no such API at this address. Compare gateway with Antom's dashboard, then ask again.",
);
const CANCELLED = remedy("new_payment", "The payment was cancelled. If the buyer still wants it, let them pay anew.");
const CONTRACT = remedy(
  "contact_antom",
  "Your contract with Antom does not allow it. Ask Antom's support to change that, then ask again.",
);
const STATE = remedy(
  "check_payment",
  "The payment is in a state in which this cannot be done. Inquire about it to see where it stands.",
);

/** Codes that any operation can end with, and what helps, unless the operation's own table knows better. (Antom: "API fundamentals") */
const ANY: RemedyTable = {
  SUCCESS: remedy("none", "It went through; nothing is to be done."),
  UNKNOWN_EXCEPTION: remedy(
    "wait",
    "Antom does not know what became of it. The kit sends the same request again until it does.",
  ),
  REQUEST_TRAFFIC_EXCEED_LIMIT: remedy(
    "wait",
    "Antom had too many requests at once. The kit sends the same request again, more slowly.",
  ),
  REPEAT_REQ_INCONSISTENT: remedy(
    "check_payment",
    "Antom has another request under the same id. Inquire about the payment to see what was done, before you ask again.",
  ),
  SYSTEM_ERROR: remedy(
    "contact_antom",
    "Antom's system failed. Do not ask again before an inquiry shows that nothing was done; else ask Antom's support.",
  ),
  PROCESS_FAIL: remedy("contact_antom", "Antom could not do it. Do not ask again; ask Antom's support why."),
  ACCESS_DENIED: remedy("contact_antom", "Antom does not let your account do this. Ask Antom's support for it."),
  PAYMENT_NOT_QUALIFIED: CONTRACT,
  INVALID_CONTRACT: CONTRACT,
  PARAM_ILLEGAL: remedy(
    "fix_request",
    "Antom does not take something in the request; its words are in the log. Mend it, then ask again.",
  ),
  INVALID_SIGNATURE: KEYS,
  SIGNATURE_INVALID: KEYS,
  KEY_NOT_FOUND: remedy(
    "fix_settings",
    "Antom has no key of this client id and keyVersion. Upload the public key on Antom's dashboard, then ask again.",
  ),
  CLIENT_INVALID: CLIENT,
  INVALID_CLIENT: CLIENT,
  UNKNOWN_CLIENT: CLIENT,
  INVALID_CLIENT_STATUS: CLIENT,
  CLIENT_FORBIDDEN_ACCESS_API: remedy(
    "contact_antom",
    "The client id may not use this API. Ask Antom's support to open it, then ask again.",
  ),
  OAUTH_FAILED: remedy("fix_settings", "The agent token is not valid. Set agentToken anew, then ask again."),
  INVALID_API: ADDRESS,
  NO_INTERFACE_DEF: ADDRESS,
  METHOD_NOT_SUPPORTED: remedy(
    "fix_settings",
    "The request did not reach Antom as it was sent. Look at the proxy on the way, then ask again.",
  ),
  MEDIA_TYPE_NOT_ACCEPTABLE: remedy(
    "fix_settings",
    "The request did not reach Antom as it was sent. Look at the proxy on the way, then ask again.",
  ),
  ORDER_IS_CLOSED: remedy("new_payment", "The payment was never paid, and is closed. Let the buyer pay anew."),
  ORDER_IS_CANCELED: CANCELLED,
  ORDER_IS_CANCELLED: CANCELLED,
  ORDER_NOT_EXIST: remedy(
    "check_payment",
    "Antom does not know the payment. Check that gateway and clientId are those it was made with, and inquire about it.",
  ),
  ORDER_STATUS_INVALID: STATE,
};

/** What is peculiar to one kind of operation. (Antom: the result tables of capture, cancel, refund, inquiryRefund and updateAmount) */
const BY_KIND: Readonly<Record<OperationKind, RemedyTable>> = {
  capture: {
    CAPTURE_IN_PROCESS: remedy("wait", "Antom is still capturing. The kit asks, and Antom tells, how it ends."),
    AUTH_EXPIRED: remedy("new_payment", "The hold has ended, and the buyer has their money back. Let them pay anew."),
    AUTH_CANCELLED: remedy("new_payment", "The hold was voided. If the buyer still wants it, let them pay anew."),
    AUTH_NOT_FOUND: remedy(
      "contact_antom",
      "Antom does not find the authorization. Inquire about the payment, and ask Antom's support.",
    ),
    CAPTURE_AMOUNT_EXCEED_AUTH_LIMIT: remedy("lower_amount", "It is more than is held. Capture what is left, or less."),
    MULTI_CAPTURE_NOT_SUPPORTED: remedy(
      "contact_antom",
      "This payment can be captured only once, and has been. What is missing needs another payment; ask Antom's support for several captures.",
    ),
    ORDER_STATUS_INVALID: remedy(
      "check_payment",
      "The payment is not in a state in which it can be captured. Inquire about it: it may be captured already, or not authorized yet.",
    ),
    CURRENCY_NOT_SUPPORT: remedy("fix_request", "Capture in the currency in which the payment was authorized."),
    NO_PAY_OPTIONS: CONTRACT,
    RISK_REJECT: remedy(
      "contact_antom",
      "Antom's risk control does not let it be captured. Send nothing; ask Antom's support, or void the payment.",
    ),
    PAYMENT_COUNT_EXCEED_LIMIT: remedy(
      "new_payment",
      "The card's number of payments is used up. Let the buyer pay anew, with another card or later.",
    ),
    USER_AMOUNT_EXCEED_LIMIT: remedy(
      "lower_amount",
      "It is above the card's limit. Capture less, or let the buyer pay anew with another card.",
    ),
    USER_BALANCE_NOT_ENOUGH: remedy(
      "new_payment",
      "The card does not cover it. Let the buyer pay anew, with another card.",
    ),
    USER_NOT_EXIST: remedy("new_payment", "The card's account is gone. Let the buyer pay anew, with another card."),
    USER_STATUS_ABNORMAL: remedy(
      "new_payment",
      "The card's account is not in a normal state. Let the buyer pay anew, with another card.",
    ),
  },
  void: {
    CANCEL_WINDOW_EXCEED: remedy(
      "refund_instead",
      "It is too late to void. What is only held is let go by the bank, by itself, when the hold ends; what was captured can be refunded.",
    ),
    PROCESS_FAIL: remedy(
      "refund_instead",
      "Antom voids nothing that is captured or refunded, be it in part. Inquire about the payment; refund what was captured.",
    ),
    ORDER_STATUS_INVALID: remedy(
      "check_payment",
      "The payment is not in a state in which it can be voided. Inquire about it: if it is captured, refund it.",
    ),
    ORDER_NOT_EXIST: remedy("none", "Antom does not know the payment: nothing is held, and nothing is to be done."),
    ORDER_IS_CLOSED: remedy("none", "The payment was never paid, and is closed: nothing is held."),
    ORDER_IS_CANCELED: remedy("none", "The payment is voided already: nothing is held."),
    ORDER_IS_CANCELLED: remedy("none", "The payment is voided already: nothing is held."),
  },
  refund: {
    REFUND_IN_PROCESS: remedy(
      "wait",
      "The bank is giving the money back. Do not refund again: the kit asks, and Antom tells, how it ends.",
    ),
    REFUND_NOT_EXIST: remedy(
      "wait",
      "Antom has not heard of the refund. The kit sends it again with the same id, so that it is done once.",
    ),
    REFUND_AMOUNT_EXCEED: remedy(
      "lower_amount",
      "It is more than is left of what was captured. Refund what is left, or less.",
    ),
    REFUND_WINDOW_EXCEED: remedy(
      "refund_otherwise",
      "It is too late to refund the card. Give the buyer their money back by another way, such as a bank transfer.",
    ),
    ORDER_STATUS_INVALID: remedy(
      "void_instead",
      "The payment is not in a state in which it can be refunded. If it is only held, void it; else inquire about it.",
    ),
    ORDER_IS_CANCELED: remedy("none", "The payment was voided: the buyer was never charged."),
    ORDER_IS_CANCELLED: remedy("none", "The payment was voided: the buyer was never charged."),
    ORDER_IS_CLOSED: remedy("none", "The payment was never paid: the buyer was never charged."),
    MERCHANT_BALANCE_NOT_ENOUGH: remedy(
      "top_up_balance",
      "Your balance at Antom does not cover it. Put money on it, then refund again.",
    ),
    PARTIAL_REFUND_NOT_SUPPORTED: remedy("refund_full", "Only all of it can be given back. Refund the full amount."),
    MULTIPLE_REFUNDS_NOT_SUPPORTED: remedy(
      "refund_otherwise",
      "This payment can be refunded only once, and has been. Give the buyer the rest by another way.",
    ),
    PAYMENT_METHOD_NOT_SUPPORTED: remedy(
      "refund_otherwise",
      "What the buyer paid with takes no refunds. Give them their money back by another way.",
    ),
    CURRENCY_NOT_SUPPORT: remedy("fix_request", "Refund in the currency in which the payment was made."),
    INVALID_MERCHANT_STATUS: remedy(
      "contact_antom",
      "Your account at Antom is not active. Ask Antom's support, then refund again.",
    ),
    RISK_REJECT: remedy("contact_antom", "Antom's risk control does not let it be refunded. Ask Antom's support why."),
  },
  increase: {
    INCREMENTAL_NOT_SUPPORT: remedy(
      "new_payment",
      "This hold cannot be raised, or has been raised ten times. What is held stays; let the buyer pay the rest by another payment.",
    ),
  },
};

/** What to do about a code that is not documented for the operation, or where none was told. */
const OTHERWISE: Readonly<Record<OperationKind, Remedy>> = {
  capture: remedy(
    "check_payment",
    "Nothing was captured, and no documented reason was told. Inquire about the payment; if it is still held, capture again.",
  ),
  void: remedy(
    "check_payment",
    "It was not voided, and no documented reason was told. Inquire about the payment; if it is captured, refund it.",
  ),
  refund: remedy(
    "contact_antom",
    "Nothing was given back, and no documented reason was told. Look at the payment on Antom's dashboard, or ask Antom's support.",
  ),
  increase: remedy(
    "new_payment",
    "The hold was not raised and stays as it was. Capture what is held, and let the buyer pay the rest by another payment.",
  ),
};

/** The codes of every operation, and those that are peculiar to one kind. */
export const REMEDY_CODES: Readonly<Record<OperationKind | "any", readonly string[]>> = {
  any: Object.keys(ANY),
  capture: Object.keys(BY_KIND.capture),
  void: Object.keys(BY_KIND.void),
  refund: Object.keys(BY_KIND.refund),
  increase: Object.keys(BY_KIND.increase),
};

/**
 * What staff can do about an operation that ended with a code. Where the code is none of the operation's own, but a card's refusal is known by
 * it, the sentence begins with what it means.
 */
export function remedyOf(kind: OperationKind, code: string | undefined): Remedy {
  const known = code === undefined ? undefined : (own(BY_KIND[kind], code) ?? own(ANY, code));
  if (known !== undefined) return known;
  const { action, sentence } = OTHERWISE[kind];
  if (code === undefined || !RESULT_CODES.includes(code)) return { action, sentence };
  return {
    action,
    sentence: `${judgementOf(code).meaning} ${sentence.replace(", and no documented reason was told", "")}`,
  };
}

const own = (table: RemedyTable, code: string): Remedy | undefined =>
  Object.hasOwn(table, code) ? table[code] : undefined;
