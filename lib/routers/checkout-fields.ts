import { AntomError } from "../errors.js";
import type { BrowserDetails } from "../gateway/env.js";
import { CARD_BRANDS } from "../payment/card-brand.js";
import { PAYMENT_METHODS, type PaymentMethodName } from "../payment/method.js";
import { compileStrict, problemsOf } from "../validation.js";

/** The kit's own fields of a checkout's body; all others are the shop's. */
export interface CheckoutFields {
  readonly method?: PaymentMethodName;
  /** Checked by ledger/card-details.ts. */
  readonly card?: unknown;
  readonly saveCard?: boolean;
  readonly cardId?: string;
  readonly cardBrand?: string;
  readonly installments?: number;
  readonly browser?: BrowserDetails;
}

const isCheckoutFields = compileStrict<CheckoutFields>({
  type: "object",
  additionalProperties: false,
  properties: {
    method: { enum: PAYMENT_METHODS },
    card: { type: "object", maxProperties: 32 },
    saveCard: { type: "boolean" },
    cardId: { type: "string", minLength: 1, maxLength: 64 },
    cardBrand: { enum: CARD_BRANDS },
    installments: { type: "integer", minimum: 2, maximum: 36 },
    browser: {
      type: "object",
      additionalProperties: false,
      properties: {
        colorDepth: { type: "integer", minimum: 0, maximum: 128 },
        screenHeight: { type: "integer", minimum: 1, maximum: 100_000 },
        screenWidth: { type: "integer", minimum: 1, maximum: 100_000 },
        timeZoneOffset: { type: "integer", minimum: -840, maximum: 720 },
        language: { type: "string", maxLength: 32, pattern: "^[A-Za-z0-9_-]*$", description: "a BCP 47 tag" },
        javaEnabled: { type: "boolean" },
        javaScriptEnabled: { type: "boolean" },
      },
    },
  },
});

/** A nested field as a form names it: `card[cardNo]`, `card[billingAddress][zipCode]`. */
const NESTED = /^card\[([A-Za-z0-9]{1,32})\](?:\[([A-Za-z0-9]{1,32})\])?$/;

/**
 * Takes the kit's own fields out of a checkout's body. The rest is what the shop's order function gets to see: its own fields and the buyer's
 * choices, and nothing of a card.
 *
 * @throws AntomError `request_invalid` naming each field that is wrong
 */
export function readCheckoutFields(body: Readonly<Record<string, unknown>>): {
  readonly fields: CheckoutFields;
  readonly rest: Record<string, unknown>;
} {
  const { method: ways, card, saveCard, cardId, cardBrand, installments, browser, ...others } = body;
  const method = lastOf(ways);
  const named = Object.entries(others);
  const choices = withoutEmpty({
    method,
    saveCard: flagOf(lastOf(saveCard)),
    cardId: lastOf(cardId),
    cardBrand: lastOf(cardBrand),
    installments: numberOf(lastOf(installments)),
    browser,
  });
  const given = filled(card) ?? nested(named) ?? (method === "card" && isAsked(card, named) ? {} : undefined);
  const fields: unknown = { ...choices, ...withoutEmpty({ card: given }) };
  if (!isCheckoutFields(fields)) {
    const problems = problemsOf(isCheckoutFields);
    throw new AntomError("request_invalid", problems.map(({ at, message }) => `${at} ${message}`).join("; "), {
      problems,
    });
  }
  if (fields.card !== undefined && fields.method === undefined) {
    const message = 'is missing: a card is given, so say "card" (or which other way is meant)';
    throw new AntomError("request_invalid", `/method ${message}`, { problems: [{ at: "/method", message }] });
  }
  const rest = { ...Object.fromEntries(named.filter(([name]) => !name.startsWith("card["))), ...choices };
  return { fields, rest };
}

/** Whether the fields of a card were there, though all of them blank: then each of those it needs can be named. */
const isAsked = (card: unknown, named: readonly (readonly [string, unknown])[]): boolean =>
  (typeof card === "object" && card !== null) || named.some(([name]) => NESTED.test(name));

/** The fields of a form, which has no objects: an empty one was not filled in. */
function nested(named: readonly (readonly [string, unknown])[]): Record<string, unknown> | undefined {
  const card: Record<string, unknown> = {};
  for (const [name, all] of named) {
    const [, outer, inner] = NESTED.exec(name) ?? [];
    const value = lastOf(all);
    if (outer === undefined || value === "") continue;
    const members = card[outer];
    if (inner === undefined) card[outer] = value;
    else card[outer] = { ...(typeof members === "object" ? members : undefined), [inner]: value };
  }
  return Object.keys(card).length === 0 ? undefined : card;
}

/** What was filled in of a card that came as an object: of JSON, or of a form whose nested names a parser before the kit understood. */
function filled(all: unknown, depth = 1): unknown {
  const value = lastOf(all);
  if (value === "") return undefined;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const members = Object.entries(value)
    .map(([name, member]): [string, unknown] => [name, depth === 0 ? lastOf(member) : filled(member, depth - 1)])
    .filter(([, member]) => member !== undefined && member !== "");
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

/** Of a name that a form has several times, such as a hidden field before the box to tick, the last counts. */
const lastOf = (value: unknown): unknown =>
  Array.isArray(value) && value.length > 1 && value.every((member) => typeof member === "string")
    ? value.at(-1)
    : value;

const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ...["on", "true", "1", "yes"].map((word) => [word, true] as const),
  ...["off", "false", "0", "no"].map((word) => [word, false] as const),
]);

/** A ticked box is sent as "on", or as the value the form gives it; a hidden field before it, for one that is not ticked, mostly as "0". */
const flagOf = (value: unknown): unknown => (typeof value === "string" ? (FLAGS.get(value) ?? value) : value);

const numberOf = (value: unknown): unknown =>
  typeof value === "string" && /^[0-9]{1,3}$/.test(value) ? Number(value) : value;

const withoutEmpty = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== ""));
