import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import { Refusal } from "../../result.js";

/** Compiles the schemas of request bodies. */
export const schemas = new Ajv({ strict: true, strictRequired: false });

schemas.addKeyword({
  keyword: "wholeNumber",
  metaSchema: { type: "array", items: { type: "number" }, minItems: 2, maxItems: 2 },
  validate: ([least, most]: [number, number], value: unknown) => {
    const number = typeof value === "string" && /^-?[0-9]{1,9}$/.test(value) ? Number(value) : value;
    return Number.isInteger(number) && Number(number) >= least && Number(number) <= most;
  },
});

/**
 * Makes the check of one operation's body.
 *
 * @returns a function that gives the body back typed, or throws PARAM_ILLEGAL naming the field
 */
export function check<Body>(isBody: ValidateFunction<Body>): (body: unknown) => Body {
  return (body) => {
    if (isBody(body)) return body;
    throw new Refusal("PARAM_ILLEGAL", explain(isBody.errors?.at(-1)));
  };
}

/** What is wrong with a body, naming the field, as a sentence. */
export function explain(error: ErrorObject | undefined): string {
  if (error === undefined) return "Illegal parameters exist.";
  const params = new Map<string, unknown>(Object.entries(error.params));
  const field = fieldName(error.instancePath);
  switch (error.keyword) {
    case "required":
      return `${join(field, String(params.get("missingProperty")))} is missing.`;
    case "dependencies":
      return `${join(field, String(params.get("missingProperty")))} is missing.`;
    case "maxLength":
      return `${field} is longer than ${String(params.get("limit"))} characters.`;
    case "minLength":
      return `${field} is empty.`;
    case "pattern":
      return `${field} has the wrong format.`;
    case "wholeNumber":
      return `${field} is not a whole number in its range.`;
    case "enum":
    case "const":
      return `${field} has a value that is not allowed.`;
    default:
      return `${field === "" ? "The body" : field} ${error.message ?? "is illegal"}.`;
  }
}

const join = (parent: string, child: string): string => (parent === "" ? child : `${parent}.${child}`);

/** `/order/goods/0/goodsName` as `order.goods[0].goodsName`. */
const fieldName = (pointer: string): string =>
  pointer
    .replace(/^\//, "")
    .replace(/\/([0-9]+)(?=\/|$)/g, "[$1]")
    .replaceAll("/", ".");
