import express from "express";
import { createTransport } from "../../../lib/gateway/transport.js";
import {
  createAntom,
  type Antom,
  type HookContext,
  type Hooks,
  type Order,
  type PaymentEvent,
} from "../../../lib/index.js";
import { EVENT_TYPES } from "../../../lib/payment/events.js";
import type { Clock } from "../../../lib/ports.js";
import { WRITE_BOOKS } from "../../crash/books.js";
import { callReceiver } from "../../crash/shop/hook-call.js";
import { flawedStorage } from "./flaws.js";
import { storageIn, tellingStorage } from "./keeping.js";
import type { InstanceTask } from "./task.js";

/** One of several instances of a shop: the same secret, keys and options in all of them. */
export function assembled(
  task: InstanceTask,
  clock: Clock,
  onRefused: (task: string) => void,
): { readonly app: express.Express; readonly antom: Antom } {
  const send = createTransport();
  const storage = flawedStorage(storageIn(task.keeping), task.keeping, task.flaw);
  const antom = createAntom({
    clientId: task.clientId,
    privateKey: task.privateKey,
    antomPublicKey: task.antomPublicKey,
    gateway: task.gateway,
    publicUrl: task.publicUrl,
    secret: "a secret of all the instances, long enough",
    storage: tellingStorage(storage, onRefused),
    // The timer of a call is the machine's own.
    transport: (request) => send({ ...request, timeout: request.timeout / task.timeline.speed }),
    order: (req) => ordered(req.body as Readonly<Record<string, unknown>>),
    hooks: hooksOf(task),
    buyer: (req) => req.get("x-buyer"),
    cardKey: Buffer.alloc(32, 7).toString("base64"),
    pciQualified: true,
    contract: { partialCapture: true, multipleCaptures: true },
    authorize: () => "manage",
    hookTimeout: 20_000,
    gatewayTimeout: 18_000,
    clock,
    logger: false,
  });
  const app = express();
  app.use("/payments", antom.router);
  app.use("/staff", antom.operations);
  return { app, antom };
}

/** Where the shop's database is that of the kit, what a hook writes is written in the transaction of its event. */
function hooksOf({ hookUrl, keeping }: InstanceTask): Hooks {
  const hook = async (event: PaymentEvent, { attempt, transaction }: HookContext): Promise<void> => {
    await callReceiver(hookUrl, event, attempt);
    if (keeping.kind !== "postgres") return;
    await transaction((client) => client.query(WRITE_BOOKS, [event.id, event.payment.id, event.sequence]));
  };
  return Object.fromEntries(EVENT_TYPES.map((type) => [type, hook]));
}

/** What is bought is what the buyer says: there are no thieves in this town. */
const ordered = (body: Readonly<Record<string, unknown>>): Order => ({
  orderId: String(body["orderId"]),
  description: "Two bags of beans",
  amount: { currency: "EUR", value: String(body["value"]) },
  capture: body["capture"] === "MANUAL" ? "MANUAL" : "AUTOMATIC",
});
