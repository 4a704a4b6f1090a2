import { generateKeyPairSync } from "node:crypto";

const make = (): string =>
  generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  }).privateKey;

/** Made once: every simulator of a test run may share them. */
export const KEYS = { merchantPrivateKey: make(), antomPrivateKey: make() };
