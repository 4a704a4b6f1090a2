/** HTML that may stand in a page as it is. */
export class Html {
  constructor(private readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

type Part = Html | string | number | false | undefined | readonly Part[];

const CODES: Readonly<Record<string, string>> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "#39" };

const shown = (part: Part): string => {
  if (part === undefined || part === false) return "";
  if (part instanceof Html) return part.toString();
  if (typeof part === "object") return part.map(shown).join("");
  return String(part).replace(/[&<>"']/g, (character) => `&${CODES[character] ?? ""};`);
};

/** A template of a page: what is put in is escaped, unless it is HTML itself. */
export const html = (texts: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  new Html(texts.map((text, index) => text + shown(parts[index])).join(""));
