import { BUYERS } from "../shop/buyers.js";
import { html, type Html } from "./html.js";
import { LEAF } from "./pictures.js";
import type { Visit } from "./visit.js";

export interface LayoutParts {
  readonly title: string;
  /** Which entry of the strip this page is. */
  readonly here: "shop" | "cards" | "hooks" | "order" | "none";
  readonly visit: Visit;
  readonly main: Html;
  readonly head?: Html | undefined;
}

/** The frame of every page: where in the demo one is and who is signed in, and the shop's name. */
export const layout = ({ title, here, visit, main, head }: LayoutParts): string => {
  const link = (name: string, href: string, current?: "page" | "true" | false) =>
    html`<a href="${href}" ${current && html`aria-current="${current}"`}>${name}</a>`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} - Kettle &amp; Crumb</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/style.css" />
        ${head}
      </head>
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        <div class="strip">
          <p>Demo of express-antom</p>
          <nav aria-label="Demo">
            ${link("Shop", "/", here === "order" ? "true" : here === "shop" && "page")}
            ${link("Saved cards", "/cards", here === "cards" && "page")}
            ${link("Hooks", "/hooks", here === "hooks" && "page")} ${link("Staff", "/admin/payments")}
            ${link("Simulator", `${visit.simulatorUrl}/simulator`)}
          </nav>
        </div>
        <header class="sign">
          <a href="/">${LEAF}<span>Kettle &amp; Crumb</span></a>
          ${signedInAs(visit)}
        </header>
        <main id="main" tabindex="-1">${main}</main>
        <footer>
          <p>A made-up coffee shop. Its payments go to a simulator on this machine: no money moves.</p>
        </footer>
      </body>
    </html>`.toString();
};

const signedInAs = ({ buyer, path }: Visit): Html =>
  html`<form method="post" action="/buyer" class="who">
    <input type="hidden" name="back" value="${path}" />
    <span>Signed in as <strong>${buyer.name}</strong></span>
    ${BUYERS.filter(({ id }) => id !== buyer.id).map(
      ({ id, name }) => html`<button type="submit" name="buyer" value="${id}">Switch to ${name}</button>`,
    )}
  </form>`;
