import { readFileSync } from "node:fs";
import { join } from "node:path";
import express, { type Router } from "express";
import { BASKET_SCRIPT } from "../pages/basket-script.js";
import { CARD_FORM_SCRIPT } from "../pages/card-form-script.js";
import { CARDS_SCRIPT } from "../pages/cards-script.js";
import { LIVE_SCRIPT } from "../pages/live-script.js";

const FOLDER = join(__dirname, "../assets");
const STYLES = ["palette", "every-page", "frame", "pictures", "shop", "order", "pay", "test-cards", "cards", "hooks"];

/** The stylesheet, the icon and the small scripts of the shop's pages. */
export function assetRoutes(): Router {
  const scripts = {
    "/assets/basket.js": BASKET_SCRIPT,
    "/assets/live.js": LIVE_SCRIPT,
    "/assets/card-form.js": CARD_FORM_SCRIPT,
    "/assets/cards.js": CARDS_SCRIPT,
  };
  const style = STYLES.map((name) => readFileSync(join(FOLDER, `${name}.css`), "utf8")).join("\n");
  const router = express.Router();
  router.get("/assets/style.css", (_req, res) => {
    res.set("Cache-Control", "no-cache").type("css").send(style);
  });
  for (const [path, script] of Object.entries(scripts)) {
    router.get(path, (_req, res) => {
      res.set("Cache-Control", "no-cache").type("js").send(script);
    });
  }
  router.use("/assets", express.static(FOLDER, { index: false, redirect: false }));
  router.get("/favicon.ico", (_req, res) => {
    res.redirect("/assets/icon.svg");
  });
  return router;
}
