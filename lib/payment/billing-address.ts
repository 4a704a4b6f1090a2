import type { Address } from "./order.js";

/** Issuers of these countries are sent the state as ISO 3166-2 has it, where the merchant is in the United States. */
const CODED_STATES: ReadonlySet<string> = new Set(["US", "CA", "GB"]);

/**
 * What Antom does not take of a card's billing address from merchants in the United States: where it would stand in the checkout's body, and
 * a few words for people. Which country issued the card is not known before it is charged; that of the address stands for it.
 *
 * @param merchantRegion where the shop is, as far as it says so
 */
export function* wrongAddressFields(
  { region, state = "", zipCode = "" }: Address,
  merchantRegion: string | undefined,
): Generator<{ readonly at: string; readonly message: string }> {
  if (merchantRegion !== "US") return;
  if (CODED_STATES.has(region) && !/^(?:[A-Z]{2,3})?$/.test(state)) {
    yield {
      at: "/card/billingAddress/state",
      message: 'must be 2 or 3 upper-case letters of ISO 3166-2, such as "TX"',
    };
  }
  if (!/^[A-Za-z0-9 -]{0,10}$/.test(zipCode)) {
    yield {
      at: "/card/billingAddress/zipCode",
      message: "must be letters, digits, hyphens and spaces, 10 of them at most",
    };
  }
}
