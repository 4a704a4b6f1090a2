import type { ShopConfig, ShopKind } from "../processes/messages.js";
import type { Bench } from "./bench.js";
import type { Contender } from "./race.js";
import type { RunningShop } from "./running-shop.js";

/** What a contender is made of: a shop, and what is sent to it. */
export interface Entry extends Omit<Contender, "shop"> {
  /** "floor" is the shop that stores nothing, "shared-kit" the kit on SQLite: both are started once for all paths. */
  readonly kind: ShopKind | "floor" | "shared-kit";
  readonly config?: Partial<ShopConfig>;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts a shop for each. */
export const started = (bench: Bench, entries: readonly Entry[]): Promise<Contender[]> =>
  Promise.all(
    entries.map(async ({ kind, config = {}, env, ...rest }) => ({
      ...rest,
      shop: await shopFor(bench, kind, config, env),
    })),
  );

function shopFor(
  bench: Bench,
  kind: Entry["kind"],
  config: Partial<ShopConfig>,
  env: Entry["env"],
): Promise<RunningShop> {
  if (kind === "floor") return bench.floor();
  if (kind === "shared-kit") return bench.sharedKit();
  return bench.shop({ ...config, kind }, env);
}
