import { html, type HtmlValue, type SafeHtml } from "../html.js";

/** Names with what they are, one below the other; what is undefined is left out. */
export const factsList = (facts: readonly (readonly [name: string, value: HtmlValue])[]): SafeHtml =>
  html`<dl>
    ${facts
      .filter(([, value]) => value !== undefined && value !== false)
      .map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
  </dl>`;
