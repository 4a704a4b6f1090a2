/** How long one thing took, and how often it went wrong. Times are in milliseconds. */
export interface LatencyFigures {
  /** How many times were measured. */
  readonly count: number;
  /** How often it went wrong. docs/observability.md says what that is of each. */
  readonly errors: number;
  /** Half took no longer than this. An estimate, as the next; there is none while nothing was measured. */
  readonly median?: number;
  /** Of a hundred, 95 took no longer than this. */
  readonly p95?: number;
  /** The longest, exactly. */
  readonly max?: number;
}

/** How long things took in this process, since it started. */
export interface Latencies {
  /** From what caused an event to its delivery to the shop's hook, tries that failed included. */
  readonly hookLatency: LatencyFigures;
  /** The shop's hooks, each try by itself. */
  readonly hookDuration: LatencyFigures;
  /** From a notification's being received to its acknowledgement. */
  readonly notificationDuration: LatencyFigures;
  /** Calls to Antom. */
  readonly gatewayDuration: LatencyFigures;
}
