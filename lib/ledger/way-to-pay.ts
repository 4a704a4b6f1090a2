import { AntomError } from "../errors.js";
import { shownDigits, type CardDetails } from "../payment/card-details.js";
import { impossibilities, type Contract } from "../payment/combination.js";
import type { PaymentChoice, PaymentMethodName, RecurringType } from "../payment/method.js";
import type { Order } from "../payment/order.js";
import type { Secret } from "../payment/secret.js";
import type { StoredCard } from "../payment/stored-card.js";

/** How the buyer wants to pay, as the checkout's body says it and before anything is known to be possible. */
export interface WayToPay {
  readonly method: PaymentMethodName;
  readonly choice: PaymentChoice;
  readonly saveCard: boolean;
  /** With method "card". */
  readonly card?: Secret<CardDetails>;
  /** The shop's own id of the buyer, where a card is kept or a kept one is used. */
  readonly buyer?: string;
  /** The merchant charges the card with nobody there. */
  readonly recurringType?: RecurringType;
}

/** What the options say of the ways to pay. */
export interface WaysAllowed {
  /** The shop collects cards itself and has said that it is PCI-qualified. */
  readonly pciQualified: boolean;
  /** Cards can be kept: the shop says whose they are, and there is a key for their tokens. */
  readonly storesCards: boolean;
  readonly contract: Contract;
  readonly merchantRegion?: string;
}

/** The method's choice of a card, as far as it may be kept. */
export const choiceOf = (choice: PaymentChoice, card: Secret<CardDetails> | undefined): PaymentChoice =>
  card === undefined ? choice : { ...choice, card: shownDigits(card.reveal()) };

/**
 * Refuses what cannot be paid this way, before anything is sent or written down.
 *
 * @throws AntomError `method_refused`, or `combination_refused` with a sentence for each reason
 */
export function checkWay(order: Order, way: WayToPay, allowed: WaysAllowed): void {
  const { method } = way;
  const offered = order.method === undefined || [order.method].flat().includes(method);
  if (!offered && way.recurringType === undefined) {
    throw new AntomError("method_refused", `order ${order.orderId} cannot be paid with method "${method}"`);
  }
  if (method === "card" && !allowed.pciQualified) {
    throw new AntomError(
      "method_refused",
      'cards can only be collected by a shop that is PCI-qualified and says so with the option pciQualified: true; use method "hosted"',
    );
  }
  if ((method === "stored-card" || way.saveCard) && !allowed.storesCards) {
    throw new AntomError("method_refused", "cards are not kept here: the options buyer and cardKey are missing");
  }
  const merchantRegion = order.merchantRegion ?? allowed.merchantRegion;
  const problems = impossibilities(
    {
      order,
      method,
      choice: way.choice,
      saveCard: way.saveCard,
      ...(way.card === undefined ? {} : { card: way.card.reveal() }),
      ...(way.recurringType === undefined ? {} : { recurringType: way.recurringType }),
      ...(merchantRegion === undefined ? {} : { merchantRegion }),
    },
    allowed.contract,
  );
  if (problems.length > 0) {
    throw new AntomError("combination_refused", problems.map(({ message }) => message).join("; "), { problems });
  }
}

/**
 * Refuses a stored card that cannot pay this order, or must not be charged this way.
 *
 * @throws AntomError `card_stopped`, `combination_refused`
 */
export function checkStoredCard(order: Order, card: StoredCard, { recurringType }: WayToPay): void {
  // Entered anew its Korean fields would tell, and payment/combination.ts refuse; a stored one is known by its region.
  if (card.paymentMethodRegion === "KR" && order.is3DSAuthentication === true) {
    const message = "Korean cards know no 3-D Secure; leave is3DSAuthentication out";
    throw new AntomError("combination_refused", message, { problems: [{ at: "/order/is3DSAuthentication", message }] });
  }
  if (recurringType === undefined) return;
  if (card.stopped !== undefined) {
    throw new AntomError(
      "card_stopped",
      `the card's network said (advice ${card.stopped.adviceCode}) not to charge card ${card.id} again; ask the buyer for another one`,
    );
  }
  const refuse = (message: string): never => {
    throw new AntomError("combination_refused", message, { problems: [{ at: "/cardId", message }] });
  };
  if (card.paymentMethodRegion !== undefined && card.paymentMethodRegion !== "GLOBAL") {
    refuse(`only global cards can be charged with nobody there; this one's region is ${card.paymentMethodRegion}`);
  }
  if (card.networkTransactionId === undefined) {
    refuse(
      "the payment in which the buyer agreed has no networkTransactionId, so the card cannot be charged with nobody there",
    );
  }
}
