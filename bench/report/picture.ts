import type { ReportedFigure, Report } from "./report.js";
import { valueOf } from "./table.js";

const WIDTH = 1000;
const MARGIN = 24;
const NAMES = 525;
const ROW = 26;
const BAR = 9;
/** Where the bars begin, and how wide they may be. */
const START = MARGIN + NAMES;
const ROOM = WIDTH - START - 200;
/** Bars of goals end here: so many times the goal. */
const FULLEST = 2;

/** Colors that are told apart on light and on dark paper, and by those who cannot tell red from green. */
const STYLE = `
svg { font: 13px system-ui, sans-serif; }
text { fill: #1f2328; } .faint { fill: #59636e; font-size: 12px; } .title { font-weight: 600; font-size: 16px; }
.paper { fill: #ffffff; } .line { stroke: #59636e; stroke-dasharray: 3 3; }
.node0 { fill: #0969da; } .node1 { fill: #80b8f5; } .missed { fill: #bc4c00; }
@media (prefers-color-scheme: dark) {
  text { fill: #f0f6fc; } .faint { fill: #9198a1; } .paper { fill: #0d1117; } .line { stroke: #9198a1; }
  .node0 { fill: #4493f8; } .node1 { fill: #1f4f8f; } .missed { fill: #f0883e; }
}`;

/** The figures as a picture: how many notifications a second each contender takes, and how far each goal is met. */
export function picture({ figures, machine, node, measuredAt }: Report): string {
  const lines = [...new Set(figures.map((figure) => figure.node))];
  const parts: string[] = [];
  let y = MARGIN + 16;
  const text = (x: number, content: string, kind = "", anchor = "start"): void => {
    parts.push(`<text x="${x}" y="${y}" class="${kind}" text-anchor="${anchor}">${escaped(content)}</text>`);
  };
  const bar = (share: number, line: number, missed = false): void => {
    const height = (ROW - 6) / Math.max(lines.length, 1);
    const top = y - 14 + line * height;
    const kind = missed ? "missed" : `node${line}`;
    const width = Math.max(1, Math.min(1, share) * ROOM).toFixed(1);
    parts.push(
      `<rect x="${START}" y="${top.toFixed(1)}" width="${width}" height="${Math.min(BAR, height - 1)}" rx="2" class="${kind}"/>`,
    );
  };

  const rates = ratesOf(figures);
  const highest = Math.max(1, ...rates.flatMap(({ rates: each }) => [...each.values()]));
  if (rates.length > 0) {
    text(MARGIN, "Notifications per second, one core", "title");
    text(WIDTH - MARGIN, "of several runs; the ratios below are of pairs in one run", "faint", "end");
    y += ROW + 4;
    for (const { name, rates: each } of rates) {
      text(MARGIN, name);
      for (const [index, line] of lines.entries()) bar((each.get(line) ?? 0) / highest, index);
      const values = lines.map((line) => each.get(line)).filter((rate) => rate !== undefined);
      text(WIDTH - MARGIN, values.map((rate) => Math.round(rate).toLocaleString("en")).join(" | "), "faint", "end");
      y += ROW;
    }
    y += ROW;
  }

  text(MARGIN, "Goals: a bar that passes the line has met its own", "title");
  y += ROW + 4;
  const from = y - ROW / 2;
  for (const { name, each } of goalsOf(figures)) {
    text(MARGIN, name);
    for (const figure of each) bar(attained(figure) / FULLEST, lines.indexOf(figure.node), figure.holds === false);
    const values = each.map(valueOf).join(" | ");
    text(WIDTH - MARGIN, `${values} (${each[0]?.goal ?? ""})`, "faint", "end");
    y += ROW;
  }
  const x = START + ROOM / FULLEST;
  parts.push(`<line x1="${x}" x2="${x}" y1="${from}" y2="${y - ROW / 2}" class="line"/>`);

  y += ROW / 2;
  for (const [index, line] of lines.entries()) {
    const left = MARGIN + index * 110;
    parts.push(`<rect x="${left}" y="${y - 9}" width="10" height="10" rx="2" class="node${index}"/>`);
    text(left + 16, line, "faint");
  }
  const left = MARGIN + lines.length * 110;
  parts.push(`<rect x="${left}" y="${y - 9}" width="10" height="10" rx="2" class="missed"/>`);
  text(left + 16, "missed", "faint");
  text(
    WIDTH - MARGIN,
    `${node.join(", ")}; ${machine.cpu}, ${machine.cores} cores; ${measuredAt.slice(0, 10)}`,
    "faint",
    "end",
  );
  const height = y + MARGIN;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Figures of the bench">
<style>${STYLE}
</style>
<rect class="paper" width="${WIDTH}" height="${height}"/>
${parts.join("\n")}
</svg>
`;
}

/** How far a goal is met: from 1 on it is. */
const attained = ({ value, goal }: ReportedFigure): number => {
  const [sign, bound = "1"] = (goal ?? "").split(" ");
  return sign === ">=" ? value / Number(bound) : Number(bound) / value;
};

/** Figures that have a goal, those of several lines of Node together. */
function goalsOf(figures: readonly ReportedFigure[]): { name: string; each: ReportedFigure[] }[] {
  const groups = new Map<string, ReportedFigure[]>();
  for (const figure of figures) {
    if (figure.goal === null) continue;
    const name = figure.name.replace(`, ${figure.node}`, "");
    groups.set(name, [...(groups.get(name) ?? []), figure]);
  }
  return [...groups].map(([name, each]) => ({ name, each }));
}

const PATHS_OF_NOTIFY: readonly string[] = ["notify", "postgres", "peers"];

/** Answers a second of whatever takes notifications, the quickest first; each by the line of Node. */
function ratesOf(figures: readonly ReportedFigure[]): { name: string; rates: Map<string, number> }[] {
  const groups = new Map<string, Map<string, number>>();
  for (const { path, node, measured } of figures) {
    if (!PATHS_OF_NOTIFY.includes(path)) continue;
    for (const [name, { rate }] of Object.entries(measured)) {
      const rates = groups.get(name) ?? new Map<string, number>();
      // The first path's: a contender that stands in several is measured in each.
      if (!rates.has(node)) rates.set(node, rate.median);
      groups.set(name, rates);
    }
  }
  const best = (rates: Map<string, number>): number => Math.max(...rates.values());
  return [...groups].map(([name, rates]) => ({ name, rates })).sort((a, b) => best(b.rates) - best(a.rates));
}

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
