import { cardOffer, consultRequest, type CardOffer } from "../gateway/consult.js";
import type { Gateway } from "../gateway/gateway.js";
import type { Amount } from "../payment/amount.js";
import type { Clock } from "../ports.js";

/** How long an offer is taken for true, in milliseconds. */
const FRESH = 60_000;

/** How long it serves when Antom cannot be asked, in milliseconds. */
const STALE = 24 * 60 * 60_000;

/** How long Antom is left alone after it did not answer, or only that it could not say, in milliseconds. */
const PAUSE = 5_000;

/** Offers kept, and calls made at once: amounts are the browser's to name, so both are bounded. */
const MOST_KEPT = 500;
const MOST_AT_ONCE = 4;

/** What can be paid with, for an amount. */
export interface Offer extends CardOffer {
  /** "antom": as Antom says now or said within a minute. "earlier": as it said before. "none": it has not said anything. */
  readonly source: "antom" | "earlier" | "none";
}

const NOTHING: CardOffer = { cardBrands: [], installments: { cardBrands: [], plans: [] } };

export interface MethodsParts {
  readonly gateway: Gateway;
  readonly clock: Clock;
  readonly merchantRegion?: string;
  readonly merchantAccountId?: string;
  readonly settlementCurrency?: string;
}

/** Asks Antom what it offers for an amount (consult). Never rejects: a shop can sell without knowing. */
export type Methods = (amount: Amount) => Promise<Offer>;

export function createMethods({ gateway, clock, ...shop }: MethodsParts): Methods {
  const kept = new Map<string, { readonly offer: CardOffer; readonly at: number }>();
  const underWay = new Map<string, Promise<CardOffer | undefined>>();
  let silentUntil = 0;

  const ask = async (key: string, amount: Amount): Promise<CardOffer | undefined> => {
    const outcome = await gateway.consult(consultRequest({ ...shop, amount }));
    const offer = cardOffer(outcome, clock.now());
    if (offer === undefined) {
      // A refusal is about this amount, and says nothing of others: a currency that is not sold in must not hide those that are.
      if (outcome.kind === "unanswered" || outcome.result.resultStatus !== "F") silentUntil = clock.now() + PAUSE;
      return undefined;
    }
    kept.delete(key);
    kept.set(key, { offer, at: clock.now() });
    // The one that was put longest ago goes.
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST_KEPT) break;
      kept.delete(oldest);
    }
    return offer;
  };

  return async (amount) => {
    const key = `${amount.currency} ${amount.value}`;
    const known = kept.get(key);
    const age = known === undefined ? Infinity : clock.now() - known.at;
    if (known !== undefined && age < FRESH) return { ...known.offer, source: "antom" };
    let asking = underWay.get(key);
    if (asking === undefined && underWay.size < MOST_AT_ONCE && clock.now() >= silentUntil) {
      asking = ask(key, amount).finally(() => underWay.delete(key));
      underWay.set(key, asking);
    }
    const offer = await asking;
    if (offer !== undefined) return { ...offer, source: "antom" };
    return known !== undefined && age < STALE ? { ...known.offer, source: "earlier" } : { ...NOTHING, source: "none" };
  };
}
