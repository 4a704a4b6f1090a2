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

  ORDER_NOT_EXIST: ["F", "The order does not exist."],
  ORDER_IS_CLOSED: ["F", "The order is closed."],
  ORDER_IS_CANCELED: ["F", "The order is canceled."],
  ORDER_STATUS_INVALID: ["F", "The order is not in a state that allows this."],
  REFUND_NOT_EXIST: ["F", "The refund does not exist."],

  CURRENCY_NOT_SUPPORT: ["F", "The currency is not supported."],
  INVALID_AMOUNT: ["F", "The amount is invalid."],
  SETTLE_CONTRACT_NOT_MATCH: ["F", "No matched settlement contract can be found."],
  INVALID_MERCHANT_STATUS: ["F", "The merchant status is abnormal."],
  NO_PAY_OPTIONS: ["F", "No payment option is available."],

  AUTHENTICATION_REQUIRED: ["F", "The issuer requires authentication of the cardholder."],
  USER_PAYMENT_VERIFICATION_FAILED: ["F", "The cardholder's verification failed."],
  CARD_NOT_SUPPORTED: ["F", "The card is not supported."],
  CARD_EXPIRED: ["F", "The card is expired."],
  SELECTED_CARD_BRAND_NOT_AVAILABLE: ["F", "The selected card brand is not available for this card."],
  INVALID_CARD_NUMBER: ["F", "The card number is invalid."],
  INVALID_EXPIRATION_DATE: ["F", "The expiration date is invalid."],
  INVALID_CVV: ["F", "The cvv is invalid."],
  INVALID_ACCESS_TOKEN: ["F", "The card token is invalid."],
  DO_NOT_HONOR: ["F", "The payment is declined by the issuing bank."],
  USER_BALANCE_NOT_ENOUGH: ["F", "The balance of the card is not enough."],
  RISK_REJECT: ["F", "The request is rejected by risk control."],
  FRAUD_REJECT: ["F", "The request is rejected because of suspected fraud."],

  AUTH_NOT_FOUND: ["F", "The authorization is not found."],
  AUTH_CANCELLED: ["F", "The authorization is cancelled."],
  AUTH_EXPIRED: ["F", "The authorization is expired."],
  CAPTURE_AMOUNT_EXCEED_AUTH_LIMIT: ["F", "The capture amount exceeds the authorized amount."],
  MULTI_CAPTURE_NOT_SUPPORTED: ["F", "No further capture of this payment is supported."],
  CANCEL_WINDOW_EXCEED: ["F", "The time in which the payment could be cancelled has passed."],
  REFUND_AMOUNT_EXCEED: ["F", "The total refund amount exceeds the captured amount."],
  MULTIPLE_REFUNDS_NOT_SUPPORTED: ["F", "No further refund of this payment is supported."],
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
