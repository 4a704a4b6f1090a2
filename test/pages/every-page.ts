import { errorPage } from "../../lib/pages/error-page.js";
import type { Locale } from "../../lib/pages/locale.js";
import { redirectPage } from "../../lib/pages/redirect-page.js";
import { buyerDecline } from "../../lib/pages/buyer-decline.js";
import { resultPage, type Outcome } from "../../lib/pages/result-page.js";
import { ERROR_KINDS } from "../../lib/pages/texts.js";
import { declineOf } from "../../lib/payment/meaning/decline.js";
import type { Payment, PaymentStatus } from "../../lib/payment/payment.js";
import { newPayment, T0 } from "../payment/a-payment.js";

type Page = (nonce: string, locale: Locale) => string;

const URLS = {
  statusUrl: "/status/p1?token=t",
  returnUrl: "/return/p1?token=t",
  actionUrl: "/redirect/p1?token=t",
  shopUrl: "/shop",
};

const result =
  (
    status: PaymentStatus,
    outcome: Outcome,
    code?: string,
    given: "all" | "a part" | "nothing" = "nothing",
    more: Partial<Payment> = {},
    isReplaced = false,
  ): Page =>
  (nonce, locale) => {
    const decline = code === undefined ? undefined : buyerDecline(declineOf(code), locale);
    const amount = locale === "ko" ? { currency: "KRW", value: "129000" } : { currency: "EUR", value: "129900" };
    const capturedAmount = status === "captured" ? amount.value : "0";
    const refundedAmount = { all: capturedAmount, "a part": "500", nothing: "0" }[given];
    const sums = { authorizedAmount: amount.value, capturedAmount, refundedAmount };
    const payment = { ...newPayment(), ...sums, ...more, status, amount, orderId: "2024-1107-00042" };
    return resultPage({ ...URLS, locale, nonce, outcome, decline, isReplaced, payment, now: T0 });
  };

const action = { url: "https://pay.example/page", method: "GET" } as const;

/** Every page the kit can show, by a short name. */
export const EVERY_PAGE: Readonly<Record<string, Page>> = {
  "redirect-link": (nonce, locale) => redirectPage({ locale, nonce, action, returnUrl: URLS.returnUrl }),
  "redirect-form": (nonce, locale) =>
    redirectPage({ locale, nonce, action: { ...action, method: "POST" }, returnUrl: URLS.returnUrl }),
  created: result("created", "pending"),
  "requires-action": result("requires_action", "pending"),
  processing: result("processing", "pending"),
  authorized: result("authorized", "succeeded"),
  captured: result("captured", "succeeded"),
  "given-back": result("captured", "succeeded", undefined, "all"),
  "given-back-in-part": result("captured", "succeeded", undefined, "a part"),
  "given-back-more-held": result("captured", "succeeded", undefined, "a part", { capturedAmount: "500" }),
  "given-back-replaced": result("captured", "succeeded", undefined, "all", { evidence: { superseded: true } }),
  failed: result("failed", "failed"),
  "failed-card-details": result("failed", "failed", "INVALID_CVV"),
  "failed-bank": result("failed", "failed", "DO_NOT_HONOR"),
  "failed-shop": result("failed", "failed", "KEY_NOT_FOUND"),
  voided: result("voided", "voided"),
  expired: result("expired", "expired"),
  "failed-replaced": result("failed", "failed", "INVALID_CVV", "nothing", {}, true),
  "voided-replaced": result("voided", "voided", undefined, "nothing", {}, true),
  ...Object.fromEntries(
    ERROR_KINDS.map((kind): [string, Page] => [
      `error-${kind}`,
      (nonce, locale) => errorPage({ locale, nonce, kind, shopUrl: URLS.shopUrl }),
    ]),
  ),
};
