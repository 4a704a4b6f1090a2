import type { Request, Response } from "express";
import helmet from "helmet";
import { pagePolicy } from "../pages/csp.js";
import { chooseLocale, LOCALES, type Locale } from "../pages/locale.js";
import type { Payment } from "../payment/payment.js";
import type { Random } from "../ports.js";

const headers = helmet({
  contentSecurityPolicy: false,
  // The page's address bears a token: nothing of it goes anywhere.
  referrerPolicy: { policy: "no-referrer" },
  // Whether the whole site is on https is the shop's to say.
  strictTransportSecurity: false,
});

/** Answers with one of the kit's pages, under its own strict policy and kept by no cache. */
export function sendPage(
  req: Request,
  res: Response,
  random: Random,
  status: number,
  formAction: readonly string[],
  render: (nonce: string) => string,
): void {
  const nonce = random(18).toString("base64");
  const policy = helmet.contentSecurityPolicy({ useDefaults: false, directives: pagePolicy(nonce, { formAction }) });
  headers(req, res, () => {
    policy(req, res, () => {
      res.status(status).set("Cache-Control", "no-store").type("html").send(render(nonce));
    });
  });
}

/** The language of the buyer's pages: the payment's own, or the browser's where there is no payment. */
export const localeOf = (req: Request, payment?: Pick<Payment, "locale">): Locale =>
  LOCALES.find((locale) => locale === payment?.locale) ?? chooseLocale(req.get("accept-language"));
