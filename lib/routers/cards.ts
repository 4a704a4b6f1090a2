import type { Request, Response } from "express";
import { AntomError } from "../errors.js";
import type { Cards } from "../ledger/cards.js";
import { knownBuyer, type BuyerFunction } from "./buyer.js";
import { preflight, readableBy } from "./cross-origin.js";
import { originRefused, type ShopOriginCheck } from "./origin.js";
import { sendJson } from "./json.js";
import { route, type Route, type RouteParts } from "./route.js";

export interface CardsRouterParts extends RouteParts {
  /** Undefined where the shop keeps no cards. */
  readonly cards: Cards | undefined;
  readonly buyer?: BuyerFunction;
  /** Whether a request to forget a card comes from the shop's own pages. */
  readonly mayCheckOut: ShopOriginCheck;
  readonly allowedOrigins: ReadonlySet<string>;
}

/** `GET /cards`: the buyer's stored cards. `DELETE /cards/:id`: forgets one of them. Whose they are, the shop's `buyer` function says. */
export function cardsRoutes(parts: CardsRouterParts): readonly Route[] {
  const { cards } = parts;
  const around = { enter: readableBy(parts.allowedOrigins) };

  const get = async (req: Request, res: Response): Promise<void> => {
    const buyer = await knownBuyer(parts.buyer, req);
    sendJson(res, { cards: cards === undefined ? [] : await cards.list(buyer) });
  };

  const remove = async (req: Request, res: Response): Promise<void> => {
    if (!parts.mayCheckOut(req)) {
      throw originRefused(req, "a card can be forgotten only", parts.mayCheckOut);
    }
    const buyer = await knownBuyer(parts.buyer, req);
    const { id } = req.params;
    if (cards === undefined || typeof id !== "string") {
      throw new AntomError("card_not_found", "there is no such stored card");
    }
    await cards.remove(buyer, id);
    res.status(204).set("Cache-Control", "no-store").set("X-Content-Type-Options", "nosniff").end();
  };

  return [
    route("/", { GET: get, OPTIONS: preflight("GET") }, parts, false, around),
    route("/:id", { DELETE: remove, OPTIONS: preflight("DELETE") }, parts, false, around),
  ];
}
