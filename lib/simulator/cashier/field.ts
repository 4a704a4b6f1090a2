import { html, type Html } from "../http/html.js";
import type { CardField, FieldProblem } from "./card-form.js";

interface Field {
  readonly name: CardField | "cardholderName" | "zipCode";
  readonly label: string;
  readonly attributes: Html;
  readonly value?: string | undefined;
  /** Where the buyer begins, unless there are problems to be told first. */
  readonly focus?: boolean;
}

/** A labelled input with what was wrong with it. */
export function field(
  { name, label, attributes, value, focus = false }: Field,
  problems: readonly FieldProblem[],
): Html {
  const problem = problems.find((entry) => entry.field === name);
  return html` <div class="field">
    <label for="${name}">${label}</label>
    <input
      id="${name}"
      name="${name}"
      value="${value}"
      ${attributes}
      ${problem && html`aria-invalid="true" aria-describedby="${name}-problem"`}
      ${focus && problems.length === 0 && html`autofocus`}
    />
    ${problem && html`<p class="problem" id="${name}-problem">${problem.message}</p>`}
  </div>`;
}

/** All problems above the form, each leading to its field. */
export const errorSummary = (problems: readonly FieldProblem[]): Html =>
  html` <div class="alert" role="alert" tabindex="-1" autofocus>
    <p><strong>Nothing was charged.</strong> Please correct:</p>
    <ul>
      ${problems.map(({ field, code, message }) => html`<li><a href="#${field}">${message}</a> <code>${code}</code></li>`)}
    </ul>
  </div>`;
