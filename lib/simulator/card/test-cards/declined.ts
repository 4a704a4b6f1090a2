import type { ResultCode } from "../../result.js";
import { cardOfGroup, type TestCard } from "../test-card.js";

const declined = cardOfGroup("declined");

/** A card for every result code of pay that a card can be the reason of, and for one that no document knows. */
const BY_CODE: readonly (readonly [ResultCode, string])[] = [
  ["ACCESS_DENIED", "4000009900000111"],
  ["DO_NOT_HONOR", "4000009900000129"],
  ["USER_BALANCE_NOT_ENOUGH", "4000009900000137"],
  ["CARD_NOT_SUPPORTED", "4000009900000145"],
  ["CARD_EXPIRED", "4000009900000152"],
  ["INVALID_CARD", "4000009900000160"],
  ["INVALID_CARD_NUMBER", "4000009900000178"],
  ["INVALID_EXPIRATION_DATE", "4000009900000186"],
  ["INVALID_CVV", "4000009900000194"],
  ["ISSUER_REJECTS_TRANSACTION", "4000009900000202"],
  ["SELECTED_CARD_BRAND_NOT_AVAILABLE", "4000009900000210"],
  ["AUTHENTICATION_REQUIRED", "4000009900000228"],
  ["USER_PAYMENT_VERIFICATION_FAILED", "4000009900000236"],
  ["VERIFY_UNMATCHED", "4000009900000244"],
  ["VERIFY_TIMES_EXCEED_LIMIT", "4000009900000251"],
  ["USER_AMOUNT_EXCEED_LIMIT", "4000009900000269"],
  ["USER_STATUS_ABNORMAL", "4000009900000277"],
  ["USER_KYC_NOT_QUALIFIED", "4000009900000285"],
  ["ACCOUNT_CLOSED", "4000009900000293"],
  ["BLOCKED_FIRST_USED", "4000009900000301"],
  ["LOST_CARD", "4000009900000319"],
  ["STOLEN_CARD", "4000009900000327"],
  ["PICKUP_CARD", "4000009900000335"],
  ["RESTRICTED_CARD", "4000009900000343"],
  ["NO_SELECTED_ACCOUNT", "4000009900000350"],
  ["POLICY", "4000009900000368"],
  ["RISK_REJECT", "4000009900000376"],
  ["FRAUD_REJECT", "4000009900000384"],
  ["SUSPECTED_CARD", "4000009900000392"],
  ["SUSPECTED_RISK", "4000009900000400"],
  ["PAYMENT_PROHIBITED", "4000009900000418"],
  ["PAYMENT_AMOUNT_EXCEED_LIMIT", "4000009900000426"],
  ["PAYMENT_COUNT_EXCEED_LIMIT", "4000009900000434"],
  ["INVALID_AMOUNT", "4000009900000442"],
  ["PROCESS_FAIL", "4000009900000459"],
  ["SYSTEM_ERROR", "4000009900000467"],
  ["SIMULATED_UNKNOWN_CODE", "4000009900000475"],
];

/** Mastercard's advice on declines. */
const BY_ADVICE: readonly (readonly [advice: string, number: string, meaning: string])[] = [
  ["02", "5555559900000087", "cannot be approved now, try later"],
  ["03", "5555559900000095", "do not try again"],
  ["21", "5555559900000103", "stop recurring payments"],
  ["24", "5555559900000111", "try again after 1 hour"],
];

export const DECLINED_CARDS: readonly TestCard[] = [
  ...BY_CODE.map(([code, number]) =>
    declined(`declined-${code.toLowerCase().replaceAll("_", "-")}`, number, "VISA", "decline", `Declined: ${code}`, {
      code,
    }),
  ),
  ...BY_ADVICE.map(([merchantAdviceCode, number, meaning]) =>
    declined(
      `declined-advice-${merchantAdviceCode}`,
      number,
      "MASTERCARD",
      "decline",
      `Declined: DO_NOT_HONOR with merchant advice ${merchantAdviceCode}: ${meaning}`,
      { code: "DO_NOT_HONOR", merchantAdviceCode },
    ),
  ),
];
