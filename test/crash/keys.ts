import { testKeys, type TestKeys } from "../../lib/testing/keys.js";

/** The two pairs of one run, and whose they are. */
export interface Keys {
  readonly clientId: string;
  readonly shop: TestKeys;
  readonly antom: TestKeys;
}

export const newKeys = (): Keys => ({ clientId: "SANDBOX_5Y00CRASH", shop: testKeys(), antom: testKeys() });
