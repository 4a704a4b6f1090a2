import { randomUUID } from "node:crypto";
import express from "express";
import { CHECKOUT_PATH } from "../run/keys.js";
import { antomByHand } from "./antom-by-hand.js";
import type { Shop } from "./shop.js";

/** A checkout that validates, signs, calls Antom and verifies its answer, and stores nothing. */
export const checkoutPlain: Shop = (app, config) => {
  const antom = antomByHand(config.identity, config.gateway);
  app.post(CHECKOUT_PATH, express.json(), async (req, res) => {
    const orderId = antom.readOrder(req.body);
    if (orderId === undefined) {
      res.sendStatus(400);
      return;
    }
    const id = randomUUID();
    const { normalUrl } = await antom.pay(antom.payRequest(id, orderId));
    res.json({ payment: { id, orderId, status: "requires_action" }, redirect: normalUrl });
  });
  return {};
};
