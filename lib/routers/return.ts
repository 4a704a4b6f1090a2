import type { Request, Response } from "express";
import type { Inquirer } from "../ledger/inquire.js";
import { resultPage } from "../pages/result-page.js";
import { viewOf } from "../payment/event.js";
import { explained } from "../payment/meaning/explanation.js";
import { isOpen, type Payment } from "../payment/payment.js";
import type { Clock } from "../ports.js";
import type { Storage } from "../storage/storage.js";
import { linkedPayment } from "./buyer-link.js";
import { declineFor, isOnTheWay, isReplaced, outcomeOf } from "./buyer-view.js";
import type { Links } from "./links.js";
import { createRateLimit } from "./rate-limit.js";
import { localeOf, sendPage } from "./page.js";
import { route, type Route, type RouteParts } from "./route.js";
import { createShopPage, type ResultPage } from "./shop-page.js";

/** How long a buyer looks at a blank page while Antom is asked, in milliseconds; then they are shown that it is open. */
const PATIENCE = 5_000;

/** How often a page that is loaded again and again makes the kit ask Antom, in milliseconds. */
const PACE = 1_000;

export interface ReturnRouterParts extends RouteParts {
  /** Where the linked payment comes from, with all that was acknowledged of it. */
  readonly intake: Pick<Storage, "get">;
  readonly storage: Pick<Storage, "findByOrder">;
  readonly inquirer: Inquirer;
  readonly links: Links;
  readonly clock: Clock;
  readonly resultPage?: ResultPage;
  /** Origins that "I have paid" may end up on: those of the shop's own pages. */
  readonly pageOrigins: readonly string[];
}

/** `GET /return/:id`: where Antom sends the buyer back. That proves nothing, so Antom is asked; nothing in the query is believed. */
export function returnRoutes(parts: ReturnRouterParts): readonly Route[] {
  const { intake, storage, inquirer, links, clock, random } = parts;
  const mayAsk = createRateLimit(PACE, clock);
  const shopPage = createShopPage(parts.resultPage, parts.logger);

  const asked = async (payment: Payment): Promise<Payment> => {
    if (!isOpen(payment) || !mayAsk(payment.id)) return payment;
    let cancel = (): void => undefined;
    const impatient = new Promise<Payment>((resolve) => {
      cancel = clock.after(PATIENCE, () => {
        resolve(payment);
      });
    });
    return Promise.race([inquirer.inquire(payment.id), impatient]).finally(cancel);
  };

  const get = async (req: Request, res: Response): Promise<void> => {
    const payment = await asked(await linkedPayment(req, links, intake));
    const outcome = outcomeOf(payment);
    const page = await shopPage(outcome, explained(viewOf(payment)));
    if (page !== undefined) {
      res.set("Cache-Control", "no-store").set("Referrer-Policy", "no-referrer").redirect(303, page);
      return;
    }
    const { shopUrl } = parts;
    const locale = localeOf(req, payment);
    const replaced = await isReplaced(payment, storage);
    sendPage(req, res, random, 200, parts.pageOrigins, (nonce) =>
      resultPage({
        locale,
        nonce,
        payment,
        now: clock.now(),
        outcome,
        decline: declineFor(payment, locale),
        isReplaced: replaced,
        statusUrl: links.status(payment.id),
        returnUrl: links.return(payment.id),
        ...(payment.action !== undefined && isOnTheWay(payment) ? { actionUrl: links.redirect(payment.id) } : {}),
        ...(shopUrl === undefined ? {} : { shopUrl }),
      }),
    );
  };
  return [route("/:id", { GET: get }, parts, "not_here")];
}
