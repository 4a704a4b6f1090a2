/** HTML that may be put into a page as it is. Nothing but `html`, `raw` and `scriptJson` makes it. */
export class SafeHtml {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** What may stand in a `html` template. `undefined` and `false` leave nothing behind, so that parts can be optional. */
export type HtmlValue = SafeHtml | string | number | false | undefined | readonly HtmlValue[];

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text made harmless between tags and inside a quoted attribute. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");

const written = (value: HtmlValue): string => {
  if (value === undefined || value === false) return "";
  if (value instanceof SafeHtml) return value.toString();
  if (typeof value === "string") return escapeHtml(value);
  if (typeof value === "number") return String(value);
  return value.map(written).join("");
};

/** A template whose values are escaped unless they are `SafeHtml` already. Attributes must be quoted. */
export const html = (parts: TemplateStringsArray, ...values: readonly HtmlValue[]): SafeHtml =>
  new SafeHtml(parts.reduce((text, part, index) => text + written(values[index - 1]) + part));

/** Declares text of the kit's own (a stylesheet, a script) to be safe. Never for anything that came from outside. */
export const raw = (text: string): SafeHtml => new SafeHtml(text);

/** A JSON value as a JavaScript expression that cannot end the script element it stands in. */
export const scriptJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
