import type { KeyObject } from "node:crypto";
import { isPlainObject } from "../plain-object.js";
import { KeyProblem, publicKey } from "./keys.js";
import { parseSignature, verify, type SignedMessage } from "./signature.js";

/** Antom's public keys: one, or several by `keyVersion` while they rotate. */
export interface KeyRing {
  /** Whether the header is Antom's signature of the message. An absent header, an unknown version or anything malformed is "not". */
  verifies(message: SignedMessage, header: string | undefined): boolean;
  readonly keys: readonly KeyObject[];
}

/**
 * Parses each key once. A single key stands for every version; with several, only the version the header names is tried.
 *
 * @param keys one text, or an object of texts by version
 * @throws KeyProblem when a key cannot be used
 */
export function createKeyRing(keys: unknown): KeyRing {
  const several = isPlainObject(keys) ? Object.entries(keys) : undefined;
  const single = several === undefined ? publicKey(keys) : undefined;
  const versions = new Map((several ?? []).map(([version, text]) => [version, keyOf(version, text)]));
  return {
    keys: single ? [single] : [...versions.values()],
    verifies(message, header) {
      const parsed = parseSignature(header);
      if (parsed === undefined) return false;
      const key = single ?? versions.get(parsed.keyVersion);
      return key !== undefined && verify(message, parsed.signature, key);
    },
  };
}

function keyOf(version: string, text: unknown): KeyObject {
  try {
    return publicKey(text);
  } catch (error) {
    throw error instanceof KeyProblem ? new KeyProblem(`version ${version}: ${error.message}`) : error;
  }
}
