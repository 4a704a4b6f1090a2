import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { ROOT } from "../docs/pages.js";

const LEVELS = ["debug", "info", "warn", "error"];

/** What the simulator logs is its own, and a page's event is no line of the log. */
const ELSEWHERE = /^lib\/(?:simulator|pages|testing)\//;

/** A line the kit may log, as far as it can be read from the sources. */
export interface LogEvent {
  readonly levels: Set<string>;
  readonly fields: Set<string>;
}

const sources = (): { readonly name: string; readonly text: string }[] =>
  readdirSync(path.join(ROOT, "lib"), { recursive: true, encoding: "utf8" })
    .map((name) => `lib/${name.replaceAll("\\", "/")}`)
    .filter((name) => name.endsWith(".ts") && !ELSEWHERE.test(name))
    .map((name) => ({ name, text: readFileSync(path.join(ROOT, name), "utf8") }));

/** The events named anywhere in the sources. */
export const namedEvents = (): string[] => [
  ...new Set(
    sources().flatMap(({ text }) => [...text.matchAll(/(?<!\()\bevent: "([^"]+)"/g)].map(([, name = ""]) => name)),
  ),
];

/** The events that are logged, with their levels and the fields that can be told from the call. */
export function loggedEvents(): Map<string, LogEvent> {
  const events = new Map<string, LogEvent>();
  for (const { name, text } of sources()) {
    const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
    const constants = new Map<string, ts.Expression>();
    const visit = (node: ts.Node): void => {
      if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer !== undefined) {
        constants.set(node.name.text, node.initializer);
      }
      if (ts.isCallExpression(node)) take(node);
      ts.forEachChild(node, visit);
    };
    const take = ({ expression, arguments: [fields] }: ts.CallExpression): void => {
      if (!ts.isPropertyAccessExpression(expression) || !LEVELS.includes(expression.name.text)) return;
      if (!/\blogger$/.test(expression.expression.getText(source)) || fields === undefined) return;
      const told = fieldsOf(fields, constants);
      const event = told.get("event");
      if (event === undefined) return;
      const known = events.get(event) ?? { levels: new Set(), fields: new Set() };
      events.set(event, known);
      known.levels.add(expression.name.text);
      for (const [field, value] of told) if (field !== "event" && value !== "undefined") known.fields.add(field);
    };
    visit(source);
  }
  return events;
}

/** The members of an object that is spelt out, with their values' text; of one that is not, as far as the file tells. */
function fieldsOf(node: ts.Expression, constants: ReadonlyMap<string, ts.Expression>): Map<string, string> {
  const fields = new Map<string, string>();
  if (ts.isIdentifier(node)) {
    const initializer = constants.get(node.text);
    return initializer === undefined ? fields : fieldsOf(initializer, constants);
  }
  if (!ts.isObjectLiteralExpression(node)) return fields;
  for (const property of node.properties) {
    if (ts.isSpreadAssignment(property)) {
      for (const [name, value] of fieldsOf(property.expression, constants)) fields.set(name, value);
    } else if (ts.isPropertyAssignment(property)) {
      const { initializer } = property;
      fields.set(property.name.getText(), ts.isStringLiteral(initializer) ? initializer.text : initializer.getText());
    } else if (ts.isShorthandPropertyAssignment(property)) fields.set(property.name.text, "");
  }
  return fields;
}
