import { setMaxListeners } from "node:events";
import type { Alarms } from "../alarms.js";
import { RESEND_SCHEDULE, scaled } from "../durations.js";
import type { Fault } from "../faults.js";
import type { Simulation } from "../simulation.js";
import type { Attempt, Notification } from "../state/notification.js";
import { isAcknowledged } from "./acknowledgement.js";
import { Lanes } from "./lanes.js";
import { post, type PostedAnswer } from "./post.js";
import { notificationHeaders } from "./sign.js";
import { isError } from "../../thrown.js";

type NotifyFault = Fault & { operation: "notify" };

/** How much of a shop's answer is kept to be looked at. */
const ANSWER_KEPT = 2_000;

/** How many notifications are sent at the same time. */
const MOST_AT_ONCE = 100;

/** A body cut in two, for the garbage fault. */
const GARBAGE = '{"notifyType":"PAYMENT_RES';

/** Sends notifications on Antom's schedule until the shop acknowledges them. */
export class Notifier {
  private readonly inFlight = new Set<Promise<void>>();
  private readonly closing = new AbortController();
  private readonly lanes = new Lanes(MOST_AT_ONCE);

  constructor(
    private readonly simulation: Omit<Simulation, "notifier" | "timeline" | "stop" | "close">,
    private readonly alarms: Alarms,
  ) {
    // Each notification that is out listens, and Node warns of more than ten as of a leak.
    setMaxListeners(MOST_AT_ONCE, this.closing.signal);
  }

  /** A notification to be committed with what it tells; sent once it is. Without an address it stays visible, unsent. */
  compose(paymentId: string, url: string | undefined, body: object): Notification {
    const { clock, identifiers, settings } = this.simulation;
    const address = url ?? settings.notifyUrl;
    const now = clock.now();
    return {
      id: `N${identifiers.digits(16)}`,
      notifyType: typeOf(body),
      paymentId,
      body: JSON.stringify(body),
      createdAt: now,
      step: 0,
      attempts: [],
      ...(address === undefined ? { state: "no-address" } : { state: "pending", url: address, nextAt: now }),
    };
  }

  /** Sets the alarm for the next attempt. */
  watch({ id, state, nextAt }: Notification): void {
    if (state !== "pending" || nextAt === undefined) return;
    this.alarms.set(id, nextAt, () => {
      this.begin(id);
    });
  }

  /** Resolves when no sending is under way. */
  async settled(): Promise<void> {
    while (this.inFlight.size > 0) await Promise.all(this.inFlight);
  }

  /** Ends what is under way without recording it: after a restart it is sent again. */
  async close(): Promise<void> {
    this.alarms.clearAll();
    this.closing.abort();
    await this.settled();
  }

  private isClosing(): boolean {
    return this.closing.signal.aborted;
  }

  private begin(id: string): void {
    const { clock, faults } = this.simulation;
    const fault = faults.takeForNotification();
    if (fault?.fault !== "delay") {
      this.run(id, fault);
      return;
    }
    this.alarms.set(id, clock.now() + fault.delayMs, () => {
      this.run(id, fault);
    });
  }

  private run(id: string, fault: NotifyFault | undefined): void {
    const sending = this.lanes
      .run(() => this.attempt(id, fault))
      .catch((error: unknown) => {
        this.simulation.logger.error({ err: error, notification: id }, "a notification could not be recorded");
      })
      .finally(() => this.inFlight.delete(sending));
    this.inFlight.add(sending);
  }

  private async attempt(id: string, fault: NotifyFault | undefined): Promise<void> {
    const { book, clock, settings } = this.simulation;
    const notification = book.notification(id);
    if (notification?.state !== "pending" || notification.url === undefined) return;
    await book.durable();
    if (this.isClosing()) return;
    const at = clock.now();
    const attempts = await this.send(notification.url, notification.body, at, fault);
    if (this.isClosing()) return;
    const step = notification.step + 1;
    const wait = settings.resend ? RESEND_SCHEDULE[step] : undefined;
    const { nextAt: _, ...rest } = notification;
    const tried = { ...rest, step, attempts: [...notification.attempts, ...attempts] };
    book.commit({ notifications: [outcome(tried, wait === undefined ? undefined : at + scaled(wait, settings))] });
    await book.durable();
  }

  private send(url: string, body: string, at: number, fault: NotifyFault | undefined): Promise<Attempt[]> {
    if (fault?.fault === "drop")
      return Promise.resolve([{ at, acknowledged: false, fault: "drop", error: "not sent" }]);
    const copies = fault?.fault === "duplicate" ? 2 : 1;
    return Promise.all(Array.from({ length: copies }, () => this.sendOnce(url, body, at, fault)));
  }

  private async sendOnce(url: string, body: string, at: number, fault: NotifyFault | undefined): Promise<Attempt> {
    const { settings } = this.simulation;
    const named = fault && { fault: fault.fault };
    const sent = fault?.fault === "garbage" ? GARBAGE : body;
    try {
      const answer = await post({
        url,
        body: sent,
        headers: await this.headers(url, sent, fault),
        timeout: settings.notifyTimeout,
        signal: this.closing.signal,
        breakAfterSending: fault?.fault === "reset-after",
      });
      return { at, acknowledged: isAcknowledged(answer), ...named, ...shortened(answer) };
    } catch (error) {
      return { at, acknowledged: false, ...named, error: reason(error) };
    }
  }

  private async headers(url: string, body: string, fault: NotifyFault | undefined): Promise<Record<string, string>> {
    // A signature over other bytes is well formed and wrong.
    const signed = fault?.fault === "bad-signature" ? `${body} ` : body;
    const { signature, ...rest } = await notificationHeaders(url, signed, this.simulation);
    return fault?.fault === "unsigned" ? rest : { ...rest, signature };
  }
}

/** A dispute has a type of its own, and no `notifyType`. */
function typeOf(body: object): string {
  if ("notifyType" in body) return String(body.notifyType);
  return "disputeNotificationType" in body ? String(body.disputeNotificationType) : "";
}

function outcome(tried: Omit<Notification, "nextAt">, nextAt: number | undefined): Notification {
  if (tried.attempts.some(({ acknowledged }) => acknowledged)) return { ...tried, state: "acknowledged" };
  return nextAt === undefined ? { ...tried, state: "given-up" } : { ...tried, nextAt };
}

const shortened = ({ status, body }: PostedAnswer) => ({ status, answer: body.slice(0, ANSWER_KEPT) });

const reason = (error: unknown): string => (isError(error) ? error.message || error.name : String(error));
