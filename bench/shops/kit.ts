import { createAntom } from "../../lib/index.js";
import { CHECKOUT_PATH, PUBLIC_URL } from "../run/keys.js";
import { kitHooks } from "./kit-hooks.js";
import { storageOf } from "./kit-storage.js";
import { timeStep } from "./timed-steps.js";
import { atRest, calm, retry } from "./waiting.js";
import type { Shop } from "./shop.js";

/** In milliseconds. */
const DAY = 86_400_000;

/** A shop that has mounted the kit: worker on, one hook, and the log to /dev/null or nowhere. */
export const kit: Shop = async (app, config) => {
  const { identity, hookTimeout } = config;
  const storage = storageOf(config);
  const { hook, misbehave, misbehaved, take, done } = kitHooks();

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
    hooks: { "payment.authorized": hook },
    resultPage: () => "/thanks",
    worker: config.worker ?? true,
    // The kit's own, as in a shop that says nothing of it.
    ...(config.logs === true ? {} : { logger: false }),
    ...(hookTimeout === undefined ? {} : { hookTimeout }),
  });
  app.use(CHECKOUT_PATH.replace("/checkout", ""), antom.router);
  await antom.start();

  return {
    takeHooks: take,
    misbehave,
    misbehaved,
    retry: (from, over) => retry(storage, from, over),
    async rest() {
      const began = performance.now();
      if (config.worker === false) await antom.runDue();
      await atRest(storage);
      return performance.now() - began;
    },
    calm: () => calm(storage),
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
      take();
      const began = performance.now();
      await antom.runDue();
      if (done() !== count) throw new Error(`${done()} hooks were called instead of ${count}`);
      return (count * 1000) / (performance.now() - began);
    },
  };
};

const orderIn = (body: unknown): string =>
  typeof body === "object" && body !== null && "orderId" in body && typeof body.orderId === "string"
    ? body.orderId
    : "";
