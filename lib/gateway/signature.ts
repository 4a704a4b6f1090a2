import { availableParallelism } from "node:os";
import { sign as rsaSign, verify as rsaVerify, type KeyObject } from "node:crypto";

/** What Antom signs and wants signed: the path, the client, the time and the exact bytes of the body. */
export interface SignedMessage {
  /** Path and query of the API called, or of the notify URL as Antom was told it; no scheme, no host. */
  readonly path: string;
  readonly clientId: string;
  /** `Request-Time` or `response-time`, byte for byte as it stood in the header. */
  readonly time: string;
  readonly body: Buffer | string;
}

/** A `Signature` header, taken apart. */
export interface SignatureHeader {
  readonly keyVersion: string;
  readonly signature: Buffer;
}

const ALGORITHM = "RSA256";

/** `POST <path>\n<clientId>.<time>.<body>` (Antom, "Digital signature"). */
export function signedContent({ path, clientId, time, body }: SignedMessage): Buffer {
  const head = Buffer.from(`POST ${path}\n${clientId}.${time}.`, "utf8");
  return Buffer.concat([head, typeof body === "string" ? Buffer.from(body, "utf8") : body]);
}

/** With one core to run on, another thread takes the time from this one, and its own beside. */
const HAS_CORES = availableParallelism() > 1;

/**
 * The value of the `Signature` header for a message. Signs in the thread pool where there is more than one core: RSA-2048 takes a fifth of a
 * millisecond.
 */
export async function sign(message: SignedMessage, key: KeyObject, keyVersion: string): Promise<string> {
  const content = signedContent(message);
  const signature = HAS_CORES ? await signedInPool(content, key) : rsaSign("RSA-SHA256", content, key);
  return `algorithm=${ALGORITHM},keyVersion=${keyVersion},signature=${encodeURIComponent(signature.toString("base64"))}`;
}

const signedInPool = (content: Buffer, key: KeyObject): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    rsaSign("RSA-SHA256", content, key, (error, signed) => {
      if (error) reject(error);
      else resolve(signed);
    });
  });

/** Whether the signature over the message was made with the private half of the key. */
export const verify = (message: SignedMessage, signature: Buffer, key: KeyObject): boolean =>
  rsaVerify("RSA-SHA256", signedContent(message), key, signature);

/**
 * Takes a `Signature` header apart, or answers undefined when it is not one. Only canonical base64, once URL-encoded or not at
 * all, is a signature: Node's decoder would accept many spellings of the same bytes.
 */
export function parseSignature(header: string | undefined): SignatureHeader | undefined {
  if (header === undefined || header.length > 4096) return undefined;
  const fields = new Map<string, string>();
  for (const part of header.split(",")) {
    const equals = part.indexOf("=");
    if (equals < 0) return undefined;
    const name = part.slice(0, equals).trim();
    if (fields.has(name)) return undefined;
    fields.set(name, part.slice(equals + 1).trim());
  }
  const keyVersion = fields.get("keyVersion") ?? "1";
  const encoded = fields.get("signature");
  if (fields.get("algorithm") !== ALGORITHM || encoded === undefined) return undefined;
  if (!/^[0-9]{1,9}$/.test(keyVersion)) return undefined;
  const signature = decodeSignature(encoded);
  return signature && { keyVersion, signature };
}

function decodeSignature(encoded: string): Buffer | undefined {
  let base64 = encoded;
  if (encoded.includes("%")) {
    try {
      base64 = decodeURIComponent(encoded);
    } catch {
      return undefined;
    }
  }
  const bytes = Buffer.from(base64, "base64");
  return bytes.length > 0 && bytes.toString("base64") === base64 ? bytes : undefined;
}
