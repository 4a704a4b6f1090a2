import { ERRORS, type AntomError } from "../../errors.js";
import { html } from "../html.js";
import { renderFrame, type Seat } from "./frame.js";
import { withMoney } from "./money-text.js";

export interface TroublePage extends Seat {
  readonly error: AntomError;
  /** The error's message is for the log and not for staff. */
  readonly isPrivate: boolean;
  /** The payment it was about, if there is such. */
  readonly payment?: string | undefined;
}

/** What went wrong, in words, and the way back. */
export function troublePage({ error, isPrivate, payment, ...seat }: TroublePage): string {
  const { code, problems, resultCode } = error;
  const { title } = ERRORS[code];
  const { root, staff } = seat;
  return renderFrame({
    ...seat,
    title,
    body: html`
      <h1>${title}</h1>
      <div class="notice bad">
        <p>
          ${isPrivate ? "The log says more. What you asked for may not have been done: look before you ask again." : sentence(error.message)}
        </p>
        ${
          problems.length > 1 &&
          !isPrivate &&
          html`<ul>
            ${problems.map(({ at, message }) => html`<li>${at} ${message}</li>`)}
          </ul>`
        }
        <p class="hint">${resultCode !== undefined && `Antom's code: ${resultCode}. `}Error: <code>${code}</code></p>
      </div>
      ${
        staff !== undefined &&
        html`<div class="buttons">
          ${payment !== undefined && html`<a class="button" href="${root}${payment}">Back to the payment</a>`}
          <a class="second button" href="${root}">All payments</a>
        </div>`
      }
    `,
  });
}

/** Messages begin small, for logs. */
const sentence = (message: string): string => {
  const text = withMoney(message.replace(/^payment PAY[0-9A-Z]{26}: /, ""));
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
};
