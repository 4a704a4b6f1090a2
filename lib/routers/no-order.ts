import { AntomError } from "../errors.js";

const OWN = new WeakSet<AntomError>();

/** What a checkout is refused with where the shop's order function named no order, and so said nothing about why. */
export function noOrder(): AntomError {
  const error = new AntomError("order_refused", "there is no such order to pay");
  OWN.add(error);
  return error;
}

/** What the shop itself said when it refused an order; undefined for every other error, and where it said nothing. */
export const refusalWords = (error: AntomError): string | undefined =>
  error.code === "order_refused" && !OWN.has(error) && error.message.trim() !== "" ? error.message : undefined;
