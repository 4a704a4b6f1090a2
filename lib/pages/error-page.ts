import { renderDocument } from "./document.js";
import { html } from "./html.js";
import { icon } from "./icons.js";
import { pageLink } from "./link.js";
import type { Locale } from "./locale.js";
import { TEXTS, type CardField, type ErrorKind } from "./texts.js";

export interface ErrorPageOptions {
  readonly locale: Locale;
  readonly nonce: string;
  readonly kind: ErrorKind;
  /** The shop's own words, in place of the kind's. */
  readonly words?: string | undefined;
  readonly shopUrl?: string | undefined;
  /** The fields of the card that are wrong. */
  readonly cardFields?: readonly CardField[];
}

/** What a browser that asked for HTML is shown in place of a problem document: plain words and a way back. */
export const errorPage = ({ locale, nonce, kind, words, shopUrl, cardFields = [] }: ErrorPageOptions): string => {
  const { errors, backToShop, cardFields: sentences } = TEXTS[locale];
  const { title, text } = errors[kind];
  const way =
    shopUrl !== undefined &&
    html`<div class="actions">
      <a class="button" href="${pageLink(shopUrl)}">${backToShop}</a>
    </div>`;
  return renderDocument({
    locale,
    nonce,
    title,
    body: html`<main>
      ${icon(kind === "payment_closing" ? "clock" : "notice")}
      <h1>${title}</h1>
      <p class="lead">${words ?? text}</p>
      ${
        cardFields.length > 0 &&
        html`<ul class="fields">
          ${[...new Set(cardFields.map((field) => sentences[field]))].map((sentence) => html`<li>${sentence}</li>`)}
        </ul>`
      }
      ${way}
    </main>`,
  });
};
