import ts from "typescript";
import { readFileSync } from "node:fs";
import path from "node:path";
import { PAGES, type Sample } from "./pages.js";

/** A sample as the file it would be. */
export interface SampleFile {
  readonly sample: Sample;
  readonly name: string;
  /** The sample, with what it takes for granted imported in front of its first line, so that line numbers stay. */
  readonly text: string;
}

const EXTENSIONS: Readonly<Record<string, string>> = { ts: ".mts", js: ".mjs" };

const extensionOf = ({ language, code }: Sample): string | undefined =>
  language === "js" && /\brequire\(/.test(code) ? ".cjs" : EXTENSIONS[language];

/** Names a file declares for itself at its top, imports included. */
function declaredIn(code: string): ReadonlySet<string> {
  const names = new Set<string>();
  const bind = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) names.add(name.text);
    else for (const element of name.elements) if (ts.isBindingElement(element)) bind(element.name);
  };
  for (const statement of ts.createSourceFile("sample.ts", code, ts.ScriptTarget.Latest).statements) {
    if (ts.isVariableStatement(statement)) {
      for (const declaration of statement.declarationList.declarations) bind(declaration.name);
    } else if (
      ts.isFunctionDeclaration(statement) ||
      ts.isClassDeclaration(statement) ||
      ts.isInterfaceDeclaration(statement)
    ) {
      if (statement.name) names.add(statement.name.text);
    } else if (ts.isImportDeclaration(statement)) {
      const { name, namedBindings } = statement.importClause ?? {};
      if (name) names.add(name.text);
      if (namedBindings && ts.isNamespaceImport(namedBindings)) names.add(namedBindings.name.text);
      else namedBindings?.elements.forEach((element) => names.add(element.name.text));
    }
  }
  return names;
}

const SHOP = readFileSync(path.join(__dirname, "shop.ts"), "utf8");

/** The names of shop.ts. */
const GIVEN = [...SHOP.matchAll(/^export (?:(?:const|interface) (\w+)|\{([^}]*)\})/gm)]
  .flatMap(([, name, names = ""]) => name ?? names.match(/\w+/g) ?? [])
  .filter((name) => name !== "elided");

/** A line that says in words what stands there, within an object. */
const ELISION = /^(\s*)\/\/ \u2026/gm;

/** The file that a sample is an excerpt of, if its first line names one. */
export const excerptOf = ({ code }: Sample): string | undefined => /^\/\/ ((?:test|lib)\/\S+)\n/.exec(code)?.[1];

/** @param from where the sample finds the names of shop.ts */
export function fileOf(sample: Sample, index: number, from: string): SampleFile | undefined {
  const extension = extensionOf(sample);
  if (extension === undefined || excerptOf(sample) !== undefined) return undefined;
  const declared = declaredIn(sample.code);
  const code = sample.code.replace(ELISION, "$1...elided, // ");
  const taken = [...GIVEN, ...(code === sample.code ? [] : ["elided"])].filter(
    (name) => !declared.has(name) && new RegExp(`(?<=\\.{3}|[^.\\w]|^)${name}\\b(?!:)`).test(code),
  );
  const names = taken.join(", ");
  const given =
    taken.length === 0
      ? ""
      : extension === ".cjs"
        ? `const { ${names} } = require("${from}"); `
        : `import { ${names} } from "${from}"; `;
  const end = extension === ".cjs" ? "" : "export {};\n";
  return { sample, name: `sample-${index}${extension}`, text: given + code + end };
}

/** Every sample that is code, as files beside shop.ts. */
export const sampleFiles = (from: string): SampleFile[] =>
  PAGES.flatMap(({ samples }) => samples).flatMap((sample, index) => fileOf(sample, index, from) ?? []);
