import { isDeepStrictEqual } from "node:util";
import { AntomError } from "../errors.js";
import { withIncreases } from "../payment/apply.js";
import { adviceOf } from "../payment/meaning/advice-code.js";
import { informed } from "../payment/informed.js";
import { mismatchOf } from "../payment/mismatch.js";
import type { AuthorizationFact, Fact } from "../payment/observation.js";
import type { CardConsent, Payment } from "../payment/payment.js";
import type { Secret } from "../payment/secret.js";
import { storedCardView, type StoredCard, type StoredCardView } from "../payment/stored-card.js";
import type { Logger } from "../ports.js";
import type { Storage } from "../storage/storage.js";
import type { CardSeal } from "./card-seal.js";
import { isSameCard, toldCard, withGapsFilled } from "./card-facts.js";

/** The most cards kept for one buyer. */
export const MOST_CARDS = 50;

/** Others changed the same card first so many times in a row that something other than chance must be at work. */
const MAX_RACES = 20;

const PREFIX = "CARD";
const CARD_ID = new RegExp(`^${PREFIX}[0-9A-Z]{1,60}$`);

/** The cards that buyers let the shop keep. */
export interface Cards {
  /**
   * Deals with the card tokens and advice codes of facts that are about to be recorded: stores the card the buyer agreed to keep, and
   * gives back the facts without any token, with a `card` fact for what was stored. A card that was stored before has its gaps filled with what is told
   * of it only now. Doing it again changes nothing, so it goes before the commit.
   *
   * @throws AntomError the storage's error: then the facts must not be recorded either
   */
  takeIn(payment: Payment, facts: readonly Fact[], at: number): Promise<readonly Fact[]>;
  /** A buyer's cards, newest first. */
  list(buyer: string): Promise<StoredCardView[]>;
  /** Erases a buyer's card. @throws AntomError `card_not_found` */
  remove(buyer: string, id: string): Promise<void>;
  /** The card, if it is that buyer's; without a buyer, whosever it is. @throws AntomError `card_not_found` */
  find(id: string, buyer?: string): Promise<StoredCard>;
  /** What the card can be charged with. @throws AntomError `configuration_invalid` without a `cardKey`, `internal` where it cannot be opened */
  tokenOf(card: StoredCard): Secret<string>;
}

export interface CardsParts {
  readonly storage: Pick<Storage, "cards">;
  /** Undefined where no `cardKey` is configured: then nothing is kept. */
  readonly seal: CardSeal | undefined;
  readonly logger: Logger;
}

export function createCards({ storage, seal, logger }: CardsParts): Cards {
  /** Whether a stored card has this very token; one that cannot be opened any more is taken for another. */
  const hasToken = (card: StoredCard, token: Secret<string>): boolean => {
    try {
      return seal?.open(card.sealedToken, card).reveal() === token.reveal();
    } catch {
      return false;
    }
  };

  const warnOfStop = (payment: Payment, card: string, adviceCode: string): void => {
    logger.warn(
      { event: "card.stopped", payment: payment.id, card, adviceCode },
      "the card's network said not to charge this card again",
    );
  };

  const keep = async (payment: Payment, fact: AuthorizationFact, at: number): Promise<StoredCard | undefined> => {
    const { cardToken: token, outcome } = fact;
    const { saving, evidence } = payment;
    if (token === undefined || outcome !== "succeeded" || saving === undefined || evidence.cardStored === true) return;
    if (seal === undefined) return;
    const { buyer } = saving;
    const id = cardIdOf(payment);
    // What was told before the success may be of another card, which the buyer had tried first.
    const told = toldCard(fact.resultInfo, informed(payment, outcome, fact.resultInfo).resultInfo);
    const adviceCode = stopWith(payment, fact);
    for (let race = 0; race < MAX_RACES; race++) {
      const held = await storage.cards.list(buyer);
      const kept = held.find((card) => card.id === id || card.consent.payment === payment.id);
      if (kept !== undefined) {
        const filled = withGapsFilled(kept, told, payment.id, at);
        if (filled === undefined) return kept;
        if (await storage.cards.put(filled)) return filled;
        continue;
      }
      const same = held.find((card) => isSameCard(card, told) || hasToken(card, token));
      // The buyer has agreed again since: what is stored is the later token.
      if (same !== undefined && same.consent.at > saving.at) return same;
      if (same === undefined && held.length >= MOST_CARDS) {
        logger.warn(
          { event: "card.refused", payment: payment.id },
          `the buyer has ${MOST_CARDS} stored cards already; this one is not kept`,
        );
        return;
      }
      const card: StoredCard = {
        ...(same === undefined ? { id, version: 1, createdAt: at } : renewed(same)),
        ...told,
        buyer,
        sealedToken: seal.seal(token, { id: same?.id ?? id, buyer }),
        consent: consentOf(saving, payment),
        updatedAt: at,
        ...(adviceCode === undefined ? {} : { stopped: { at, adviceCode } }),
      };
      if (await storage.cards.put(card)) {
        logger.info({ event: "card.stored", payment: payment.id, card: card.id }, "card stored");
        if (adviceCode !== undefined) warnOfStop(payment, card.id, adviceCode);
        return card;
      }
    }
    throw keptChanging(id);
  };

  /**
   * Fills the gaps of the card that the payment has left, with what is told of it after its token. Where the payment knows all of it, nothing is read: the
   * card had it before the payment did. A card fact among the facts was kept for this very message, of which the payment knew less then.
   */
  const fill = async (before: Payment, after: Payment, facts: readonly Fact[], at: number): Promise<void> => {
    const isHeardOf = facts.some(({ kind }) => kind === "authorization");
    const kept = isHeardOf ? facts.find((fact) => fact.kind === "card")?.card.id : undefined;
    const id = kept ?? before.storedCardId;
    if (id === undefined || before.saving === undefined || after.evidence.informedBy !== "succeeded") return;
    const told = toldCard(after.resultInfo, undefined);
    if (kept === undefined && isDeepStrictEqual(told, toldCard(before.resultInfo, undefined))) return;
    for (let race = 0; race < MAX_RACES; race++) {
      const card = await storage.cards.get(id);
      const filled = card === undefined ? undefined : withGapsFilled(card, told, before.id, at);
      if (filled === undefined || (await storage.cards.put(filled))) return;
    }
    throw keptChanging(id);
  };

  /** The stored card that an advice is about: the one that is charged, or the one that this payment's success has left. */
  const advised = async (payment: Payment, { outcome }: AuthorizationFact): Promise<StoredCard | undefined> => {
    const { id, choice, saving, createdAt } = payment;
    if (choice?.cardId !== undefined) {
      const card = await storage.cards.get(choice.cardId);
      // Another token has come since: the advice was about the one before.
      return card === undefined || card.consent.at > createdAt ? undefined : card;
    }
    // A failure is of another card, which the buyer had tried first.
    if (saving === undefined || outcome !== "succeeded") return undefined;
    return (await storage.cards.list(saving.buyer)).find((card) => card.consent.payment === id);
  };

  const stop = async (payment: Payment, fact: AuthorizationFact, at: number): Promise<void> => {
    const adviceCode = fact.resultInfo?.merchantAdviceCode;
    if (!isStop(adviceCode)) return;
    for (let race = 0; race < MAX_RACES; race++) {
      const card = await advised(payment, fact);
      if (card === undefined || card.stopped !== undefined) return;
      if (await storage.cards.put({ ...card, version: card.version + 1, stopped: { at, adviceCode }, updatedAt: at })) {
        warnOfStop(payment, card.id, adviceCode);
        return;
      }
    }
    throw keptChanging(payment.choice?.cardId ?? cardIdOf(payment));
  };

  const find = async (id: string, buyer?: string): Promise<StoredCard> => {
    const card = CARD_ID.test(id) ? await storage.cards.get(id) : undefined;
    if (card === undefined || (buyer !== undefined && card.buyer !== buyer)) throw notFound();
    return card;
  };

  return {
    async takeIn(payment, facts, at) {
      const taken: Fact[] = [];
      let stored: StoredCard | undefined;
      let known = payment;
      const standing = withIncreases(payment, facts, at);
      for (const fact of facts) {
        const isAboutIt = mismatchOf(standing, fact) === undefined;
        if (isAboutIt && "resultInfo" in fact) known = informed(known, fact.outcome, fact.resultInfo);
        if (fact.kind !== "authorization") {
          taken.push(fact);
          continue;
        }
        const { cardToken: _cardToken, ...rest } = fact;
        taken.push(rest);
        // What disagrees with the payment is about something else, and only marks it.
        if (!isAboutIt) continue;
        await stop(payment, fact, at);
        stored ??= await keep(payment, fact, at);
      }
      if (stored === undefined) await fill(payment, known, facts, at);
      return stored === undefined ? taken : [...taken, { kind: "card", card: storedCardView(stored) }];
    },

    async list(buyer) {
      return (await storage.cards.list(buyer)).map(storedCardView);
    },

    async remove(buyer, id) {
      if (!CARD_ID.test(id) || !(await storage.cards.remove(id, buyer))) throw notFound();
      logger.info({ event: "card.removed", card: id }, "card erased");
    },

    find,

    tokenOf(card) {
      if (seal === undefined) {
        throw new AntomError(
          "configuration_invalid",
          "stored cards cannot be charged: there is no cardKey to open their tokens",
        );
      }
      return seal.open(card.sealedToken, card);
    },
  };
}

/** The same for the same payment, so that taking its facts in again stores nothing twice. */
const cardIdOf = ({ id }: Payment): string => PREFIX + id.replace(/^PAY/, "");

/** The next version of a card whose token is replaced: charging it is no longer forbidden. */
const renewed = ({ stopped: _stopped, ...card }: StoredCard): StoredCard => ({ ...card, version: card.version + 1 });

const isStop = (adviceCode: string | undefined): adviceCode is string =>
  adviceCode !== undefined && adviceOf(adviceCode)?.never === true;

/** The advice not to charge the card again that came with a success, or was known of it before its token came. */
const stopWith = (payment: Payment, { outcome, resultInfo = {} }: AuthorizationFact): string | undefined =>
  [resultInfo, informed(payment, outcome, resultInfo).resultInfo]
    .map((info) => info?.merchantAdviceCode)
    .find((adviceCode) => isStop(adviceCode));

const consentOf = ({ at, by }: CardConsent, { id }: Payment): StoredCard["consent"] => ({ at, by, payment: id });

const notFound = (): AntomError => new AntomError("card_not_found", "there is no such stored card");

const keptChanging = (id: string): AntomError =>
  new AntomError("storage_unavailable", `card ${id} kept changing underneath; try again`);
