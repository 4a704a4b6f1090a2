import { AntomError } from "../errors.js";
import type { BuyerEnvironment } from "../gateway/env.js";
import type { Gateway } from "../gateway/gateway.js";
import { payFacts } from "../gateway/pay.js";
import { payRequest } from "../gateway/pay-request.js";
import { withCard, withToken, type PayBody } from "../gateway/payment-method.js";
import { sameAmount, type Amount } from "../payment/amount.js";
import { RECOVERY } from "../payment/follow-up.js";
import { isCapturing } from "../payment/hold.js";
import { newPaymentId } from "../payment/id.js";
import { sameChoice } from "../payment/method.js";
import { heldAmount } from "../payment/money.js";
import type { OpeningRequest } from "../payment/opening.js";
import type { Order } from "../payment/order.js";
import { isLive, isOpen, type Payment } from "../payment/payment.js";
import type { CaptureContract } from "../payment/permit.js";
import type { StoredCard } from "../payment/stored-card.js";
import type { Clock, Random } from "../ports.js";
import type { Storage } from "../storage/storage.js";
import type { Telemetry } from "../telemetry.js";
import type { Cards } from "./cards.js";
import { BUYER_TIME, type Inquirer } from "./inquire.js";
import type { Ledger } from "./ledger.js";
import { pendingVoid, type Voider } from "./void.js";
import { checkStoredCard, checkWay, choiceOf, type WaysAllowed, type WayToPay } from "./way-to-pay.js";

/** How long to look again for a pay call that another process is making, in milliseconds. */
const LOOK_AGAIN = 100;

/**
 * How long after its opening a payment's pay call is made without another look at it, in milliseconds: well before RECOVERY
 * (payment/follow-up.ts) has another process see to it. One that comes later, its process having stood still, may be about a payment that
 * was given up, and paid anew.
 */
const FRESH = 5_000;

/** An order may go through this many endings of earlier payments in one checkout: one that expired, one that was voided. */
const MAX_OPENINGS = 4;

export interface CheckoutRequest {
  readonly order: Order;
  readonly way: WayToPay;
  readonly environment: BuyerEnvironment;
  /** The language of the buyer's pages. */
  readonly locale: string;
}

export interface CheckoutParts {
  readonly clientId: string;
  readonly gateway: Gateway;
  readonly ledger: Ledger;
  readonly storage: Storage;
  readonly cards: Cards;
  readonly inquirer: Inquirer;
  readonly voider: Voider;
  readonly clock: Clock;
  readonly random: Random;
  readonly telemetry: Telemetry;
  /** Milliseconds one call to Antom may take. */
  readonly timeout: number;
  readonly notifyUrl: string;
  /** The link by which Antom sends the buyer back, for a payment's id. */
  readonly redirectUrl: (id: string) => string;
  readonly ways: WaysAllowed & { readonly contract: Pick<CaptureContract, "multipleCaptures"> };
  readonly settlementCurrency?: string;
  readonly merchantAccountId?: string;
}

/**
 * Opens the order's payment, or resumes the one it has: at most one payment of an order is live, however many checkouts arrive at once
 * and wherever they arrive. Another amount, or another way to pay, takes the place of a payment that is still open; of one that is held or
 * taken it does not.
 *
 * @throws AntomError `method_refused`, `combination_refused`, `card_invalid`, `card_not_found`, `card_stopped`, `order_paid`, `payment_closing`,
 * or the storage's error
 */
export type Checkout = (request: CheckoutRequest) => Promise<Payment>;

export function createCheckout(parts: CheckoutParts): Checkout {
  const { gateway, ledger, storage, cards, inquirer, voider, clock } = parts;
  /** Pay calls that this process is making, by payment. */
  const paying = new Map<string, Promise<Payment>>();

  /** The payment before anything is sent. */
  const drafted = ({ order, way, locale }: CheckoutRequest): OpeningRequest => {
    const { method, card, recurringType, saveCard, buyer } = way;
    const buyerId = order.buyer?.referenceBuyerId ?? buyer;
    const at = clock.now();
    const choice = choiceOf(way.choice, card);
    const keeps = saveCard || (method === "hosted" && order.tokenizeMode !== undefined);
    return {
      id: newPaymentId(parts.random, at),
      clientId: parts.clientId,
      orderId: order.orderId,
      amount: order.amount,
      captureMode: order.capture ?? "AUTOMATIC",
      method,
      locale,
      at,
      expiresAt: at + (order.expiresIn ?? BUYER_TIME),
      ...(Object.keys(choice).length === 0 ? {} : { choice }),
      ...(order.capture === "MANUAL" && parts.ways.contract.multipleCaptures ? { multipleCaptures: true } : {}),
      ...(buyerId === undefined ? {} : { buyer: buyerId }),
      ...(recurringType === undefined ? {} : { recurringType }),
      ...(keeps && buyer !== undefined ? { saving: { buyer, by: method === "hosted" ? "antom" : "shop", at } } : {}),
    };
  };

  /** The stored card that is to pay. @throws AntomError where it cannot, or is not this buyer's */
  const chosenCard = async ({ order, way }: CheckoutRequest): Promise<StoredCard | undefined> => {
    const { cardId } = way.choice;
    if (cardId === undefined) return undefined;
    const card = await cards.find(cardId, way.buyer);
    checkStoredCard(order, card, way, parts.ways);
    return card;
  };

  /** The body of its first pay call, and of that what may be written down: a request with card data is sent and forgotten. */
  const requestOf = async (
    draft: OpeningRequest,
    request: CheckoutRequest,
  ): Promise<{ readonly body: PayBody; readonly kept: PayBody | undefined }> => {
    const { order, way, environment } = request;
    const storedCard = await chosenCard(request);
    const network = storedCard?.networkTransactionId;
    const { merchantRegion } = parts.ways;
    const body = payRequest({
      id: draft.id,
      order,
      method: draft.method,
      choice: draft.choice ?? {},
      saveCard: way.saveCard,
      environment,
      contract: parts.ways.contract,
      notifyUrl: parts.notifyUrl,
      redirectUrl: parts.redirectUrl(draft.id),
      ...(draft.recurringType === undefined ? {} : { recurringType: draft.recurringType }),
      ...(network === undefined ? {} : { networkTransactionId: network }),
      ...(merchantRegion === undefined ? {} : { merchantRegion }),
      ...(order.expiresIn === undefined ? {} : { expiresAt: draft.expiresAt }),
      ...(parts.settlementCurrency === undefined ? {} : { settlementCurrency: parts.settlementCurrency }),
      ...(parts.merchantAccountId === undefined ? {} : { merchantAccountId: parts.merchantAccountId }),
    });
    if (way.card !== undefined) return { body: withCard(body, way.card, order), kept: undefined };
    return { body: storedCard === undefined ? body : withToken(body, cards.tokenOf(storedCard)), kept: body };
  };

  /** The order's live payment where it is the very one that is asked for. */
  const standingOf = async (draft: OpeningRequest): Promise<Payment | undefined> =>
    (await storage.findByOrder(draft.orderId)).find(
      (payment) =>
        isLive(payment) &&
        isItsAmount(payment, draft.amount) &&
        isSameWay(payment, draft) &&
        payment.buyer === draft.buyer,
    );

  /** The payment as it stands, before a pay call is made for it. @throws the storage's error, and then nothing is sent */
  const lookedAt = async (payment: Payment): Promise<Payment> =>
    clock.now() < payment.createdAt + FRESH ? payment : ledger.record(payment.id, () => undefined);

  /** The first pay call of a payment, its intent being durable. A connection that broke is tried once more at once: a buyer is waiting. */
  const pay = async (opened: Payment, body: PayBody): Promise<Payment> => {
    const standing = await lookedAt(opened);
    if (!isToPay(standing)) return standing;
    const first = await gateway.pay(body);
    const broke = first.kind === "unanswered" && first.reason === "reset" && isToPay(await lookedAt(standing));
    const outcome = broke ? await gateway.pay(body) : first;
    // By then another process may have made the same call.
    const isLate = clock.now() >= opened.createdAt + RECOVERY;
    const facts = payFacts(outcome, broke || isLate);
    const payment = await ledger.record(standing, { source: "pay", at: clock.now(), facts });
    return payment.buyerNeeded === true && isLive(payment) ? voider.void(payment) : payment;
  };

  const firstCall = (payment: Payment, body: PayBody): Promise<Payment> => {
    const call = pay(payment, body).finally(() => paying.delete(payment.id));
    paying.set(payment.id, call);
    return call;
  };

  /** Waits for a pay call that is under way, here or in another process, for as long as one can take. */
  const paid = async (payment: Payment): Promise<Payment> => {
    // A clock that has been set back since must not make the buyer wait for as long as it was ahead.
    const until = Math.min(payment.createdAt, clock.now()) + parts.timeout;
    let current = payment;
    while (current.status === "created" && current.unanswered === 0) {
      const here = paying.get(current.id);
      if (here !== undefined) return here;
      if (clock.now() >= until) break;
      await new Promise<void>((resolve) => clock.after(LOOK_AGAIN, resolve));
      current = (await storage.get(current.id)) ?? current;
    }
    return current;
  };

  /**
   * A payment that another is to take the place of: voided while it is open. Of one that is held or taken the shop has been told, and has
   * perhaps shipped: no buyer cancels that, and only a void that was decided before is carried on with.
   */
  const madeWay = async (live: Payment, isSame: boolean, isAsked: boolean): Promise<Payment> => {
    // The buyer may have paid a moment ago: nobody is to pay twice because the news is on its way.
    const isUnheard = !isAsked && isOpen(live) && live.action !== undefined;
    const current = isUnheard ? await inquirer.inquire(live.id) : live;
    if (!isLive(current)) return current;
    if (isOpen(current)) return voider.void(current, (standing) => !isOpen(standing));
    return isSame || isTaken(current) ? current : voider.carryOut(current);
  };

  /** The order's live payment: a new one, with the body of its first pay call, or the one that it has. */
  const begun = async (
    draft: OpeningRequest,
    request: CheckoutRequest,
  ): Promise<{ readonly payment: Payment; readonly body?: PayBody }> => {
    try {
      const { body, kept } = await requestOf(draft, request);
      const { payment, isNew } = await ledger.open({ ...draft, ...(kept === undefined ? {} : { request: kept }) });
      return isNew ? { payment, body } : { payment };
    } catch (error) {
      // The card may be gone, or be stopped, since the same was asked for: whoever asks again is told of what it paid.
      const standing = draft.choice?.cardId === undefined ? undefined : await standingOf(draft);
      if (standing === undefined) throw error;
      return { payment: standing };
    }
  };

  const opened = async (request: CheckoutRequest): Promise<Payment> => {
    const { order, way } = request;
    checkWay(order, way, parts.ways);
    for (let opening = 0; opening < MAX_OPENINGS; opening++) {
      const draft = drafted(request);
      const { payment, body } = await begun(draft, request);
      if (body !== undefined) return firstCall(payment, body);
      const awaited = await paid(payment);
      const isSame = isItsAmount(payment, order.amount);
      const isAlike = isSame && isSameWay(payment, draft);
      // The same click, twice: what it waited for was refused, or the buyer is needed and is not there. It is not tried again for it.
      const isRefused = awaited.status === "failed" || (awaited.buyerNeeded === true && !isLive(awaited));
      if (isAlike && isRefused) return awaited;
      const isToAsk = isOpen(awaited) && (clock.now() >= awaited.expiresAt || isStranded(awaited));
      let live = isToAsk ? await inquirer.inquire(awaited.id) : awaited;
      if (isLive(live) && isAlike) return live;
      live = await madeWay(live, isSame, isToAsk);
      if (!isLive(live)) continue;
      if (isSame && !isOpen(live)) return live;
      if (!isOpen(live) && (isTaken(live) || pendingVoid(live) === undefined)) throw alreadyPaid(live);
      throw new AntomError(
        "payment_closing",
        `order ${live.orderId} has another payment that could not be cancelled yet; try again shortly`,
      );
    }
    throw new AntomError("payment_closing", `order ${order.orderId} is being paid elsewhere; try again shortly`);
  };

  return (request) => {
    const { order, way } = request;
    const about = { order_id: order.orderId, method: way.method };
    return parts.telemetry.span("express-antom.checkout", about, async (note) => {
      const payment = await opened(request);
      note({ payment_id: payment.id, status: payment.status });
      return payment;
    });
  };
}

/** Nobody has given it up, or is about to, and no pay call of it has been answered: one may still be made. */
const isToPay = (payment: Payment): boolean =>
  payment.status === "created" && isLive(payment) && pendingVoid(payment) === undefined;

/** What the buyer was to pay, or what the hold was raised to since. */
const isItsAmount = (payment: Payment, amount: Amount): boolean =>
  sameAmount(payment.amount, amount) || sameAmount({ ...payment.amount, value: heldAmount(payment) }, amount);

/** Money was taken, or may have been: its capture is under way. */
const isTaken = (payment: Payment): boolean => payment.status === "captured" || isCapturing(payment);

const alreadyPaid = (payment: Payment): AntomError =>
  new AntomError(
    "order_paid",
    isTaken(payment)
      ? `order ${payment.orderId} is already paid, with another amount`
      : `order ${payment.orderId} has an authorized payment of another amount; the shop has to void that one before the order can be paid anew`,
  );

/** Its pay call had card data in it and went unanswered, so that nobody can make it again: only Antom knows what became of it. */
const isStranded = ({ status, request }: Payment): boolean => status === "created" && request === undefined;

const isSameWay = (live: Payment, wanted: OpeningRequest): boolean =>
  live.method === wanted.method &&
  live.recurringType === wanted.recurringType &&
  // Whose card is kept, and whether one is, is settled when a payment is opened.
  live.saving?.buyer === wanted.saving?.buyer &&
  live.saving?.by === wanted.saving?.by &&
  sameChoice(live.choice, wanted.choice);
