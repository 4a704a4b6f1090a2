import { randomBytes } from "node:crypto";
import { expect } from "chai";
import { checkCardKey } from "../../lib/cli/checks/options.js";
import type { AntomOptions } from "../../lib/index.js";
import { createCardSeal } from "../../lib/ledger/card-seal.js";
import { Secret } from "../../lib/payment/secret.js";
import { systemClock, systemRandom } from "../../lib/ports.js";

/** What a stored card's token calls the key that encrypted it. */
const nameInToken = (key: Buffer): string | undefined =>
  createCardSeal([key], systemRandom)
    .seal(new Secret("ALIPAYtoken=="), { id: "CARD1", buyer: "buyer-1" })
    .split(".")[1];

describe("what check says of cardKey", () => {
  const keys = [randomBytes(32), randomBytes(32), randomBytes(32)];
  const names = keys.map(nameInToken);

  const said = async (cardKey: AntomOptions["cardKey"]): Promise<string[]> => {
    const options = { cardKey } as AntomOptions;
    const findings = await checkCardKey({ options, configuration: undefined, problems: [], clock: systemClock });
    return findings.map(({ level, message }) => `${level}: ${message}`);
  };

  it("names each key as the tokens do, so that it can be told which of them no card needs any more", async () => {
    const texts = keys.map((key) => key.toString("base64"));
    const [first = "", second = "", third = ""] = names;
    expect(await said(texts[0])).to.deep.equal([`ok: the one with the fingerprint ${first} encrypts and decrypts`]);
    expect(await said(texts.slice(0, 2))).to.deep.equal([
      `ok: the one with the fingerprint ${first} encrypts and decrypts; ${second} only decrypts`,
    ]);
    expect(await said(texts)).to.deep.equal([
      `ok: the one with the fingerprint ${first} encrypts and decrypts; ${second}, ${third} only decrypt`,
    ]);
  });
});
