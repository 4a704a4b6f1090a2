import type { Expiry } from "./card.js";

/** The last place on earth where a month ends, twelve hours behind UTC. */
const LATEST_ZONE = 12 * 3_600_000;

/** A month from 01 to 12 and two digits of the year. */
export const isExpiryDate = ({ expiryMonth, expiryYear }: Expiry): boolean =>
  /^(?:0[1-9]|1[0-2])$/.test(expiryMonth) && /^[0-9]{2}$/.test(expiryYear);

/** Whether the date is over: a card can be used to the end of its month. */
export const isOver = ({ expiryMonth, expiryYear }: Expiry, now: number): boolean =>
  now >= Date.UTC(2000 + Number(expiryYear), Number(expiryMonth)) + LATEST_ZONE;
