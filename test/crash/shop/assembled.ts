import { appendFileSync } from "node:fs";
import express from "express";
import { createTransport, type Transport } from "../../../lib/gateway/transport.js";
import {
  createAntom,
  type Antom,
  type HookContext,
  type Hooks,
  type Logger,
  type Order,
  type PaymentEvent,
} from "../../../lib/index.js";
import { EVENT_TYPES } from "../../../lib/payment/events.js";
import type { Clock } from "../../../lib/ports.js";
import { WRITE_BOOKS } from "../books.js";
import { brokenStorage, earlyAcknowledgement } from "./breakages.js";
import { callReceiver } from "./hook-call.js";
import { storageIn } from "./keeping.js";
import type { Life } from "./life.js";
import type { ShopTask } from "./task.js";
import { watchedRequests } from "./watched-app.js";
import { paymentIn, watchedStorage } from "./watched-storage.js";

const SECOND = 1_000;

/** A shop that does everything the kit can do, with whatever it does marked in its life. */
export async function assembled(
  task: ShopTask,
  life: Life,
  clock: Clock,
): Promise<{ readonly app: express.Express; readonly antom: Antom }> {
  const antom = createAntom({
    clientId: task.clientId,
    privateKey: task.privateKey,
    antomPublicKey: task.antomPublicKey,
    gateway: task.gateway,
    publicUrl: task.publicUrl,
    secret: "a secret of the crash run, long enough",
    storage: brokenStorage(watchedStorage(await storageIn(task.keeping, life), life), task.breakage),
    transport: watchedTransport(task, life),
    order: (req) => ordered(req.body as Record<string, unknown>, life),
    hooks: hooksOf(task, life),
    buyer: (req) => req.get("x-buyer"),
    cardKey: Buffer.alloc(32, 7).toString("base64"),
    pciQualified: true,
    contract: { partialCapture: true, multipleCaptures: true },
    authorize: () => "manage",
    hookTimeout: 20 * SECOND,
    gatewayTimeout: 18 * SECOND,
    pollInterval: 2 * SECOND,
    rushAt: task.rushAt,
    clock,
    logger: task.log === undefined ? false : loggerTo(task.log, clock),
  });
  const app = express();
  app.use(watchedRequests(life));
  if (task.breakage === "acknowledges-early") app.use(earlyAcknowledgement);
  app.use("/payments", antom.router);
  app.use("/staff", antom.operations);
  return { app, antom };
}

function watchedTransport({ timeline }: ShopTask, life: Life): Transport {
  const send = createTransport();
  return (request) => {
    const name = `antom:${request.url.pathname.split("/").at(-1) ?? ""}`;
    // The timer of a call is the machine's own.
    const timeout = request.timeout / timeline.speed;
    return life.through(name, paymentIn(request.body.toString("latin1")), () => send({ ...request, timeout }));
  };
}

function hooksOf({ hookUrl, keeping }: ShopTask, life: Life): Hooks {
  const tell = async (event: PaymentEvent, { attempt, transaction }: HookContext): Promise<void> => {
    await callReceiver(hookUrl, event, attempt);
    if (keeping.kind !== "postgres") return;
    await transaction(async (client) => {
      const line = [event.id, event.payment.id, event.sequence];
      await life.through("transaction", event.payment.id, () => client.query(WRITE_BOOKS, line));
    });
  };
  const hook = async (event: PaymentEvent, context: HookContext): Promise<void> => {
    const end = life.begin("hook", event.payment.id);
    let isNoted = false;
    const isFailing = (): void => {
      if (!isNoted) life.noteAgain(event.id);
      isNoted = true;
    };
    context.signal.addEventListener("abort", isFailing);
    try {
      life.pass("hook:before");
      await tell(event, context);
      life.pass("hook:after");
    } catch (error) {
      isFailing();
      throw error;
    } finally {
      context.signal.removeEventListener("abort", isFailing);
      // What becomes of the event is being stored by then: should the process die in between, it is seen to have had the event in hand.
      setImmediate(end);
    }
  };
  return Object.fromEntries(EVENT_TYPES.map((type) => [type, hook]));
}

/** What is bought is what the buyer says: there are no thieves in this town. */
const ordered = (body: Record<string, unknown>, life: Life): Promise<Order> =>
  life.through("order", undefined, () =>
    Promise.resolve({
      orderId: String(body["orderId"]),
      description: "Two bags of beans",
      amount: { currency: "EUR", value: String(body["value"]) },
      capture: body["capture"] === "MANUAL" ? "MANUAL" : "AUTOMATIC",
    }),
  );

function loggerTo(file: string, clock: Clock): Logger {
  const written =
    (level: string) =>
    (fields: object, message: string): void => {
      appendFileSync(file, `${JSON.stringify({ at: clock.now(), pid: process.pid, level, message, ...fields })}\n`);
    };
  return { debug: written("debug"), info: written("info"), warn: written("warn"), error: written("error") };
}
