import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import coverage from "../../docs/coverage.json";

export const ROOT = join(__dirname, "../..");

/** What Antom's documents on authorization payments say, and where it is shown to be so. */
export interface Row {
  readonly id: string;
  /** The documents that say it, by number. */
  readonly documents: readonly string[];
  readonly what: string;
  readonly kind: string;
  /** The file that does it. */
  readonly where: string;
  /** The test that shows it. */
  readonly test: { readonly file: string; readonly title: string };
}

export const ROWS: readonly Row[] = coverage;

export const DOCUMENTS = ["000", "001", "002", "003", "004"] as const;
export const KINDS = ["flow", "feature", "rule", "field", "answer", "note"] as const;

const known = new Map<string, ReadonlySet<string>>();

/** The titles of a file's tests that run. */
export function titlesOf(file: string): ReadonlySet<string> {
  const titles =
    known.get(file) ??
    titlesIn(ts.createSourceFile(file, readFileSync(join(ROOT, file), "utf8"), ts.ScriptTarget.Latest));
  known.set(file, titles);
  return titles;
}

/** Those of `it("...")`, and not where it or a suite around it is skipped. */
export function titlesIn(source: ts.SourceFile): ReadonlySet<string> {
  const titles = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      if (isSkipped(node.expression)) return;
      const [title] = node.arguments;
      const isTest = ts.isIdentifier(node.expression) && node.expression.text === "it";
      // A test without a body is pending.
      if (isTest && title !== undefined && ts.isStringLiteralLike(title) && node.arguments.length > 1) {
        titles.add(title.text);
      }
    }
    node.forEachChild(visit);
  };
  visit(source);
  return titles;
}

const isSkipped = (called: ts.Expression): boolean =>
  (ts.isPropertyAccessExpression(called) && called.name.text === "skip") ||
  (ts.isIdentifier(called) && ["xit", "xdescribe", "xcontext", "xspecify"].includes(called.text));

const TITLES: Readonly<Record<(typeof KINDS)[number], string>> = {
  flow: "Flows",
  feature: "Features",
  rule: "Rules",
  field: "Fields",
  answer: "Answers and notifications",
  note: "Notes and contradictions",
};

const INTRODUCTION = `# Coverage of Antom's documents

What the five documents on authorization payments say, line by line, with the file that does it and the test that shows it. The build fails when a line has no
test, and when a field of one of the documents' samples has no line. For machines there is [the same as JSON](coverage.json), from which this page is made.

| document | what it is                                                     |
| -------- | -------------------------------------------------------------- |
| 000      | the English edition of 2024                                    |
| 001      | an older one, which names Alipay                               |
| 002      | of payment orchestration (POP, now APO)                        |
| 003      | the Chinese edition                                            |
| 004      | the fullest English one, of 3 April 2024, with Korean cards    |
`;

/** docs/coverage.md, before it is formatted. */
export function pageOf(rows: readonly Row[]): string {
  const sections = KINDS.map((kind) => {
    const lines = rows.filter((row) => row.kind === kind).map(lineOf);
    return `## ${TITLES[kind]}\n\n${lines.length} lines.\n\n${lines.join("\n")}\n`;
  });
  return `${INTRODUCTION}\n${sections.join("\n")}`;
}

function lineOf({ id, documents, what, where, test }: Row): string {
  const name = id.replace(/^[a-z]+: /, "");
  return (
    `- **${name}** (${documents.join(", ")}). ${what} [${where}](../${where}), ` +
    `shown by [${test.file}](../${test.file}): _${test.title.replaceAll("_", "\\_")}_`
  );
}
