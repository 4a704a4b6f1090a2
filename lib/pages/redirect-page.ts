import type { BuyerAction } from "../payment/payment.js";
import { renderDocument } from "./document.js";
import { html, type SafeHtml } from "./html.js";
import { icon } from "./icons.js";
import { pageLink, secureLink } from "./link.js";
import type { Locale } from "./locale.js";
import { REDIRECT_SCRIPT } from "./redirect-script.js";
import { TEXTS } from "./texts.js";

export interface RedirectPageOptions {
  readonly locale: Locale;
  readonly nonce: string;
  /** Where the gateway wants the buyer: https, or http on this machine. */
  readonly action: BuyerAction;
  /** The kit's return URL of the payment, for a buyer who has already paid. */
  readonly returnUrl: string;
}

const wayOn = (action: BuyerAction, label: string): SafeHtml => {
  const url = secureLink(action.url).href;
  if (action.method === "GET") return html`<a class="button" data-go href="${url}">${label}</a>`;
  const fields = Object.entries(action.parameters ?? {}).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );
  return html`<form data-go method="post" action="${url}" accept-charset="utf-8" autocomplete="off">
    ${fields}<button class="button" type="submit">${label}</button>
  </form>`;
};

/**
 * The intermediate page: goes on to the payment page at once, and only once. Without script, or when the buyer comes
 * back to it, it is a choice between going on and seeing how the payment stands. Throws a TypeError when `action.url`
 * is not one a buyer may be sent to.
 */
export const redirectPage = ({ locale, nonce, action, returnUrl }: RedirectPageOptions): string => {
  const texts = TEXTS[locale].redirect;
  return renderDocument({
    locale,
    nonce,
    title: texts.choice.title,
    body: html`<main>
      <div data-while="going slow" hidden>
        ${icon("ring", "turning")}
        <h1>${texts.going.title}</h1>
        <p class="lead" data-while="going">${texts.going.text}</p>
        <p class="lead" data-while="slow">${texts.slow}</p>
      </div>
      <div data-while="choice">
        ${icon("lock")}
        <h1>${texts.choice.title}</h1>
        <p class="lead">${texts.choice.text}</p>
      </div>
      <div class="actions" data-while="choice slow">
        ${wayOn(action, texts.goOn)}
        <a class="button second" href="${pageLink(returnUrl)}">${texts.seePayment}</a>
      </div>
    </main>`,
    scripts: [REDIRECT_SCRIPT],
  });
};
