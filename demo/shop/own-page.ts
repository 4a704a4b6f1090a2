import type { RequestHandler } from "express";
import { ShopProblem } from "./problem.js";

/** Lets no page of anybody else's send the signed-in buyer's browser here. What is no browser says nothing of where it comes from. */
export const fromOwnPage: RequestHandler = (req, _res, next) => {
  const site = req.get("sec-fetch-site") ?? "none";
  if (site === "same-origin" || site === "none") next();
  else next(new ShopProblem(403, "This can only be done on the shop's own pages"));
};
