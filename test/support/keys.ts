import { testKeys } from "../../lib/testing/keys.js";

/** One pair for the shop and one for Antom, made once for the whole run. */
export const SHOP_KEYS = testKeys();
export const ANTOM_KEYS = testKeys();
export const STRANGER_KEYS = testKeys();

export const CLIENT_ID = "SANDBOX_5Y00TESTS";
