/** The bench: the kit against what it is built on and against its peers, in one run. `npm run bench -- --help` says how. */

import { readFileSync, writeFileSync } from "node:fs";
import { HELP, readArguments, type Arguments } from "./arguments.js";
import { PATHS, NOT_QUICK } from "./figures/paths.js";
import { withFigures } from "./report/page.js";
import { picture } from "./report/picture.js";
import type { Report, ReportedFigure } from "./report/report.js";
import { contenders, disturbance, table } from "./report/table.js";
import { Bench } from "./run/bench.js";
import { compile } from "./run/compile.js";
import { chooseCores, describeMachine, type Cores } from "./run/machine.js";
import { currentLine, newestLine, type NodeLine } from "./run/node-lines.js";

async function main(): Promise<void> {
  const wanted = readArguments(process.argv.slice(2), Object.keys(PATHS));
  if (wanted.wantsHelp) {
    console.log(HELP.trim());
    return;
  }
  const lines = linesFor(wanted.node);
  const processes = compile();
  const cores = chooseCores();
  const machine = describeMachine(cores);
  console.log(`${machine.cpu}, ${machine.cores} cores, ${machine.system}: ${machine.pinning}.`);
  const figures: ReportedFigure[] = [];
  for (const line of lines) figures.push(...(await measured(line, processes, cores, wanted)));
  const report: Report = {
    measuredAt: new Date().toISOString(),
    isQuick: wanted.isQuick,
    machine,
    node: lines.map(({ version }) => version),
    figures,
  };
  console.log(`\n${contenders(figures)}\n\n${table(figures)}\n\n${disturbance(figures)}`);
  if (wanted.json !== undefined) writeFileSync(wanted.json, `${JSON.stringify(report, undefined, 2)}\n`);
  if (wanted.picture !== undefined) writeFileSync(wanted.picture, picture(report));
  if (wanted.page !== undefined) {
    writeFileSync(wanted.page, withFigures(readFileSync(wanted.page, "utf8"), report));
  }
  if (wanted.isStrict && figures.some(({ holds }) => holds === false)) process.exitCode = 1;
}

function linesFor(node: Arguments["node"]): NodeLine[] {
  const current = node === "newest" ? [] : [currentLine()];
  const newest = node === "current" ? undefined : newestLine();
  const others = newest === undefined || newest.name === current[0]?.name ? [] : [newest];
  return [...current, ...others];
}

async function measured(
  line: NodeLine,
  processes: string,
  cores: Cores | undefined,
  { isQuick, paths, folder }: Arguments,
): Promise<ReportedFigure[]> {
  const figures: ReportedFigure[] = [];
  const bench = new Bench({ line, cores, processes, isQuick, ...(folder === undefined ? {} : { folder }) });
  const interruption = new AbortController();
  const interrupted = (): void => {
    interruption.abort();
    const exit = (): void => process.exit(130);
    bench.end().then(exit, exit);
  };
  process.once("SIGINT", interrupted);
  try {
    for (const [path, measure] of Object.entries(PATHS)) {
      const isWanted = paths.length > 0 ? paths.includes(path) : !(isQuick && NOT_QUICK.includes(path));
      if (!isWanted) continue;
      const began = Date.now();
      try {
        for (const figure of await measure(bench)) figures.push({ path, ...figure });
      } catch (error) {
        if (interruption.signal.aborted) throw error;
        // The other paths are worth an hour: they are measured, and the exit code tells of this one.
        console.error(`${path} on ${line.name} has no figures: ${messageOf(error)}`);
        process.exitCode = 1;
      }
      await bench.endPath();
      console.log(`${path} on ${line.name}: ${((Date.now() - began) / 1000).toFixed(0)} s`);
    }
  } finally {
    process.off("SIGINT", interrupted);
    await bench.end();
  }
  return figures;
}

main().catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = 1;
});

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
