import { html, raw, type SafeHtml } from "./html.js";
import { LANGUAGE_TAGS, type Locale } from "./locale.js";
import { STYLE } from "./style.js";

export interface DocumentParts {
  readonly locale: Locale;
  readonly title: string;
  /** The same as in the page's policy; see `pagePolicy`. */
  readonly nonce: string;
  /** More for the head. */
  readonly head?: SafeHtml | undefined;
  /** What stands in `body`: one `main`. */
  readonly body: SafeHtml;
  /** The kit's own scripts, run at the end of the page. */
  readonly scripts?: readonly string[];
}

const inlineScript = (nonce: string, script: string): SafeHtml => {
  if (/<\/script|<!--/i.test(script)) throw new TypeError("This script would end its own element.");
  return html`<script nonce="${nonce}">
    ${raw(script)};
  </script>`;
};

/**
 * The frame of every page the kit shows a buyer: no asset from elsewhere, no inline handler, nothing a policy made by
 * `pagePolicy` refuses. The URLs of these pages bear a token, so nothing is told to where a link leads. (Browsers then post
 * the pages' forms with `Origin: null`, which is why "I have paid" asks for the token and not for the origin.)
 */
export const renderDocument = ({ locale, title, nonce, head, body, scripts = [] }: DocumentParts): string =>
  html`<!doctype html>
    <html lang="${LANGUAGE_TAGS[locale]}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex, nofollow" />
        <title>${title}</title>
        <style nonce="${nonce}">
          ${raw(STYLE)}
        </style>
        ${head}
      </head>
      <body>
        ${body} ${scripts.map((script) => inlineScript(nonce, script))}
      </body>
    </html>`.toString();
