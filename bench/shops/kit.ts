import { pino } from "pino";
import { setTimeout as delay } from "node:timers/promises";
import { createAntom, type PaymentEvent, type Storage } from "../../lib/index.js";
import { CHECKOUT_PATH, PUBLIC_URL } from "../run/keys.js";
import { storageOf } from "./kit-storage.js";
import { timeStep } from "./timed-steps.js";
import type { Shop } from "./shop.js";

/** In milliseconds. */
const DAY = 86_400_000;

/** How often it is looked whether everything is done, in milliseconds. */
const LOOK = 10;

/** A shop that has mounted the kit: worker on, one hook, and the log to /dev/null or nowhere. */
export const kit: Shop = async (app, config) => {
  const { identity } = config;
  const storage = storageOf(config);
  const wishes = { hang: false, fail: 0 };
  const failing = new Set<string>();
  let hooks = 0;

  const onAuthorized = (event: PaymentEvent): Promise<void> | void => {
    const { id } = event.payment;
    if (wishes.hang) return new Promise<void>(() => undefined);
    if (failing.size < wishes.fail) failing.add(id);
    if (failing.has(id)) throw new Error("the shop's own work failed");
    hooks++;
  };

  const antom = createAntom({
    clientId: identity.clientId,
    privateKey: identity.shopKey,
    antomPublicKey: identity.antomPublicKey,
    gateway: config.gateway,
    publicUrl: PUBLIC_URL,
    secret: identity.secret,
    storage,
    order: (req) => ({
      orderId: orderIn(req.body),
      description: "Two bags of beans",
      amount: { currency: "EUR", value: "1999" },
    }),
    hooks: { "payment.authorized": onAuthorized },
    resultPage: () => "/thanks",
    worker: config.worker ?? true,
    logger: config.logs === true ? pino({ name: "express-antom" }) : false,
  });
  app.use(CHECKOUT_PATH.replace("/checkout", ""), antom.router);
  await antom.start();

  return {
    takeHooks() {
      const taken = hooks;
      hooks = 0;
      return taken;
    },
    misbehave({ hang = false, fail = 0 }) {
      Object.assign(wishes, { hang, fail });
      failing.clear();
    },
    async rest() {
      const began = performance.now();
      if (config.worker === false) await antom.runDue();
      while (await isAnyNew(storage)) await delay(LOOK);
      return performance.now() - began;
    },
    async calm() {
      while ((await storage.tasks({ kind: "deliver", state: "waiting", limit: 1 })).items.length > 0) await delay(LOOK);
    },
    async count() {
      const now = Date.now();
      const { days } = await storage.overview({ from: now - DAY, to: now + DAY });
      return {
        opened: days.reduce((sum, day) => sum + day.opened, 0),
        authorized: days.reduce((sum, day) => sum + day.authorized, 0),
      };
    },
    time: (what, times) => timeStep(storage, antom.payments, what, times),
    async deliver(count) {
      hooks = 0;
      const began = performance.now();
      await antom.runDue();
      if (hooks !== count) throw new Error(`${hooks} hooks were called instead of ${count}`);
      return (count * 1000) / (performance.now() - began);
    },
  };
};

/**
 * Whether a hook is to be called for the first time, or a notification still to take effect: the last that was stored is the last to be taken. What
 * is deferred is looked for only where no hook waits, since whoever looks for it has the storage bring it in.
 */
async function isAnyNew(storage: Storage): Promise<boolean> {
  const last = async (kind: "deliver" | "record") =>
    (await storage.tasks({ kind, state: "waiting", limit: 1 })).items[0];
  const isHookNew = async () => (await last("deliver"))?.attempts === 0;
  return (await isHookNew()) || (await last("record")) !== undefined || isHookNew();
}

const orderIn = (body: unknown): string =>
  typeof body === "object" && body !== null && "orderId" in body && typeof body.orderId === "string"
    ? body.orderId
    : "";
