import ts from "typescript";

const SUITES = ["describe", "context"];
const TESTS = ["it", "specify"];

/** The name that is called: `it` of `it("...")` and of `it.skip("...")`. */
const called = ({ expression }: ts.CallExpression): string => {
  const callee = ts.isPropertyAccessExpression(expression) ? expression.expression : expression;
  return ts.isIdentifier(callee) ? callee.text : "";
};

/** "file: title" for each title that an earlier test of the file has, the titles of the suites around it included. */
export const duplicateTitles = (name: string, source: string): string[] => {
  const seen = new Set<string>();
  const duplicates: string[] = [];
  const visit = (node: ts.Node, suite: string): void => {
    let around = suite;
    if (ts.isCallExpression(node)) {
      const [title] = node.arguments;
      const full = title && ts.isStringLiteralLike(title) ? `${suite} ${title.text}`.trim() : undefined;
      if (full !== undefined && TESTS.includes(called(node))) {
        if (seen.has(full)) duplicates.push(`${name}: ${full}`);
        seen.add(full);
      }
      // A suite whose title is put together at run time is another one each time: its place stands for its title.
      if (SUITES.includes(called(node))) around = full ?? `${suite} ${node.pos}`;
    }
    node.forEachChild((child) => {
      visit(child, around);
    });
  };
  visit(ts.createSourceFile(name, source, ts.ScriptTarget.Latest), "");
  return duplicates;
};
