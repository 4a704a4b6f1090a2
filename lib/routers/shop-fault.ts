import { AntomError } from "../errors.js";
import { isUnopenedCard } from "../ledger/card-seal.js";

const BEFORE = new WeakSet<AntomError>();

/** An `internal` error of a function of the shop's own, which failed before the request started any payment. */
export function shopFault(message: string, cause?: unknown): AntomError {
  const error = new AntomError("internal", message, { cause });
  BEFORE.add(error);
  return error;
}

/**
 * Whether it is the shop's own code that failed, or a key of its own that is gone, and certain that nothing was started: to try again is of
 * no use to a buyer then.
 */
export const isShopFault = (error: AntomError): boolean =>
  error.code === "order_invalid" || BEFORE.has(error) || isUnopenedCard(error);
