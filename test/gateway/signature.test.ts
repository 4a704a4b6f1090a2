import { spawnSync } from "node:child_process";
import { createSign, createVerify } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { parseSignature, sign, signedContent, verify, type SignedMessage } from "../../lib/gateway/signature.js";
import { CUBIC_PAIR, OTHER_PAIR, PAIR, privatePem } from "./key-pairs.js";

const MESSAGE: SignedMessage = {
  path: "/ams/api/v1/payments/pay",
  clientId: "5X0001",
  time: "1700000000000",
  body: '{"a":"1"}',
};
const CONTENT = 'POST /ams/api/v1/payments/pay\n5X0001.1700000000000.{"a":"1"}';

/** The signature of the content, made without the code under test. */
const SIGNATURE = createSign("RSA-SHA256").update(CONTENT).sign(PAIR.privateKey);
const BASE64 = SIGNATURE.toString("base64");

describe("signedContent", () => {
  it("is the method and path, a line end, then client, time and body joined by dots", () => {
    expect(signedContent(MESSAGE).toString("utf8")).to.equal(CONTENT);
  });

  it("keeps the query of a notify URL and every byte of the body", () => {
    const body = Buffer.from([0x7b, 0xff, 0x00, 0x0a, 0x7d]);
    const content = signedContent({ ...MESSAGE, path: "/hooks?shop=1", body });
    expect(content.equals(Buffer.concat([Buffer.from("POST /hooks?shop=1\n5X0001.1700000000000."), body]))).to.be.true;
  });

  it("writes text as UTF-8", () => {
    const body = '{"name":"李小明 김철수 Zoë"}';
    expect(signedContent({ ...MESSAGE, body }).equals(signedContent({ ...MESSAGE, body: Buffer.from(body, "utf8") })))
      .to.be.true;
  });
});

describe("sign", () => {
  it("gives the header Antom expects, with the signature node makes of that content", async () => {
    expect(await sign(MESSAGE, PAIR.privateKey, "1")).to.equal(
      `algorithm=RSA256,keyVersion=1,signature=${encodeURIComponent(BASE64)}`,
    );
  });

  it("names the version of the key", async () => {
    expect(await sign(MESSAGE, PAIR.privateKey, "7")).to.match(/^algorithm=RSA256,keyVersion=7,signature=/);
  });

  it("is verified by node for a body that is not ASCII", async () => {
    const body = JSON.stringify({ name: "李小明 김철수 Zoë 🙂" });
    const parsed = parseSignature(await sign({ ...MESSAGE, body }, PAIR.privateKey, "1"));
    const verifier = createVerify("RSA-SHA256").update(
      `POST ${MESSAGE.path}\n${MESSAGE.clientId}.${MESSAGE.time}.${body}`,
    );
    expect(verifier.verify(PAIR.publicKey, parsed?.signature ?? Buffer.alloc(0))).to.be.true;
  });

  const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;
  (hasOpenssl ? it : it.skip)("makes the signature openssl makes", async () => {
    const folder = mkdtempSync(join(tmpdir(), "express-antom-"));
    try {
      const key = join(folder, "key.pem");
      writeFileSync(key, privatePem(PAIR.privateKey), { mode: 0o600 });
      const openssl = spawnSync("openssl", ["dgst", "-sha256", "-sign", key], { input: CONTENT });
      expect(openssl.status).to.equal(0);
      const parsed = parseSignature(await sign(MESSAGE, PAIR.privateKey, "1"));
      expect(parsed?.signature.equals(openssl.stdout)).to.be.true;
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("verify", () => {
  it("accepts the message as it was signed, as text or bytes", () => {
    expect(verify(MESSAGE, SIGNATURE, PAIR.publicKey)).to.be.true;
    expect(verify({ ...MESSAGE, body: Buffer.from('{"a":"1"}') }, SIGNATURE, PAIR.publicKey)).to.be.true;
  });

  it("refuses another's signature", () => {
    const other = createSign("RSA-SHA256").update(CONTENT).sign(OTHER_PAIR.privateKey);
    expect(verify(MESSAGE, other, PAIR.publicKey)).to.be.false;
    expect(verify(MESSAGE, SIGNATURE, OTHER_PAIR.publicKey)).to.be.false;
  });

  it("refuses a signature over another hash", () => {
    const sha1 = createSign("RSA-SHA1").update(CONTENT).sign(PAIR.privateKey);
    const sha512 = createSign("RSA-SHA512").update(CONTENT).sign(PAIR.privateKey);
    expect(verify(MESSAGE, sha1, PAIR.publicKey)).to.be.false;
    expect(verify(MESSAGE, sha512, PAIR.publicKey)).to.be.false;
  });

  it("refuses a signature of any other length, without throwing", () => {
    for (const length of [0, 1, 255, 257, 512]) {
      const signature = Buffer.concat([SIGNATURE, Buffer.alloc(512)]).subarray(0, length);
      expect(verify(MESSAGE, signature, PAIR.publicKey), `${length} bytes`).to.be.false;
    }
    expect(verify(MESSAGE, Buffer.concat([Buffer.alloc(1), SIGNATURE]), PAIR.publicKey)).to.be.false;
    expect(verify(MESSAGE, Buffer.alloc(256), PAIR.publicKey)).to.be.false;
    expect(verify(MESSAGE, Buffer.alloc(256, 0xff), PAIR.publicKey)).to.be.false;
  });

  it("refuses a padding that would fool a careless verifier of small exponents", () => {
    // 00 01 FF 00 <hash info> <garbage>: what Bleichenbacher's forgery needs to be accepted.
    const forged = Buffer.concat([Buffer.from("0001ff00", "hex"), Buffer.alloc(252, 0x41)]);
    expect(verify(MESSAGE, forged, CUBIC_PAIR.publicKey)).to.be.false;
  });

  for (const part of ["body", "time", "clientId", "path"] as const) {
    it(`refuses the message with any one bit of the ${part} changed`, () => {
      const bytes = Buffer.from(String(MESSAGE[part]));
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        const changed = Buffer.from(bytes);
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const message = { ...MESSAGE, [part]: part === "body" ? changed : changed.toString("latin1") };
        expect(verify(message, SIGNATURE, PAIR.publicKey), `bit ${bit}`).to.be.false;
      }
    });
  }

  it("refuses the message with any one bit of the signature changed", () => {
    for (let bit = 0; bit < SIGNATURE.length * 8; bit += 5) {
      const changed = Buffer.from(SIGNATURE);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(verify(MESSAGE, changed, PAIR.publicKey), `bit ${bit}`).to.be.false;
    }
  });
});

describe("parseSignature", () => {
  const encoded = encodeURIComponent(BASE64);
  const lowerCase = encoded.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase());

  const accepted: Readonly<Record<string, string>> = {
    "as the kit writes it": `algorithm=RSA256,keyVersion=1,signature=${encoded}`,
    "with spaces after the commas, as the documents print it": `algorithm=RSA256, keyVersion=1, signature=${encoded}`,
    "with white space around every part": `  algorithm = RSA256 ,\tkeyVersion = 1 , signature = ${encoded} `,
    "with the URL-encoding in lower case": `algorithm=RSA256,keyVersion=1,signature=${lowerCase}`,
    "with base64 that is not URL-encoded": `algorithm=RSA256,keyVersion=1,signature=${BASE64}`,
    "in another order": `signature=${encoded},keyVersion=1,algorithm=RSA256`,
    "without a version, which means the first": `algorithm=RSA256,signature=${encoded}`,
  };
  for (const [how, header] of Object.entries(accepted)) {
    it(`reads a header ${how}`, () => {
      expect(parseSignature(header)).to.deep.equal({ keyVersion: "1", signature: SIGNATURE });
    });
  }

  const withSignature = (signature: string) => `algorithm=RSA256,keyVersion=1,signature=${signature}`;
  const withVersion = (version: string) => `algorithm=RSA256,keyVersion=${version},signature=${encoded}`;
  const withAlgorithm = (algorithm: string) => `algorithm=${algorithm},keyVersion=1,signature=${encoded}`;
  const refused: Readonly<Record<string, string | undefined>> = {
    "that is absent": undefined,
    "that is empty": "",
    "that is only white space": "   ",
    "that is only commas": ",,,",
    "that is a bare signature": BASE64,
    "with an empty signature": withSignature(""),
    "with no signature": "algorithm=RSA256,keyVersion=1",
    "with base64url": withSignature(BASE64.replace(/\+/g, "-").replace(/\//g, "_")),
    "with base64url, URL-encoded": withSignature(encodeURIComponent(SIGNATURE.toString("base64url"))),
    "with the padding missing": withSignature(BASE64.replace(/=+$/, "")),
    "with too much padding": withSignature(`${BASE64}==`),
    "with junk after the signature": withSignature(`${BASE64}AAAA====`),
    "with junk in the signature": withSignature(`${BASE64.slice(0, 10)}!${BASE64.slice(10)}`),
    "with white space in the signature": withSignature(`${BASE64.slice(0, 10)} ${BASE64.slice(10)}`),
    "with a space where a plus sign stood": withSignature(`${BASE64.slice(0, 10)} ${BASE64.slice(11)}`),
    "that is URL-encoded twice": withSignature(encodeURIComponent(encoded)),
    "with a broken URL-encoding": withSignature(`${encoded}%`),
    "with a URL-encoding that is not UTF-8": withSignature("%ff%fe"),
    "with loose bits in the last base64 digit": withSignature(BASE64.replace(/.=+$/, (end) => `/${end.slice(1)}`)),
    "with the signature twice": `${withSignature(encoded)},signature=${encoded}`,
    "with the algorithm twice": `algorithm=RSA256,${withSignature(encoded)}`,
    "with the version twice": `${withVersion("1")},keyVersion=2`,
    "that came twice and was joined": `${withSignature(encoded)}, ${withSignature(encoded)}`,
    "with a part that is no field": `junk,${withSignature(encoded)}`,
    "with no algorithm": `keyVersion=1,signature=${encoded}`,
    "with an empty algorithm": withAlgorithm(""),
    "with the algorithm none": withAlgorithm("none"),
    "with the algorithm HS256": withAlgorithm("HS256"),
    "with the algorithm RSA1": withAlgorithm("RSA1"),
    "with the algorithm in lower case": withAlgorithm("rsa256"),
    "with an empty version": withVersion(""),
    "with a negative version": withVersion("-1"),
    "with a huge version": withVersion("1".repeat(10)),
    "with a version in words": withVersion("one"),
    "with a version in hex": withVersion("0x1"),
    "with a version in other digits": withVersion("١"),
    "with a version that is a member of every object": withVersion("__proto__"),
    "that is longer than any signature": withSignature(Buffer.alloc(3072).toString("base64")),
  };
  for (const [how, header] of Object.entries(refused)) {
    it(`refuses a header ${how}`, () => {
      expect(parseSignature(header)).to.be.undefined;
    });
  }

  it("takes a header of 64 kB apart in no time", () => {
    const started = process.hrtime.bigint();
    expect(parseSignature("algorithm=RSA256,".repeat(4096))).to.be.undefined;
    expect(Number(process.hrtime.bigint() - started) / 1e6).to.be.lessThan(500);
  });
});
