import { createPublicKey } from "node:crypto";
import { expect } from "chai";
import { isPair, KeyProblem, privateKey, publicKey } from "../../lib/gateway/keys.js";
import { selfSigned } from "./certificate.js";
import {
  bare,
  CUBIC_PAIR,
  CURVE_PAIR,
  OTHER_PAIR,
  PAIR,
  privatePem,
  PSS_PAIR,
  publicPem,
  SHORT_PAIR,
} from "./key-pairs.js";

/** What becomes of a PEM on its way from a dashboard, a file or an environment variable. */
const SHAPES: Readonly<Record<string, (pem: string) => string>> = {
  "bare base64": bare,
  "bare base64 in lines": (pem) => pem.replace(/-----[A-Z ]+-----/g, ""),
  "bare base64 amid white space": (pem) => `\n\t  ${bare(pem).replace(/(.{40})/g, "$1 \t")}\n`,
  PEM: (pem) => pem,
  "PEM with CRLF line ends": (pem) => pem.replace(/\n/g, "\r\n"),
  "PEM with literal \\n": (pem) => pem.replace(/\n/g, "\\n"),
  "PEM with literal \\r\\n": (pem) => pem.replace(/\n/g, "\\r\\n"),
  "PEM in one line": (pem) => pem.replace(/\n/g, ""),
  "PEM with spaces for line ends": (pem) => pem.replace(/\n/g, " "),
  "indented PEM": (pem) => pem.replace(/^/gm, "    "),
  "PEM under a heading": (pem) => `Key Attributes: <No Attributes>\n${pem}`,
};

const PRIVATE_FORMS = { "PKCS#8": privatePem(PAIR.privateKey), "PKCS#1": privatePem(PAIR.privateKey, "pkcs1") };
const PUBLIC_FORMS = { SPKI: publicPem(PAIR.publicKey), "PKCS#1": publicPem(PAIR.publicKey, "pkcs1") };

describe("privateKey", () => {
  for (const [form, pem] of Object.entries(PRIVATE_FORMS)) {
    for (const [shape, shaped] of Object.entries(SHAPES)) {
      it(`reads ${form} as ${shape}`, () => {
        expect(privateKey(shaped(pem)).equals(PAIR.privateKey)).to.be.true;
      });
    }
  }

  it("reads either form behind the other's armour, as some tools write it", () => {
    const [pkcs8, pkcs1] = [PRIVATE_FORMS["PKCS#8"], PRIVATE_FORMS["PKCS#1"]];
    expect(privateKey(pkcs8.replaceAll("PRIVATE KEY", "RSA PRIVATE KEY")).equals(PAIR.privateKey)).to.be.true;
    expect(privateKey(pkcs1.replaceAll("RSA PRIVATE KEY", "PRIVATE KEY")).equals(PAIR.privateKey)).to.be.true;
  });

  const encrypted = PAIR.privateKey.export({ format: "pem", type: "pkcs8", cipher: "aes-256-cbc", passphrase: "x" });
  const oldEncrypted = PAIR.privateKey.export({ format: "pem", type: "pkcs1", cipher: "aes-256-cbc", passphrase: "x" });
  const pem = PRIVATE_FORMS["PKCS#8"];
  refuses(privateKey, [
    ["nothing", undefined, /private key is empty.*environment variable/],
    ["null", null, /empty/],
    ["an object", { key: pem }, /private key must be text/],
    ["the bytes of a file", Buffer.from(pem), /must be text; .*readFileSync\(file, "utf8"\)/],
    ["base64 in quotes", `"${bare(pem)}"`, /quote mark/],
    ["base64 before a quote", `${bare(pem)}'`, /quote mark/],
    ["a line of an environment file", `ANTOM_PRIVATE_KEY=${bare(pem)}`, /begins with a name/],
    ["a line that exports it", `export KEY = ${bare(pem)}`, /begins with a name/],
    ["a path", "/etc/keys/private.pem", /path of a file/],
    ["a path of letters alone", "/run/secrets/antomkey", /path of a file/],
    ["a path from here", "../keys/private", /path of a file/],
    ["a path of Windows", "C:\\keys\\private", /path of a file/],
    ["a file's name", "private.pem", /path of a file/],
    ["an empty text", "", /empty/],
    ["white space", " \n\t ", /empty/],
    ["garbage", "not a key at all!", /neither PEM nor base64/],
    ["base64 of something else", Buffer.from("x".repeat(400)).toString("base64"), /not an RSA private key/],
    ["a truncated base64", bare(pem).slice(0, 800), /cut short/],
    ["a PEM whose end is missing", pem.slice(0, 800), /neither PEM nor base64/],
    ["a PEM whose middle is missing", pem.slice(0, 400) + pem.slice(460), /not an RSA private key/],
    ["1024 bits", privatePem(SHORT_PAIR.privateKey), /1024 bits; at least 2048/],
    ["a public exponent of 3", privatePem(CUBIC_PAIR.privateKey), /exponent below 65537/],
    ["an RSA-PSS key", privatePem(PSS_PAIR.privateKey), /type rsa-pss; Antom signs with RSA/],
    ["an EC key", privatePem(CURVE_PAIR.privateKey), /type ec; Antom signs with RSA/],
    ["a public key", publicPem(PAIR.publicKey), /this is a public key/],
    ["a public key in bare base64", bare(publicPem(PAIR.publicKey)), /this is a public key/],
    ["an encrypted PKCS#8 PEM", String(encrypted), /encrypted/],
    ["an encrypted PKCS#1 PEM", String(oldEncrypted), /encrypted/],
    ["a certificate", selfSigned(PAIR.privateKey, PAIR.publicKey), /certificate/],
  ]);
});

describe("publicKey", () => {
  for (const [form, pem] of Object.entries(PUBLIC_FORMS)) {
    for (const [shape, shaped] of Object.entries(SHAPES)) {
      it(`reads ${form} as ${shape}`, () => {
        expect(publicKey(shaped(pem)).equals(PAIR.publicKey)).to.be.true;
      });
    }
  }

  const pem = PUBLIC_FORMS.SPKI;
  refuses(publicKey, [
    ["nothing", undefined, /public key is empty.*environment variable/],
    ["a number", 42, /public key must be text/],
    ["the bytes of a file", Buffer.from(pem), /must be text/],
    ["an empty text", "", /empty/],
    ["garbage", "<html>", /neither PEM nor base64/],
    ["base64 of something else", Buffer.from("x".repeat(300)).toString("base64"), /not an RSA public key/],
    ["a truncated base64", bare(pem).slice(0, 200), /cut short/],
    ["1024 bits", publicPem(SHORT_PAIR.publicKey), /1024 bits; at least 2048/],
    ["a public exponent of 3", publicPem(CUBIC_PAIR.publicKey), /exponent below 65537/],
    ["an RSA-PSS key", publicPem(PSS_PAIR.publicKey), /type rsa-pss/],
    ["an EC key", publicPem(CURVE_PAIR.publicKey), /type ec/],
    ["a private key", PRIVATE_FORMS["PKCS#8"], /this is a private key/],
    ["a private key in bare base64", bare(PRIVATE_FORMS["PKCS#1"]), /this is a private key/],
    ["a private EC key", privatePem(CURVE_PAIR.privateKey), /this is a private key/],
    ["a certificate", selfSigned(PAIR.privateKey, PAIR.publicKey), /certificate/],
  ]);
});

describe("isPair", () => {
  it("tells the two halves of one pair from those of two", () => {
    expect(isPair(PAIR.privateKey, PAIR.publicKey)).to.be.true;
    expect(isPair(PAIR.privateKey, createPublicKey(OTHER_PAIR.privateKey))).to.be.false;
  });
});

/** Each is refused with its reason, and no reason shows any of what was handed in. */
function refuses(read: (text: unknown) => unknown, cases: readonly (readonly [string, unknown, RegExp])[]): void {
  for (const [what, text, reason] of cases) {
    it(`refuses ${what}, saying so plainly`, () => {
      expect(() => read(text))
        .to.throw(KeyProblem, reason)
        .and.satisfies((problem: KeyProblem) => !shows(problem, text));
    });
  }
}

function shows(problem: KeyProblem, text: unknown): boolean {
  if (typeof text !== "string") return false;
  const material = text.replace(/-----[A-Z0-9 ]+-----|\s/g, "");
  const told = `${problem.message} ${String(problem.stack)} ${String(problem.cause)}`.replace(/\s/g, "");
  return Array.from({ length: material.length - 11 }, (_, start) => material.slice(start, start + 12)).some((piece) =>
    told.includes(piece),
  );
}
