import { resultPage, type Outcome } from "../../lib/pages/result-page.js";
import type { PaymentStatus } from "../../lib/payment/payment.js";
import { newPayment, T0 } from "../payment/a-payment.js";
import { sendPage, startPageServer } from "./page-server.js";

const OUTCOMES: Readonly<Record<PaymentStatus, Outcome>> = {
  created: "pending",
  requires_action: "pending",
  processing: "pending",
  authorized: "succeeded",
  captured: "succeeded",
  failed: "failed",
  voided: "voided",
  expired: "expired",
};

/** How the one payment of a result shop stands; tests change it as they go. */
export interface ResultState {
  status: PaymentStatus;
  orderId: string;
  /** What an inquiry finds out when the buyer says "I have paid". */
  found?: PaymentStatus;
  /** Where the page knows that the buyer can pay. */
  actionUrl?: string;
  /** Where the status answer says that the buyer can pay. */
  redirect?: string;
  /** The shop shows "authorized" as pending. */
  untilCaptured?: boolean;
  /** Status answers are a proxy's own. */
  broken?: boolean;
  /** Holds status answers back until it resolves. */
  gate?: Promise<void>;
}

export interface ResultShop {
  readonly url: string;
  readonly returnUrl: string;
  state: ResultState;
  /** What was asked for: "page", and the method of each status request. */
  asked: string[];
  readonly close: () => Promise<void>;
}

/** A shop with one payment: its result page, and the status that page asks for. */
export const startResultShop = async (): Promise<ResultShop> => {
  const { app, url, close } = await startPageServer();
  const returnUrl = `${url}/return?token=secret`;
  const shop: ResultShop = { url, returnUrl, close, asked: [], state: { status: "processing", orderId: "ord_42" } };

  app.get("/return", (_request, response) => {
    const { status, orderId, actionUrl, untilCaptured } = shop.state;
    shop.asked.push("page");
    sendPage(response, (nonce) =>
      resultPage({
        locale: "en",
        nonce,
        payment: {
          ...newPayment(),
          status,
          amount: { currency: "EUR", value: "1999" },
          orderId,
          capturedAmount: status === "captured" ? "1999" : "0",
        },
        now: T0,
        outcome: untilCaptured === true ? "pending" : OUTCOMES[status],
        statusUrl: `${url}/status?token=secret`,
        returnUrl,
        actionUrl,
        shopUrl: `${url}/shop`,
      }),
    );
  });

  app.all("/status", async (request, response) => {
    shop.asked.push(request.method);
    await shop.state.gate;
    if (request.method === "POST") shop.state.status = shop.state.found ?? shop.state.status;
    const { status, orderId, redirect, broken } = shop.state;
    if (broken === true) response.status(503).type("html").send("<h1>Bad gateway</h1>");
    else if (request.accepts(["json", "html"]) === "html") response.redirect(303, returnUrl);
    else response.json({ payment: { id: "p1", orderId, status }, redirect });
  });

  app.get(["/shop", "/redirect"], (_request, response) => {
    response.type("html").send("<!doctype html><title>Elsewhere</title><h1>Elsewhere</h1>");
  });

  return shop;
};
