import type { Request } from "express";
import { AntomError, type Problem } from "../../errors.js";
import { compileStrict, problemsOf } from "../../validation.js";
import { queryOf } from "../query.js";

export type Fields = Readonly<Record<string, unknown>>;

/** Refuses what a request says that nobody would hear. @throws AntomError `request_invalid` naming each field */
export type FieldsCheck = (fields: Fields, req: Pick<Request, "url">) => void;

const KEY = /^\/idempotency[-_ ]?key$/i;

/**
 * A check that lets in the given fields and a form's token. A misspelt amount that is left unread would be no amount: all the money. For
 * the same reason a field of the body must not stand in the query.
 */
export function onlyFields(names: readonly string[]): FieldsCheck {
  const isKnown = compileStrict<Fields>({
    type: "object",
    additionalProperties: false,
    properties: Object.fromEntries([...names, "form"].map((name) => [name, {}])),
  });
  const known =
    names.length === 0 ? "nothing is read here" : `there ${names.length > 1 ? "are" : "is"} ${names.join(" and ")}`;

  const sentence = ({ at, message }: Problem): string => {
    if (KEY.test(at)) return "is not read from the body: send it as the header Idempotency-Key";
    return `${message}${message.endsWith("?") ? " Here" : "; here"} ${known}`;
  };

  return (fields, req) => {
    const query = queryOf(req);
    const problems = [
      ...(isKnown(fields)
        ? []
        : problemsOf(isKnown).map((problem) => ({ at: problem.at, message: sentence(problem) }))),
      ...names
        .filter((name) => query[name] !== undefined)
        .map((name) => ({ at: `/${name}`, message: "is not read from the query: send it in the body" })),
    ];
    if (problems.length === 0) return;
    throw new AntomError("request_invalid", problems.map(({ at, message }) => `${at} ${message}`).join("; "), {
      problems,
    });
  };
}

/** For a request that needs no field. */
export const noFields = onlyFields([]);
