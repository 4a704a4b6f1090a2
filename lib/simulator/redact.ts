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
 * A copy of a message that can be shown: of card numbers the first six and last four digits are left, of card tokens the
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

/** What is masked already stays; of digits the first six and last four, of what is long enough to hide some between. */
function maskedCardNo(value: unknown): string {
  const text = typeof value === "string" ? value.replace(/[\s-]/g, "") : "";
  return text.length < 13 ? "***" : `${text.slice(0, 6)}${"*".repeat(text.length - 10)}${text.slice(-4)}`;
}
