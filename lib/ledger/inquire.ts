import type { Gateway } from "../gateway/gateway.js";
import { inquiryFacts } from "../gateway/inquiry-payment.js";
import { payFacts } from "../gateway/pay.js";
import { isCaptureUntold, isEndUntold, nextHoldDeadline } from "../payment/hold.js";
import { isLostForGood } from "../payment/missing.js";
import type { AuthorizationFact, Fact } from "../payment/observation.js";
import { awaitsAntom, isHeldInVain, isOpen, isPastClosing, type Payment } from "../payment/payment.js";
import type { PayBody } from "../gateway/payment-method.js";
import type { Clock, Logger } from "../ports.js";
import type { ClaimedTask, Storage, TaskOutcome } from "../storage/storage.js";
import type { Cards } from "./cards.js";
import { passDeadline, sureTime } from "./expire.js";
import type { Ledger } from "./ledger.js";
import { repeatable } from "./repeatable-request.js";
import { pendingVoid, type Voider } from "./void.js";

/** How long the buyer has: Antom closes a card order that is not paid 14 minutes after the pay call. In milliseconds. */
export const BUYER_TIME = 14 * 60_000;

/** How long after that the order is surely closed at Antom, clocks differing as they do. In milliseconds. */
const GRACE = 30_000;

/** How long to wait before the next inquiry, in minutes, by how many there have been since something was last heard. Then once a day. */
export const INQUIRY_DELAYS = [1, 2, 4, 8, 15, 30, 60, 120, 360, 720] as const;
const MINUTE = 60_000;

/** How long to wait before the next inquiry while a buyer looks at a page that waits for Antom's first word, in milliseconds. */
const WAITING_BUYER = 10_000;
const DAY = 24 * 60 * MINUTE;

/** How a payment that was not cancelled stands at Antom when there is nothing to close: paid, refused, or a bank is deciding. */
const STANDING: ReadonlySet<string> = new Set<AuthorizationFact["outcome"]>(["succeeded", "failed", "processing"]);

export interface Inquiry {
  readonly payment: Payment;
  readonly answered: boolean;
  /** What the answer told of the payment. */
  readonly facts: readonly Fact[];
  /** When Antom answered, by its own clock: epoch milliseconds. Absent where it did not, or said no time that can be read. */
  readonly toldAt?: number;
}

export interface Inquirer {
  /**
   * Asks Antom how the payment stands and records the answer. Asked for several times at once, it asks once.
   * Where the pay call may not have arrived it repeats it, with the same id; where the buyer's time is over it closes the order.
   */
  inquire(id: string): Promise<Payment>;
  /** The same, telling also whether Antom gave an answer that can be believed. */
  ask(id: string): Promise<Inquiry>;
  /** The same by an inquiry that begins after this call: its answer cannot be older than what made somebody ask. */
  askAnew(id: string): Promise<Inquiry>;
  /** The worker's share: inquires, and says when to do so again. */
  handle(claimed: ClaimedTask): Promise<TaskOutcome>;
}

export interface InquirerParts {
  readonly gateway: Gateway;
  readonly ledger: Ledger;
  readonly storage: Storage;
  readonly voider: Voider;
  readonly cards: Cards;
  readonly clock: Clock;
  readonly logger: Logger;
}

export function createInquirer({ gateway, ledger, storage, voider, cards, clock, logger }: InquirerParts): Inquirer {
  const underWay = new Map<string, Promise<Inquiry>>();

  const askAntom = async (id: string): Promise<Inquiry> => {
    const outcome = await gateway.inquire(id);
    const facts = inquiryFacts(outcome);
    const recorded = await ledger.record(id, { source: "inquiry", at: clock.now(), facts });
    const heard = facts[0];
    const payment = heard === undefined ? recorded : await spared(recorded, heard);
    if (outcome.kind === "unanswered" || heard === undefined) return { payment, answered: false, facts };
    const after = isOpen(payment) ? await pursued(payment, heard) : payment;
    const { toldAt } = outcome;
    return { payment: after, answered: true, facts, ...(toldAt === undefined ? {} : { toldAt }) };
  };

  /**
   * Once Antom has said that it has not carried out the void of a payment that need not be closed any more, that is done with. That it knows no
   * such payment says so of one of which nothing is held.
   */
  const spared = async (payment: Payment, heard: Fact): Promise<Payment> => {
    const closing = pendingVoid(payment);
    const isStanding =
      heard.kind === "missing"
        ? !isOpen(payment) && payment.evidence.succeeded !== true
        : heard.kind === "authorization" && STANDING.has(heard.outcome);
    if (closing?.closes !== true || !isPastClosing(payment) || !isStanding) return payment;
    const fact = { kind: "unneeded", operation: closing.id } as const;
    return ledger.record(payment, { source: "clock", at: clock.now(), facts: [fact] });
  };

  const pursued = async (payment: Payment, heard: Fact): Promise<Payment> => {
    const body = mayRepeat(payment, heard) ? await repeatable(payment, cards) : undefined;
    if (body !== undefined) return repeat(payment, heard, body);
    return isOver(payment, heard) || isLost(payment, heard) ? voider.close(payment) : payment;
  };

  /**
   * The pay call again, with the id and the bytes that were written down before the first; unless the payment has been given up since it was
   * looked at, or is about to be. Where Antom knows the payment and even then names no page for the buyer, it never will: the payment is
   * closed, and the buyer can pay anew. ("If none is returned, call pay with a new paymentRequestId": Antom, pay, PAYMENT_IN_PROCESS)
   */
  const repeat = async (payment: Payment, heard: Fact, request: PayBody): Promise<Payment> => {
    const at = clock.now();
    // Of a payment that Antom knows the buyer's time began with the call before.
    const expiresAt = ownExpiry(payment) ?? (heard.kind === "missing" ? at + BUYER_TIME : payment.expiresAt);
    const current = await ledger.record(payment.id, (standing) =>
      mayRepeat(standing, heard) ? { source: "command", at, facts: [{ kind: "repeated", expiresAt }] } : undefined,
    );
    if (!mayRepeat(current, heard)) return current;
    // What is refused after that tells all there is to know: Antom has said for long enough that nothing was done before.
    const isAsFirst = heard.kind === "missing" && isLostForGood(current, clock.now());
    const facts = payFacts(await gateway.pay(request), !isAsFirst);
    const after = await ledger.record(payment.id, { source: "pay", at: clock.now(), facts });
    const isWithoutPage = heard.kind === "authorization" && facts.some(leadsNowhere);
    return isWithoutPage && after.status === "created" ? voider.close(after) : after;
  };

  /** Antom does not know the payment, or knows it but nobody told us where to send the buyer; and the buyer may still be there. */
  const mayRepeat = (payment: Payment, heard: Fact): boolean =>
    payment.request !== undefined &&
    pendingVoid(payment) === undefined &&
    !payment.conflicts.some(({ code }) => code === "challenge_unsupported") &&
    clock.now() < (ownExpiry(payment) ?? payment.createdAt + BUYER_TIME) &&
    (heard.kind === "missing" || (heard.kind === "authorization" && heard.outcome === "action_required"));

  /** The pay call never arrived and nobody can make it again, as it bore card data: the buyer may pay anew. */
  const isLost = (payment: Payment, heard: Fact): boolean =>
    heard.kind === "missing" && payment.action === undefined && isLostForGood(payment, clock.now());

  /** Antom still waits for a buyer whose time is over. One whose bank is deciding ("processing") is left alone. */
  const isOver = (payment: Payment, heard: Fact): boolean =>
    clock.now() >= payment.expiresAt + GRACE &&
    payment.status !== "processing" &&
    (heard.kind === "missing" || (heard.kind === "authorization" && heard.outcome === "action_required"));

  const ask = (id: string): Promise<Inquiry> => {
    const asked = underWay.get(id);
    if (asked !== undefined) return asked;
    const asking = askAntom(id).finally(() => underWay.delete(id));
    underWay.set(id, asking);
    return asking;
  };
  const inquire = async (id: string): Promise<Payment> => (await ask(id)).payment;
  const askAnew = async (id: string): Promise<Inquiry> => {
    await underWay.get(id)?.catch(() => undefined);
    return ask(id);
  };

  return {
    ask,
    askAnew,
    inquire,
    async handle({ task, attempts }) {
      const before = await storage.get(task.payment);
      if (before === undefined) return { done: true };
      const at = clock.now();
      const { payment, answered, facts, toldAt } = await ask(task.payment);
      if (!answered) return { again: nextInquiry(payment, attempts, clock.now()) };
      const sure = sureTime(payment, at, toldAt, logger);
      const after = await passDeadline(payment, ledger, at, sure);
      return isWorthAsking(after, facts, sure) ? { again: nextInquiry(after, attempts, clock.now()) } : { done: true };
    },
  };
}

/**
 * Of what is held in vain Antom is asked until the hold is over: a capture that it does not tell of has to be given back. The end of a hold is
 * asked for once: what an answer about the hold does not tell of it, no other will.
 */
function isWorthAsking(payment: Payment, told: readonly Fact[], now: number): boolean {
  const isPending = payment.operations.some(({ status }) => status === "pending");
  if (isHeldInVain(payment) && !isPending) return now < (payment.authorizationExpiresAt ?? 0);
  return awaitsAntom(payment) || (isEndUntold(payment) && !told.some(tellsOfHold));
}

const tellsOfHold = (fact: Fact): boolean => fact.kind === "authorization" && fact.outcome === "succeeded";

/** Antom waits for the buyer, and does not say where. */
const leadsNowhere = (fact: Fact): boolean =>
  fact.kind === "authorization" &&
  fact.outcome === "action_required" &&
  fact.action === undefined &&
  fact.challenge === undefined;

/** When the request itself says that the buyer's time is over; repeating it does not put that off. */
function ownExpiry({ request }: Payment): number | undefined {
  const time = request?.["paymentExpiryTime"];
  return typeof time === "string" ? Date.parse(time) : undefined;
}

/** Voided since, it may still have a capture that Antom announced and says nothing more of. */
const isSilentOn = (payment: Payment): boolean =>
  isCaptureUntold(payment) ||
  (payment.status === "voided" && payment.conflicts.some(({ code }) => code === "capture_untold"));

/**
 * When to ask next if nothing is heard: by the back-off, and in any case when the buyer's time is over and when the hold has something to
 * say; about a capture that Antom should have told of, after as long again as its hold has been over. While Antom has not even said where to
 * send the buyer, who is looking at a page that waits, it is asked again soon.
 */
export function nextInquiry(payment: Payment, attempts: number, now: number): number {
  const minutes = INQUIRY_DELAYS[attempts - 1];
  // What Antom does not tell for weeks it will hardly tell the day after: nothing is asked for ever at one pace.
  const silent = isSilentOn(payment) ? now - (payment.authorizationExpiresAt ?? now) : 0;
  const backOff = now + Math.max(minutes === undefined ? DAY : minutes * MINUTE, silent);
  const soon = payment.status === "created" && now < payment.expiresAt ? now + WAITING_BUYER : backOff;
  const over = isOpen(payment) ? payment.expiresAt + GRACE : nextHoldDeadline(payment);
  const next = Math.min(soon, backOff);
  return over !== undefined && now < over ? Math.min(next, over) : next;
}
