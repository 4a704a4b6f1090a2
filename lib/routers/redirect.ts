import type { Request, Response } from "express";
import { formActionFor } from "../pages/csp.js";
import { redirectPage } from "../pages/redirect-page.js";
import { resultPage } from "../pages/result-page.js";
import type { Clock } from "../ports.js";
import type { Storage } from "../storage/storage.js";
import { linkedPayment } from "./buyer-link.js";
import { isOnTheWay } from "./buyer-view.js";
import type { Links } from "./links.js";
import { localeOf, sendPage } from "./page.js";
import { route, type Route, type RouteParts } from "./route.js";

export interface RedirectRouterParts extends RouteParts {
  readonly storage: Pick<Storage, "get">;
  readonly links: Links;
  readonly clock: Clock;
  /** Origins that "I have paid" may end up on: those of the shop's own pages. */
  readonly pageOrigins: readonly string[];
}

/**
 * `GET /redirect/:id`: the intermediate page, which sends the buyer on to Antom. Where Antom has not said where to yet, a page that waits
 * and goes on by itself. Where the buyer has done what is to be done there, the result, be it that the bank is still deciding.
 */
export function redirectRoutes(parts: RedirectRouterParts): readonly Route[] {
  const { storage, links, clock, random } = parts;
  const get = async (req: Request, res: Response): Promise<void> => {
    const payment = await linkedPayment(req, links, storage);
    if (!isOnTheWay(payment)) {
      res.set("Cache-Control", "no-store").redirect(303, links.return(payment.id));
      return;
    }
    const locale = localeOf(req, payment);
    const returnUrl = links.return(payment.id);
    const { action } = payment;
    if (action !== undefined) {
      sendPage(req, res, random, 200, formActionFor(action), (nonce) =>
        redirectPage({ locale, nonce, action, returnUrl }),
      );
      return;
    }
    sendPage(req, res, random, 200, parts.pageOrigins, (nonce) =>
      resultPage({
        locale,
        nonce,
        payment,
        now: clock.now(),
        outcome: "pending",
        statusUrl: links.status(payment.id),
        returnUrl,
        // This very page: once Antom has said where to, it sends the buyer on.
        actionUrl: links.redirect(payment.id),
      }),
    );
  };
  return [route("/:id", { GET: get }, parts, "not_here")];
}
