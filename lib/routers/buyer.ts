import type { Request } from "express";
import { AntomError, isAntomError } from "../errors.js";
import { shopFault } from "./shop-fault.js";

/**
 * The shop's own function: who the buyer is, from the request it knows how to read - a session, say. It answers with the shop's id of them,
 * 1 to 128 characters that never become another buyer's; undefined or null where nobody is logged in.
 */
export type BuyerFunction = (req: Request) => string | undefined | null | Promise<string | undefined | null>;

const LONGEST = 128;

/** Control characters and halves of surrogate pairs: not every database keeps ids with them apart. */
const UNFIT = /[\p{Cc}\p{Surrogate}]/u;

/**
 * The buyer whose cards are meant.
 *
 * @throws AntomError `buyer_unknown` where the shop does not say, `internal` where its function fails or answers with what is no id
 */
export async function knownBuyer(buyer: BuyerFunction | undefined, req: Request): Promise<string> {
  if (buyer === undefined) throw unknown();
  let answer: unknown;
  try {
    answer = await buyer(req);
  } catch (error) {
    if (isAntomError(error)) throw error;
    throw shopFault("the shop's buyer function failed", error);
  }
  if (answer === undefined || answer === null || answer === "") throw unknown();
  if (typeof answer !== "string" || answer.length > LONGEST || UNFIT.test(answer)) {
    throw shopFault(
      `the shop's buyer function must answer with an id of 1 to ${LONGEST} characters, none of them a control character, or with undefined`,
    );
  }
  return answer;
}

/** The buyer, or undefined where nobody is logged in. @throws AntomError `internal` */
export async function buyerIfKnown(buyer: BuyerFunction | undefined, req: Request): Promise<string | undefined> {
  try {
    return await knownBuyer(buyer, req);
  } catch (error) {
    if (isAntomError(error) && error.code === "buyer_unknown") return undefined;
    throw error;
  }
}

const unknown = (): AntomError =>
  new AntomError("buyer_unknown", "log in to use stored cards: the shop does not know whose they are");
