/**
 * Whether a value is an object as it is written down, `{ ... }`, of whichever realm: neither an array, nor a Map, nor of a class, whose
 * members would be found in other ways than by looking at its own.
 */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
