import type { ShopKind } from "../processes/messages.js";
import type { Shop } from "./shop.js";

/** Each is loaded only in the process that runs it, so that no other's memory has it. */
export const SHOPS: Readonly<Record<ShopKind, () => Promise<Shop>>> = {
  kit: async () => (await import("./kit.js")).kit,
  bare: async () => (await import("./bare.js")).bare,
  verified: async () => (await import("./verified.js")).verified,
  obvious: async () => (await import("./obvious.js")).obvious,
  "obvious-postgres": async () => (await import("./obvious-postgres.js")).obviousPostgres,
  "checkout-plain": async () => (await import("./checkout-plain.js")).checkoutPlain,
  "checkout-obvious": async () => (await import("./checkout-obvious.js")).checkoutObvious,
  "checkout-obvious-postgres": async () => (await import("./checkout-obvious-postgres.js")).checkoutObviousPostgres,
  "return-plain": async () => (await import("./return-plain.js")).returnPlain,
  "return-obvious": async () => (await import("./return-obvious.js")).returnObvious,
  stripe: async () => (await import("./peers.js")).stripe,
  octokit: async () => (await import("./peers.js")).octokit,
  standardwebhooks: async () => (await import("./peers.js")).standardwebhooks,
  polar: async () => (await import("./peers.js")).polar,
};
