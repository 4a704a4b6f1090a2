/** A shop in a process of its own, to be killed: its parent is Antom, and hears of every hook. */
import { appendFileSync } from "node:fs";
import express from "express";
import { createAntom, type Hooks, type PaymentEvent } from "../../lib/index.js";
import { EVENT_TYPES } from "../../lib/payment/events.js";
import { systemClock } from "../../lib/ports.js";
import { sqliteStorage } from "../../lib/storage/sqlite.js";
import {
  ANTOM_PUBLIC_KEY,
  CLIENT,
  DATABASE,
  GATEWAY,
  HOOK_LOG,
  HOOK_URL,
  LATER,
  PORT,
  PRIVATE_KEY,
} from "./shop-environment.js";

const hook = async (event: PaymentEvent): Promise<void> => {
  appendFileSync(HOOK_LOG, `${event.id} ${event.type}\n`);
  const response = await fetch(HOOK_URL, { method: "POST", body: event.type });
  if (!response.ok) throw new Error("the shop's own work failed");
};
const hooks: Hooks = Object.fromEntries(EVENT_TYPES.map((type) => [type, hook]));

const antom = createAntom({
  clientId: CLIENT,
  privateKey: PRIVATE_KEY,
  antomPublicKey: ANTOM_PUBLIC_KEY,
  gateway: GATEWAY,
  publicUrl: `http://127.0.0.1:${PORT}/payments`,
  secret: "a secret of the tests, long enough",
  storage: sqliteStorage(DATABASE),
  order: (req) => ({
    orderId: String((req.body as { orderId?: unknown }).orderId),
    description: "Two bags of beans",
    amount: { currency: "EUR", value: "1999" },
  }),
  hooks,
  logger: false,
  pollInterval: 20,
  clock: { ...systemClock, now: () => systemClock.now() + LATER },
});
const app = express();
app.use("/payments", antom.router);
app.listen(PORT, "127.0.0.1", () => {
  process.send?.("ready");
});
