/** Values by chance, the same ones for the same seed, so that a failure can be seen again. */
export interface Chance {
  /** A whole number from 0 to `most`. */
  readonly upTo: (most: number) => number;
  readonly isTrue: () => boolean;
  readonly oneOf: <T>(values: readonly T[]) => T;
}

/** The generator is mulberry32: small, and good enough to mix samples. */
export const chance = (seed: number): Chance => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const upTo = (most: number): number => Math.floor(next() * (most + 1));
  return {
    upTo,
    isTrue: () => upTo(1) === 1,
    oneOf: (values) => {
      const chosen = upTo(values.length - 1);
      for (const [nth, value] of values.entries()) if (nth === chosen) return value;
      throw new RangeError("There is nothing to choose from.");
    },
  };
};

/** As many as are asked for, each made with its number. */
export const times = <T>(count: number, make: (nth: number) => T): T[] =>
  Array.from({ length: count }, (_unused, nth) => make(nth));
