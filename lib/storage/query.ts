import { AntomError } from "../errors.js";
import { ATTENTIONS } from "../payment/attention.js";
import type { ListQuery } from "./storage.js";

const AMOUNT = /^(?:0|[1-9]\d{0,15})$/;

/** Throws `request_invalid` for an amount or an attention that none can be, so that "19.99" is not taken for one that nobody was asked for. */
export const checkQuery = ({ amount, attention }: ListQuery): void => {
  if (amount !== undefined && !AMOUNT.test(amount)) {
    throw invalid("amount", "Give a whole number of minor units, such as 1999 for EUR 19.99.");
  }
  if (attention !== undefined && !ATTENTIONS.includes(attention)) {
    throw invalid("attention", `Give one of ${ATTENTIONS.join(", ")}.`);
  }
};

const invalid = (at: string, message: string): AntomError =>
  new AntomError("request_invalid", `Payments cannot be looked for like this: ${at}: ${message}`, {
    problems: [{ at, message }],
  });
