import type { Amount } from "../../payment/amount.js";
import { heldAmount } from "../life/hold.js";
import type { Simulation } from "../simulation.js";
import type { Attempt, Notification, NotificationState } from "../state/notification.js";
import type { PaymentStatus } from "../state/payment.js";
import { iso, named } from "./named.js";

/** A payment as the simulator shows it. */
export interface SimulatorPayment {
  readonly paymentId: string;
  readonly paymentRequestId: string;
  readonly referenceOrderId: string;
  /** With what its hold was raised by. */
  readonly amount: Amount;
  readonly status: PaymentStatus;
  readonly code: string;
  readonly captureMode: "AUTOMATIC" | "MANUAL";
  readonly cardNo: string | undefined;
  readonly cardToken: string | undefined;
  readonly createdAt: string;
  readonly expiresAt: string;
}

export const payments = ({ book }: Simulation): SimulatorPayment[] =>
  book
    .payments()
    .map((payment) => ({
      ...named(payment),
      amount: heldAmount(payment),
      status: payment.status,
      code: payment.code,
      captureMode: payment.captureMode,
      cardNo: payment.resultInfo?.cardNo,
      cardToken: payment.cardToken,
      createdAt: iso(payment.createdAt),
      expiresAt: iso(payment.expiresAt),
    }));

/** A notification as the simulator shows it. */
export interface SimulatorNotification {
  readonly id: string;
  readonly notifyType: string;
  readonly paymentId: string;
  readonly url: string | undefined;
  readonly state: NotificationState;
  /** The parsed body. */
  readonly body: unknown;
  readonly createdAt: string;
  readonly nextAttemptAt: string | undefined;
  readonly attempts: readonly (Omit<Attempt, "at"> & { readonly at: string })[];
}

export const notifications = ({ book }: Simulation): SimulatorNotification[] =>
  book.notifications().map(shownNotification);

const shownNotification = (notification: Notification): SimulatorNotification => ({
  id: notification.id,
  notifyType: notification.notifyType,
  paymentId: notification.paymentId,
  url: notification.url,
  state: notification.state,
  body: JSON.parse(notification.body),
  createdAt: iso(notification.createdAt),
  nextAttemptAt: notification.nextAt === undefined ? undefined : iso(notification.nextAt),
  attempts: notification.attempts.map((attempt) => ({ ...attempt, at: iso(attempt.at) })),
});
