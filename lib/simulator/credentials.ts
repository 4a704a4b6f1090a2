import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { privateKey } from "../gateway/keys.js";
import type { Settings } from "./options.js";
import { errorCode } from "../thrown.js";

/** Both key pairs, parsed. */
export interface Credentials {
  readonly merchantPrivateKey: KeyObject;
  readonly merchantPublicKey: KeyObject;
  readonly antomPrivateKey: KeyObject;
  readonly antomPublicKey: KeyObject;
}

/** The keys of the options, else those kept in the data folder, else new ones (kept there, readable by the owner only). */
export function loadCredentials(settings: Settings): Credentials {
  const merchantPrivateKey = load("merchant", settings.merchantPrivateKey, settings.dataFolder);
  const antomPrivateKey = load("antom", settings.antomPrivateKey, settings.dataFolder);
  return {
    merchantPrivateKey,
    merchantPublicKey: createPublicKey(merchantPrivateKey),
    antomPrivateKey,
    antomPublicKey: createPublicKey(antomPrivateKey),
  };
}

/** A private key as Antom's tools hand it out: PKCS#8 DER in base64, no armour. */
export const privateKeyText = (key: KeyObject): string =>
  key.export({ format: "der", type: "pkcs8" }).toString("base64");

/** A public key as Antom's Dashboard shows it: SPKI DER in base64, no armour. */
export const publicKeyText = (key: KeyObject): string => key.export({ format: "der", type: "spki" }).toString("base64");

function load(name: string, given: string | undefined, folder: string | undefined): KeyObject {
  if (given !== undefined) return privateKey(given);
  if (folder === undefined) return generate();
  const file = join(folder, `${name}.key`);
  const kept = read(file);
  if (kept !== undefined) return privateKey(kept);
  const key = generate();
  keep(file, privateKeyText(key));
  return key;
}

const generate = (): KeyObject =>
  createPrivateKey(
    generateKeyPairSync("rsa", {
      modulusLength: 2048,
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
    }).privateKey,
  );

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

function keep(file: string, text: string): void {
  const draft = `${file}.new`;
  const handle = openSync(draft, "w", 0o600);
  try {
    writeSync(handle, `${text}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, file);
}
