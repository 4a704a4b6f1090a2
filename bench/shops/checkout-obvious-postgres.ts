import { randomUUID } from "node:crypto";
import express from "express";
import { CHECKOUT_PATH } from "../run/keys.js";
import { antomByHand } from "./antom-by-hand.js";
import { countOf, inTransaction, openPostgres } from "./postgres-by-hand.js";
import type { Shop } from "./shop.js";

const INSERT = {
  name: "insert",
  text: "INSERT INTO payments (id, order_id, status, data, updated_at) VALUES ($1, $2, 'created', $3, $4)",
};
const UPDATE = {
  name: "update",
  text: "UPDATE payments SET status = 'requires_action', antom_id = $1, data = $2, updated_at = $3 WHERE id = $4",
};

/** The checkout one writes by hand: the intent in one PostgreSQL transaction, the answer in another; none is open while Antom is called. */
export const checkoutObviousPostgres: Shop = (app, config) => {
  const antom = antomByHand(config.identity, config.gateway);
  const pool = openPostgres(config);
  app.post(CHECKOUT_PATH, express.json(), async (req, res) => {
    const orderId = antom.readOrder(req.body);
    if (orderId === undefined) {
      res.sendStatus(400);
      return;
    }
    const id = randomUUID();
    const request = antom.payRequest(id, orderId);
    await inTransaction(pool, async (client) => {
      await client.query({ ...INSERT, values: [id, orderId, request, Date.now()] });
    });
    const answer = await antom.pay(request);
    await inTransaction(pool, async (client) => {
      await client.query({ ...UPDATE, values: [answer.paymentId, JSON.stringify(answer), Date.now(), id] });
    });
    res.json({ payment: { id, orderId, status: "requires_action" }, redirect: answer.normalUrl });
  });
  return {
    count: async () => ({ opened: await countOf(pool, "SELECT count(*) AS count FROM payments"), authorized: 0 }),
  };
};
