import { units } from "../../payment/amount.js";
import type { Clock } from "../../ports.js";
import { isSettled } from "../life/dispute-step.js";
import { claimedUnits, heldAmount } from "../life/hold.js";
import { notHeld } from "../life/standing.js";
import type { Change } from "./change.js";
import { noJournal, type Journal } from "./journal.js";
import type { Notification } from "./notification.js";
import type { Capture, Increase, Payment, Refund, RefusedRequest, StoredCard } from "./payment.js";

/** How much is kept; the oldest that is finished makes room for the new. */
const LIMITS = { payments: 50_000, notifications: 50_000, storedCards: 10_000 } as const;

/** Everything the simulator knows, found by any of its ids. Changed only by {@link commit}. */
export class Book {
  /** Called after every commit, and for nothing that was restored. */
  onChange: (change: Change) => void = () => undefined;

  private readonly byId = new Map<string, Payment>();
  private readonly idByRequestId = new Map<string, string>();
  private readonly idBySecret = new Map<string, string>();
  private readonly idByCapture = new Map<string, string>();
  private readonly idByRefund = new Map<string, string>();
  private readonly idByRefundRequest = new Map<string, string>();
  private readonly idByUpdateRequest = new Map<string, string>();
  private readonly idByRefusedRequest = new Map<string, string>();
  private readonly notificationsById = new Map<string, Notification>();
  private readonly storedCards = new Map<string, StoredCard>();
  private journal: Journal = noJournal;

  constructor(private readonly clock: Pick<Clock, "now">) {}

  /** Takes in what was kept before; the journal given gets every change from now on. */
  restore(changes: readonly Change[], open: (live: Iterable<Change>) => Journal): void {
    for (const change of changes) this.apply(change);
    this.journal = open(this.live());
  }

  commit(change: Change): void {
    this.apply(change);
    this.journal.append(change);
    this.onChange(change);
  }

  /** Resolves when everything committed so far is kept; nothing may leave the simulator before. */
  durable(): Promise<void> {
    return this.journal.durable();
  }

  close(): Promise<void> {
    return this.journal.close();
  }

  payment(paymentId: string): Payment | undefined {
    return this.byId.get(paymentId);
  }

  paymentByRequestId(paymentRequestId: string): Payment | undefined {
    return this.through(this.idByRequestId, paymentRequestId);
  }

  paymentBySecret(secret: string): Payment | undefined {
    return this.through(this.idBySecret, secret);
  }

  capture(captureRequestId: string): { payment: Payment; capture: Capture } | undefined {
    const payment = this.through(this.idByCapture, captureRequestId);
    const capture = payment?.captures.find((entry) => entry.captureRequestId === captureRequestId);
    return payment && capture && { payment, capture };
  }

  refund(refundId: string): { payment: Payment; refund: Refund } | undefined {
    const payment = this.through(this.idByRefund, refundId);
    const refund = payment?.refunds.find((entry) => entry.refundId === refundId);
    return payment && refund && { payment, refund };
  }

  refundByRequestId(refundRequestId: string): { payment: Payment; refund: Refund } | undefined {
    const payment = this.through(this.idByRefundRequest, refundRequestId);
    const refund = payment?.refunds.find((entry) => entry.refundRequestId === refundRequestId);
    return payment && refund && { payment, refund };
  }

  increase(updateRequestId: string): { payment: Payment; increase: Increase } | undefined {
    const payment = this.through(this.idByUpdateRequest, updateRequestId);
    const increase = payment?.increases.find((entry) => entry.updateRequestId === updateRequestId);
    return payment && increase && { payment, increase };
  }

  refused(
    operation: RefusedRequest["operation"],
    requestId: string,
  ): { payment: Payment; refused: RefusedRequest } | undefined {
    const payment = this.through(this.idByRefusedRequest, `${operation} ${requestId}`);
    const refused = payment?.refused?.find((entry) => entry.operation === operation && entry.requestId === requestId);
    return payment && refused && { payment, refused };
  }

  notification(id: string): Notification | undefined {
    return this.notificationsById.get(id);
  }

  storedCard(token: string): StoredCard | undefined {
    return this.storedCards.get(token);
  }

  /** Oldest first. */
  payments(): Payment[] {
    return [...this.byId.values()];
  }

  /** Oldest first. */
  notifications(): Notification[] {
    return [...this.notificationsById.values()];
  }

  /** Whether a payment more can be taken; not when every one kept is still going on. */
  hasRoom(): boolean {
    return this.byId.size < LIMITS.payments || this.oldestFinishedPayment() !== undefined;
  }

  private through(index: ReadonlyMap<string, string>, key: string): Payment | undefined {
    const id = index.get(key);
    return id === undefined ? undefined : this.byId.get(id);
  }

  private apply({ payment, notifications = [], storedCard }: Change): void {
    if (payment) this.applyPayment(payment);
    for (const notification of notifications) {
      if (!this.notificationsById.has(notification.id) && this.notificationsById.size >= LIMITS.notifications) {
        this.dropNotification();
      }
      this.notificationsById.set(notification.id, notification);
    }
    if (storedCard) {
      const [oldest] = this.storedCards.keys();
      const isFull = !this.storedCards.has(storedCard.token) && this.storedCards.size >= LIMITS.storedCards;
      if (isFull && oldest !== undefined) this.storedCards.delete(oldest);
      this.storedCards.set(storedCard.token, storedCard);
    }
  }

  private applyPayment(payment: Payment): void {
    const { paymentId } = payment;
    if (!this.byId.has(paymentId) && this.byId.size >= LIMITS.payments) this.dropPayment();
    this.byId.set(paymentId, payment);
    this.idByRequestId.set(payment.paymentRequestId, paymentId);
    this.idBySecret.set(payment.secret, paymentId);
    for (const { captureRequestId } of payment.captures) this.idByCapture.set(captureRequestId, paymentId);
    for (const { refundRequestId, refundId } of payment.refunds) {
      this.idByRefundRequest.set(refundRequestId, paymentId);
      this.idByRefund.set(refundId, paymentId);
    }
    for (const { updateRequestId } of payment.increases) this.idByUpdateRequest.set(updateRequestId, paymentId);
    for (const { operation, requestId } of payment.refused ?? []) {
      this.idByRefusedRequest.set(`${operation} ${requestId}`, paymentId);
    }
  }

  private oldestFinishedPayment(): Payment | undefined {
    const now = this.clock.now();
    for (const payment of this.byId.values()) if (isFinished(payment, now)) return payment;
    return undefined;
  }

  private dropPayment(): void {
    const payment = this.oldestFinishedPayment();
    if (payment === undefined) return;
    this.byId.delete(payment.paymentId);
    this.idByRequestId.delete(payment.paymentRequestId);
    this.idBySecret.delete(payment.secret);
    for (const { captureRequestId } of payment.captures) this.idByCapture.delete(captureRequestId);
    for (const { refundRequestId, refundId } of payment.refunds) {
      this.idByRefundRequest.delete(refundRequestId);
      this.idByRefund.delete(refundId);
    }
    for (const { updateRequestId } of payment.increases) this.idByUpdateRequest.delete(updateRequestId);
    for (const { operation, requestId } of payment.refused ?? []) {
      this.idByRefusedRequest.delete(`${operation} ${requestId}`);
    }
  }

  private dropNotification(): void {
    for (const { id, state } of this.notificationsById.values()) {
      if (state === "pending") continue;
      this.notificationsById.delete(id);
      return;
    }
  }

  private *live(): Generator<Change> {
    for (const storedCard of this.storedCards.values()) yield { storedCard };
    for (const payment of this.byId.values()) yield { payment };
    for (const notification of this.notificationsById.values()) yield { notifications: [notification] };
  }
}

function isFinished(payment: Payment, now: number): boolean {
  const { status, captureAt, captures, refunds, increases, disputes } = payment;
  return (
    status !== "PROCESSING" &&
    (status !== "SUCCESS" || captureAt === undefined || captures.length > 0) &&
    [...captures, ...refunds, ...increases].every((entry) => entry.status !== "PROCESSING") &&
    disputes.every(isSettled) &&
    !isWaitingForCapture(payment, now)
  );
}

/** Whether the merchant can still capture something of the hold. */
const isWaitingForCapture = (payment: Payment, now: number): boolean =>
  notHeld(payment, now) === undefined && claimedUnits(payment) < units(heldAmount(payment).value);
