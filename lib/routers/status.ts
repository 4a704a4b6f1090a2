import type { Request, Response } from "express";
import type { Inquirer } from "../ledger/inquire.js";
import { isOpen, type Payment } from "../payment/payment.js";
import type { Clock } from "../ports.js";
import type { Storage } from "../storage/storage.js";
import { linkedPayment } from "./buyer-link.js";
import { buyerView, nextPage } from "./buyer-view.js";
import { preflight, readableBy } from "./cross-origin.js";
import { sendJson } from "./json.js";
import type { Links } from "./links.js";
import { createRateLimit } from "./rate-limit.js";
import { localeOf } from "./page.js";
import { route, type Route, type RouteParts } from "./route.js";

/** How often one payment's buyer can make the kit ask Antom, in milliseconds. */
const PACE = 3_000;

export interface StatusRouterParts extends RouteParts {
  readonly storage: Pick<Storage, "get">;
  readonly inquirer: Inquirer;
  readonly links: Links;
  readonly allowedOrigins: ReadonlySet<string>;
  readonly clock: Clock;
}

/** `GET /status/:id`: where the payment stands. `POST`: "I have paid", so Antom is asked first. */
export function statusRoutes(parts: StatusRouterParts): readonly Route[] {
  const { storage, inquirer, links, allowedOrigins, clock } = parts;
  const mayAsk = createRateLimit(PACE, clock);

  const answer = (req: Request, res: Response, payment: Payment): void => {
    res.set("Referrer-Policy", "no-referrer");
    sendJson(res, { payment: buyerView(payment, localeOf(req, payment)), redirect: nextPage(payment, links) });
  };

  const get = async (req: Request, res: Response): Promise<void> => {
    answer(req, res, await linkedPayment(req, links, storage));
  };

  const post = async (req: Request, res: Response): Promise<void> => {
    const before = await linkedPayment(req, links, storage);
    const asks = isOpen(before) && mayAsk(before.id);
    const payment = asks ? await inquirer.inquire(before.id) : before;
    if (req.accepts(["json", "html"]) === "html") {
      const page = links.return(payment.id);
      res.set("Cache-Control", "no-store").set("Referrer-Policy", "no-referrer").redirect(303, page);
      return;
    }
    answer(req, res, payment);
  };

  const handlers = { GET: get, POST: post, OPTIONS: preflight("GET, POST") };
  return [route("/:id", handlers, parts, "not_here", { enter: readableBy(allowedOrigins) })];
}
