import express, { type Request, type Router } from "express";
import { isAntomError, type RecurringType } from "../../lib/index.js";
import { cardsPage } from "../pages/cards-page.js";
import { chargeCard } from "../payments.js";
import { readBasket } from "./basket.js";
import { signedIn } from "./buyers.js";
import { amountText } from "./currency.js";
import { productOf } from "./menu.js";
import { orderJson } from "./order-json.js";
import { fromOwnPage } from "./own-page.js";
import { ShopProblem } from "./problem.js";
import type { ShopParts } from "./shop.js";

/** What the shop charges with nobody there: one of the smallest things it has. */
const SUBSCRIPTION = { items: [{ sku: "espresso", quantity: 1 }], currency: "EUR" };

const STOPPED =
  "The card was not charged: its network said, when it was declined before, not to charge it again (card_stopped). " +
  "Nothing was sent. Paying with it once more, and keeping it anew, lifts that.";

/** The page of the buyer's saved cards, and what can be done with them there. */
export function cardRoutes(parts: ShopParts): Router {
  const { antom, orders, inbox, shopUrl, visitOf } = parts;
  const router = express.Router();
  const form = express.urlencoded({ limit: "1kb", extended: false });

  const page = async (req: Request, problem?: string): Promise<string> =>
    cardsPage({
      shopUrl,
      visit: visitOf(req),
      cards: await antom.payments.cards(signedIn(req).id),
      charge: subscriptionText(),
      ...(problem === undefined ? {} : { problem }),
    });

  router.get("/cards", async (req, res) => {
    res
      .set("Cache-Control", "no-store")
      .type("html")
      .send(await page(req));
  });

  router.post("/cards/:id/charge", fromOwnPage, form, express.json({ limit: "1kb" }), async (req, res) => {
    const isPage = req.accepts(["html", "json"]) === "html";
    const recurringType = recurringTypeIn(req.body);
    const order = orders.place(readBasket(SUBSCRIPTION));
    res.set("Cache-Control", "no-store");
    try {
      const cardId = cardIdIn(req);
      const payment = await chargeCard(antom, { order, buyer: signedIn(req), cardId, recurringType });
      if (isPage) res.redirect(303, `/orders/${order.id}`);
      else
        res
          .status(201)
          .location(`/orders/${order.id}`)
          .json(orderJson(order, payment, inbox.ofOrder(order.id)));
    } catch (error) {
      if (!isAntomError(error) || error.status >= 500) throw error;
      if (!isPage) throw new ShopProblem(error.status, error.message, error.problems, error.code);
      const problem = error.code === "card_stopped" ? STOPPED : `The card was not charged: ${error.message}.`;
      res
        .status(error.status)
        .type("html")
        .send(await page(req, problem));
    }
  });

  // Forms know no DELETE; with script the page asks the kit itself.
  router.post("/cards/:id/forget", fromOwnPage, async (req, res) => {
    try {
      await antom.payments.forgetCard(signedIn(req).id, cardIdIn(req));
    } catch (error) {
      // Forgotten already, perhaps in another tab.
      if (!isAntomError(error) || error.code !== "card_not_found") throw error;
    }
    res.redirect(303, "/cards");
  });

  return router;
}

const cardIdIn = ({ params }: Request): string => String(params["id"]);

const subscriptionText = (): string => {
  const { name, price } = productOf(SUBSCRIPTION.items[0]?.sku) ?? { name: "", price: { EUR: "0" } };
  return `one ${name.toLowerCase()} (${amountText({ currency: "EUR", value: price.EUR })})`;
};

function recurringTypeIn(body: unknown): RecurringType {
  const value: unknown = typeof body === "object" && body !== null ? Reflect.get(body, "recurringType") : undefined;
  if (value === "SCHEDULED" || value === "UNSCHEDULED") return value;
  throw new ShopProblem(400, "This charge cannot be made", [
    { at: "/recurringType", message: "must be SCHEDULED or UNSCHEDULED" },
  ]);
}
