import { AntomError } from "../errors.js";
import type { Payment } from "../payment/payment.js";
import type { Storage } from "../storage/storage.js";

/**
 * Payments of another merchant - the sandbox's or the simulator's, before the shop went live - would count as this one's: its orders as paid, its
 * notifications as strange. So a storage is of one client id, and the newest payment tells of which.
 *
 * @throws AntomError `configuration_invalid` where it is another one, or the storage's error
 */
export async function checkAccount(storage: Storage, clientId: string): Promise<void> {
  const { items } = await storage.list({ limit: 1 });
  const newest = items[0];
  if (newest !== undefined && isAnothers(newest, clientId)) throw othersStorage(newest);
}

/** Whether it was made under another client id. One that was stored before payments said so is taken for this one's. */
export const isAnothers = (payment: Payment, clientId: string): boolean =>
  payment.clientId !== undefined && payment.clientId !== clientId;

/** That the storage has a payment of another client id. */
export function othersStorage({ clientId: owner = "another client id" }: Payment): AntomError {
  const message =
    `the storage holds payments of ${owner}, which Antom tells only that client id about; ` +
    "give this one a storage of its own: another file, or another schema";
  return new AntomError("configuration_invalid", `The storage is not this account's: ${message}.`, {
    problems: [{ at: "clientId", message }],
  });
}
