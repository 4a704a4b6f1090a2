import express from "express";
import { NOTIFY_PATH } from "../run/keys.js";
import { ACKNOWLEDGEMENT, antomByHand } from "./antom-by-hand.js";
import { requestLog } from "./request-log.js";
import type { Shop } from "./shop.js";
import { deliverByHand } from "./deliver-by-hand.js";
import { countOf, inTransaction, openSqlite } from "./sqlite-by-hand.js";

/** The endpoint one writes by hand: verified, validated, and one durable SQLite transaction for each request. */
export const obvious: Shop = (app, config) => {
  const antom = antomByHand(config.identity, config.gateway);
  const log = requestLog(config);
  const database = openSqlite(config.database ?? "");
  const seen = database.prepare("INSERT INTO notifications (key, received_at) VALUES (?, ?) ON CONFLICT DO NOTHING");
  const update = database.prepare(
    "UPDATE payments SET status = 'authorized', antom_id = ?, data = ?, updated_at = ? WHERE id = ?",
  );
  const enqueue = database.prepare("INSERT INTO outbox (payment, type, data) VALUES (?, 'payment.authorized', ?)");

  app.post(NOTIFY_PATH, express.raw({ type: () => true }), (req, res) => {
    const notification = antom.readNotification(req);
    if (notification === undefined) {
      res.sendStatus(401);
      return;
    }
    const { notifyType, paymentRequestId: id, paymentId, result } = notification;
    inTransaction(database, () => {
      const now = Date.now();
      if (Number(seen.run(`${notifyType} ${id} ${result.resultCode}`, now).changes) === 0) return;
      const data = JSON.stringify(notification);
      if (Number(update.run(paymentId, data, now, id).changes) === 0) throw new Error("no such payment");
      enqueue.run(id, data);
    });
    log(notification);
    res.set("Content-Type", "application/json; charset=UTF-8").send(ACKNOWLEDGEMENT);
  });
  return {
    count: () => ({
      opened: countOf(database, "SELECT count(*) AS count FROM payments"),
      authorized: countOf(database, "SELECT count(*) AS count FROM payments WHERE status = 'authorized'"),
    }),
    deliver: (count) => deliverByHand(database, count),
  };
};
