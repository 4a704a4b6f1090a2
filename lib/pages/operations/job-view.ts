/** The long work that can be begun from the back office. */
export const JOB_KINDS = ["redeliver-all", "inquire-all-open"] as const;
export type JobKind = (typeof JOB_KINDS)[number];

/** Long work as it stands. */
export interface JobView {
  readonly id: string;
  readonly kind: JobKind;
  /** "failed": it gave up by itself. */
  readonly state: "running" | "stopping" | "done" | "stopped" | "failed";
  /** Who began it. */
  readonly by: string;
  /** How many of them have been gone through. */
  readonly done: number;
  /** How many there are, where that is known. */
  readonly total?: number;
  /** How many of those went wrong. */
  readonly errors: number;
  readonly lastError?: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly endedAt?: number;
}

export const JOB_WORDS: Readonly<Record<JobKind, string>> = {
  "redeliver-all": "Redeliver all events that were given up",
  "inquire-all-open": "Ask Antom about all open payments",
};

export const JOB_STATES: Readonly<Record<JobView["state"], string>> = {
  running: "Running",
  stopping: "Stopping",
  done: "Done",
  stopped: "Stopped",
  failed: "Gave up after too many errors",
};

export const isGoing = ({ state }: JobView): boolean => state === "running" || state === "stopping";
