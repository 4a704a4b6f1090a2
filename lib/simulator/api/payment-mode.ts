import type { PaymentMode } from "../state/payment.js";
import type { PayRequest } from "./schema/pay.js";
import { isSet } from "./schema/shapes.js";

/** The ways to pay that a request can mean; what is sent with it decides. */
export type Way = "hosted" | "card" | "token" | "issuer";

export function wayOf({ paymentMethod }: PayRequest): Way {
  const data = paymentMethod.paymentMethodMetaData;
  // The documents put the flag into the metadata, the SDKs beside it.
  if (isSet(data?.requireIssuerAuthentication) || isSet(paymentMethod.requireIssuerAuthentication)) return "issuer";
  if (paymentMethod.paymentMethodId !== undefined) return "token";
  return data?.cardNo === undefined ? "hosted" : "card";
}

/** Who then asks the buyer for what. */
export const modeOf = (way: Way): PaymentMode => (way === "card" || way === "token" ? "direct" : way);
