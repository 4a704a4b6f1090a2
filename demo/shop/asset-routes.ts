import { join } from "node:path";
import express, { type Router } from "express";
import { BASKET_SCRIPT } from "../pages/basket-script.js";
import { LIVE_SCRIPT } from "../pages/live-script.js";

/** The stylesheet, the icon and the two small scripts of the shop's pages. */
export function assetRoutes(): Router {
  const scripts = { "/assets/basket.js": BASKET_SCRIPT, "/assets/live.js": LIVE_SCRIPT };
  const router = express.Router();
  for (const [path, script] of Object.entries(scripts)) {
    router.get(path, (_req, res) => {
      res.set("Cache-Control", "no-cache").type("js").send(script);
    });
  }
  router.use("/assets", express.static(join(__dirname, "../assets"), { index: false, redirect: false }));
  router.get("/favicon.ico", (_req, res) => {
    res.redirect("/assets/icon.svg");
  });
  return router;
}
