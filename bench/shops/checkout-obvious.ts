import { randomUUID } from "node:crypto";
import express from "express";
import { CHECKOUT_PATH } from "../run/keys.js";
import { antomByHand } from "./antom-by-hand.js";
import type { Shop } from "./shop.js";
import { countOf, inTransaction, openSqlite } from "./sqlite-by-hand.js";

/** The checkout one writes by hand: the intent in one durable SQLite transaction, the answer in another. */
export const checkoutObvious: Shop = (app, config) => {
  const antom = antomByHand(config.identity, config.gateway);
  const database = openSqlite(config.database ?? "");
  const insert = database.prepare(
    "INSERT INTO payments (id, order_id, status, data, updated_at) VALUES (?, ?, 'created', ?, ?)",
  );
  const update = database.prepare(
    "UPDATE payments SET status = 'requires_action', antom_id = ?, data = ?, updated_at = ? WHERE id = ?",
  );
  app.post(CHECKOUT_PATH, express.json(), async (req, res) => {
    const orderId = antom.readOrder(req.body);
    if (orderId === undefined) {
      res.sendStatus(400);
      return;
    }
    const id = randomUUID();
    const request = antom.payRequest(id, orderId);
    inTransaction(database, () => insert.run(id, orderId, request, Date.now()));
    const answer = await antom.pay(request);
    inTransaction(database, () => update.run(answer.paymentId, JSON.stringify(answer), Date.now(), id));
    res.json({ payment: { id, orderId, status: "requires_action" }, redirect: answer.normalUrl });
  });
  return { count: () => ({ opened: countOf(database, "SELECT count(*) AS count FROM payments"), authorized: 0 }) };
};
