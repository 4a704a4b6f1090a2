/** Other libraries that take webhooks, each in Express as its documentation shows it. They check an HMAC, not an RSA signature. */

import express, { type Express, type Request, type RequestHandler } from "express";
import { Webhooks as Octokit } from "@octokit/webhooks";
import { Webhooks as polarWebhooks } from "@polar-sh/express";
import { Webhook } from "standardwebhooks";
import Stripe from "stripe";
import { openSqlite } from "./sqlite-by-hand.js";
import type { ShopConfig } from "../processes/messages.js";
import { PEER_PATH, standardSecret } from "../run/peer-requests.js";
import type { Shop } from "./shop.js";

/** The event's id once the library has checked and read it; throws where it is not genuine. */
type Receive = (req: Request) => Promise<string> | string;

const bytesOf = (req: Request): Buffer => {
  const body: unknown = req.body;
  if (Buffer.isBuffer(body)) return body;
  throw new TypeError("there are no bytes");
};

const withId = (event: unknown): string =>
  typeof event === "object" && event !== null && "id" in event ? String(event.id) : "";

const peer =
  (receiverOf: (secret: string) => Receive): Shop =>
  (app, config) => {
    const receive = receiverOf(config.identity.secret);
    const store = storeOf(config);
    app.post(PEER_PATH, express.raw({ type: () => true }), async (req, res) => {
      store(await receive(req));
      res.json({ received: true });
    });
    return {};
  };

export const stripe = peer((secret) => {
  const client = new Stripe("sk_test_bench");
  return (req) => client.webhooks.constructEvent(bytesOf(req), req.get("stripe-signature") ?? "", secret).id;
});

export const octokit = peer((secret) => {
  const webhooks = new Octokit({ secret });
  return async (req) => {
    const payload = bytesOf(req).toString("utf8");
    if (!(await webhooks.verify(payload, req.get("x-hub-signature-256") ?? ""))) throw new Error("not genuine");
    return withId(JSON.parse(payload));
  };
});

export const standardwebhooks = peer((secret) => {
  const webhook = new Webhook(standardSecret(secret));
  return (req) =>
    withId(
      webhook.verify(bytesOf(req), {
        "webhook-id": req.get("webhook-id") ?? "",
        "webhook-timestamp": req.get("webhook-timestamp") ?? "",
        "webhook-signature": req.get("webhook-signature") ?? "",
      }),
    );
});

/** Polar's is a handler of Express's own form, behind express.json(). */
export const polar: Shop = (app: Express, config: ShopConfig) => {
  const store = storeOf(config);
  const handler: unknown = polarWebhooks({
    webhookSecret: config.identity.secret,
    onPayload: (payload) => {
      store(withId(payload.data));
      return Promise.resolve();
    },
  });
  // Its types are those of Express 4.
  app.post(PEER_PATH, express.json(), handler as RequestHandler);
  return {};
};

/** The obvious way to remember an event: one durable insert for each, where there is a database. */
function storeOf({ database }: ShopConfig): (id: string) => void {
  if (database === undefined) return () => undefined;
  const connection = openSqlite(database);
  const insert = connection.prepare(
    "INSERT INTO notifications (key, received_at) VALUES (?, ?) ON CONFLICT DO NOTHING",
  );
  return (id) => {
    insert.run(id, Date.now());
  };
}
