import { AntomError } from "../errors.js";
import { CURRENCY } from "../payment/amount.js";
import { ATTENTIONS } from "../payment/attention.js";
import { PAYMENT_STATUSES } from "../payment/payment.js";
import { isPlainObject } from "../plain-object.js";
import type { ListQuery } from "../storage/storage.js";
import { compileStrict, problemsOf } from "../validation.js";
import { object } from "./schema.js";

/** How many payments a page has at most. */
export const MOST_LISTED = 500;

/** How many it has where nobody says. */
const LISTED = 50;

/** The last time a Date can tell, epoch milliseconds. */
const END_OF_TIME = 8_640_000_000_000_000;

/** What the shop's code lists payments by. A filter that is undefined is left out. */
export type PaymentQuery = { readonly [Filter in keyof ListQuery]?: ListQuery[Filter] | undefined };

const name = { type: "string", minLength: 1, maxLength: 1024, description: "a text, and not an empty one" };
const time = {
  type: "integer",
  minimum: -END_OF_TIME,
  maximum: END_OF_TIME,
  description: 'a time in whole epoch milliseconds, such as Date.parse("2026-01-31T00:00:00Z")',
};

const isListQuery = compileStrict<PaymentQuery>(
  object({
    status: { enum: PAYMENT_STATUSES },
    conflict: { type: "boolean", description: "true or false" },
    orderId: name,
    buyer: name,
    amount: {
      type: "string",
      pattern: "^(?:0|[1-9][0-9]{0,15})$",
      description: 'a whole number of minor units, as text: "1999" for EUR 19.99',
    },
    currency: { type: "string", pattern: CURRENCY, description: "three upper-case letters of ISO 4217" },
    attention: { enum: ATTENTIONS },
    search: name,
    from: time,
    to: time,
    limit: {
      type: "integer",
      minimum: 1,
      maximum: MOST_LISTED,
      description: `a whole number from 1 to ${MOST_LISTED}; for more go on with the page's next`,
    },
    after: { ...name, description: "the next of the page before, unchanged" },
  }),
);

/**
 * What the shop's code lists payments by, checked, so that a misspelt filter does not give everybody's payments, and a value that none can have
 * does not give none.
 *
 * @throws AntomError `request_invalid` naming each filter that is wrong
 */
export function checkedListQuery(query: unknown): ListQuery {
  if (!isPlainObject(query)) {
    const message = 'must be an object of filters, such as { status: "authorized" }';
    throw new AntomError("request_invalid", `Payments cannot be listed like this: the query ${message}.`, {
      problems: [{ at: "", message }],
    });
  }
  if (isListQuery(query)) {
    const asked: Partial<ListQuery> = Object.fromEntries(
      Object.entries(query).filter(([, wanted]) => wanted !== undefined),
    );
    return { ...asked, limit: query.limit ?? LISTED };
  }
  const problems = problemsOf(isListQuery).map(({ at, message }) => ({ at: at.slice(1), message }));
  const said = problems.map(({ at, message }) => `${at} ${message}`).join("; ");
  throw new AntomError("request_invalid", `Payments cannot be listed like this: ${said}.`, { problems });
}
