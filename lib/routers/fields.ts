import type { Request } from "express";
import { AntomError } from "../errors.js";
import { JsonProblem, parseJson } from "../gateway/json.js";
import type { Clock } from "../ports.js";
import { readBody } from "./body.js";

const MAX_BYTES = 16 * 1024;
const TIMEOUT = 10_000;

const JSON_TYPE = "application/json";
const FORM_TYPE = "application/x-www-form-urlencoded";

/**
 * What a request says its body is; undefined where it says nothing. Not `req.is`, for which there is no body unless another header
 * tells of one: over HTTP/2 there need be none.
 */
const typeOf = (req: Request): string | undefined => req.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase();

/** Whether a request brings a form, be it an empty one. */
export const isForm = (req: Request): boolean => typeOf(req) === FORM_TYPE;

/**
 * The fields of a request's body: of JSON, or of a form; none where there is no body. What an earlier parser made of them is as good.
 *
 * @throws AntomError `content_type_unsupported`, `request_invalid`, and those of `readBody`
 */
export async function readFields(req: Request, clock: Clock): Promise<Record<string, unknown>> {
  if (hasNoBody(req)) return {};
  const type = typeOf(req);
  const isKnown = type === JSON_TYPE || type === FORM_TYPE;
  if (!isKnown && (type !== undefined || tellsOfBody(req) || !holdsNothing(req.body))) throw unsupported();
  const body = await readBody(req, { maxBytes: MAX_BYTES, timeout: TIMEOUT, clock });
  if (!isKnown) {
    if (body.kind === "bytes" && body.bytes.length > 0) throw unsupported();
    return {};
  }
  const value =
    body.kind === "parsed" ? body.value : type === JSON_TYPE ? jsonFields(body.bytes) : formFields(body.bytes);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new AntomError("request_invalid", "the body must be an object of fields");
  }
  return { ...value };
}

/** Whether a request's headers tell of a body. Browsers send a length of 0 where there is none. */
export const tellsOfBody = ({ headers }: Request): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) !== 0;

/** Whether what a parser left as `req.body` is of no body at all. */
export function holdsNothing(body: unknown): boolean {
  if (body === undefined || body === null || body === "") return true;
  if (Buffer.isBuffer(body)) return body.length === 0;
  return typeof body === "object" && Object.keys(body).length === 0;
}

/**
 * Whether there is certainly no body: HTTP/1 tells of every one in its headers, HTTP/2 need not. A parser of the shop's own may have read
 * one that no header tells of any more.
 */
export function hasNoBody(req: Request): boolean {
  const { "content-type": type, "content-length": length } = req.headers;
  const isTold = length !== undefined || req.httpVersionMajor < 2;
  return type === undefined && isTold && !tellsOfBody(req) && holdsNothing(req.body);
}

const unsupported = (): AntomError =>
  new AntomError("content_type_unsupported", "send JSON or a form, and say so in Content-Type");

/** A form's fields; all values of a name that comes several times, as Express's own parser has them: of a list of ticked boxes none may be lost. */
function formFields(bytes: Buffer): Record<string, string | string[]> {
  const fields = new Map<string, string | string[]>();
  for (const [name, value] of new URLSearchParams(bytes.toString("utf8"))) {
    const known = fields.get(name);
    if (Array.isArray(known)) known.push(value);
    else fields.set(name, known === undefined ? value : [known, value]);
  }
  return Object.fromEntries(fields);
}

function jsonFields(bytes: Buffer): unknown {
  try {
    return parseJson(bytes);
  } catch (error) {
    if (error instanceof JsonProblem)
      throw new AntomError("request_invalid", `the body cannot be read: ${error.message}`);
    throw error;
  }
}
