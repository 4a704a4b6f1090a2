/** Whether the shop acknowledged it, will be asked again, was asked for the last time, or has no address. */
export type NotificationState = "pending" | "acknowledged" | "given-up" | "no-address";

/** A notification and everything that happened to it. Times are epoch milliseconds. */
export interface Notification {
  readonly id: string;
  readonly notifyType: string;
  readonly paymentId: string;
  readonly url?: string;
  /** The exact text that is signed and sent, the same at every attempt. */
  readonly body: string;
  readonly createdAt: number;
  readonly state: NotificationState;
  /** How many steps of the resend schedule are behind it. */
  readonly step: number;
  readonly nextAt?: number;
  readonly attempts: readonly Attempt[];
}

export interface Attempt {
  readonly at: number;
  readonly acknowledged: boolean;
  /** The fault that was played on it. */
  readonly fault?: string;
  /** HTTP status of the answer. */
  readonly status?: number;
  /** The beginning of the answer's body. */
  readonly answer?: string;
  /** Why there was no answer. */
  readonly error?: string;
}
