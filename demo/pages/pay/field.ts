import { html, type Html } from "../html.js";
import type { Filled } from "./test-card-fill.js";

export interface FieldParts {
  readonly name: string;
  /** Made of the name where none is given. */
  readonly id?: string;
  readonly label: string;
  /** Stands beside the label, quietly. */
  readonly hint?: string;
  /** What is said when the field is wrong, in place of the kit's own words. */
  readonly wrong?: string;
  /** How wide, of the row's twelve columns. */
  readonly width?: 4 | 5 | 6 | 7 | 8 | 12;
  readonly attributes?: Html;
}

/** `card[billingAddress][zipCode]` as an id. */
const idOf = ({ id, name }: FieldParts): string => id ?? `f-${name.replace(/\W+/g, "-").replace(/-$/, "")}`;

const wrongWords = (wrong: string | undefined): Html | false =>
  wrong !== undefined && html`data-antom-invalid="${wrong}"`;

const labelled = (parts: FieldParts, control: Html): Html => {
  const { label, hint, width = 12 } = parts;
  return html`<div class="field w${width}">
    <label for="${idOf(parts)}">${label} ${hint !== undefined && html`<span class="hint">${hint}</span>`}</label>
    ${control}
  </div>`;
};

/** An input with its label. */
export const input = (parts: FieldParts, filled: Filled): Html => {
  const { name, wrong, attributes } = parts;
  return labelled(
    parts,
    html`<input id="${idOf(parts)}" name="${name}" value="${filled[name] ?? ""}" ${attributes} ${wrongWords(wrong)} />`,
  );
};

/** A choice among several, of which the first is none. */
export const select = (
  parts: FieldParts,
  none: string,
  options: readonly { readonly value: string; readonly text: string }[],
  chosen: string | undefined,
): Html => {
  const { name, wrong, attributes } = parts;
  return labelled(
    parts,
    html`<select id="${idOf(parts)}" name="${name}" ${attributes} ${wrongWords(wrong)}>
      <option value="">${none}</option>
      ${options.map(
        ({ value, text }) => html`<option value="${value}" ${value === chosen && html`selected`}>${text}</option>`,
      )}
    </select>`,
  );
};

/** A box with its label. */
export const box = (name: string, value: string, label: Html | string, filled: Filled): Html =>
  html`<label class="box">
    <input type="checkbox" name="${name}" value="${value}" ${filled[name] === value && html`checked`} />
    <span>${label}</span>
  </label>`;
