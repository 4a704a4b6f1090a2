import type { SchemaObject } from "ajv";
import { AMOUNT_VALUE, CURRENCY } from "../../../payment/amount.js";

/** The shapes Antom's fields have in common, with the lengths of its documents. */

export const text = (maxLength: number): SchemaObject => ({ type: "string", maxLength });
export const requiredText = (maxLength: number): SchemaObject => ({ type: "string", minLength: 1, maxLength });

/** The documents ask for every scalar as a string and show natural types; both are taken, and an empty one counts as none. */
export const flag: SchemaObject = { enum: [true, false, "true", "false", ""] };

/** A whole number, natural or as text; the keyword is check.ts's own. */
export const whole = (least: number, most: number): SchemaObject => ({ wholeNumber: [least, most] });

export const regionCode: SchemaObject = { type: "string", pattern: "^[A-Z]{2}$" };

export const amount: SchemaObject = {
  type: "object",
  required: ["currency", "value"],
  properties: { currency: { type: "string", pattern: CURRENCY }, value: { type: "string", pattern: AMOUNT_VALUE } },
};

/** One that may be nothing, as the price of what is given away. */
export const priceOrNothing: SchemaObject = {
  ...amount,
  properties: {
    currency: { type: "string", pattern: CURRENCY },
    value: { type: "string", pattern: `^0$|${AMOUNT_VALUE}` },
  },
};

export const userName: SchemaObject = {
  type: "object",
  properties: { firstName: text(32), middleName: text(32), lastName: text(32), fullName: text(128) },
};

export const address: SchemaObject = {
  type: "object",
  required: ["region"],
  properties: {
    region: regionCode,
    state: text(8),
    city: text(32),
    address1: text(256),
    address2: text(256),
    address3: text(256),
    zipCode: text(32),
    label: text(64),
  },
};

/** A flag as the documents' samples and SDKs send it. */
export type Flag = boolean | "true" | "false" | "";

/** A flag that is set, as boolean or as text. */
export const isSet = (value: unknown): boolean => value === true || value === "true";
