import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

const ROOT = path.join(__dirname, "../..");
const TSX = pathToFileURL(require.resolve("tsx")).href;

/** What starts the program, before its arguments. */
export const PROGRAM = [process.execPath, "--import", TSX, path.join(ROOT, "lib/cli/main.ts")] as const;

export interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** A folder that the program is started in, and the program itself. */
export interface Workplace {
  readonly folder: string;
  write(name: string, text: string): string;
  /** Starts the program with arguments. */
  start(...args: readonly string[]): ChildProcessWithoutNullStreams;
  /** Runs it to its end; its standard input is empty. */
  run(...args: readonly string[]): Promise<Ended>;
  /** The same with --json: what it printed must be one JSON document. */
  json(...args: readonly string[]): Promise<{ readonly status: number | null; readonly document: unknown }>;
  remove(): void;
}

/** @param secrets what the program must never print */
export function newWorkplace(secrets: readonly string[] = []): Workplace {
  const folder = mkdtempSync(path.join(tmpdir(), "express-antom-cli-"));
  const start = (...args: readonly string[]): ChildProcessWithoutNullStreams => {
    const [node, ...before] = PROGRAM;
    return spawn(node, [...before, ...args], {
      cwd: folder,
      env: { ...process.env, NODE_NO_WARNINGS: "1", TALKATIVE: "yes" },
    });
  };
  const run = async (...args: readonly string[]): Promise<Ended> => {
    const child = start(...args);
    child.stdin.end();
    const ended = await endOf(child);
    const told = secrets.findIndex((secret) => `${ended.out}${ended.err}`.includes(secret));
    if (told >= 0) throw new Error(`${args.join(" ")} printed secret number ${told}`);
    return ended;
  };
  return {
    folder,
    write(name, text) {
      const file = path.join(folder, name);
      writeFileSync(file, text);
      return file;
    },
    start,
    run,
    async json(...args) {
      const { status, out, err } = await run(...args, "--json");
      try {
        return { status, document: JSON.parse(out) as unknown };
      } catch {
        throw new Error(`standard output is not one JSON document: ${out}\nand standard error: ${err}`);
      }
    },
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What a process wrote until it ended. */
export async function endOf(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  const written = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (written.out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (written.err += text));
  const status = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { status, ...written };
}
