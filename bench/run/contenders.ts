import type { ShopConfig, ShopKind } from "../processes/messages.js";
import type { Bench } from "./bench.js";
import type { Contender } from "./race.js";

/** What a contender is made of: a shop, and what is sent to it. */
export interface Entry extends Omit<Contender, "shop"> {
  /** "floor" is the shop that stores nothing, which is started once for all paths. */
  readonly kind: ShopKind | "floor";
  readonly config?: Partial<ShopConfig>;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts a shop for each. */
export const started = (bench: Bench, entries: readonly Entry[]): Promise<Contender[]> =>
  Promise.all(
    entries.map(async ({ kind, config = {}, env, ...rest }) => ({
      ...rest,
      shop: kind === "floor" ? await bench.floor() : await bench.shop({ ...config, kind }, env),
    })),
  );
