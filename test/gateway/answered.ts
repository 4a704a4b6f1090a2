import type { ValidateFunction } from "ajv";
import type { Outcome } from "../../lib/gateway/outcome.js";
import { accepts, firstProblem, type Result } from "../../lib/gateway/wire.js";

/** What the gateway makes of a body that was signed: the same check, without the network. */
export function answered<Body extends { result: Result }>(
  validate: ValidateFunction<Body>,
  body: unknown,
): Outcome<Body> {
  if (!accepts(validate, body)) throw new TypeError(firstProblem(validate));
  return { kind: "answered", result: body.result, body };
}

export const SILENCE: Outcome<never> = { kind: "unanswered", reason: "timeout", detail: "timeout" };
