import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export const ROOT = path.join(__dirname, "../..");

/** A fenced block of a page. */
export interface Sample {
  readonly page: string;
  /** The line of its first line of code, 1 for the page's first. */
  readonly line: number;
  readonly language: string;
  readonly code: string;
}

export interface Heading {
  readonly level: number;
  readonly text: string;
  /** What GitHub makes of it, for links. */
  readonly anchor: string;
}

/** A page of the documentation, taken apart. */
export interface Page {
  /** Relative to the root of the checkout, with forward slashes. */
  readonly name: string;
  readonly text: string;
  /** The text without what is fenced. */
  readonly prose: string;
  readonly headings: readonly Heading[];
  readonly samples: readonly Sample[];
}

const FENCE = /^(\s*)```(\S*)/;

function takeApart(name: string, text: string): Page {
  const samples: Sample[] = [];
  const prose: string[] = [];
  let open: { indent: string; language: string; line: number; code: string[] } | undefined;
  text.split("\n").forEach((line, index) => {
    const fence = FENCE.exec(line);
    if (open === undefined && fence) {
      open = { indent: fence[1] ?? "", language: fence[2] ?? "", line: index + 2, code: [] };
    } else if (open === undefined) {
      prose.push(line);
    } else if (fence) {
      samples.push({ page: name, line: open.line, language: open.language, code: `${open.code.join("\n")}\n` });
      open = undefined;
    } else {
      open.code.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line);
    }
  });
  if (open !== undefined) throw new Error(`${name}:${open.line} is never closed`);
  return { name, text, prose: prose.join("\n"), headings: headingsIn(prose), samples };
}

function headingsIn(lines: readonly string[]): Heading[] {
  const seen = new Map<string, number>();
  return lines.flatMap((line) => {
    const [, marks = "", text = ""] = /^(#{1,6}) +(.+?)\s*$/.exec(line) ?? [];
    if (marks === "") return [];
    const slug = text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/\s/g, "-");
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return [{ level: marks.length, text, anchor: count === 0 ? slug : `${slug}-${count}` }];
  });
}

const NAMES = [
  ...readdirSync(ROOT).filter((name) => name.endsWith(".md")),
  ...readdirSync(path.join(ROOT, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

/** Every page there is. */
export const PAGES: readonly Page[] = NAMES.map((name) => takeApart(name, readFileSync(path.join(ROOT, name), "utf8")));

export function page(name: string): Page {
  const found = PAGES.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`there is no page ${name}`);
  return found;
}

/** The prose below a heading, up to the next of its level or above. */
export function section(of: Page, heading: string): string {
  const lines = of.prose.split("\n");
  const start = lines.findIndex((line) => /^#{1,6} /.test(line) && line.replace(/^#+ +/, "") === heading);
  if (start < 0) throw new Error(`${of.name} has no section "${heading}"`);
  const level = /^#+/.exec(lines[start] ?? "")?.[0].length ?? 1;
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => (/^(#+) /.exec(line)?.[1]?.length ?? 7) <= level);
  return (end < 0 ? rest : rest.slice(0, end)).join("\n");
}

/** The rows of the tables in a text, each as its cells; the lines below the titles are left out. */
export const rowsIn = (text: string): string[][] =>
  text
    .split("\n")
    .filter((line) => /^\|.*\|\s*$/.test(line) && !/^[|\s:-]+$/.test(line))
    .map((line) =>
      line
        .trim()
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim()),
    );
