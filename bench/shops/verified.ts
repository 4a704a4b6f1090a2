import express from "express";
import { NOTIFY_PATH } from "../run/keys.js";
import { ACKNOWLEDGEMENT, antomByHand } from "./antom-by-hand.js";
import { requestLog } from "./request-log.js";
import type { Shop } from "./shop.js";

/** Reads with express.raw, verifies, validates, and stores nothing. */
export const verified: Shop = (app, config) => {
  const antom = antomByHand(config.identity, config.gateway);
  const log = requestLog(config);
  app.post(NOTIFY_PATH, express.raw({ type: () => true }), (req, res) => {
    const notification = antom.readNotification(req);
    if (notification === undefined) {
      res.sendStatus(401);
      return;
    }
    log(notification);
    res.set("Content-Type", "application/json; charset=UTF-8").send(ACKNOWLEDGEMENT);
  });
  return {};
};
