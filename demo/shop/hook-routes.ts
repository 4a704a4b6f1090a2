import express, { type Router } from "express";
import { hooksPage } from "../pages/hooks-page.js";
import { ShopProblem } from "./problem.js";
import type { ShopParts } from "./shop.js";

const PAGE_SIZE = 50;

/** `GET /hooks`: every hook the shop received, newest first. A shop of your own shows this to its staff only. */
export function hookRoutes({ inbox, shopUrl, visitOf }: ShopParts): Router {
  const router = express.Router();
  router.get("/hooks", (req, res) => {
    const before = numberOf(req.query["before"]);
    const found = inbox.page({ before, limit: PAGE_SIZE + 1 });
    const hooks = found.slice(0, PAGE_SIZE);
    const last = hooks.at(-1);
    const next = found.length > PAGE_SIZE && last ? `/hooks?before=${last.number}` : null;
    const total = inbox.count();
    res.set("Cache-Control", "no-store").vary("Accept");
    if (req.accepts(["html", "json"]) === "json") res.json({ hooks, total, next });
    else
      res
        .type("html")
        .send(hooksPage({ shopUrl, visit: visitOf(req), hooks, total, next, isFirst: before === undefined }));
  });
  return router;
}

function numberOf(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "string" && /^[0-9]{1,15}$/.test(value)) return Number(value);
  throw new ShopProblem(400, "There is no such page", [{ at: "/before", message: "must be a number" }]);
}
