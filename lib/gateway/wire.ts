import { Ajv, type JSONSchemaType, type Schema, type ValidateFunction } from "ajv";
import type { Amount } from "../payment/amount.js";
import { MAX_DEPTH } from "./json.js";

/**
 * What the schemas of Antom's messages are made of. They check what the kit reads and let everything else through: Antom adds fields
 * without asking, and a field that is new must not stop a payment.
 */
const ajv = new Ajv({ strict: true, allowUnionTypes: true, ownProperties: true });

/** Compiles a schema once, at load. */
export const compile = <T>(schema: Schema | JSONSchemaType<T>): ValidateFunction<T> => ajv.compile<T>(schema);

/** The first thing wrong, for the log. */
export const firstProblem = (validate: ValidateFunction): string => {
  const [error] = validate.errors ?? [];
  return error === undefined ? "" : `${error.instancePath || "the body"} ${error.message ?? "is wrong"}`;
};

export const text = (maxLength: number) => ({ type: "string", maxLength }) as const;
export const id = { type: "string", minLength: 1, maxLength: 64 } as const;
export const amount = {
  type: "object",
  required: ["currency", "value"],
  properties: {
    currency: { type: "string", pattern: "^[A-Z]{3}$" },
    value: { type: ["string", "integer"], pattern: "^(0|[1-9][0-9]{0,15})$", minimum: 0, maximum: 9007199254740991 },
  },
} as const;
export const flag = { type: ["boolean", "string"], maxLength: 5 } as const;

/** `result`, which every answer has. */
export interface Result {
  readonly resultStatus: "S" | "F" | "U";
  readonly resultCode: string;
  readonly resultMessage?: string;
}
export const result = {
  type: "object",
  required: ["resultStatus", "resultCode"],
  properties: {
    resultStatus: { enum: ["S", "F", "U"] },
    resultCode: { type: "string", minLength: 1, maxLength: 64 },
    resultMessage: text(1024),
  },
} as const;

/** Whether the body has the schema's form, once members that are null are taken for absent: some serializers write what is not there as null. */
export function accepts<T>(validate: ValidateFunction<T>, body: unknown): body is T {
  return validate(body) || (hasNulls(body, 0) && validate(withoutNulls(body, 0)));
}

/** Looks no deeper than Antom's messages go: what a shop's own parser has parsed may be nested without end. */
const hasNulls = (value: unknown, depth: number): boolean =>
  value === null ||
  (depth < MAX_DEPTH &&
    typeof value === "object" &&
    Object.values(value).some((member) => hasNulls(member, depth + 1)));

/** Takes the members that are null out of the value itself: it has just been parsed and is nobody else's. */
function withoutNulls(value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null || depth >= MAX_DEPTH) return value;
  const compared = depth === 0 && saysThatItWentThrough(value);
  for (const [name, member] of Object.entries(value)) {
    if (member !== null || Array.isArray(value)) withoutNulls(member, depth + 1);
    else if (!compared || !COMPARED.has(name)) Reflect.deleteProperty(value, name);
  }
  return value;
}

/** The amounts of an answer that are compared with what was asked for: where money is held or moved, null is not taken for "not told". */
const COMPARED: ReadonlySet<string> = new Set(["paymentAmount", "captureAmount", "refundAmount"]);

/** S, which of an inquiry alone says only that it was answered: then the status counts. */
function saysThatItWentThrough(body: object): boolean {
  const { result, paymentStatus } = body as {
    readonly result?: { readonly resultStatus?: unknown } | null;
    readonly paymentStatus?: unknown;
  };
  const isSuccess = typeof result === "object" && result?.resultStatus === "S";
  return isSuccess && (typeof paymentStatus !== "string" || paymentStatus === "SUCCESS");
}

/** An amount as it stands on the wire: some of Antom's tools send the value as a number. */
export interface WireAmount {
  readonly currency: string;
  readonly value: string | number;
}

/** Whether it is an amount with which one can be compared. */
export const isAmount = compile<WireAmount>(amount);

export const readAmount = (wire: WireAmount | undefined): Amount | undefined =>
  wire && { currency: wire.currency, value: String(wire.value) };

/** A non-empty string, or nothing: Antom's samples send "" for what does not apply. */
export const present = (value: string | undefined): string | undefined =>
  value === undefined || value === "" ? undefined : value;

/** Antom writes flags both as booleans and as "true" and "false". */
export const readFlag = (value: boolean | string | undefined): boolean | undefined =>
  value === undefined || value === "" ? undefined : value === true || value === "true";

const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/** A time as Antom writes it (ISO 8601 with an offset), in epoch milliseconds; undefined when it is not one. */
export function readTime(value: string | undefined): number | undefined {
  if (value === undefined || !ISO_TIME.test(value)) return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
}

/**
 * Writes members into an object that is nobody else's yet, and takes those out of it that are undefined. Notifications are read with this:
 * copying what remains of an object, and then that without what is undefined, costs more than the rest of the reading.
 */
export function amended<T extends object, C extends object>(
  fresh: T,
  changes: C,
): Omit<T, keyof C> & { [K in keyof C]: Exclude<C[K], undefined> } {
  const target = fresh as Record<string, unknown>;
  for (const [name, value] of Object.entries(changes)) {
    if (value !== undefined) target[name] = value;
    else if (name in target) Reflect.deleteProperty(target, name);
  }
  return fresh as unknown as Omit<T, keyof C> & { [K in keyof C]: Exclude<C[K], undefined> };
}

/** The object without the members that are undefined, so that optional members are absent rather than undefined. */
export const compact = <T extends object>(object: T): { [K in keyof T]: Exclude<T[K], undefined> } => {
  const compacted: Partial<T> = {};
  for (const name of Object.keys(object) as (keyof T)[]) {
    const value = object[name];
    if (value !== undefined) compacted[name] = value;
  }
  return compacted as { [K in keyof T]: Exclude<T[K], undefined> };
};
