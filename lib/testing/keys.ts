import { generateKeyPairSync } from "node:crypto";

/** A key pair as Antom's tools hand them out: bare base64 of PKCS#8 and of SPKI. */
export interface TestKeys {
  readonly privateKey: string;
  readonly publicKey: string;
}

/** A new RSA-2048 pair. Takes some tens of milliseconds: make one for all tests. */
export function testKeys(): TestKeys {
  const pair = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "der" },
    publicKeyEncoding: { type: "spki", format: "der" },
  });
  return { privateKey: pair.privateKey.toString("base64"), publicKey: pair.publicKey.toString("base64") };
}
