import {
  AGAIN,
  AGAIN_OR_LATER,
  judged,
  OTHER_CARD,
  OTHER_CARD_OR_LATER,
  type Actor,
  type DeclineReason,
  type Judgement,
  type WaysOn,
} from "./decline-reason.js";

const row = (meaning: string, reason: DeclineReason, ways: WaysOn, actor: Actor = "buyer"): Judgement =>
  judged(reason, actor, ways, meaning);

/**
 * The bank's own codes (`refusalCodeRaw`, ISO 8583), by Antom's table for Visa ("ISO response codes"); its last four rows are the card
 * industry's. Their meaning is documented; what can help is judged here.
 */
const TABLE: Readonly<Record<string, Judgement>> = {
  "01": row("Refer to the issuer.", "bank", OTHER_CARD_OR_LATER),
  "02": row("Refer to the issuer, special condition.", "bank", OTHER_CARD_OR_LATER),
  "03": row("Invalid merchant.", "shop", OTHER_CARD, "shop"),
  "04": row("Pick up the card.", "risk", OTHER_CARD),
  "05": row("Do not honor.", "bank", OTHER_CARD_OR_LATER),
  "06": row("Error.", "system", OTHER_CARD_OR_LATER, "nobody"),
  "07": row("Pick up the card: fraud.", "risk", OTHER_CARD),
  "10": row("Approved in part only.", "funds", OTHER_CARD_OR_LATER),
  "11": row("Approved, VIP.", "unknown", AGAIN_OR_LATER),
  "12": row("Invalid transaction.", "card-details", AGAIN),
  "13": row("Invalid amount.", "shop", OTHER_CARD, "shop"),
  "14": row("Invalid card number.", "card-details", AGAIN),
  "15": row("There is no such issuer.", "card-details", AGAIN),
  "19": row("Enter the transaction again.", "system", AGAIN_OR_LATER),
  "21": row("No action was taken.", "bank", OTHER_CARD_OR_LATER),
  "25": row("The record was not found.", "system", OTHER_CARD_OR_LATER, "nobody"),
  "28": row("The file is not available at present.", "system", OTHER_CARD_OR_LATER, "nobody"),
  "39": row("There is no credit account.", "card", OTHER_CARD),
  "41": row("The card is lost.", "risk", OTHER_CARD),
  "43": row("The card is stolen.", "risk", OTHER_CARD),
  "46": row("The account is closed.", "card", OTHER_CARD),
  "51": row("Not sufficient funds.", "funds", OTHER_CARD_OR_LATER),
  "52": row("There is no checking account.", "card", OTHER_CARD),
  "53": row("There is no savings account.", "card", OTHER_CARD),
  "54": row("The card has expired.", "card-details", AGAIN),
  "55": row("Incorrect PIN.", "card-details", AGAIN),
  "57": row("The cardholder may not do this.", "card", OTHER_CARD),
  "58": row("The terminal may not do this.", "shop", OTHER_CARD, "shop"),
  "59": row("Suspected fraud.", "risk", OTHER_CARD),
  "61": row("Above the amount limit.", "limit", OTHER_CARD_OR_LATER),
  "62": row("Restricted card.", "bank", OTHER_CARD_OR_LATER),
  "65": row("Authentication is wanted, or there were too many payments.", "verification", AGAIN, "shop"),
  "1A": row("Authentication is wanted.", "verification", AGAIN, "shop"),
  "91": row("The issuer could not be reached.", "system", OTHER_CARD_OR_LATER, "nobody"),
  "96": row("The issuer's system failed.", "system", OTHER_CARD_OR_LATER, "nobody"),
};

/** Codes after which the schemes do not want to see the same card again, whatever Antom's code says. */
const FINAL: ReadonlySet<string> = new Set(["04", "07", "41", "43", "46"]);

export const RAW_CODES: readonly string[] = Object.keys(TABLE);

/** What a raw code means and what to make of it; undefined for one that is in no table. A number has lost its nought on the way. */
export function rawJudgementOf(code: string): (Judgement & { readonly isFinal: boolean }) | undefined {
  const key = code.toUpperCase().padStart(2, "0");
  const found = Object.hasOwn(TABLE, key) ? TABLE[key] : undefined;
  return found && { ...found, isFinal: FINAL.has(key) };
}
