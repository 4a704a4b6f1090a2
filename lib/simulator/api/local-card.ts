import { isKorean, type Card } from "../card/card.js";
import { cardholderProblem } from "../card/cardholder.js";
import { Refusal } from "../result.js";
import type { CardMetaData } from "./schema/pay.js";
import { isSet } from "./schema/shapes.js";

const META_DATA = "paymentMethod.paymentMethodMetaData";

/** What Antom asks of cards of a region beside the rest. */
const EXTRAS: Readonly<Record<string, readonly (keyof CardMetaData)[]>> = {
  BR: ["cpf", "payerEmail"],
  CL: ["payerEmail"],
  MX: ["payerEmail"],
  PE: ["payerEmail"],
};

/** @throws Refusal when what a local card needs is missing, or what it cannot have is there */
export function checkLocalCard(card: Card, data: CardMetaData, now: number): void {
  for (const field of EXTRAS[card.region] ?? []) {
    if (data[field] === undefined || data[field] === "") throw missing(field);
  }
  if (isKorean(card)) checkKoreanCard(data, now);
  // A card the shop itself keeps is sent without its security code.
  else if (data.cvv === undefined && !isSet(data.isCardOnFile)) throw missing("cvv");
}

function checkKoreanCard(data: CardMetaData, now: number): void {
  if (isSet(data.is3DSAuthentication) || data.mpiData !== undefined) {
    throw new Refusal(
      "INVALID_PAYMENT_METHOD_META_DATA",
      "Korean cards know no 3-D Secure, neither here nor elsewhere.",
    );
  }
  const field = cardholderProblem(data, now);
  if (field === undefined) return;
  if (data[field] === undefined) throw missing(field);
  throw new Refusal("PARAM_ILLEGAL", `${META_DATA}.${field} has the wrong format.`);
}

const missing = (field: string): Refusal => new Refusal("PARAM_ILLEGAL", `${META_DATA}.${field} is missing.`);
