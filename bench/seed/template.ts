import type { Fact } from "../../lib/payment/observation.js";
import { opening } from "../../lib/payment/opening.js";
import { isLive, type Payment } from "../../lib/payment/payment.js";
import { transition } from "../../lib/payment/transition.js";
import type { Storage } from "../../lib/storage/storage.js";
import { CLIENT_ID, PUBLIC_URL } from "../run/keys.js";
import { antomId, orderId } from "../run/payment-ids.js";

/** How far a stored payment has come. */
export type Stage = "requires_action" | "captured";

const amount = { currency: "EUR", value: "1999" } as const;

/** Stores a payment by the same steps as the kit does, up to a stage; of one that is captured the events are delivered. */
export async function storePayment(storage: Storage, id: string, stage: Stage, at: number): Promise<void> {
  const opened = opening({
    id,
    clientId: CLIENT_ID,
    orderId: orderId(id),
    amount,
    captureMode: stage === "captured" ? "AUTOMATIC" : "MANUAL",
    method: "hosted",
    buyer: `buyer-${id}`,
    locale: "en",
    at,
    expiresAt: at + 14 * 60_000,
    request: requestOf(id),
  });
  await storage.open({ ...opened, isLive: true });
  const paymentId = antomId(id);
  const url = `https://antom.example/cashier?session=${"0123456789abcdef".repeat(8)}`;
  let payment = await record(storage, opened.payment, at, "pay", {
    kind: "authorization",
    outcome: "action_required",
    paymentId,
    amount,
    action: { url, method: "GET" },
  });
  await deliver(storage, at);
  if (stage === "requires_action") return;
  payment = await record(storage, payment, at, "notification", {
    kind: "authorization",
    outcome: "succeeded",
    paymentId,
    amount,
    resultInfo: { cardBrand: "VISA", lastFour: "0768", avsResultRaw: "A", cvvResultRaw: "Y" },
  });
  await record(storage, payment, at, "notification", {
    kind: "capture",
    outcome: "succeeded",
    paymentId,
    amount,
    requestId: `AUTO-${id}`,
    gatewayId: `CAPTURE-${id}`,
    settledAt: at,
  });
  await deliver(storage, at);
}

async function record(
  storage: Storage,
  before: Payment,
  at: number,
  source: "pay" | "notification",
  fact: Fact,
): Promise<Payment> {
  const observation = { source, at, facts: [fact] };
  const next = transition(before, observation);
  if (next === undefined) throw new Error("the bench's fact says nothing new");
  const { payment, events, tasks } = next;
  const entry = {
    payment: payment.id,
    version: payment.version,
    at,
    observation,
    status: payment.status,
    events: events.map(({ type }) => type),
  };
  await storage.commit({ payment, isLive: isLive(payment), expectedVersion: before.version, entries: [entry], tasks });
  return payment;
}

async function deliver(storage: Storage, now: number): Promise<void> {
  for (;;) {
    const claimed = await storage.claim({ now, lease: 1000, limit: 100 });
    if (claimed.length === 0) return;
    for (const task of claimed) await storage.settle(task, { done: true });
  }
}

const requestOf = (id: string): Record<string, unknown> => ({
  productCode: "CASHIER_PAYMENT",
  paymentRequestId: id,
  order: { referenceOrderId: orderId(id), orderDescription: "Two bags of beans", orderAmount: amount },
  paymentAmount: amount,
  paymentMethod: { paymentMethodType: "CARD" },
  paymentNotifyUrl: `${PUBLIC_URL}/notify`,
  paymentRedirectUrl: `${PUBLIC_URL}/return/${id}`,
});
