import type { Payments } from "../../lib/index.js";
import type { Storage } from "../../lib/storage/storage.js";
import type { TimedStep } from "../processes/messages.js";
import { orderId, paymentId } from "../run/payment-ids.js";

const PAGE = 50;
const CLAIM = 64;

/** Two hours, in milliseconds: by then every seeded payment's task is due. */
const LATER = 7_200_000;

/** Milliseconds for one step, done so many times. */
export async function timeStep(storage: Storage, payments: Payments, what: TimedStep, times: number): Promise<number> {
  const steps: Readonly<Record<TimedStep, (turn: number) => Promise<unknown>>> = {
    list: () => payments.list({ limit: PAGE }),
    order: (turn) => payments.findByOrder(orderId(paymentId(turn))),
    claim: () => claimAndPutOff(storage),
  };
  const step = steps[what];
  const began = performance.now();
  for (let turn = 0; turn < times; turn++) await step(turn);
  return (performance.now() - began) / times;
}

async function claimAndPutOff(storage: Storage): Promise<void> {
  const now = Date.now() + LATER;
  const claimed = await storage.claim({ now, lease: 30_000, limit: CLAIM });
  if (claimed.length < CLAIM) throw new Error("too few tasks are due");
  await Promise.all(claimed.map((task) => storage.settle(task, { again: task.task.dueAt })));
}
