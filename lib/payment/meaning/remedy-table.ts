import type { OperationKind } from "../operation.js";
import type { Remedy, RemedyAction } from "./remedy.js";

/** What helps, by Antom's result code. */
export type RemedyTable = Readonly<Record<string, Remedy>>;

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
const CANCELLED = remedy(
  "check_payment",
  "Antom says that the payment is cancelled. Inquire about it, and void what is only held even then; after that the buyer can pay anew.",
);
const VOIDED = remedy(
  "check_payment",
  "Antom says that it is voided already: nothing is held. Inquire about it; if it counts as held even then, ask Antom's support.",
);
const UNCHARGED = remedy(
  "check_payment",
  "Antom says that the buyer was never charged. Inquire about it; if it counts as captured even then, ask Antom's support.",
);
const CONTRACT = remedy(
  "contact_antom",
  "Your contract with Antom does not allow it. Ask Antom's support to change that, then ask again.",
);
const STATE = remedy(
  "check_payment",
  "The payment is in a state in which this cannot be done. Inquire about it to see where it stands.",
);

/** Codes that any operation can end with, and what helps, unless the operation's own table knows better. (Antom: "API fundamentals") */
export const ANY: RemedyTable = {
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
  ORDER_IS_CLOSED: remedy(
    "check_payment",
    "Antom says that the payment was closed unpaid. Inquire about it, and void what is only held even then; after that the buyer can pay anew.",
  ),
  ORDER_IS_CANCELED: CANCELLED,
  ORDER_IS_CANCELLED: CANCELLED,
  ORDER_NOT_EXIST: remedy(
    "check_payment",
    "Antom does not know the payment. Check that gateway and clientId are those it was made with, and inquire about it.",
  ),
  ORDER_STATUS_INVALID: STATE,
};

/** What is peculiar to one kind of operation. (Antom: the result tables of capture, cancel, refund, inquiryRefund and updateAmount) */
export const BY_KIND: Readonly<Record<OperationKind, RemedyTable>> = {
  capture: {
    CAPTURE_IN_PROCESS: remedy("wait", "Antom is still capturing. The kit asks, and Antom tells, how it ends."),
    AUTH_EXPIRED: remedy("new_payment", "The hold has ended, and the buyer has their money back. Let them pay anew."),
    AUTH_CANCELLED: remedy("new_payment", "The hold was voided. If the buyer still wants it, let them pay anew."),
    AUTH_NOT_FOUND: remedy(
      "contact_antom",
      "Antom does not find the authorization. Inquire about the payment, and ask Antom's support.",
    ),
    CAPTURE_AMOUNT_EXCEED_AUTH_LIMIT: remedy(
      "void_instead",
      "Antom holds less. Void it, so that the buyer can pay anew; only where your contract allows it (partialCapture), capture less instead.",
    ),
    MULTI_CAPTURE_NOT_SUPPORTED: remedy(
      "contact_antom",
      "This payment can be captured only once, and has been. What is missing needs an order of its own; ask Antom's support for several captures.",
    ),
    ORDER_STATUS_INVALID: remedy(
      "check_payment",
      "The payment is not in a state in which it can be captured. Inquire about it: it may be captured already, or not authorized yet.",
    ),
    CURRENCY_NOT_SUPPORT: remedy("fix_request", "Capture in the currency in which the payment was authorized."),
    NO_PAY_OPTIONS: CONTRACT,
    RISK_REJECT: remedy(
      "contact_antom",
      "Antom's risk control does not let it be captured. Send nothing; ask Antom's support, or void what is only held.",
    ),
    // While it is held the order counts as paid: whoever checks out again is given the same payment.
    PAYMENT_COUNT_EXCEED_LIMIT: remedy(
      "void_instead",
      "The card's number of payments is used up. Void it, so that the buyer can pay anew, with another card or later.",
    ),
    USER_AMOUNT_EXCEED_LIMIT: remedy(
      "void_instead",
      "It is above the card's limit. Void it, so that the buyer can pay anew with another card; only where your contract allows it, capture less.",
    ),
    USER_BALANCE_NOT_ENOUGH: remedy(
      "void_instead",
      "The card does not cover it. Void it, so that the buyer can pay anew, with another card.",
    ),
    USER_NOT_EXIST: remedy(
      "void_instead",
      "The card's account is gone. Void it, so that the buyer can pay anew, with another card.",
    ),
    USER_STATUS_ABNORMAL: remedy(
      "void_instead",
      "The card's account is not in a normal state. Void it, so that the buyer can pay anew, with another card.",
    ),
  },
  void: {
    // Of a payment known to be captured no void is sent: a refund has to wait until Antom tells of a capture.
    CANCEL_WINDOW_EXCEED: remedy(
      "check_payment",
      "It is too late to void. What is only held the bank lets go by itself, when the hold ends. Inquire about it: what was captured can be refunded.",
    ),
    PROCESS_FAIL: remedy(
      "check_payment",
      "Antom voids nothing that is captured or refunded, be it in part. Inquire about the payment; refund what was captured.",
    ),
    ORDER_STATUS_INVALID: remedy(
      "check_payment",
      "The payment is not in a state in which it can be voided. Inquire about it: if it is captured, refund it.",
    ),
    ORDER_NOT_EXIST: remedy(
      "check_payment",
      "Antom does not know the payment: nothing is held. If it counts as held here, check gateway and clientId, and inquire about it.",
    ),
    ORDER_IS_CLOSED: remedy(
      "check_payment",
      "Antom says that it was closed unpaid: nothing is held. If it counts as held here, inquire about it, and ask Antom's support.",
    ),
    ORDER_IS_CANCELED: VOIDED,
    ORDER_IS_CANCELLED: VOIDED,
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
      "It is more than is left of what was captured. Inquire about what was refunded elsewhere, then refund what is left, or less.",
    ),
    REFUND_WINDOW_EXCEED: remedy(
      "refund_otherwise",
      "It is too late to refund the card. Give the buyer their money back by another way, such as a bank transfer.",
    ),
    // A refund is sent only of what is known to be captured, and that cannot be voided any more.
    ORDER_STATUS_INVALID: remedy(
      "check_payment",
      "The payment is not in a state in which it can be refunded. Inquire about it: it may be refunded already; if not, ask Antom's support.",
    ),
    ORDER_IS_CANCELED: UNCHARGED,
    ORDER_IS_CANCELLED: UNCHARGED,
    ORDER_IS_CLOSED: UNCHARGED,
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
      "This hold cannot be raised, or has been raised ten times. What is held stays; let the buyer pay the rest by another order.",
    ),
  },
};

/** What to do about a code that is not documented for the operation, or where none was told. */
export const OTHERWISE: Readonly<Record<OperationKind, Remedy>> = {
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
    "The hold was not raised and stays as it was. Capture what is held, and let the buyer pay the rest by another order.",
  ),
};
