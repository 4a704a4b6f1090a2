import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.prototype.toString.call(value) === "[object Object]";
};

/** The same arrays and objects, with the prototypes that they have here. */
const atHome = (value: unknown): unknown => {
  if (Array.isArray(value)) return Array.from(value, atHome);
  if (typeof value !== "object" || value === null || !isPlain(value)) return value;
  const copy = {};
  for (const [name, member] of Object.entries(value)) {
    // Not by assignment, which would take a member called __proto__ for the prototype.
    Object.defineProperty(copy, name, { value: atHome(member), enumerable: true, writable: true, configurable: true });
  }
  return copy;
};

/**
 * Asserts that two values are alike in all they hold. Which realm their arrays and objects come from does not matter: jest runs tests in one of its
 * own, where what `structuredClone` or a driver makes has other prototypes.
 */
export const same = (actual: unknown, expected: unknown, message?: string): void => {
  if (isDeepStrictEqual(actual, expected)) return;
  // Later Nodes take no message that is undefined.
  if (message === undefined) assert.deepEqual(atHome(actual), atHome(expected));
  else assert.deepEqual(atHome(actual), atHome(expected), message);
};
