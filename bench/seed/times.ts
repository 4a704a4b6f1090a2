/** An hour: what the payments wait for is not due while the bench runs. Milliseconds. */
export const LATER = 3_600_000;
