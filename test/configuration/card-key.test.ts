import { randomBytes } from "node:crypto";
import { execFileSync } from "node:child_process";
import { expect } from "chai";
import { readCardKeys } from "../../lib/configuration/card-key.js";

const read = (value: unknown): { keys: readonly Buffer[]; problems: { at: string; message: string }[] } => {
  const problems: { at: string; message: string }[] = [];
  const keys = readCardKeys(value, (at, message) => problems.push({ at, message }));
  return { keys, problems };
};

const aKey = (): string => randomBytes(32).toString("base64");

describe("the keys of stored cards", () => {
  it("are one or several, in the order they are given", () => {
    const [first, second, third] = [aKey(), aKey(), aKey()];
    expect(read(first)).to.deep.equal({ keys: [Buffer.from(first, "base64")], problems: [] });
    expect(read([first, second, third])).to.deep.equal({
      keys: [first, second, third].map((key) => Buffer.from(key, "base64")),
      problems: [],
    });
  });

  it("are none where the option is left out", () => {
    expect(read(undefined)).to.deep.equal({ keys: [], problems: [] });
  });

  const secret = aKey();
  const WRONG: Record<string, unknown> = {
    "an empty text": "",
    "31 bytes": randomBytes(31).toString("base64"),
    "33 bytes": randomBytes(33).toString("base64"),
    "16 bytes": randomBytes(16).toString("base64"),
    "a passphrase": "correct horse battery staple and more",
    hex: randomBytes(32).toString("hex"),
    "base64 for URLs": Buffer.alloc(32, 255).toString("base64url"),
    "base64 without its end": secret.slice(0, -1),
    "a newline at the end": `${secret}\n`,
    "spaces within": `${secret.slice(0, 9)} ${secret.slice(9)}`,
    "other bits than base64 writes": `${secret.slice(0, 42)}B=`,
    bytes: randomBytes(32),
    "a number": 32,
    null: null,
    false: false,
    "an object": { key: secret },
  };
  for (const [name, value] of Object.entries(WRONG)) {
    it(`cannot be ${name}, and are not shown`, () => {
      for (const [given, at] of [
        [value, "cardKey"],
        [[aKey(), value], "cardKey[1]"],
      ] as const) {
        const { problems } = read(given);
        expect(problems).to.have.lengthOf(1);
        expect(problems[0]?.at).to.equal(at);
        expect(problems[0]?.message).to.match(/^must be base64 of exactly 32 bytes; make one with node -p /);
        expect(problems[0]?.message).not.to.include(secret.slice(0, 8));
      }
    });
  }

  it("cannot be an array of none", () => {
    expect(read([]).problems.map(({ at, message }) => `${at} ${message.slice(0, 12)}`)).to.deep.equal([
      "cardKey holds no key",
    ]);
  });

  it("cannot be the same twice", () => {
    const [first, second] = [aKey(), aKey()];
    expect(read([first, second, first, second]).problems).to.deep.equal(
      [2, 3].map((nth) => ({
        at: `cardKey[${nth}]`,
        message: "is the same key as an earlier one; leave one of them out",
      })),
    );
  });

  it("are made by the command that the message tells", () => {
    const command = /node -p "(.+)";/.exec(read("").problems[0]?.message ?? "")?.[1] ?? "";
    const made = execFileSync(process.execPath, ["-p", command], { encoding: "utf8" }).trim();
    expect(read(made)).to.deep.equal({ keys: [Buffer.from(made, "base64")], problems: [] });
  });
});
