import type { Request } from "express";
import { AntomError } from "../errors.js";
import { JsonProblem, parseJson } from "../gateway/json.js";
import type { Clock } from "../ports.js";
import { readBody } from "./body.js";

const MAX_BYTES = 16 * 1024;
const TIMEOUT = 10_000;

const JSON_TYPE = "application/json";
const FORM_TYPE = "application/x-www-form-urlencoded";

/** Whether a request brings a form. One without any body does not: `req.is` has null for it. */
export const isForm = (req: Request): boolean => typeof req.is(FORM_TYPE) === "string";

/**
 * The fields of a request's body: of JSON, or of a form. What an earlier parser made of them is as good.
 *
 * @throws AntomError `content_type_unsupported`, `request_invalid`, and those of `readBody`
 */
export async function readFields(req: Request, clock: Clock): Promise<Record<string, unknown>> {
  const type = req.is([JSON_TYPE, FORM_TYPE]);
  if (type === false) {
    throw new AntomError("content_type_unsupported", "send JSON or a form, and say so in Content-Type");
  }
  const body = await readBody(req, { maxBytes: MAX_BYTES, timeout: TIMEOUT, clock });
  const value =
    body.kind === "parsed" ? body.value : type === JSON_TYPE ? jsonFields(body.bytes) : formFields(body.bytes);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new AntomError("request_invalid", "the body must be an object of fields");
  }
  return { ...value };
}

const formFields = (bytes: Buffer): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(bytes.toString("utf8")));

function jsonFields(bytes: Buffer): unknown {
  try {
    return parseJson(bytes);
  } catch (error) {
    if (error instanceof JsonProblem)
      throw new AntomError("request_invalid", `the body cannot be read: ${error.message}`);
    throw error;
  }
}
