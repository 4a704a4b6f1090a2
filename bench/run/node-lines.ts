import { spawnSync } from "node:child_process";
import { binaryPackage, NEWEST_LTS } from "../../scripts/newest-lts.mjs";

/** One line of Node to measure on. */
export interface NodeLine {
  /** Such as "Node 20". */
  readonly name: string;
  /** Such as "v20.19.5". */
  readonly version: string;
  readonly binary: string;
}

/** This Node's own line. */
export const currentLine = (): NodeLine => lineOf(process.execPath, process.version);

/** The newest long-term line; npx fetches its binary once. Undefined, and said so, where it cannot be had. */
export function newestLine(): NodeLine | undefined {
  if (currentLine().name === `Node ${NEWEST_LTS}`) return currentLine();
  const node = binaryPackage(process.platform, process.arch);
  const asked = spawnSync(
    "npx",
    ["--yes", "--package", node, "--", "node", "-p", "JSON.stringify([process.execPath, process.version])"],
    { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
  );
  try {
    const [binary, version] = JSON.parse(asked.stdout) as [string, string];
    return lineOf(binary, version);
  } catch {
    console.log(`Node ${NEWEST_LTS} could not be fetched, so it is not measured.`);
    return undefined;
  }
}

const lineOf = (binary: string, version: string): NodeLine => ({
  name: `Node ${version.slice(1).split(".")[0] ?? ""}`,
  version,
  binary,
});
