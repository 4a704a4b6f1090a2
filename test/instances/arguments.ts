import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { STORAGES, type StorageKind } from "../crash/points.js";
import { FLAWS, isFlaw, type Flaw } from "./shop/flaws.js";

export interface Arguments {
  readonly storage: StorageKind;
  readonly instances: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly minutes: number;
  readonly seed: string;
  readonly flaw?: Flaw;
}

export const USAGE = `usage: npm run test:instances -- [options]
  --storage sqlite      where payments are kept: sqlite or postgres
  --instances 3         how many processes there are, 2 to 8
  --rounds 1000         how often a hundred check out one order at once
  --seconds 60          how long there is load while an instance is killed every two seconds
  --minutes 60          no round of checkouts begins after this time
  --seed 1              what buyers and staff do, and who is killed; any other each time when left out
  --flaw NAME           with something broken that the run must find: ${Object.keys(FLAWS).join(", ")}`;

/** The options, or what is wrong with them. */
export function readArguments(args: readonly string[]): Arguments | string {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        storage: { type: "string", default: "sqlite" },
        instances: { type: "string", default: "3" },
        rounds: { type: "string", default: "1000" },
        seconds: { type: "string", default: "60" },
        minutes: { type: "string", default: "60" },
        seed: { type: "string", default: String(randomInt(1_000_000)) },
        flaw: { type: "string" },
      },
    }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { storage, seed, flaw } = values;
  const kind = STORAGES.find((name) => name === storage);
  if (kind === undefined) return `--storage must be ${STORAGES.join(" or ")}`;
  if (!/^[\w.-]{1,40}$/.test(seed)) return "--seed must be at most 40 letters, digits, dots and dashes";
  if (!/^[2-8]$/.test(values.instances)) return "--instances must be from 2 to 8";
  const numbers = { rounds: values.rounds, seconds: values.seconds, minutes: values.minutes };
  const wrong = Object.entries(numbers).find(([, text]) => !/^[1-9][0-9]{0,5}$/.test(text));
  if (wrong !== undefined) return `--${wrong[0]} must be a whole number from 1`;
  if (flaw !== undefined && !isFlaw(flaw)) return `--flaw must be one of ${Object.keys(FLAWS).join(", ")}`;
  return {
    storage: kind,
    instances: Number(values.instances),
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    minutes: Number(values.minutes),
    seed,
    ...(flaw === undefined ? {} : { flaw }),
  };
}
