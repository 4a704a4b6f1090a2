import { html, type SafeHtml } from "../html.js";

/** Something that may need a person, and how often. */
export interface Need {
  readonly name: string;
  /** Counted no further than `counted`. */
  readonly count: number;
  /** Where they are listed. */
  readonly href: string;
}

/** How far is counted: more than this is "20+". */
export const COUNTED = 20;

/** What needs a person, on top of everything. */
export function needsSection(needs: readonly Need[]): SafeHtml {
  return html`<h2 class="quiet">Needs a person</h2>
    <ul class="tiles">
      ${needs.map(
        ({ name, count, href }) =>
          html`<li>
            ${
              count === 0
                ? html`<div class="none"><b>0</b> ${name}</div>`
                : html`<a href="${href}"><b>${count > COUNTED ? `${COUNTED}+` : count}</b> ${name}</a>`
            }
          </li>`,
      )}
    </ul>`;
}
