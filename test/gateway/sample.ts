import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseJson } from "../../lib/gateway/json.js";

/** A sample of Antom's documents, as it stands there; comments and doubled spaces apart. */
export function sample(name: string): Record<string, unknown> {
  const value = parseJson(readFileSync(join(__dirname, "samples", `${name}.json`)));
  if (!isRecord(value)) throw new TypeError(`the sample ${name} is no object`);
  return value;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
