const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long things take at Antom, in milliseconds at a time scale of 1. */
export const DURATIONS = {
  /** An unpaid payment closes this long after the pay call. */
  paymentExpiry: 14 * MINUTE,
  /** The `paymentExpiryTime` a merchant asks for is sooner than this. */
  longestOwnExpiry: 10 * MINUTE,
  /** An authorization that nobody captured is released after this. */
  hold: 7 * DAY,
  /** From an authorization to its automatic capture. */
  automaticCapture: 2 * SECOND,
  /** From a capture that is in process first to its result. */
  capture: 5 * SECOND,
  /** From an accepted increase of a hold to its result. */
  increase: 2 * SECOND,
  /** From a dispute to the end of the time in which the merchant may defend itself. */
  defense: 14 * DAY,
  /** From an accepted refund to its result. */
  refund: 2 * SECOND,
} as const;

/**
 * The wait before each sending of a notification, counted from the one before it; after the last nothing more is sent
 * (Antom, "Notification": within 24 hours at 0 s, 2 min, 10 min, 10 min, 1 h, 2 h, 6 h, 15 h).
 */
export const RESEND_SCHEDULE: readonly number[] = [
  0,
  2 * MINUTE,
  10 * MINUTE,
  10 * MINUTE,
  HOUR,
  2 * HOUR,
  6 * HOUR,
  15 * HOUR,
];

/** A duration as long as it is at the simulator's time scale, in whole milliseconds. */
export const scaled = (ms: number, { timeScale }: { readonly timeScale: number }): number => Math.round(ms * timeScale);
