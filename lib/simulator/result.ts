/** Antom's `resultStatus`: done, failed for good, or not known yet. */
export type ResultStatus = "S" | "F" | "U";

/** The result codes the simulator knows, with their documented status and a message. */
export const RESULTS = {
  SUCCESS: ["S", "success."],

  PAYMENT_IN_PROCESS: ["U", "payment in process"],
  CAPTURE_IN_PROCESS: ["U", "The capture is being processed."],
  REFUND_IN_PROCESS: ["U", "The refund is being processed."],
  REQUEST_TRAFFIC_EXCEED_LIMIT: ["U", "The request traffic exceeds the limit."],
  UNKNOWN_EXCEPTION: ["U", "An API call has failed, which is caused by unknown reasons."],

  SIGNATURE_INVALID: ["F", "The signature is invalid."],
  INVALID_CLIENT: ["F", "The client is invalid."],
  UNKNOWN_CLIENT: ["F", "The client is unknown."],
  INVALID_CLIENT_STATUS: ["F", "The status of the client is invalid."],
  CLIENT_FORBIDDEN_ACCESS_API: ["F", "The client may not call this API."],
  OAUTH_FAILED: ["F", "The authorization of the call failed."],
  INVALID_API: ["F", "The called API is invalid or not active."],
  METHOD_NOT_SUPPORTED: ["F", "The server does not implement the requested HTTP method."],
  MEDIA_TYPE_NOT_ACCEPTABLE: ["F", "The media type is not acceptable; send application/json in UTF-8."],
  CLIENT_INVALID: ["F", "The client is invalid."],
  KEY_NOT_FOUND: ["F", "The key is not found."],
  INVALID_SIGNATURE: ["F", "The signature is invalid."],
  PARAM_ILLEGAL: ["F", "Illegal parameters exist."],
  REPEAT_REQ_INCONSISTENT: ["F", "Repeated requests are inconsistent."],
  ACCESS_DENIED: ["F", "Access is denied."],
  PROCESS_FAIL: ["F", "A general business failure occurred. Do not retry."],
  SYSTEM_ERROR: ["F", "A system error occurred. Do not retry."],

  INVALID_PAYMENT_METHOD_META_DATA: ["F", "The payment method's metadata is invalid."],
  NO_INTERFACE_DEF: ["F", "The API is not defined."],

  ORDER_NOT_EXIST: ["F", "The order does not exist."],
  ORDER_IS_CLOSED: ["F", "The order is closed."],
  ORDER_IS_CANCELED: ["F", "The order is canceled."],
  ORDER_IS_CANCELLED: ["F", "The order is cancelled."],
  ORDER_STATUS_INVALID: ["F", "The order is not in a state that allows this."],
  REFUND_NOT_EXIST: ["F", "The refund does not exist."],

  CURRENCY_NOT_SUPPORT: ["F", "The currency is not supported."],
  INVALID_AMOUNT: ["F", "The amount is invalid."],
  PAYMENT_AMOUNT_EXCEED_LIMIT: ["F", "The payment amount exceeds the limit."],
  PAYMENT_COUNT_EXCEED_LIMIT: ["F", "The number of payments exceeds the limit."],
  SETTLE_CONTRACT_NOT_MATCH: ["F", "No matched settlement contract can be found."],
  INVALID_CONTRACT: ["F", "The contract does not allow this."],
  INVALID_MERCHANT_STATUS: ["F", "The merchant status is abnormal."],
  MERCHANT_KYB_NOT_QUALIFIED: ["F", "The merchant's KYB status does not allow this."],
  MERCHANT_NOT_REGISTERED: ["F", "The merchant is not registered."],
  MERCHANT_BALANCE_NOT_ENOUGH: ["F", "The merchant's balance is not enough."],
  NO_PAY_OPTION: ["F", "No payment option is available."],
  NO_PAY_OPTIONS: ["F", "No payment option is available."],
  PAYMENT_NOT_QUALIFIED: ["F", "The payment is not qualified for this."],
  PAYMENT_METHOD_NOT_SUPPORTED: ["F", "The payment method does not support this."],

  AUTHENTICATION_REQUIRED: ["F", "The issuer requires authentication of the cardholder."],
  USER_PAYMENT_VERIFICATION_FAILED: ["F", "The cardholder's verification failed."],
  VERIFY_UNMATCHED: ["F", "The verification does not match."],
  VERIFY_TIMES_EXCEED_LIMIT: ["F", "The number of verifications exceeds the limit."],
  CARD_NOT_SUPPORTED: ["F", "The card is not supported."],
  CARD_EXPIRED: ["F", "The card is expired."],
  SELECTED_CARD_BRAND_NOT_AVAILABLE: ["F", "The selected card brand is not available for this card."],
  INVALID_CARD: ["F", "The card is invalid."],
  INVALID_CARD_NUMBER: ["F", "The card number is invalid."],
  INVALID_EXPIRATION_DATE: ["F", "The expiration date is invalid."],
  INVALID_CVV: ["F", "The cvv is invalid."],
  INVALID_ACCESS_TOKEN: ["F", "The card token is invalid."],
  DO_NOT_HONOR: ["F", "The payment is declined by the issuing bank."],
  ISSUER_REJECTS_TRANSACTION: ["F", "The issuing bank rejects the transaction."],
  USER_BALANCE_NOT_ENOUGH: ["F", "The balance of the card is not enough."],
  USER_AMOUNT_EXCEED_LIMIT: ["F", "The amount exceeds the limit of the card."],
  USER_STATUS_ABNORMAL: ["F", "The status of the cardholder's account is abnormal."],
  USER_KYC_NOT_QUALIFIED: ["F", "The cardholder's KYC status does not allow this."],
  USER_NOT_EXIST: ["F", "The cardholder does not exist."],
  ACCOUNT_CLOSED: ["F", "The account is closed."],
  BLOCKED_FIRST_USED: ["F", "The card was not used before and is blocked."],
  LOST_CARD: ["F", "The card is reported lost."],
  STOLEN_CARD: ["F", "The card is reported stolen."],
  PICKUP_CARD: ["F", "The card is to be picked up."],
  RESTRICTED_CARD: ["F", "The card is restricted."],
  NO_SELECTED_ACCOUNT: ["F", "The card has no such account."],
  POLICY: ["F", "The issuing bank's policy does not allow this."],
  RISK_REJECT: ["F", "The request is rejected by risk control."],
  FRAUD_REJECT: ["F", "The request is rejected because of suspected fraud."],
  SUSPECTED_CARD: ["F", "The card is suspected of fraud."],
  SUSPECTED_RISK: ["F", "The payment is suspected of risk."],
  PAYMENT_PROHIBITED: ["F", "The payment is prohibited."],
  /** No document knows it: Antom adds codes without asking, and a shop must go by the status. */
  SIMULATED_UNKNOWN_CODE: ["F", "A code that no document knows."],

  AUTH_NOT_FOUND: ["F", "The authorization is not found."],
  AUTH_CANCELLED: ["F", "The authorization is cancelled."],
  AUTH_EXPIRED: ["F", "The authorization is expired."],
  INCREMENTAL_NOT_SUPPORT: ["F", "The authorized amount cannot be increased."],
  CAPTURE_AMOUNT_EXCEED_AUTH_LIMIT: ["F", "The capture amount exceeds the authorized amount."],
  MULTI_CAPTURE_NOT_SUPPORTED: ["F", "No further capture of this payment is supported."],
  CANCEL_WINDOW_EXCEED: ["F", "The time in which the payment could be cancelled has passed."],
  REFUND_AMOUNT_EXCEED: ["F", "The total refund amount exceeds the captured amount."],
  MULTIPLE_REFUNDS_NOT_SUPPORTED: ["F", "No further refund of this payment is supported."],
  PARTIAL_REFUND_NOT_SUPPORTED: ["F", "A refund of a part is not supported."],
  REFUND_WINDOW_EXCEED: ["F", "The time in which the payment could be refunded has passed."],
} as const satisfies Record<string, readonly [ResultStatus, string]>;

export type ResultCode = keyof typeof RESULTS;

export const isResultCode = (value: unknown): value is ResultCode =>
  typeof value === "string" && Object.hasOwn(RESULTS, value);

/** The `result` object of every answer and notification. */
export interface Result {
  readonly resultCode: ResultCode;
  readonly resultStatus: ResultStatus;
  /** At most 256 characters. */
  readonly resultMessage: string;
}

/** The result for a code, with the documented status; `message` says more than the code's own text. */
export function result(code: ResultCode, message?: string): Result {
  const [resultStatus, text] = RESULTS[code];
  return { resultCode: code, resultStatus, resultMessage: (message ?? text).slice(0, 256) };
}

/** Thrown inside an operation to answer with a result other than success. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly result: Result;

  constructor(code: ResultCode, message?: string) {
    super(message ?? code);
    this.result = result(code, message);
  }
}
