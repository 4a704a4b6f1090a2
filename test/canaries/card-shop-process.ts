/** A shop that takes cards, in a process of its own, to be killed. It logs whatever there is to stdout. */
import { inspect } from "node:util";
import express from "express";
import { pino } from "pino";
import { createAntom, type Hooks, type PaymentEvent } from "../../lib/index.js";
import { EVENT_TYPES } from "../../lib/payment/events.js";
import { systemClock } from "../../lib/ports.js";
import { sqliteStorage } from "../../lib/storage/sqlite.js";
import { CARD_KEY, SECRET } from "./kit-secrets.js";

const given = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
};

const hook = (event: PaymentEvent): void => {
  process.stderr.write(`${inspect(event, { depth: Infinity, showHidden: true })}\n`);
};
const hooks: Hooks = Object.fromEntries(EVENT_TYPES.map((type) => [type, hook]));
const later = Number(given("SHOP_LATER"));
const port = Number(given("SHOP_PORT"));

const antom = createAntom({
  clientId: given("SHOP_CLIENT"),
  privateKey: given("SHOP_PRIVATE_KEY"),
  antomPublicKey: given("SHOP_ANTOM_PUBLIC_KEY"),
  gateway: given("SHOP_GATEWAY"),
  publicUrl: `http://127.0.0.1:${port}/payments`,
  secret: SECRET,
  storage: sqliteStorage(given("SHOP_DATABASE")),
  order: (req) => ({
    orderId: String((req.body as { orderId?: unknown }).orderId),
    description: "Two mugs",
    amount: { currency: "EUR", value: "1999" },
  }),
  pciQualified: true,
  buyer: () => "buyer-1",
  cardKey: CARD_KEY,
  hooks,
  logger: pino({ level: "trace" }, pino.destination({ dest: 1, sync: true })),
  pollInterval: 20,
  clock: { ...systemClock, now: () => systemClock.now() + later },
});
const app = express();
app.use("/payments", antom.router);
app.listen(port, "127.0.0.1", () => {
  process.send?.("ready");
});
