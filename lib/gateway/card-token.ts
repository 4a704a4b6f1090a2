import { Secret } from "../payment/secret.js";
import { membersOf } from "./lenient.js";

/** As long as Antom's vaulting API lets a token be; the pay API's own bound, 128, is shorter than tokens are. */
const MAX_LENGTH = 2048;

/**
 * The token of a card the buyer let the shop keep: in `paymentResultInfo`, or, as the five documents have it, in `cardInfo`.
 * It leaves here wrapped, and in no other part of a fact.
 */
export function readCardToken(info: unknown, older?: unknown): Secret<string> | undefined {
  for (const place of [info, older]) {
    const token = membersOf(place)["cardToken"];
    if (typeof token === "string" && token !== "" && token.length <= MAX_LENGTH) return new Secret(token);
  }
  return undefined;
}
