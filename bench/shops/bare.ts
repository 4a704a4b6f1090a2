import { ACKNOWLEDGEMENT } from "./antom-by-hand.js";
import type { Shop } from "./shop.js";

/** Express alone: nothing is read, nothing is checked. */
export const bare: Shop = (app) => {
  app.use("/payments", (_req, res) => {
    res.set("Content-Type", "application/json; charset=UTF-8").send(ACKNOWLEDGEMENT);
  });
  return {};
};
