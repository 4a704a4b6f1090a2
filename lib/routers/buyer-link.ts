import type { Request } from "express";
import { AntomError } from "../errors.js";
import type { Payment } from "../payment/payment.js";
import type { Storage } from "../storage/storage.js";
import type { Links } from "./links.js";
import { rawQueryOf } from "./query.js";

/**
 * The payment a buyer's link is about.
 *
 * @throws AntomError `link_invalid` for a token that is not the payment's, whether there is such a payment or not
 */
export async function linkedPayment(req: Request, links: Links, storage: Pick<Storage, "get">): Promise<Payment> {
  const { id } = req.params;
  if (!links.isGenuine(id, rawQueryOf(req)["token"])) {
    throw new AntomError("link_invalid", "this link is incomplete or was not made by this shop");
  }
  const payment = await storage.get(id);
  if (payment === undefined) throw new AntomError("payment_not_found", "there is no such payment");
  return payment;
}
