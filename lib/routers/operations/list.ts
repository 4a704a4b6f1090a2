import type { Request } from "express";
import { AntomError } from "../../errors.js";
import { MOST_LISTED } from "../../ledger/list-query.js";
import { typedMoney } from "../../pages/operations/money-text.js";
import { AMOUNT_VALUE, CURRENCY } from "../../payment/amount.js";
import { ATTENTIONS, type Attention } from "../../payment/attention.js";
import { PAYMENT_STATUSES, type PaymentStatus } from "../../payment/payment.js";
import type { ListQuery } from "../../storage/storage.js";
import { compileStrict, problemsOf } from "../../validation.js";
import { queryOf } from "../query.js";
import { DAY_PATTERN, dayAfter, startOfDay } from "./day.js";

interface ListFields {
  readonly search?: string;
  readonly status?: PaymentStatus;
  readonly orderId?: string;
  readonly buyer?: string;
  readonly amount?: string;
  readonly currency?: string;
  /** An amount as it is typed, with its currency: "EUR 19.99". */
  readonly total?: string;
  readonly attention?: Attention;
  readonly conflict?: "true" | "false";
  readonly from?: string;
  readonly to?: string;
  /** The last day. */
  readonly through?: string;
  readonly limit?: string;
  readonly after?: string;
}

const time = {
  type: "string",
  pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]{5,12}Z)?$",
  description: "a day such as 2026-01-31, or a time in UTC",
};
const name = { type: "string", maxLength: 256 };

const isList = compileStrict<ListFields>({
  type: "object",
  additionalProperties: false,
  properties: {
    search: name,
    status: { enum: PAYMENT_STATUSES },
    orderId: name,
    buyer: name,
    amount: { type: "string", pattern: AMOUNT_VALUE, description: "a whole number of minor units, such as 1999" },
    currency: { type: "string", pattern: CURRENCY, description: "three upper-case letters of ISO 4217" },
    total: { type: "string", maxLength: 64 },
    attention: { enum: ATTENTIONS },
    conflict: { enum: ["true", "false"] },
    from: time,
    to: time,
    through: { type: "string", pattern: DAY_PATTERN, description: "a day such as 2026-01-31" },
    limit: { type: "string", pattern: "^[1-9][0-9]{0,2}$", description: "a number from 1 to 999" },
    after: { type: "string", maxLength: 256 },
  },
});

/**
 * What a list is asked to show, by the request's query.
 *
 * @throws AntomError `request_invalid` naming each field that is wrong
 */
export function listRequest(req: Request): Partial<ListQuery> {
  const { conflict, from, to, through, limit, total, search, ...same } = read(req);
  const ends = [
    ...(to === undefined ? [] : [timeOf("to", to)]),
    ...(through === undefined ? [] : [dayAfter(timeOf("through", through))]),
  ];
  return {
    ...same,
    ...(total === undefined ? {} : totalOf(total)),
    ...(search === undefined ? {} : { search: search.trim() }),
    ...(conflict === undefined ? {} : { conflict: conflict === "true" }),
    ...(from === undefined ? {} : { from: timeOf("from", from) }),
    ...(ends.length === 0 ? {} : { to: Math.min(...ends) }),
    ...(limit === undefined ? {} : { limit: Math.min(Number(limit), MOST_LISTED) }),
  };
}

function read(req: Request): ListFields {
  const fields = queryOf(req);
  if (isList(fields)) return fields;
  const problems = problemsOf(isList);
  throw new AntomError("request_invalid", problems.map(({ at, message }) => `${at} ${message}`).join("; "), {
    problems,
  });
}

/** An amount with its currency, in whichever order: without one, 19.99 could be of any. */
function totalOf(text: string): { amount: string; currency: string } {
  const match = /^\s*(?:([a-z]{3})\s*([\d.,]+)|([\d.,]+)\s*([a-z]{3}))\s*$/i.exec(text);
  if (match === null) throw invalid("total", "Write the amount with its currency, such as EUR 19.99.");
  const currency = (match[1] ?? match[4] ?? "").toUpperCase();
  const typed = typedMoney(match[2] ?? match[3] ?? "", currency);
  if ("problem" in typed) throw invalid("total", typed.problem);
  return { amount: typed.value, currency };
}

function timeOf(at: string, text: string): number {
  const time = Date.parse(text);
  const [day = ""] = text.split("T", 1);
  if (Number.isNaN(time) || Number.isNaN(startOfDay(day))) throw invalid(at, `There is no such time as ${text}.`);
  return time;
}

const invalid = (at: string, message: string): AntomError =>
  new AntomError("request_invalid", message, { problems: [{ at, message }] });
