import type { Report, ReportedFigure } from "./report.js";
import { valueOf } from "./table.js";

const BEGIN = "<!-- figures -->";
const END = "<!-- end of figures -->";

/** The page with this report's figures in place of those it had. */
export function withFigures(page: string, report: Report): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`The page has no ${BEGIN} and ${END}.`);
  return `${page.slice(0, begin + BEGIN.length)}\n\n${figuresText(report)}\n\n${page.slice(end)}`;
}

function figuresText({ figures, machine, node, measuredAt, isQuick }: Report): string {
  const lines = [...new Set(figures.map((figure) => figure.node))];
  const names = [...new Set(figures.map(nameOf))];
  const rows = names.map((name) => {
    const own = figures.filter((figure) => nameOf(figure) === name);
    const values = lines.map((line) => cell(own.find((figure) => figure.node === line)));
    return [name, ...values, own[0]?.goal ?? ""];
  });
  const memory = `${Math.round(machine.memory / 2 ** 30)} GB`;
  const where = `${measuredAt.slice(0, 10)}, Node ${node.map((version) => version.slice(1)).join(" and ")}, ${machine.cpu} with
${machine.cores} cores and ${memory}, ${machine.system}; ${machine.pinning}.`;
  return `Measured ${where}${isQuick ? " A quick run." : ""}

${markdown([["figure", ...lines, "goal"], ...rows])}`;
}

const nameOf = ({ name, node }: ReportedFigure): string => name.replace(`, ${node}`, "");

function cell(figure: ReportedFigure | undefined): string {
  if (figure === undefined) return "";
  const value = valueOf(figure);
  return figure.holds === false ? `${value} (missed)` : value;
}

function markdown(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((each, column) => each.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}
