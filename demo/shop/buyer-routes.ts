import express, { type Router } from "express";
import { BUYER_COOKIE, buyerById, BUYERS } from "./buyers.js";
import { fromOwnPage } from "./own-page.js";
import { ShopProblem } from "./problem.js";

/** A page of this shop: nothing that a browser would take for another host. */
const OWN_PATH = /^\/(?![/\\])[\w/?=&-]{0,200}$/;

/** `POST /buyer`: signs another buyer in, and goes back to the page they were on. */
export function buyerRoutes(): Router {
  const router = express.Router();
  router.post("/buyer", fromOwnPage, express.urlencoded({ limit: "1kb", extended: false }), (req, res) => {
    const fields = new Map<string, unknown>(Object.entries((req.body ?? {}) as object));
    const buyer = buyerById(fields.get("buyer"));
    if (buyer === undefined) {
      const names = BUYERS.map(({ id }) => id).join(" or ");
      throw new ShopProblem(400, "Nobody is known by that name", [{ at: "/buyer", message: `must be ${names}` }]);
    }
    const back = fields.get("back");
    res
      .cookie(BUYER_COOKIE, buyer.id, { httpOnly: true, sameSite: "lax", path: "/" })
      .redirect(303, typeof back === "string" && OWN_PATH.test(back) ? back : "/");
  });
  return router;
}
