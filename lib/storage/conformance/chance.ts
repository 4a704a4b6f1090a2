/** Values by chance, the same ones for the same seed, so that a failure can be seen again. */
export interface Chance {
  /** A whole number from 0 to `most`. */
  upTo(most: number): number;
  isTrue(): boolean;
  oneOf<T>(values: readonly [T, ...T[]] | readonly T[]): T;
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
    oneOf: <T>(values: readonly T[]): T => {
      const [value] = values.slice(upTo(values.length - 1));
      if (value === undefined && !values.includes(value as T)) throw new RangeError("There is nothing to choose from.");
      return value as T;
    },
  };
};

/** As many as are asked for, each made with its number. */
export const times = <T>(count: number, make: (nth: number) => T): T[] =>
  Array.from({ length: count }, (_unused, nth) => make(nth));
