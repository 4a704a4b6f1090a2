import type { Request, Response } from "express";
import type { Inquirer } from "../ledger/inquire.js";
import { isOpen, type Payment } from "../payment/payment.js";
import type { Clock } from "../ports.js";
import type { Storage } from "../storage/storage.js";
import { linkedPayment } from "./buyer-link.js";
import { buyerView, isReplaced, nextPage } from "./buyer-view.js";
import { preflight, readableBy } from "./cross-origin.js";
import { sendJson } from "./json.js";
import type { Links } from "./links.js";
import { createRateLimit } from "./rate-limit.js";
import { localeOf } from "./page.js";
import { route, type Route, type RouteParts } from "./route.js";

/** How often one payment's buyer can make the kit ask Antom, in milliseconds. */
const PACE = 3_000;

export interface StatusRouterParts extends RouteParts {
  /** Where the linked payment comes from, with all that was acknowledged of it. */
  readonly intake: Pick<Storage, "get">;
  readonly storage: Pick<Storage, "findByOrder">;
  readonly inquirer: Inquirer;
  readonly links: Links;
  readonly allowedOrigins: ReadonlySet<string>;
  readonly clock: Clock;
}

/** `GET /status/:id`: where the payment stands. `POST`: "I have paid", so Antom is asked first. */
export function statusRoutes(parts: StatusRouterParts): readonly Route[] {
  const { intake, storage, inquirer, links, allowedOrigins, clock } = parts;
  const mayAsk = createRateLimit(PACE, clock);

  const answer = async (req: Request, res: Response, payment: Payment): Promise<void> => {
    // Only of one that failed is anything said that another payment of the order makes wrong.
    const replaced = payment.status === "failed" && (await isReplaced(payment, storage));
    res.set("Referrer-Policy", "no-referrer");
    sendJson(res, {
      payment: buyerView(payment, localeOf(req, payment), replaced),
      redirect: nextPage(payment, links),
    });
  };

  const get = async (req: Request, res: Response): Promise<void> => {
    await answer(req, res, await linkedPayment(req, links, intake));
  };

  const post = async (req: Request, res: Response): Promise<void> => {
    const before = await linkedPayment(req, links, intake);
    const asks = isOpen(before) && mayAsk(before.id);
    const payment = asks ? await inquirer.inquire(before.id) : before;
    if (req.accepts(["json", "html"]) === "html") {
      const page = links.return(payment.id);
      res.set("Cache-Control", "no-store").set("Referrer-Policy", "no-referrer").redirect(303, page);
      return;
    }
    await answer(req, res, payment);
  };

  const handlers = { GET: get, POST: post, OPTIONS: preflight("GET, POST") };
  return [route("/:id", handlers, parts, "not_here", { enter: readableBy(allowedOrigins) })];
}
