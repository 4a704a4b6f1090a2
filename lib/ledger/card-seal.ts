import { createCipheriv, createDecipheriv, createHmac, createSecretKey, type KeyObject } from "node:crypto";
import { AntomError } from "../errors.js";
import { Secret } from "../payment/secret.js";
import type { Random } from "../ports.js";

const CIPHER = "aes-256-gcm";
const IV_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = "v1";
const NAME_BYTES = 6;
const SEALED = new RegExp(`^${VERSION}\\.([A-Za-z0-9_-]{8})\\.([A-Za-z0-9_-]+)$`);

/** The row a token is sealed into: it opens in no other. */
export interface SealedRow {
  /** The stored card's id. */
  readonly id: string;
  readonly buyer: string;
}

const UNOPENED = new WeakSet<AntomError>();

/** Whether an error is that a stored card's token cannot be opened. What needs the token has not been begun then. */
export const isUnopenedCard = (error: AntomError): boolean => UNOPENED.has(error);

/** Encrypts card tokens for the storage, and decrypts them again. */
export interface CardSeal {
  seal(token: Secret<string>, row: SealedRow): string;
  /** @throws AntomError `internal`, saying whether the key is gone or the text does not belong here; never showing either */
  open(sealed: string, row: SealedRow): Secret<string>;
}

/**
 * AES-256-GCM under a ring of keys. What is sealed reads `v1.<the key's name>.<iv, ciphertext and tag>`; a key's name is a short fingerprint
 * of it, so that keys can be added and taken away in any order.
 *
 * @param keys 32 bytes each; the first seals, all of them open
 */
export function createCardSeal(keys: readonly Buffer[], random: Random): CardSeal {
  const ring = keys.map((bytes) => ({ name: cardKeyFingerprint(bytes), key: createSecretKey(bytes) }));
  const [first] = ring;
  if (first === undefined) throw new AntomError("configuration_invalid", "there is no key to seal card tokens with");
  const byName = new Map<string, KeyObject>(ring.map(({ name, key }) => [name, key]));

  return {
    seal(token, row) {
      const iv = random(IV_BYTES);
      const cipher = createCipheriv(CIPHER, first.key, iv, { authTagLength: TAG_BYTES }).setAAD(boundTo(row));
      const body = Buffer.concat([iv, cipher.update(token.reveal(), "utf8"), cipher.final(), cipher.getAuthTag()]);
      return `${VERSION}.${first.name}.${body.toString("base64url")}`;
    },

    open(sealed, row) {
      const [, name = "", text = ""] = SEALED.exec(sealed) ?? [];
      const body = Buffer.from(text, "base64url");
      // Base64 has several texts for some bytes; only the one that was written is let through.
      if (body.length < IV_BYTES + TAG_BYTES || body.toString("base64url") !== text) throw spoilt(row);
      const key = byName.get(name);
      if (key === undefined) {
        throw unopened(
          `no key of cardKey opens the token of card ${row.id}: the key it was sealed with is gone; put it back at the end of cardKey`,
        );
      }
      const tag = body.subarray(body.length - TAG_BYTES);
      const decipher = createDecipheriv(CIPHER, key, body.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
        .setAAD(boundTo(row))
        .setAuthTag(tag);
      const opened = [decipher.update(body.subarray(IV_BYTES, body.length - TAG_BYTES))];
      try {
        opened.push(decipher.final());
      } catch {
        throw spoilt(row);
      }
      return new Secret(Buffer.concat(opened).toString("utf8"));
    },
  };
}

function unopened(message: string): AntomError {
  const error = new AntomError("internal", message);
  UNOPENED.add(error);
  return error;
}

const spoilt = ({ id }: SealedRow): AntomError =>
  unopened(`the token of card ${id} cannot be opened: it was changed, or moved here from another card`);

/** What a sealed token names its key by. Made with the key, so that it tells nothing of it. */
export const cardKeyFingerprint = (key: Buffer): string =>
  createHmac("sha256", key).update("express-antom card key").digest().subarray(0, NAME_BYTES).toString("base64url");

/** The row as bytes, each part behind its length, so that no two rows are the same bytes. UTF-16 keeps apart what UTF-8 cannot write. */
function boundTo({ id, buyer }: SealedRow): Buffer {
  const parts = ["express-antom card v1", id, buyer].map((part) => Buffer.from(part, "utf16le"));
  return Buffer.concat(
    parts.flatMap((part) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(part.length);
      return [length, part];
    }),
  );
}
