import {
  AGAIN,
  AGAIN_OR_LATER,
  judged,
  LATER,
  NOTHING,
  OTHER_CARD,
  OTHER_CARD_OR_LATER,
  type Judgement,
} from "./decline-reason.js";

const shop = (meaning: string): Judgement => judged("shop", "shop", LATER, meaning);
const system = (meaning: string): Judgement => judged("system", "nobody", OTHER_CARD_OR_LATER, meaning);
const order = (meaning: string): Judgement => judged("order", "buyer", AGAIN, meaning);
const bank = (meaning: string): Judgement => judged("bank", "buyer", OTHER_CARD_OR_LATER, meaning);
const refused = (meaning: string): Judgement => judged("bank", "buyer", OTHER_CARD, meaning);
const card = (meaning: string): Judgement => judged("card", "buyer", OTHER_CARD, meaning);
const details = (meaning: string): Judgement => judged("card-details", "buyer", AGAIN, meaning);
const risk = (meaning: string): Judgement => judged("risk", "buyer", OTHER_CARD, meaning);

/**
 * What to make of each result code of pay, inquiryPayment and notifyPayment. The codes, and what Antom's tables say to do about them where
 * they say it, are Antom's; who must act and what can help is judged here, and printed in docs/declines.md.
 */
const TABLE: Readonly<Record<string, Judgement>> = {
  // The card's details. Antom: correct them, else use another card.
  INVALID_CARD_NUMBER: details("The card number is wrong."),
  INVALID_EXPIRATION_DATE: details("The expiry date is wrong."),
  INVALID_EXPIRY_DATE_FORMAT: details("The expiry date is not written as it should be."),
  INVALID_CVV: details("The security digits are wrong."),
  INVALID_CARD: details("The card cannot be used as it was entered."),
  FORM_INVALID: details("The card form was not filled in as it should be."),
  CARD_EXPIRED: details("The card has expired, or its expiry date is wrong."),
  CARD_BIN_QUERY_ERROR: judged(
    "card-details",
    "buyer",
    AGAIN_OR_LATER,
    "Antom could not find out what card the number belongs to.",
  ),

  // The card itself.
  CARD_NOT_SUPPORTED: card("The card is of a kind that is not taken."),
  // Antom: choose another brand or card; a card of two brands has another one.
  SELECTED_CARD_BRAND_NOT_AVAILABLE: judged("card", "buyer", AGAIN, "The chosen card brand cannot be used."),
  ACCOUNT_CLOSED: card("The card's account is closed."),
  NO_SELECTED_ACCOUNT: card("The card has no account of the kind that was asked for."),
  USER_BALANCE_NOT_ENOUGH: judged("funds", "buyer", OTHER_CARD_OR_LATER, "The card does not cover the amount."),

  // The bank's no. Antom on DO_NOT_HONOR: another card, or the buyer asks the bank.
  ACCESS_DENIED: bank("The bank or the channel refused, without a reason."),
  DO_NOT_HONOR: bank("The bank refused, without a reason."),
  ISSUER_REJECTS_TRANSACTION: bank("The bank refused this transaction."),
  BLOCKED_FIRST_USED: refused("The card is new and has not been unblocked by its holder."),
  POLICY: refused("A policy of the bank or the scheme does not allow it."),
  RESTRICTED_CARD: refused("The bank restricts what the card may be used for."),
  USER_KYC_NOT_QUALIFIED: refused("The bank has not verified the cardholder as it must."),
  USER_STATUS_ABNORMAL: refused("The cardholder's account is not in a normal state."),

  // Authentication. Antom on AUTHENTICATION_REQUIRED: pay again with is3DSAuthentication true, which is for the shop to ask.
  AUTHENTICATION_REQUIRED: judged("verification", "shop", AGAIN, "The bank wants 3-D Secure, and none was asked for."),
  USER_PAYMENT_VERIFICATION_FAILED: judged("verification", "buyer", AGAIN, "The buyer did not pass the verification."),
  VERIFY_UNMATCHED: judged("verification", "buyer", AGAIN, "The buyer's answer to the verification was wrong."),
  VERIFY_TIMES_EXCEED_LIMIT: judged(
    "verification",
    "buyer",
    OTHER_CARD_OR_LATER,
    "The buyer answered the verification wrongly too often.",
  ),

  // Taken for fraud, or reported lost. Antom: should the buyer have been charged, it is given back.
  RISK_REJECT: risk("Antom's risk control refused."),
  FRAUD_REJECT: risk("Antom's risk control takes it for fraud."),
  SUSPECTED_CARD: risk("The card is under suspicion."),
  SUSPECTED_RISK: risk("The payment is under suspicion."),
  LOST_CARD: risk("The card is reported lost."),
  STOLEN_CARD: risk("The card is reported stolen."),
  PICKUP_CARD: risk("The bank wants the card back."),
  PAYMENT_PROHIBITED: judged("risk", "nobody", NOTHING, "The payment is prohibited; Antom takes no appeal."),

  // Limits.
  USER_AMOUNT_EXCEED_LIMIT: judged("limit", "buyer", OTHER_CARD_OR_LATER, "The amount is above the card's limit."),
  PAYMENT_AMOUNT_EXCEED_LIMIT: judged("limit", "shop", OTHER_CARD, "The amount is above what may be paid at once."),
  PAYMENT_COUNT_EXCEED_LIMIT: judged("limit", "buyer", OTHER_CARD_OR_LATER, "There were too many payments."),

  // Antom's order is over. Antom: a new paymentRequestId, which the next checkout has.
  ORDER_IS_CLOSED: order("The buyer's time to pay ran out."),
  ORDER_IS_CANCELED: order("The payment was cancelled."),
  ORDER_IS_CANCELLED: order("The payment was cancelled."),
  ORDER_NOT_EXIST: order("Antom does not know the payment."),
  ORDER_STATUS_INVALID: order("The payment is in a state in which this cannot be done."),
  USER_CANCELED: order("The buyer cancelled."),
  EXPIRED_CODE: order("The payment code has expired; cards have none."),
  INQUIRY_PAYMENT_SESSION_FAILED: order("Antom's payment session is over."),

  // The account, its contract, its keys.
  KEY_NOT_FOUND: shop("Antom has no key of this client id: upload the public key on its dashboard."),
  INVALID_SIGNATURE: shop("The private key does not belong to the public key on Antom's dashboard."),
  SIGNATURE_INVALID: shop("The private key does not belong to the public key on Antom's dashboard."),
  CLIENT_INVALID: shop("Antom does not know the client id."),
  INVALID_CLIENT: shop("Antom does not know the client id."),
  UNKNOWN_CLIENT: shop("Antom does not know the client id."),
  INVALID_CLIENT_STATUS: shop("The client id is not active."),
  CLIENT_FORBIDDEN_ACCESS_API: shop("The client id may not use this API."),
  OAUTH_FAILED: shop("The agent token is not valid."),
  INVALID_ACCESS_TOKEN: shop("The access token is not valid."),
  INVALID_CONTRACT: shop("The request does not agree with the contract."),
  SETTLE_CONTRACT_NOT_MATCH: shop("The settlement currency is not in the contract."),
  MERCHANT_KYB_NOT_QUALIFIED: shop("Antom has not finished verifying the merchant."),
  MERCHANT_NOT_REGISTERED: shop("The merchant is not registered."),
  INVALID_MERCHANT_STATUS: shop("The merchant's account is not active."),
  PAYMENT_NOT_QUALIFIED: shop("The merchant may not take this payment."),
  NO_PAY_OPTIONS: shop("No payment method fits the currency, the region and the device."),
  CURRENCY_NOT_SUPPORT: judged("shop", "shop", OTHER_CARD_OR_LATER, "The currency cannot be used."),
  USER_NOT_EXIST: shop("Antom does not know the buyer's account."),

  // The request.
  PARAM_ILLEGAL: shop("Something in the request is wrong."),
  INVALID_AMOUNT: shop("The amount is not valid."),
  INVALID_PAYMENT_METHOD_META_DATA: shop("Something in paymentMethodMetaData is wrong."),
  INVALID_PAYMENT_CODE: shop("The payment code is wrong; cards have none."),
  REPEAT_REQ_INCONSISTENT: shop("The id was used before, for another request."),
  ERR_DATA_STRUCT_UNRECOGNIZED: shop("Antom could not read the request."),
  INVALID_API: shop("There is no such API."),
  NO_INTERFACE_DEF: shop("There is no such API."),
  METHOD_NOT_SUPPORTED: shop("The HTTP method is wrong."),
  MEDIA_TYPE_NOT_ACCEPTABLE: shop("The content type is wrong."),

  // Out of order. Antom on the first two: do not repeat them, ask support; the same id stays failed, another payment may go through.
  PROCESS_FAIL: system("Antom could not process it."),
  SYSTEM_ERROR: system("Antom's system failed."),
  // These are not final of themselves; a payment whose end was told by one of them says no more than that.
  UNKNOWN_EXCEPTION: system("Antom does not know what happened."),
  REQUEST_TRAFFIC_EXCEED_LIMIT: system("There were too many requests at once."),
  PAYMENT_IN_PROCESS: system("The payment was never finished."),
};

/** A code Antom does not document, or none: all that is known is that the payment failed, and that another one may be made. */
export const UNDOCUMENTED: Judgement = judged(
  "unknown",
  "buyer",
  AGAIN_OR_LATER,
  "Antom told no reason that is documented.",
);

/** Every documented code of a payment that did not succeed. */
export const RESULT_CODES: readonly string[] = Object.keys(TABLE);

export const judgementOf = (code: string | undefined): Judgement =>
  (code !== undefined && Object.hasOwn(TABLE, code) ? TABLE[code] : undefined) ?? UNDOCUMENTED;
