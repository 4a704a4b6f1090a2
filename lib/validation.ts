import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import type { Problem } from "./errors.js";
import { nearest } from "./nearest.js";

/**
 * Strict checking of what the shop or its buyers hand in: unknown members are refused, nothing is coerced, and every problem is
 * reported at once. Every schema bounds its sizes, so that the reports are bounded too.
 */
const ajv = new Ajv({ strict: true, allErrors: true, allowUnionTypes: true, ownProperties: true, verbose: true });

export const compileStrict = <T>(schema: object): ValidateFunction<T> => ajv.compile<T>(schema);

/** What a failed check found, each with where it is and what to do, in words; never what stood there. */
export function problemsOf(validate: ValidateFunction, root = ""): Problem[] {
  const errors = validate.errors ?? [];
  // The validator would hold what was wrong, and so perhaps a card, until the next check.
  validate.errors = null;
  return errors
    .filter(({ keyword }) => keyword !== "anyOf" && keyword !== "oneOf" && keyword !== "if")
    .slice(0, 50)
    .map((error) => ({ at: root + withoutDigits(error.instancePath + member(error)), message: sentence(error) }));
}

/** Somebody may have put a card number where a name belongs, in groups of digits perhaps; `address1` stays what it is. */
const withoutDigits = (path: string): string => path.replace(/[0-9](?:[^0-9]{0,3}[0-9]){2,}/g, "...");

function member({ keyword, params }: ErrorObject): string {
  const name: unknown =
    keyword === "required"
      ? params["missingProperty"]
      : keyword === "additionalProperties"
        ? params["additionalProperty"]
        : undefined;
  return typeof name === "string" ? `/${name.slice(0, 64).replace(/~/g, "~0").replace(/\//g, "~1")}` : "";
}

function sentence({ keyword, params, parentSchema, message }: ErrorObject): string {
  switch (keyword) {
    case "required":
      return "is missing";
    case "additionalProperties": {
      const known = Object.keys((parentSchema as { properties?: object } | undefined)?.properties ?? {});
      const meant = nearest(String(params["additionalProperty"]), known);
      return meant === undefined ? "is not a known field" : `is not a known field; did you mean "${meant}"?`;
    }
    case "enum":
      return `must be one of ${(params["allowedValues"] as unknown[]).map((value) => JSON.stringify(value)).join(", ")}`;
    case "type":
    case "pattern":
    case "minimum":
    case "maximum":
    case "minLength": {
      const described: unknown = (parentSchema as { description?: unknown } | undefined)?.description;
      return typeof described === "string" ? `must be ${described}` : (message ?? "has the wrong form");
    }
    default:
      return message ?? "is not valid";
  }
}
