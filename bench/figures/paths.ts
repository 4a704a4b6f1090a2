import type { Bench } from "../run/bench.js";
import { blocks } from "./blocks.js";
import { checkout } from "./checkout.js";
import { delivery } from "./delivery.js";
import type { Figure } from "./figure.js";
import { growth } from "./growth.js";
import { hooks } from "./hooks.js";
import { memory } from "./memory.js";
import { notify } from "./notify.js";
import { peers } from "./peers.js";
import { postgres } from "./postgres.js";
import { slowDiskFigures } from "./slow-disk.js";
import { visits } from "./visits.js";

/** A quick run measures these only if they are named: two have no goal, and the third's is about a million notifications. */
export const NOT_QUICK: readonly string[] = ["visits", "delivery", "memory"];

/** Everything that is measured, by the name it is asked for. */
export const PATHS: Readonly<Record<string, (bench: Bench) => Promise<Figure[]>>> = {
  notify,
  peers,
  blocks,
  "slow-disk": slowDiskFigures,
  postgres,
  checkout,
  visits,
  hooks,
  delivery,
  growth,
  memory,
};
