import type { Request, Response } from "express";
import { AntomError, isAntomError } from "../errors.js";
import type { BrowserDetails, BuyerEnvironment } from "../gateway/env.js";
import { compact } from "../gateway/wire.js";
import { checkedCard } from "../ledger/card-details.js";
import type { Checkout } from "../ledger/checkout.js";
import { checkedOrder } from "../ledger/order.js";
import type { WayToPay } from "../ledger/way-to-pay.js";
import { chooseLocale } from "../pages/locale.js";
import type { Order } from "../payment/order.js";
import type { Payment } from "../payment/payment.js";
import type { Clock } from "../ports.js";
import { buyerIfKnown, knownBuyer, type BuyerFunction } from "./buyer.js";
import { buyerView, nextPage } from "./buyer-view.js";
import { readCheckoutFields, type CheckoutFields } from "./checkout-fields.js";
import { preflight, readableBy } from "./cross-origin.js";
import { isForm, readFields } from "./fields.js";
import { forgetCard } from "./forget-card.js";
import { sendJson } from "./json.js";
import type { Links } from "./links.js";
import { noOrder } from "./no-order.js";
import { originRefused, type ShopOriginCheck } from "./origin.js";
import { route, type Route, type RouteParts } from "./route.js";
import { shopFault } from "./shop-fault.js";

/**
 * The shop's own function: what is bought and for how much, from the request it knows how to read. Undefined or null when there is
 * no such order; to say more, throw an AntomError `order_refused`.
 */
export type OrderFunction = (req: Request) => Order | undefined | null | Promise<Order | undefined | null>;

export interface CheckoutRouterParts extends RouteParts {
  readonly checkout: Checkout;
  readonly order: OrderFunction;
  /** Whose cards a request may keep and use. */
  readonly buyer?: BuyerFunction;
  readonly links: Links;
  readonly mayCheckOut: ShopOriginCheck;
  readonly allowedOrigins: ReadonlySet<string>;
  readonly clock: Clock;
}

/** `POST /checkout`: opens or resumes the order's payment. JSON for a script, a 303 for a submitted form. */
export function checkoutRoutes(parts: CheckoutRouterParts): readonly Route[] {
  const { checkout, links, allowedOrigins } = parts;

  const post = async (req: Request, res: Response): Promise<void> => {
    if (!parts.mayCheckOut(req)) {
      throw originRefused(req, "a checkout must come", parts.mayCheckOut);
    }
    const { fields, rest } = readCheckoutFields(await readFields(req, parts.clock));
    // What the shop's own code sees, and perhaps logs, has no card in it: nor have the bytes it may have kept.
    forgetCard(req);
    req.body = rest;
    const order = await askShop(parts.order, req);
    const payment = await checkout({
      order,
      way: await wayOf(fields, order, req, parts),
      environment: environmentOf(req, fields.browser),
      locale: chooseLocale(order.locale ?? req.get("accept-language")),
    });
    answer(req, res, payment);
  };

  const answer = (req: Request, res: Response, payment: Payment): void => {
    const redirect = nextPage(payment, links);
    if (isForm(req) && req.accepts(["html", "json"]) === "html") {
      res.set("Cache-Control", "no-store").set("X-Content-Type-Options", "nosniff").redirect(303, redirect);
    } else {
      sendJson(res, { payment: buyerView(payment), redirect, statusUrl: links.status(payment.id) });
    }
  };

  const around = { enter: readableBy(allowedOrigins), leave: forgetCard };
  return [route("/", { POST: post, OPTIONS: preflight("POST") }, parts, "invalid", around)];
}

/**
 * How the buyer wants to pay. The shop is asked whose cards these are only where it matters.
 *
 * @throws AntomError `card_invalid`, `buyer_unknown`, `request_invalid`
 */
async function wayOf(
  fields: CheckoutFields,
  order: Order,
  req: Request,
  parts: CheckoutRouterParts,
): Promise<WayToPay> {
  const { method = "hosted", saveCard = false, cardId, cardBrand, installments } = fields;
  if (method === "card" && fields.card === undefined) throw missing("/card");
  if (method === "stored-card" && cardId === undefined) throw missing("/cardId");
  const choice = {
    ...(method === "stored-card" && cardId !== undefined ? { cardId } : {}),
    ...(cardBrand === undefined ? {} : { cardBrand }),
    ...(installments === undefined ? {} : { installments }),
  };
  const mayKeep = method === "hosted" && order.tokenizeMode !== undefined && parts.buyer !== undefined;
  const asks = (saveCard || method === "stored-card") && parts.buyer !== undefined;
  const buyer = asks ? await knownBuyer(parts.buyer, req) : mayKeep ? await buyerIfKnown(parts.buyer, req) : undefined;
  return {
    method,
    choice,
    saveCard,
    ...(method === "card" ? { card: checkedCard(fields.card, parts.clock.now()) } : {}),
    ...(buyer === undefined ? {} : { buyer }),
  };
}

function missing(at: string): AntomError {
  return new AntomError("request_invalid", `${at} is missing`, { problems: [{ at, message: "is missing" }] });
}

async function askShop(order: OrderFunction, req: Request): Promise<Order> {
  let answer: unknown;
  try {
    answer = await order(req);
  } catch (error) {
    if (isAntomError(error)) throw error;
    throw shopFault("the shop's order function failed", error);
  }
  if (answer === undefined || answer === null) throw noOrder();
  return checkedOrder(answer);
}

function environmentOf(req: Request, browser: BrowserDetails | undefined): BuyerEnvironment {
  const userAgent = req.get("user-agent");
  const acceptHeader = req.get("accept");
  return compact({
    clientIp: req.ip?.replace(/^::ffff:/, "").slice(0, 64),
    userAgent: userAgent?.slice(0, 2048),
    acceptHeader: acceptHeader?.slice(0, 2048),
    browser,
  });
}
