import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";

/** Antom's minimum, and that of every browser and auditor. */
const MINIMUM_BITS = 2048;

/** What is wrong with a key, in a sentence that never shows the key. */
export class KeyProblem extends Error {
  override readonly name = "KeyProblem";
}

/**
 * The merchant's private key, parsed once. Takes what merchants have: PEM (PKCS#8 or PKCS#1), or the bare base64 of either,
 * which is what Antom's tools hand out; white space anywhere does no harm.
 *
 * @throws KeyProblem saying why it cannot be used
 */
export function privateKey(text: unknown): KeyObject {
  const source = keyText(text, "private");
  const key =
    attempt(() => createPrivateKey(source.pem ?? { key: source.der, format: "der", type: "pkcs8" })) ??
    attempt(() => createPrivateKey({ key: source.der, format: "der", type: "pkcs1" }));
  if (key === undefined) {
    throw new KeyProblem(
      isPublic(source)
        ? "this is a public key; the merchant's private key belongs here"
        : "this is not an RSA private key in PKCS#8 or PKCS#1 form (base64 or PEM); was it cut short when it was copied, or is it encrypted?",
    );
  }
  return checked(key);
}

/**
 * Antom's public key, parsed once. Takes PEM or bare base64, SPKI (which is what Antom's dashboard shows) or PKCS#1.
 *
 * @throws KeyProblem saying why it cannot be used
 */
export function publicKey(text: unknown): KeyObject {
  const source = keyText(text, "public");
  if (isPrivate(source)) {
    throw new KeyProblem("this is a private key; Antom's public key, shown on the dashboard, belongs here");
  }
  const key = readPublic(source);
  if (key === undefined) {
    throw new KeyProblem(
      "this is not an RSA public key in SPKI or PKCS#1 form (base64 or PEM); was it cut short when it was copied?",
    );
  }
  return checked(key);
}

/** Whether the two halves are one pair: then somebody gave the merchant's own public key in place of Antom's. */
export const isPair = (priv: KeyObject, pub: KeyObject): boolean => createPublicKey(priv).equals(pub);

/** Fewer letters than any key of RSA that could be used has in base64. */
const SHORTEST = 200;

const PATH = /^(?:~|\.{1,2})?\/|^[A-Za-z]:\\|\.(?:pem|key|der|txt)$/i;
const IS_PATH = 'this is the path of a file; the key in it belongs here: readFileSync(file, "utf8")';

/** What stands where a key belongs, by its form, and what to do. */
const NO_KEY: readonly (readonly [RegExp, string])[] = [
  [/^["'`\u2018-\u201f]|["'`\u2018-\u201f]$/, "this has a quote mark around it; the key belongs here without it"],
  [
    /^(?:export\s+)?[A-Za-z_][A-Za-z0-9_]{0,40}\s*=\s*[^=\s]/,
    'this begins with a name and "="; only what follows them belongs here',
  ],
  [PATH, IS_PATH],
];

interface KeySource {
  readonly pem?: string;
  readonly der: Buffer;
}

function keyText(value: unknown, which: string): KeySource {
  if (value === undefined || value === null || (typeof value === "string" && value.trim() === "")) {
    throw new KeyProblem(`the ${which} key is empty; is the environment variable it comes from set?`);
  }
  if (typeof value !== "string") {
    throw new KeyProblem(`the ${which} key must be text; a file is read as such with readFileSync(file, "utf8")`);
  }
  const text = value.replace(/\\[rn]/g, "\n").trim();
  if (text.includes("BEGIN CERTIFICATE")) {
    throw new KeyProblem(`this is a certificate; the ${which} key itself belongs here`);
  }
  if (/BEGIN ENCRYPTED|Proc-Type: 4,ENCRYPTED/.test(text)) {
    throw new KeyProblem(`this key is encrypted with a passphrase; the plain ${which} key belongs here`);
  }
  const armour = /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/.exec(text);
  const body = (armour?.[2] ?? text).replace(/\s+/g, "");
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(body)) {
    throw new KeyProblem(NO_KEY.find(([form]) => form.test(text))?.[1] ?? "this is neither PEM nor base64");
  }
  // A path may be made of nothing but letters and slashes, which is base64 too.
  if (body.length < SHORTEST && PATH.test(text)) throw new KeyProblem(IS_PATH);
  const der = Buffer.from(body, "base64");
  if (armour?.[1] === undefined) return { der };
  // Re-armoured, because PEM pasted through a form or an environment variable has often lost its line ends.
  const lines = (body.match(/.{1,64}/g) ?? []).join("\n");
  return { der, pem: `-----BEGIN ${armour[1]}-----\n${lines}\n-----END ${armour[1]}-----\n` };
}

const readPublic = ({ der }: KeySource): KeyObject | undefined =>
  attempt(() => createPublicKey({ key: der, format: "der", type: "spki" })) ??
  attempt(() => createPublicKey({ key: der, format: "der", type: "pkcs1" }));

const isPublic = (source: KeySource): boolean => readPublic(source) !== undefined;

const isPrivate = ({ der }: KeySource): boolean =>
  (["pkcs8", "pkcs1"] as const).some(
    (type) => attempt(() => createPrivateKey({ key: der, format: "der", type })) !== undefined,
  );

function checked(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType !== "rsa") {
    throw new KeyProblem(`this is a key of type ${String(key.asymmetricKeyType)}; Antom signs with RSA`);
  }
  const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {};
  if (modulusLength < MINIMUM_BITS) {
    throw new KeyProblem(`this key has ${modulusLength} bits; at least ${MINIMUM_BITS} are needed`);
  }
  if (publicExponent < 65537n) {
    throw new KeyProblem("this key has a public exponent below 65537");
  }
  return key;
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
