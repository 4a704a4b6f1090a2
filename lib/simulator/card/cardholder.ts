/** What the holder of a Korean card tells of themselves, used at once and forgotten. */
export interface Cardholder {
  /** `YYYY-MM-DD`, of a person. */
  readonly dateOfBirth?: string | undefined;
  /** Ten digits, of a company. */
  readonly businessNo?: string | undefined;
  /** The first two digits of the card's PIN. */
  readonly cardPasswordDigest?: string | undefined;
}

/** The field that is missing or cannot be right; undefined when all is well. */
export function cardholderProblem(
  { dateOfBirth, businessNo, cardPasswordDigest }: Cardholder,
  now: number,
): keyof Cardholder | undefined {
  if (businessNo !== undefined && businessNo !== "") {
    if (!/^[0-9]{10}$/.test(businessNo)) return "businessNo";
  } else if (!isPastDate(dateOfBirth ?? "", now)) return "dateOfBirth";
  return /^[0-9]{2}$/.test(cardPasswordDigest ?? "") ? undefined : "cardPasswordDigest";
}

function isPastDate(text: string, now: number): boolean {
  const ms = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text) && ms < now;
}
