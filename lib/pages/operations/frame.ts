import { html, raw, type HtmlValue, type SafeHtml } from "../html.js";
import { STAFF_STYLE } from "./staff-style.js";

/** Who looks at a page, and from where. */
export interface Seat {
  /** The same as in the page's policy; see `pagePolicy`. */
  readonly nonce: string;
  /** What leads from this very page to where the back office is mounted: "./", "../", "./payments/". */
  readonly root: string;
  /** Who is signed in; undefined on a page for somebody who may not look. */
  readonly staff?: { readonly name: string; readonly mayManage: boolean };
}

export interface Frame extends Seat {
  readonly title: string;
  /** Which part of the back office it belongs to. */
  readonly here?: Place;
  readonly head?: SafeHtml | undefined;
  /** What stands in `main`, its h1 included. */
  readonly body: HtmlValue;
  /** One of the back office's own scripts. */
  readonly script?: string | undefined;
}

const PLACES = { payments: ["", "Payments"], hooks: ["events", "Hooks"], overview: ["overview", "Overview"] } as const;
export type Place = keyof typeof PLACES;

const link = (name: Place, here: Place | undefined, root: string): SafeHtml => {
  const [path, words] = PLACES[name];
  return name === here
    ? html`<a href="${root}${path}" aria-current="page">${words}</a>`
    : html`<a href="${root}${path}">${words}</a>`;
};

const scriptElement = (nonce: string, script: string): SafeHtml =>
  html`<script nonce="${nonce}">
    ${raw(script)};
  </script>`;

/**
 * The frame of every page of the back office: no asset from elsewhere, nothing that needs a script. Unlike the buyer's pages these have no
 * token in their address, so their forms may say which page they come from, which every browser does then.
 */
export const renderFrame = ({ nonce, root, staff, title, here, head, body, script }: Frame): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex, nofollow" />
        <title>${title}</title>
        <style nonce="${nonce}">
          ${raw(STAFF_STYLE)}
        </style>
        ${head}
      </head>
      <body>
        <a class="skip" href="#content">Skip to the content</a>
        ${
          staff !== undefined &&
          html`<header>
            <nav aria-label="Back office">
              ${link("payments", here, root)} ${link("hooks", here, root)} ${link("overview", here, root)}
            </nav>
            <p class="who">${staff.name}${!staff.mayManage && " (may view only)"}</p>
          </header>`
        }
        <main id="content" tabindex="-1">${body}</main>
        ${staff !== undefined && html`<footer>All times are in UTC.</footer>`}
        ${script !== undefined && scriptElement(nonce, script)}
      </body>
    </html>`.toString();
