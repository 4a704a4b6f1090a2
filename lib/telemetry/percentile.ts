/** How measured times are spread over a histogram's buckets. */
export interface Spread {
  /** The buckets' upper bounds, ascending, in milliseconds. */
  readonly bounds: readonly number[];
  /** How many fell into each bucket, by itself. */
  readonly counts: readonly number[];
  /** How many there are, those beyond the last bound included. */
  readonly count: number;
  /** The longest, in milliseconds. */
  readonly most: number;
}

/**
 * The time that so many of a hundred did not exceed, in milliseconds; undefined where nothing was measured. An estimate: within a bucket the
 * times are taken to lie evenly, up to the bucket's bound or the longest time, whichever is less. A single time is told exactly.
 *
 * @param percent a whole number from 1 to 100: a fraction such as 0.95 is none in binary, and would put bounds on the wrong side
 */
export function percentileOf(percent: number, { bounds, counts, count, most }: Spread): number | undefined {
  if (count === 0) return undefined;
  const rank = Math.ceil((percent * count) / 100);
  let below = 0;
  let lower = 0;
  for (const [index, bound] of bounds.entries()) {
    const here = counts[index] ?? 0;
    if (below + here >= rank) return lower + ((Math.min(bound, most) - lower) * (rank - below)) / here;
    below += here;
    lower = bound;
  }
  return lower + ((most - lower) * (rank - below)) / (count - below);
}
