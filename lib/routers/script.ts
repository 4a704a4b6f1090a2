import { createHash } from "node:crypto";
import type { Request, Response } from "express";
import { CHECKOUT_SCRIPT } from "../pages/checkout-script.js";
import { route, type Route, type RouteParts } from "./route.js";

const ETAG = `"${createHash("sha256").update(CHECKOUT_SCRIPT).digest("base64url").slice(0, 27)}"`;

/** `GET /checkout.js`: the browser script for the shop's pay button. */
export function scriptRoutes(parts: RouteParts): readonly Route[] {
  const get = (_req: Request, res: Response): void => {
    res
      .set("Content-Type", "text/javascript; charset=utf-8")
      .set("Cache-Control", "public, max-age=3600")
      .set("X-Content-Type-Options", "nosniff")
      .set("Cross-Origin-Resource-Policy", "cross-origin")
      .set("ETag", ETAG)
      .send(CHECKOUT_SCRIPT);
  };
  return [route("/", { GET: get }, { ...parts, ready: () => Promise.resolve() }, false)];
}
