import { antomByHand } from "./antom-by-hand.js";
import type { Shop } from "./shop.js";

/** A buyer comes back: asks Antom, verifies its answer, and sends them on. Stores nothing. */
export const returnPlain: Shop = (app, config) => {
  const antom = antomByHand(config.identity, config.gateway);
  app.get("/payments/return/:id", async (req, res) => {
    const { paymentStatus } = await antom.inquire(req.params.id);
    res.redirect(303, paymentStatus === "SUCCESS" ? "/thanks" : "/sorry");
  });
  return {};
};
