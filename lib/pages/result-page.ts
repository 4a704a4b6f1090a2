import type { Amount } from "../payment/amount.js";
import type { Payment } from "../payment/payment.js";
import { amountText } from "./amount-text.js";
import type { BuyerDecline } from "./buyer-decline.js";
import { renderDocument } from "./document.js";
import { isGivenBack, mayTakeMore } from "./given-back.js";
import { html, type SafeHtml } from "./html.js";
import { icon } from "./icons.js";
import { pageLink } from "./link.js";
import type { Locale } from "./locale.js";
import { RESULT_SCRIPT } from "./result-script.js";
import { TEXTS, type Message, type Texts } from "./texts.js";

/** How the payment came out, as far as is known. */
export type Outcome = "succeeded" | "pending" | "failed" | "voided" | "expired";

export interface ResultPageOptions {
  readonly locale: Locale;
  readonly nonce: string;
  readonly payment: Payment;
  /** When it is, epoch milliseconds: what is held can be taken until the hold ends. */
  readonly now: number;
  readonly outcome: Outcome;
  /** Why it failed, as the buyer may know it. */
  readonly decline?: BuyerDecline | undefined;
  /** Of one that failed, was voided or has expired: another payment of the order is the one that counts. What could help is then not told. */
  readonly isReplaced?: boolean;
  /** Answers GET with the state as JSON, and POST ("I have paid") after asking Antom. On the page's own origin. */
  readonly statusUrl: string;
  /** Shows this page, or what became of it. */
  readonly returnUrl: string;
  /** Where the buyer can go on paying. */
  readonly actionUrl?: string | undefined;
  readonly shopUrl?: string | undefined;
}

/** Seconds between two looks of a browser without script. */
const REFRESH = 10;

/** Of a payment that succeeded: what the buyer is told of the money. */
type Standing = "authorized" | "captured" | "refunded" | "replaced";

/** Only who is told "refunded" is told to order anew: nobody is, while the shop may take money for the order after all. */
const standingOf = ({ payment, now }: ResultPageOptions): Standing => {
  if (!isGivenBack(payment)) return payment.status === "captured" ? "captured" : "authorized";
  if (payment.evidence.superseded === true) return "replaced";
  return mayTakeMore(payment, now) ? "authorized" : "refunded";
};

/** Whether what became of it is neither a success nor a failure to the buyer. */
const isBeside = (options: ResultPageOptions): boolean =>
  options.isReplaced === true ||
  (options.outcome === "succeeded" && ["refunded", "replaced"].includes(standingOf(options)));

const messageOf = (options: ResultPageOptions, { result }: Texts): Message => {
  const { payment, outcome, isReplaced } = options;
  switch (outcome) {
    case "succeeded":
      return result[standingOf(options)];
    case "pending":
      return payment.status === "requires_action" ? result.unfinished : result.pending;
    case "failed":
    case "voided":
    case "expired":
      return isReplaced === true ? { title: result[outcome].title, text: result.tookPlace } : result[outcome];
  }
};

const ICONS: Readonly<Record<Outcome, SafeHtml>> = {
  succeeded: icon("check", "good"),
  pending: icon("ring", "turning"),
  failed: icon("cross", "bad"),
  voided: icon("cross"),
  expired: icon("clock"),
};

const BESIDE = icon("notice");

/** What was taken, or what is held; where neither is told of, what is to be paid. */
const shownAmount = (options: ResultPageOptions): Amount => {
  const { amount, authorizedAmount, capturedAmount } = options.payment;
  if (options.outcome !== "succeeded" || standingOf(options) === "authorized") {
    return authorizedAmount === "0" ? amount : { ...amount, value: authorizedAmount };
  }
  return { ...amount, value: capturedAmount };
};

const facts = (options: ResultPageOptions, texts: Texts): SafeHtml => {
  const { payment, locale } = options;
  return html`<dl>
    <div>
      <dt>${texts.order}</dt>
      <dd><bdi>${payment.orderId}</bdi></dd>
    </div>
    <div>
      <dt>${texts.amount}</dt>
      <dd>${amountText(shownAmount(options), locale)}</dd>
    </div>
    ${
      payment.refundedAmount !== "0" &&
      html`<div>
        <dt>${texts.refunded}</dt>
        <dd>${amountText({ ...payment.amount, value: payment.refundedAmount }, locale)}</dd>
      </div>`
    }
  </dl>`;
};

/** The way back to the shop, in the words of what can help there. */
const shopLink = ({ shopUrl, decline }: ResultPageOptions, { backToShop, result }: Texts): SafeHtml | undefined => {
  if (shopUrl === undefined) return undefined;
  const otherCard = decline?.otherCard === true ? result.useOtherCard : backToShop;
  return html`<div class="actions">
    <a class="button" href="${pageLink(shopUrl)}">${decline?.sameCard === true ? result.tryAgain : otherCard}</a>
  </div>`;
};

/** What is said below the heading: of a failure its reason, where there is one to tell. */
const lead = (message: Message, { decline }: ResultPageOptions, { result }: Texts): SafeHtml =>
  decline === undefined
    ? html`<p class="lead">${message.text}</p>`
    : html`<p class="why">${decline.message}</p>
        <p class="lead">${result.nothingTaken}</p>`;

const settledPage = (options: ResultPageOptions, texts: Texts): string => {
  const message = messageOf(options, texts);
  return renderDocument({
    locale: options.locale,
    nonce: options.nonce,
    title: message.title,
    body: html`<main>
      ${isBeside(options) ? BESIDE : ICONS[options.outcome]}
      <h1>${message.title}</h1>
      ${lead(message, options, texts)} ${facts(options, texts)} ${shopLink(options, texts)}
    </main>`,
  });
};

const wayOn = ({ payment, actionUrl }: ResultPageOptions, texts: Texts): SafeHtml | undefined =>
  payment.status === "requires_action" && actionUrl !== undefined
    ? html`<a class="button" href="${pageLink(actionUrl)}">${texts.result.goOn}</a>`
    : undefined;

const pendingPage = (options: ResultPageOptions, texts: Texts): string => {
  const message = messageOf(options, texts);
  const { asking, unconfirmed, unreachable, stopped, paid } = texts.result;
  const statusUrl = pageLink(options.statusUrl);
  const returnUrl = pageLink(options.returnUrl);
  const actionUrl = options.actionUrl === undefined ? "" : pageLink(options.actionUrl);
  return renderDocument({
    locale: options.locale,
    nonce: options.nonce,
    title: message.title,
    head: html`<noscript><meta http-equiv="refresh" content="${REFRESH};url=${returnUrl}" /></noscript>`,
    body: html`<main
      data-status="${options.payment.status}"
      data-status-url="${statusUrl}"
      data-return-url="${returnUrl}"
      data-action-url="${actionUrl}"
      data-asking="${asking}"
      data-unconfirmed="${unconfirmed}"
      data-unreachable="${unreachable}"
      data-stopped="${stopped}"
    >
      ${ICONS.pending}
      <h1>${message.title}</h1>
      <p class="lead">${message.text}</p>
      ${facts(options, texts)}
      <div class="actions">
        ${wayOn(options, texts)}
        <form method="post" action="${statusUrl}">
          <button class="button second" type="submit">${paid}</button>
        </form>
      </div>
      <p class="said" role="status" aria-live="polite"></p>
    </main>`,
    scripts: [RESULT_SCRIPT],
  });
};

/**
 * The page a buyer comes back to. While nothing is known it says that it waits, keeps itself up to date, and never says
 * that a payment failed.
 */
export const resultPage = (options: ResultPageOptions): string => {
  const texts = TEXTS[options.locale];
  if (options.outcome === "pending") return pendingPage(options, texts);
  return settledPage(options.isReplaced === true ? { ...options, decline: undefined } : options, texts);
};
