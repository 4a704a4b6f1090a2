import type { ResultCode } from "../result.js";

/** What the issuer itself said. */
export interface IssuerRefusal {
  readonly code: string;
  readonly reason: string;
}

/**
 * The issuer's own codes by Antom's (Antom, "Raw response codes", Visa). A code that is not here is Antom's own
 * decision, of which no bank knows.
 */
const RAW: Partial<Record<ResultCode, readonly [code: string, reason: string]>> = {
  ACCESS_DENIED: ["57", "Transaction not permitted to cardholder"],
  ACCOUNT_CLOSED: ["46", "Closed account"],
  AUTHENTICATION_REQUIRED: ["1A", "Additional customer authentication required"],
  BLOCKED_FIRST_USED: ["62", "Restricted card"],
  CARD_EXPIRED: ["54", "Expired card"],
  CARD_NOT_SUPPORTED: ["58", "Transaction not permitted to terminal"],
  DO_NOT_HONOR: ["05", "Do not honor"],
  FRAUD_REJECT: ["59", "Suspected fraud"],
  INVALID_AMOUNT: ["13", "Invalid amount"],
  INVALID_CARD: ["15", "No such issuer"],
  INVALID_CARD_NUMBER: ["14", "Invalid account number"],
  INVALID_EXPIRATION_DATE: ["54", "Expired card"],
  ISSUER_REJECTS_TRANSACTION: ["12", "Invalid transaction"],
  LOST_CARD: ["41", "Lost card"],
  NO_SELECTED_ACCOUNT: ["39", "No credit account"],
  PICKUP_CARD: ["04", "Pick up card"],
  POLICY: ["57", "Transaction not permitted to cardholder"],
  PROCESS_FAIL: ["06", "Error"],
  RESTRICTED_CARD: ["62", "Restricted card"],
  STOLEN_CARD: ["43", "Stolen card"],
  SUSPECTED_CARD: ["07", "Pick up card, fraud"],
  USER_AMOUNT_EXCEED_LIMIT: ["61", "Exceeds amount limit"],
  USER_BALANCE_NOT_ENOUGH: ["51", "Not sufficient funds"],
  USER_STATUS_ABNORMAL: ["62", "Restricted card"],
  VERIFY_UNMATCHED: ["55", "Incorrect PIN"],
};

export function refusalOf(code: ResultCode): IssuerRefusal | undefined {
  const raw = RAW[code];
  return raw && { code: raw[0], reason: raw[1] };
}
