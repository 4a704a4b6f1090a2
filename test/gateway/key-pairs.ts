import { generateKeyPairSync, type KeyObject } from "node:crypto";

export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** What merchants should have, and what some have instead. Made once: each takes some tens of milliseconds. */
export const PAIR: KeyPair = generateKeyPairSync("rsa", { modulusLength: 2048 });
export const OTHER_PAIR: KeyPair = generateKeyPairSync("rsa", { modulusLength: 2048 });
export const SHORT_PAIR: KeyPair = generateKeyPairSync("rsa", { modulusLength: 1024 });
export const CUBIC_PAIR: KeyPair = generateKeyPairSync("rsa", { modulusLength: 2048, publicExponent: 3 });
export const PSS_PAIR: KeyPair = generateKeyPairSync("rsa-pss", { modulusLength: 2048 });
export const CURVE_PAIR: KeyPair = generateKeyPairSync("ec", { namedCurve: "P-256" });

type PrivateForm = "pkcs8" | "pkcs1";
type PublicForm = "spki" | "pkcs1";

export const privatePem = (key: KeyObject, type: PrivateForm = "pkcs8"): string =>
  key.export({ format: "pem", type }).toString();
export const publicPem = (key: KeyObject, type: PublicForm = "spki"): string =>
  key.export({ format: "pem", type }).toString();

/** Without the armour, in one line: how Antom's tools and dashboard show keys. */
export const bare = (pem: string): string => pem.replace(/-----[A-Z ]+-----|\s/g, "");
