import { AntomError } from "../errors.js";
import { wrongAddressFields } from "../payment/billing-address.js";
import {
  chargedAs,
  isKoreanMark,
  lackingFields,
  lackingLocalFields,
  shownDigits,
  type CardDetails,
} from "../payment/card-details.js";
import { chosenMark, impossibilities, type Contract } from "../payment/combination.js";
import type { PaymentChoice, PaymentMethodName, RecurringType } from "../payment/method.js";
import type { Order } from "../payment/order.js";
import type { Secret } from "../payment/secret.js";
import type { StoredCard } from "../payment/stored-card.js";
import { invalidCard } from "./card-details.js";

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
 * @throws AntomError `method_refused`, `combination_refused` with a sentence for each reason, or `card_invalid` naming what the card lacks to be
 * charged under the mark that was chosen, and what of its billing address is not taken from merchants of this region
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
  checkCombination(order, way, allowed);
  const card = way.card?.reveal();
  if (card === undefined) return;
  const chosen = chosenMark({ order, method, choice: way.choice });
  const problems = [
    ...lackingFields(card, chargedAs(card, chosen)),
    ...lackingLocalFields(card, chosen),
    ...(card.billingAddress === undefined ? [] : wrongAddressFields(card.billingAddress, regionOf(order, allowed))),
  ];
  if (problems.length > 0) throw invalidCard(problems);
}

/** Where the shop is: as the order says, else as the options do. */
const regionOf = (order: Order, { merchantRegion }: WaysAllowed): string | undefined =>
  order.merchantRegion ?? merchantRegion;

function checkCombination(order: Order, way: WayToPay, allowed: WaysAllowed, storedCard?: StoredCard): void {
  const { method, choice, saveCard, card, recurringType } = way;
  const merchantRegion = regionOf(order, allowed);
  const problems = impossibilities(
    {
      order,
      method,
      choice,
      saveCard,
      ...(card === undefined ? {} : { card: card.reveal() }),
      ...(storedCard === undefined ? {} : { storedCard }),
      ...(recurringType === undefined ? {} : { recurringType }),
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
export function checkStoredCard(order: Order, card: StoredCard, way: WayToPay, allowed: WaysAllowed): void {
  if (way.recurringType !== undefined) checkUnattended(card);
  checkCombination(order, way, allowed, card);
}

/** Refuses a card that must not be charged with nobody there. */
function checkUnattended(card: StoredCard): void {
  if (card.stopped !== undefined) {
    throw new AntomError(
      "card_stopped",
      `the card's network said (advice ${card.stopped.adviceCode}) not to charge card ${card.id} again; ask the buyer for another one`,
    );
  }
  const refuse = (message: string): never => {
    throw new AntomError("combination_refused", message, { problems: [{ at: "/cardId", message }] });
  };
  const { paymentMethodRegion: region, cardBrand: brand } = card;
  if (region !== undefined && region !== "GLOBAL") {
    refuse(`only global cards can be charged with nobody there; this one's region is ${region}`);
  }
  if (brand !== undefined && isKoreanMark({ region, brand }) === true) {
    refuse(`only global cards can be charged with nobody there; this one's brand, ${brand}, is Korean`);
  }
  if (card.networkTransactionId === undefined) {
    refuse(
      "the payment in which the buyer agreed has no networkTransactionId, so the card cannot be charged with nobody there",
    );
  }
}
