import { format, inspect } from "node:util";
import { serialize } from "node:v8";
import { expect } from "chai";
import { pino } from "pino";
import { Secret } from "../../lib/payment/secret.js";

const CANARY = "4111111111111111";

describe("a secret", () => {
  it("is given to whoever asks for it by name", () => {
    expect(new Secret(CANARY).reveal()).to.equal(CANARY);
    const card = { cardNo: CANARY };
    expect(new Secret(card).reveal()).to.equal(card);
  });

  const secret = new Secret({ cardNo: CANARY, list: [CANARY] });
  const holder = { card: secret, list: [secret], map: new Map([["card", secret]]) };

  const WAYS: Record<string, () => string> = {
    "util.inspect": () => inspect(holder, { depth: 9, showHidden: true, getters: true }),
    "util.inspect without custom inspection": () =>
      inspect(holder, { depth: 9, showHidden: true, customInspect: false }),
    "util.format": () => format("%s %o %O %j", secret, holder, holder, holder),
    "JSON.stringify": () => JSON.stringify(holder),
    "a template": () => `${String(secret)} ${secret.toString()}`,
    concatenation: () => "".concat(String(secret)),
    "Object.assign": () => inspect(Object.assign({}, secret), { depth: 9, showHidden: true }),
    "Object.entries": () => inspect([Object.entries(secret), Reflect.ownKeys(secret)], { depth: 9 }),
    structuredClone: () => inspect(structuredClone(secret), { depth: 9, showHidden: true }),
    "the serialization between threads": () => serialize(secret).toString("latin1"),
    "an error's cause": () => inspect(new Error("it failed", { cause: holder })),
  };

  for (const [way, show] of Object.entries(WAYS)) {
    it(`is not shown by ${way}`, () => {
      expect(show()).not.to.include(CANARY);
    });
  }

  it("is not shown by a logger", () => {
    const lines: string[] = [];
    const logger = pino({ level: "trace" }, { write: (line: string) => lines.push(line) });
    logger.info({ secret, holder, err: new Error("it failed", { cause: holder }) }, "a message with %s", secret);
    logger.info(secret);
    expect(lines).to.have.lengthOf(2);
    expect(lines.join()).not.to.include(CANARY);
  });

  it("says that there is something hidden", () => {
    expect(JSON.stringify({ cvv: new Secret("123") })).to.equal('{"cvv":"[hidden]"}');
    expect(inspect(new Secret("123"))).to.equal("[hidden]");
  });
});
