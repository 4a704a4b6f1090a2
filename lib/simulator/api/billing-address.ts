import { Refusal } from "../result.js";
import type { PayRequest } from "./schema/pay.js";

/** Countries whose issuers are sent the state as ISO 3166-2 has it. */
const CODED_STATES = new Set(["US", "CA", "GB"]);

/**
 * Antom's rules for merchants in the United States. Its own goes by the card's issuer; here the address's country stands for that, as a
 * number that is not known is taken for a card of the United States.
 *
 * @throws Refusal PARAM_ILLEGAL naming the field
 */
export function checkBillingAddress({ merchantRegion, paymentMethod }: PayRequest): void {
  const address = paymentMethod.paymentMethodMetaData?.billingAddress;
  if (merchantRegion !== "US" || address === undefined) return;
  const { region, state = "", zipCode = "" } = address;
  if (CODED_STATES.has(region) && state !== "" && !/^[A-Z0-9]{2,3}$/.test(state)) throw illegal("state");
  if (zipCode.length > 10 || /[^A-Za-z0-9 -]/.test(zipCode)) throw illegal("zipCode");
}

const illegal = (field: string): Refusal =>
  new Refusal("PARAM_ILLEGAL", `paymentMethod.paymentMethodMetaData.billingAddress.${field} has the wrong format.`);
