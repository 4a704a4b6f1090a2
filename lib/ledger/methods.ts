import { cardOffer, consultRequest, toldOffer, type CardOffer, type ToldOffer } from "../gateway/consult.js";
import type { Gateway } from "../gateway/gateway.js";
import { units, type Amount } from "../payment/amount.js";
import type { Clock } from "../ports.js";
import { createTokenBucket } from "./token-bucket.js";

/** How long an offer is taken for true, in milliseconds. */
const FRESH = 60_000;

/** How long it serves when Antom cannot be asked, in milliseconds. */
const STALE = 24 * 60 * 60_000;

/** How long Antom is left alone after it did not answer, or only that it could not say, in milliseconds. */
const PAUSE = 5_000;

/**
 * Offers kept, calls made at once, and calls for amounts not asked about before, of which so many may come together and then one each
 * interval, in milliseconds. Amounts are anybody's to name and each call is signed, so all are bounded; and those that name ever new ones
 * are not to be in the way of those that do not.
 */
const MOST_KEPT = 500;
const MOST_AT_ONCE = 4;
const MOST_NEW = 60;
const NEW_INTERVAL = 1_000;

/** What can be paid with, for an amount. */
export interface Offer extends CardOffer {
  /**
   * "antom": as Antom says now or said within a minute. "earlier": as it said before; of the nearest amount, where too many new ones are asked
   * about. "none": it has not said anything.
   */
  readonly source: "antom" | "earlier" | "none";
}

const NOTHING: ToldOffer = { cardBrands: [], installments: { cardBrands: [], plans: [] }, campaigns: [] };

export interface MethodsParts {
  readonly gateway: Gateway;
  readonly clock: Clock;
  readonly merchantRegion?: string;
  readonly merchantAccountId?: string;
  readonly settlementCurrency?: string;
}

/** Asks Antom what it offers for an amount (consult). Never rejects: a shop can sell without knowing. */
export type Methods = (amount: Amount) => Promise<Offer>;

interface Kept {
  readonly amount: Amount;
  readonly offer: ToldOffer;
  /** Epoch milliseconds. */
  readonly at: number;
}

export function createMethods({ gateway, clock, ...shop }: MethodsParts): Methods {
  const kept = new Map<string, Kept>();
  const underWay = new Map<string, Promise<ToldOffer | undefined>>();
  /** Calls under way: of amounts known already, and of new ones. */
  const calls = { known: 0, new: 0 };
  /** Turns for new amounts of a currency that something is known of, and of others: those are mostly made up. */
  const turns = {
    known: createTokenBucket(MOST_NEW, NEW_INTERVAL, clock),
    new: createTokenBucket(MOST_NEW, NEW_INTERVAL, clock),
  };
  let silentSince = -Infinity;

  /** In milliseconds. What a clock that was set back says was told in the time to come was told at some time: it still serves, and is not fresh. */
  const ageOf = ({ at }: Kept): number => {
    const age = clock.now() - at;
    return age < 0 ? FRESH : age;
  };

  const isLeftAlone = (): boolean => {
    const silence = clock.now() - silentSince;
    return silence >= 0 && silence < PAUSE;
  };

  const ask = async (key: string, amount: Amount): Promise<ToldOffer | undefined> => {
    const outcome = await gateway.consult(consultRequest({ ...shop, amount }));
    const offer = toldOffer(outcome);
    if (offer === undefined) {
      // A refusal is about this amount, and says nothing of others: a currency that is not sold in must not hide those that are.
      if (outcome.kind === "unanswered" || outcome.result.resultStatus !== "F") silentSince = clock.now();
      return undefined;
    }
    kept.delete(key);
    kept.set(key, { amount, offer, at: clock.now() });
    // The one that was put longest ago goes.
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST_KEPT) break;
      kept.delete(oldest);
    }
    return offer;
  };

  const nearest = (amount: Amount): ToldOffer | undefined => {
    const value = units(amount.value);
    let found: { readonly offer: ToldOffer; readonly distance: bigint } | undefined;
    for (const each of kept.values()) {
      const { amount: other, offer } = each;
      if (other.currency !== amount.currency || ageOf(each) >= STALE) continue;
      const difference = units(other.value) - value;
      const distance = difference < 0n ? -difference : difference;
      if (found === undefined || distance < found.distance) found = { offer, distance };
    }
    return found && fitting(found.offer, amount);
  };

  /** What is about to be told of another amount in the same currency: there is no other to go by yet. */
  const nearestSoon = async (amount: Amount): Promise<ToldOffer | undefined> => {
    const same = [...underWay].filter(([key]) => key.startsWith(`${amount.currency} `));
    for (const [, asking] of same) if ((await asking) !== undefined) break;
    return nearest(amount);
  };

  /** What was told may have been told a day ago, or of another amount. */
  const shown = (offer: ToldOffer, amount: Amount, source: Offer["source"]): Offer => ({
    ...cardOffer(offer, amount, clock.now()),
    source,
  });

  return async (amount) => {
    const key = `${amount.currency} ${amount.value}`;
    const heard = kept.get(key);
    const age = heard === undefined ? Infinity : ageOf(heard);
    if (heard !== undefined && age < FRESH) return shown(heard.offer, amount, "antom");
    const known = age < STALE ? heard : undefined;
    const kind = known === undefined ? "new" : "known";
    let asking = underWay.get(key);
    if (asking === undefined && !isLeftAlone()) {
      const near = known === undefined ? nearest(amount) : undefined;
      const hasTurn =
        calls[kind] < MOST_AT_ONCE && (kind === "known" || (near === undefined ? turns.new() : turns.known()));
      if (!hasTurn && known === undefined) {
        const other = near ?? (await nearestSoon(amount));
        return other === undefined ? shown(NOTHING, amount, "none") : shown(other, amount, "earlier");
      }
      if (hasTurn) {
        calls[kind]++;
        asking = ask(key, amount).finally(() => {
          calls[kind]--;
          underWay.delete(key);
        });
        underWay.set(key, asking);
      }
    }
    const offer = await asking;
    if (offer !== undefined) return shown(offer, amount, "antom");
    return known === undefined ? shown(NOTHING, amount, "none") : shown(known.offer, amount, "earlier");
  };
}

/** An offer for another amount, without the plans that this one is too little or too much for. */
function fitting(offer: ToldOffer, { currency, value }: Amount): ToldOffer {
  const isBelow = (least: Amount | undefined): boolean =>
    least?.currency === currency && units(value) < units(least.value);
  const isAbove = (most: Amount | undefined): boolean =>
    most?.currency === currency && units(value) > units(most.value);
  const plans = offer.installments.plans.filter(
    ({ minInstallmentAmount, maxInstallmentAmount }) =>
      !isBelow(minInstallmentAmount) && !isAbove(maxInstallmentAmount),
  );
  return { ...offer, installments: { ...offer.installments, plans } };
}
