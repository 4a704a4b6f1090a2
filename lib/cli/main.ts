#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { EXIT } from "./exit.js";
import { run } from "./run.js";
import { keepStandardOutput } from "./standard-output.js";
import { processTerminal } from "./terminal.js";

/** The version of the package that this file is part of. */
function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8"));
  return typeof manifest === "object" && manifest !== null ? String(Reflect.get(manifest, "version")) : "";
}

async function main(argv: readonly string[]): Promise<void> {
  // Before a module of the shop's is loaded, which may take hold of standard output for good.
  const write = keepStandardOutput(endUnwritten);
  // Where nobody reads what goes wrong either (`2>&1 | head`), the exit status is still to tell it.
  process.stderr.on("error", () => undefined);
  const terminal = processTerminal(write);
  let status: number = EXIT.done;
  if (argv.length === 1 && argv[0] === "--version") terminal.out(`${version()}\n`);
  else status = await run(argv, terminal);
  // The shop's modules may keep the process going; what was written has to get out first.
  write("", () => process.stderr.write("", () => process.exit(status)));
}

/** Ends the program where what it says cannot be written. */
function endUnwritten({ message }: Error): void {
  const text = `express-antom: standard output could not be written (${message}). What was asked for may have been done: look before giving the command again.\n`;
  process.stderr.write(text, () => process.exit(EXIT.unreachable));
}

void main(process.argv.slice(2));
