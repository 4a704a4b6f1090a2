import { expect } from "chai";
import { readArguments } from "../../bench/arguments.js";
import { figure, type Measured } from "../../bench/figures/figure.js";
import { withFigures } from "../../bench/report/page.js";
import { picture } from "../../bench/report/picture.js";
import type { Report } from "../../bench/report/report.js";
import { contenders, disturbance, table, valueOf } from "../../bench/report/table.js";

const same = (value: number) => ({ median: value, lowest: value, highest: value });
const measured: Measured = {
  rate: same(8_000),
  p50: 4,
  p99: same(9),
  longestBlock: same(12),
  blockP99: 3,
  rss: 120_000_000,
  shopCpu: 0.99,
  loadCpu: 0.2,
  cpuPerAnswer: 124,
  othersCpu: 0.01,
  hooks: 100,
  badHooks: same(0),
};
const REPORT: Report = {
  measuredAt: "2026-01-02T03:04:05.678Z",
  isQuick: false,
  machine: { cpu: "A <fast> one", cores: 2, memory: 8 * 2 ** 30, system: "linux", pinning: "nothing is pinned" },
  node: ["v20.20.2"],
  figures: [
    {
      path: "notify",
      ...figure({
        name: "notify / nothing",
        node: "Node 20",
        goal: { atLeast: 0.9 },
        values: [0.8, 1, 0.95],
        measured: { "the kit": measured },
      }),
    },
    {
      path: "blocks",
      ...figure({
        name: "longest",
        node: "Node 20",
        unit: "ms",
        goal: { atMost: 20 },
        values: [30, 8, 41.5],
        measured: {},
      }),
    },
  ],
};

describe("bench: reports", () => {
  it("show by how little a goal is missed", () => {
    const missed = figure({ name: "a", node: "b", goal: { atLeast: 0.7 }, values: [0.699], measured: {} });
    expect(valueOf(missed)).to.equal("0.699");
    expect(valueOf({ ...missed, value: 0.691 })).to.equal("0.69");
    expect(valueOf({ ...missed, value: 0.7, holds: true })).to.equal("0.70");
  });

  it("take the median of the rounds and say whether the goal holds", () => {
    expect(REPORT.figures[0]).to.include({
      name: "notify / nothing, Node 20",
      value: 0.95,
      goal: ">= 0.9",
      holds: true,
    });
    expect(REPORT.figures[1]).to.include({ value: 30, goal: "<= 20", holds: false });
    expect(REPORT.figures[1]?.spread).to.deep.equal({ median: 30, lowest: 8, highest: 41.5 });
    expect(figure({ name: "a", node: "b", values: [1, 2], measured: {} })).to.include({
      value: 1.5,
      goal: null,
      holds: null,
    });
  });

  it("print a line for each figure and for each contender", () => {
    const [, first, second] = table(REPORT.figures).split("\n");
    expect(first).to.match(/^notify \/ nothing, Node 20 +0\.95 +0\.80 to 1\.00 +>= 0\.9 +holds$/);
    expect(second).to.match(/^longest, Node 20 +30\.0 ms +8\.0 ms to 41\.5 ms .* MISSED$/);
    expect(contenders(REPORT.figures)).to.match(
      /\nnotify: the kit, Node 20 +8,000 +8,000 to 8,000 +4\.0 +9\.0 +12 +120 /,
    );
    expect(disturbance(REPORT.figures)).to.include("no more than 1 %");
  });

  it("draw a picture that is whole, with what was measured written as text", () => {
    const svg = picture(REPORT);
    expect(svg).to.match(/^<svg [^>]*viewBox="0 0 1000 \d+(\.\d+)?"[\s\S]*<\/svg>\n$/);
    expect(svg).to.include(">8,000</text>").and.to.include("30.0 ms (&lt;= 20)").and.to.include("A &lt;fast&gt; one");
    const opened = svg.match(/<(?:svg|style|text|rect|line)[ >]/g) ?? [];
    const closed = svg.match(/\/>|<\/(?:svg|style|text)>/g) ?? [];
    expect(opened.length).to.equal(closed.length);
    expect(svg).not.to.match(/NaN|undefined|Infinity/);
  });

  it("put the figures between the marks of a page, and nothing else", () => {
    const page = "# A\n\n<!-- figures -->\n\nold\n\n<!-- end of figures -->\n\nB\n";
    const next = withFigures(page, REPORT);
    expect(next).to.match(/^# A\n\n<!-- figures -->\n\nMeasured 2026-01-02, Node 20\.20\.2, /);
    expect(next).to.include("| notify / nothing | 0.95 ").and.to.include("30.0 ms (missed)").and.not.include("old");
    expect(next).to.match(/\n\n<!-- end of figures -->\n\nB\n$/);
    expect(withFigures(next, REPORT)).to.equal(next);
    expect(() => withFigures("# A\n", REPORT)).to.throw("<!-- figures -->");
  });
});

describe("bench: arguments", () => {
  const paths = ["notify", "checkout"];

  it("name paths in any way, and measure on both lines of Node unless it is to be quick", () => {
    expect(readArguments([], paths)).to.deep.equal({
      isQuick: false,
      paths: [],
      node: "both",
      isStrict: false,
      wantsHelp: false,
    });
    const asked = readArguments(["--quick", "notify", "--only", "checkout", "--json", "a.json"], paths);
    expect(asked).to.deep.include({ isQuick: true, paths: ["checkout", "notify"], node: "current", json: "a.json" });
  });

  it("refuse what there is not", () => {
    expect(() => readArguments(["notfy"], paths)).to.throw("There is no path notfy. There are: notify, checkout.");
    expect(() => readArguments(["--node", "18"], paths)).to.throw("--node takes current, newest or both, not 18.");
    expect(() => readArguments(["--fast"], paths)).to.throw("--fast");
  });
});
