import type { Request, Response } from "express";
import type { Handler } from "./route.js";

/** Lets scripts of the allowed origins read every answer of a route, an error's too. */
export const readableBy =
  (allowed: ReadonlySet<string>) =>
  (req: Request, res: Response): void => {
    const origin = req.get("origin");
    res.vary("Origin");
    if (origin === undefined || !allowed.has(origin)) return;
    res.set("Access-Control-Allow-Origin", origin).set("Access-Control-Allow-Credentials", "true");
  };

/** Answers a browser that asks whether it may send a script's request from another origin, of a route that is `readableBy` some. */
export const preflight =
  (methods: string): Handler =>
  (_req, res) => {
    res
      .status(204)
      .set("Access-Control-Allow-Methods", methods)
      .set("Access-Control-Allow-Headers", "Content-Type, Accept")
      .set("Access-Control-Max-Age", "600")
      .end();
  };
