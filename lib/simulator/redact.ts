import { keptDigits } from "../payment/card-details.js";

const SECRETS = new Set([
  "cvv",
  "cardPasswordDigest",
  "dateOfBirth",
  "businessNo",
  "cpf",
  "authenticationCode",
  "otpValue",
]);
const TOKENS = new Set(["paymentMethodId", "cardToken", "acquirerCardToken"]);

/** How much is shown of a card token: that there was one, not which. */
const TOKEN_PREFIX = 6;

/**
 * A copy of a message that can be shown: of card numbers the digits that may be kept are left, of card tokens the
 * first six characters; security codes and what cardholders told of themselves are starred out.
 */
export function redacted(value: unknown, name?: string): unknown {
  if (Array.isArray(value)) return value.map((entry) => redacted(entry, name));
  if (value === undefined || value === null) return value;
  if (name !== undefined && SECRETS.has(name)) return "***";
  if (name === "cardNo") return maskedCardNo(value);
  if (typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, redacted(entry, key)]));
  }
  if (name === undefined || !TOKENS.has(name)) return value;
  return typeof value === "string" ? `${value.slice(0, TOKEN_PREFIX)}***` : "***";
}

/** What is masked already stays; of what is as long as a card number the digits that may be kept. */
function maskedCardNo(value: unknown): string {
  const text = typeof value === "string" ? value.replace(/[\s-]/g, "") : "";
  if (text.length < 12) return "***";
  const { first, last } = keptDigits(text);
  return `${first}${last.padStart(text.length - first.length, "*")}`;
}
