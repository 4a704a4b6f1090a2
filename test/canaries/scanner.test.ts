import { inspect } from "node:util";
import { expect } from "chai";
import { SHOP_KEYS } from "../support/keys.js";
import { BUSINESS_NO, canariesWith, CARD_KEY, CPF, CVV, DATE_OF_BIRTH, PIN_DIGITS, SECRET } from "./canaries.js";
import { Scanner } from "./scanner.js";

const NUMBER = "4054695723100768";
const TOKEN = "ALIPAYo4ZkQ8vTq1n2Rr+Sx/7mJpC5eWbYhXgLdFuA0iBzN3t9K6==";

describe("the search for canaries", () => {
  const scanner = new Scanner(canariesWith([NUMBER], [TOKEN]));
  const found = (text: Buffer | string): string[] => scanner.find(text);
  const names = (text: Buffer | string): string[] => found(text).map((one) => one.replace(/ \(.*$/, ""));

  const WRITTEN: Readonly<Record<string, (text: string) => Buffer | string>> = {
    plain: (text) => `before ${text} after`,
    "as a member of JSON": (text) => JSON.stringify({ a: 1, value: text }),
    "as JSON in JSON": (text) => JSON.stringify(JSON.stringify({ value: text })),
    inspected: (text) => inspect({ deep: { deeper: [text] } }, { depth: Infinity }),
    "as a form's field": (text) => new URLSearchParams({ "card[x]": text }).toString(),
    "as bytes in the middle of others": (text) =>
      Buffer.concat([Buffer.from([0, 255, 254, 1]), Buffer.from(text), Buffer.from([0, 0, 200])]),
  };

  /** For what is long enough to be known in them. */
  const ENCODED: Readonly<Record<string, (text: string) => Buffer | string>> = {
    "in base64": (text) => Buffer.from(text).toString("base64"),
    "in base64 after one other sign": (text) => Buffer.from(`{${text}}`).toString("base64"),
    "in base64 after two other signs": (text) => Buffer.from(`{"${text}"}`).toString("base64"),
    "in base64url": (text) => Buffer.from(`"${text}"`).toString("base64url"),
    "in hex": (text) => Buffer.from(`a${text}b`).toString("hex"),
    "in hex with capitals": (text) => Buffer.from(text).toString("hex").toUpperCase(),
    "URL-encoded": (text) => encodeURIComponent(text),
    "JSON-escaped sign by sign": (text) =>
      `"${Array.from(text)
        .map((sign) => `\\u00${sign.charCodeAt(0).toString(16)}`)
        .join("")}"`,
    "as UTF-16": (text) => Buffer.from(text, "utf16le"),
    "as an inspected buffer": (text) => inspect(Buffer.from(text), { maxArrayLength: null }),
    "as an array of bytes": (text) => JSON.stringify([...Buffer.from(text)]),
  };

  const VALUES: Readonly<Record<string, string>> = {
    "card number 405469...": NUMBER,
    cvv: CVV,
    "date of birth": DATE_OF_BIRTH,
    "business number": BUSINESS_NO,
    "PIN digits": PIN_DIGITS,
    cpf: CPF,
    "card token": TOKEN,
    cardKey: CARD_KEY,
    secret: SECRET,
    "private key, begun": SHOP_KEYS.privateKey.slice(30, 90),
  };

  for (const [way, write] of Object.entries(WRITTEN)) {
    it(`finds every one that is written ${way}`, () => {
      for (const [name, value] of Object.entries(VALUES)) {
        // Two digits are looked for only where they are the whole of something.
        if (name === "PIN digits" && !/JSON|inspected|form/.test(way)) continue;
        expect(names(write(value)), `${name}: ${inspect(write(value))}`).to.include(name);
      }
    });
  }

  for (const [way, write] of Object.entries(ENCODED)) {
    it(`finds long ones that are written ${way}`, () => {
      for (const [name, value] of Object.entries(VALUES)) {
        if (name === "cvv" || name === "PIN digits") continue;
        expect(names(write(value)), `${name}: ${inspect(write(value))}`).to.include(name);
      }
    });
  }

  it("finds seven digits of a number wherever they are taken from, and numbers in groups", () => {
    for (let at = 0; at + 7 <= NUMBER.length; at++) {
      expect(found(`x${NUMBER.slice(at, at + 7)}y`), String(at)).not.to.deep.equal([]);
    }
    for (const grouped of ["4054 6957 2310 0768", "4054-6957-2310-0768", "52998224725".replace(/(...)/g, "$1.")]) {
      expect(found(grouped), grouped).not.to.deep.equal([]);
    }
    const stored = Buffer.alloc(8);
    stored.writeBigInt64BE(BigInt(NUMBER));
    expect(found(Buffer.concat([Buffer.from([7]), stored]))).to.deep.equal(["card number 405469... (64-bit number)"]);
  });

  it("finds a cvv next to signs, and not inside other numbers and words", () => {
    for (const text of [`"cvv":"${CVV}"`, `cvv: ${CVV},`, `(${CVV})`, `cvv=${CVV}&`]) {
      expect(found(text), text).not.to.deep.equal([]);
    }
    for (const text of [`1${CVV}`, `a${CVV}b`, `17354${CVV}89`]) expect(found(text), text).to.deep.equal([]);
  });

  it("finds nothing in what may be seen", () => {
    const seen = [
      "405469******0768",
      "405469...0768",
      "card 405469 ending in 0768",
      '"lastFour":"0768"',
      '"cardBin":"405469"',
      "10:59:59 and 59 minutes",
      "1987-11-24",
      "ALIPAY***",
      JSON.stringify({ at: 1_767_182_400_000, id: "PAYR3N4JDZ9SS9HCGFM41Z2HR9ZZW" }),
    ];
    for (const text of seen) expect(found(text), text).to.deep.equal([]);
  });
});
