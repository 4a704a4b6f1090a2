import { AntomError, type Problem } from "../../lib/errors.js";
import { configure } from "../../lib/configuration/configuration.js";
import type { AntomOptions } from "../../lib/options.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import { ANTOM_KEYS, CLIENT_ID, SHOP_KEYS } from "../support/keys.js";

/** Options nothing is wrong with. */
export const VALID: AntomOptions = {
  clientId: CLIENT_ID,
  privateKey: SHOP_KEYS.privateKey,
  antomPublicKey: ANTOM_KEYS.publicKey,
  gateway: "asia",
  publicUrl: "https://shop.example/payments",
  secret: "a secret of the tests, long enough",
  storage: memoryStorage(),
  order: () => undefined,
};

/** The options with some put in place of theirs, whatever these are: options come from JavaScript too. */
export const configured = (more: Readonly<Record<string, unknown>> = {}) => configure({ ...VALID, ...more });

/** What is found wrong with the options. */
export function problemsWith(more: Readonly<Record<string, unknown>>): readonly Problem[] {
  try {
    configured(more);
  } catch (error) {
    if (error instanceof AntomError && error.code === "configuration_invalid") return error.problems;
    throw error;
  }
  return [];
}
