import assert from "node:assert/strict";
import type { Operation } from "../../payment/operation.js";
import type { Payment } from "../../payment/payment.js";
import type { PruneRequest, Storage } from "../storage.js";
import { claimAll, deliver, NOW, openNew, samplePayment } from "./samples.js";

/** A day, in milliseconds. */
const DAY = 86_400_000;

/** When the samples below came to rest. */
export const LONG_AGO = NOW - 1000 * DAY;

/** A payment that failed and is needed no more. */
export const failed = (id: string, changes: Partial<Payment> = {}): Payment =>
  samplePayment(id, {
    status: "failed",
    failureCode: "DO_NOT_HONOR",
    evidence: { failed: true },
    createdAt: LONG_AGO,
    updatedAt: LONG_AGO,
    expiresAt: LONG_AGO,
    ...changes,
  });

export const moved = (kind: Operation["kind"], changes: Partial<Operation> = {}): Operation => ({
  id: `${kind}-1`,
  kind,
  amount: { currency: "EUR", value: "1999" },
  status: "succeeded",
  requestedAt: LONG_AGO,
  ...changes,
});

/** A payment that was captured and is needed no more. */
export const captured = (id: string, changes: Partial<Payment> = {}): Payment => {
  const { failureCode: _none, ...payment } = failed(id);
  return {
    ...payment,
    status: "captured",
    evidence: { succeeded: true, announced: true },
    authorizedAmount: "1999",
    capturedAmount: "1999",
    operations: [moved("capture")],
    ...changes,
  };
};

/** Opens a payment of which two events have been delivered. */
export const openDelivered = async (storage: Storage, payment: Payment): Promise<Payment> => {
  const at = payment.updatedAt;
  const stored = await openNew(storage, payment, [deliver(payment, 1, at), deliver(payment, 2, at)]);
  for (let nth = 0; nth < 2; nth++) {
    for (const task of await claimAll(storage, at)) assert.equal(await storage.settle(task, { done: true }), true);
  }
  return stored;
};

/** Removes all that may go, and answers how many that were. */
export const pruneAll = async (storage: Storage, request: Partial<PruneRequest> = {}): Promise<number> => {
  const whole = { unpaidBefore: NOW, paidBefore: NOW, limit: 1000, ...request };
  let removed = 0;
  for (let rounds = 0; rounds < 1000; rounds++) {
    const now = await storage.prune(whole);
    assert(Number.isSafeInteger(now) && now >= 0 && now <= whole.limit, `prune answered ${String(now)}`);
    if (now === 0) return removed;
    removed += now;
  }
  assert.fail("prune did not come to an end");
};

/** The ids of all that is left, in alphabetical order. */
export const left = async (storage: Storage): Promise<string[]> =>
  (await storage.list({ limit: 1000 })).items.map(({ id }) => id).toSorted();
