import { randomInt } from "node:crypto";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { STORAGES, type StorageKind } from "./points.js";
import { BREAKAGES, isBreakage, type Breakage } from "./shop/breakages.js";

export interface Arguments {
  readonly storage: StorageKind;
  readonly kills: number;
  readonly seed: string;
  readonly minutes: number;
  readonly lanes: number;
  readonly dir?: string;
  readonly only?: number;
  readonly breakage?: Breakage;
  readonly isLogged?: boolean;
}

export const USAGE = `usage: npm run test:crash -- [options]
  --storage sqlite      where payments are kept: sqlite or postgres
  --kills 300           how many processes are killed, those of earlier runs in the folder included
  --seed 1              the plan; any other each time when left out
  --minutes 60          nobody is killed after this time
  --dir FOLDER          what is kept between runs; one in the system's folder for such things when left out
  --lanes 2             how much is done at the same time; as much as there are processors when left out
  --stretch N           only this part of the plan
  --breakage NAME       with something broken that the run must find: ${Object.keys(BREAKAGES).join(", ")}
  --log                 the shops keep a log in the folder`;

/** The options, or what is wrong with them. */
export function readArguments(args: readonly string[]): Arguments | string {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        storage: { type: "string", default: "sqlite" },
        kills: { type: "string", default: "300" },
        seed: { type: "string", default: String(randomInt(1_000_000)) },
        minutes: { type: "string", default: "60" },
        lanes: { type: "string", default: String(Math.min(8, Math.max(2, availableParallelism()))) },
        dir: { type: "string" },
        stretch: { type: "string" },
        breakage: { type: "string" },
        log: { type: "boolean", default: false },
      },
    }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { storage, seed, dir, breakage } = values;
  const kind = STORAGES.find((name) => name === storage);
  if (kind === undefined) return `--storage must be ${STORAGES.join(" or ")}`;
  if (!/^[\w.-]{1,40}$/.test(seed)) return "--seed must be at most 40 letters, digits, dots and dashes";
  const numbers = { kills: values.kills, minutes: values.minutes, lanes: values.lanes, stretch: values.stretch ?? "1" };
  const wrong = Object.entries(numbers).find(([, text]) => !/^[1-9][0-9]{0,6}$/.test(text));
  if (wrong !== undefined) return `--${wrong[0]} must be a whole number from 1`;
  if (breakage !== undefined && !isBreakage(breakage))
    return `--breakage must be one of ${Object.keys(BREAKAGES).join(", ")}`;
  return {
    storage: kind,
    seed,
    kills: Number(values.kills),
    minutes: Number(values.minutes),
    lanes: Number(values.lanes),
    isLogged: values.log,
    ...(dir === undefined ? {} : { dir }),
    ...(values.stretch === undefined ? {} : { only: Number(values.stretch) }),
    ...(breakage === undefined ? {} : { breakage }),
  };
}
