import express, { type Request, type Router } from "express";
import { orderPage } from "../pages/order-page.js";
import { testCard } from "../pages/pay/test-card-fill.js";
import { shopPage } from "../pages/shop-page.js";
import { standingOf } from "../pages/standing.js";
import { formToJson, readBasket } from "./basket.js";
import { isCurrency } from "./currency.js";
import { orderJson } from "./order-json.js";
import { noSuchOrder, ShopProblem } from "./problem.js";
import type { ShopParts } from "./shop.js";

/** The menu, and the orders: `POST /orders` places one, `GET /orders/:orderId` shows it. */
export function orderRoutes({ orders, inbox, antom, plans, shopUrl, visitOf }: ShopParts): Router {
  const router = express.Router();

  router.get("/", (req, res) => {
    const { currency } = req.query;
    res.type("html").send(shopPage({ visit: visitOf(req), currency: isCurrency(currency) ? currency : "EUR" }));
  });

  router.post(
    "/orders",
    express.json({ limit: "16kb" }),
    express.urlencoded({ limit: "16kb", extended: false }),
    (req, res) => {
      res.set("Cache-Control", "no-store");
      if (req.is(["json", "urlencoded"]) === false) throw new ShopProblem(415, "Send an order as JSON, or as a form");
      const body: unknown = req.body;
      try {
        const { id, amount } = orders.place(readBasket(isForm(req) ? formToJson(body) : body));
        if (wantsPage(req)) res.redirect(303, `/orders/${id}`);
        else res.status(201).location(`/orders/${id}`).json({ orderId: id, amount });
      } catch (error) {
        if (!(error instanceof ShopProblem) || !wantsPage(req)) throw error;
        res
          .status(error.status)
          .type("html")
          .send(shopPage({ visit: visitOf(req), problem: error, form: body }));
      }
    },
  );

  router.get("/orders/:orderId", async (req, res) => {
    const order = orders.get(req.params.orderId);
    if (order === undefined) throw noSuchOrder();
    const [payment] = await antom.payments.findByOrder(order.id);
    const events = inbox.ofOrder(order.id);
    res.set("Cache-Control", "no-store").vary("Accept");
    if (req.accepts(["html", "json"]) === "json") {
      res.json(orderJson(order, payment, events));
      return;
    }
    const visit = visitOf(req);
    const [cards, offered] = standingOf(order, payment).canPay
      ? await Promise.all([antom.payments.cards(visit.buyer.id), plans(order.amount)])
      : [[], []];
    const ways = { cards, plans: offered, tried: testCard(req.query["try"]) };
    res.type("html").send(orderPage({ shopUrl, visit, order, payment, ways, events }));
  });

  return router;
}

const isForm = (req: Request): boolean => req.is("urlencoded") !== false;

const wantsPage = (req: Request): boolean => isForm(req) && req.accepts(["html", "json"]) === "html";
