import type { Request, Response } from "express";
import type { Handler } from "./route.js";

/** Lets a script of an allowed origin read the answer. */
export function allowOrigin(req: Request, res: Response, allowed: ReadonlySet<string>): void {
  const origin = req.get("origin");
  res.vary("Origin");
  if (origin === undefined || !allowed.has(origin)) return;
  res.set("Access-Control-Allow-Origin", origin).set("Access-Control-Allow-Credentials", "true");
}

/** Answers a browser that asks whether it may send a script's request from another origin. */
export const preflight =
  (allowed: ReadonlySet<string>, methods: string): Handler =>
  (req, res) => {
    allowOrigin(req, res, allowed);
    res
      .status(204)
      .set("Access-Control-Allow-Methods", methods)
      .set("Access-Control-Allow-Headers", "Content-Type, Accept")
      .set("Access-Control-Max-Age", "600")
      .end();
  };
