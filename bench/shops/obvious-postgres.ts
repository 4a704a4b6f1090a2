import express from "express";
import { NOTIFY_PATH } from "../run/keys.js";
import { ACKNOWLEDGEMENT, antomByHand } from "./antom-by-hand.js";
import { countOf, inTransaction, openPostgres } from "./postgres-by-hand.js";
import type { Shop } from "./shop.js";

const SEEN = {
  name: "seen",
  text: "INSERT INTO notifications (key, received_at) VALUES ($1, $2) ON CONFLICT DO NOTHING",
};
const UPDATE = {
  name: "update",
  text: "UPDATE payments SET status = 'authorized', antom_id = $1, data = $2, updated_at = $3 WHERE id = $4",
};
const ENQUEUE = {
  name: "enqueue",
  text: "INSERT INTO outbox (payment, type, data) VALUES ($1, 'payment.authorized', $2)",
};

/** The endpoint one writes by hand: BEGIN, three statements and COMMIT for each request, on a connection of the pool's. */
export const obviousPostgres: Shop = (app, config) => {
  const antom = antomByHand(config.identity, config.gateway);
  const pool = openPostgres(config);

  app.post(NOTIFY_PATH, express.raw({ type: () => true }), async (req, res) => {
    const notification = antom.readNotification(req);
    if (notification === undefined) {
      res.sendStatus(401);
      return;
    }
    const { notifyType, paymentRequestId: id, paymentId, result } = notification;
    await inTransaction(pool, async (client) => {
      const now = Date.now();
      const seen = await client.query({ ...SEEN, values: [`${notifyType} ${id} ${result.resultCode}`, now] });
      if (seen.rowCount !== 1) return;
      const data = JSON.stringify(notification);
      const updated = await client.query({ ...UPDATE, values: [paymentId, data, now, id] });
      if (updated.rowCount !== 1) throw new Error("no such payment");
      await client.query({ ...ENQUEUE, values: [id, data] });
    });
    res.set("Content-Type", "application/json; charset=UTF-8").send(ACKNOWLEDGEMENT);
  });
  return {
    count: async () => ({
      opened: await countOf(pool, "SELECT count(*) AS count FROM payments"),
      authorized: await countOf(pool, "SELECT count(*) AS count FROM payments WHERE status = 'authorized'"),
    }),
  };
};
