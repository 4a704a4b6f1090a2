import { expect } from "chai";
import { createKeyRing } from "../../lib/gateway/key-ring.js";
import { KeyProblem } from "../../lib/gateway/keys.js";
import { sign, type SignedMessage } from "../../lib/gateway/signature.js";
import { bare, OTHER_PAIR, PAIR, publicPem } from "./key-pairs.js";

const MESSAGE: SignedMessage = { path: "/notify", clientId: "5X0001", time: "2026-01-01T00:00:00Z", body: "{}" };
const OLD = bare(publicPem(PAIR.publicKey));
const NEW = publicPem(OTHER_PAIR.publicKey);

describe("createKeyRing", () => {
  it("takes a single key for every version the header may name", async () => {
    const ring = createKeyRing(OLD);
    for (const version of ["1", "2", "999999999"]) {
      expect(ring.verifies(MESSAGE, await sign(MESSAGE, PAIR.privateKey, version)), version).to.be.true;
    }
    expect(ring.verifies(MESSAGE, await sign(MESSAGE, OTHER_PAIR.privateKey, "1"))).to.be.false;
  });

  it("tries, of several keys, only the one of the version named", async () => {
    const ring = createKeyRing({ "1": OLD, "2": NEW });
    expect(ring.verifies(MESSAGE, await sign(MESSAGE, PAIR.privateKey, "1"))).to.be.true;
    expect(ring.verifies(MESSAGE, await sign(MESSAGE, OTHER_PAIR.privateKey, "2"))).to.be.true;
    expect(ring.verifies(MESSAGE, await sign(MESSAGE, PAIR.privateKey, "2"))).to.be.false;
    expect(ring.verifies(MESSAGE, await sign(MESSAGE, OTHER_PAIR.privateKey, "1"))).to.be.false;
  });

  it("refuses a version it has no key for, and names that every object has", async () => {
    const ring = createKeyRing({ "1": OLD });
    for (const version of ["2", "01", "0", "constructor", "__proto__", "-1"]) {
      expect(ring.verifies(MESSAGE, await sign(MESSAGE, PAIR.privateKey, version)), version).to.be.false;
    }
  });

  it("stops trusting a key once it has been rotated out", async () => {
    const before = createKeyRing({ "1": OLD, "2": NEW });
    const after = createKeyRing({ "2": NEW });
    const header = await sign(MESSAGE, PAIR.privateKey, "1");
    expect(before.verifies(MESSAGE, header)).to.be.true;
    expect(after.verifies(MESSAGE, header)).to.be.false;
  });

  it("takes an absent or malformed header for no signature", () => {
    const ring = createKeyRing(OLD);
    for (const header of [undefined, "", "signature=", "algorithm=RSA256,keyVersion=1,signature=AAAA"]) {
      expect(ring.verifies(MESSAGE, header)).to.be.false;
    }
  });

  it("shows its keys, so that a mix-up with the merchant's own can be noticed", () => {
    expect(createKeyRing(OLD).keys.map((key) => key.equals(PAIR.publicKey))).to.deep.equal([true]);
    expect(createKeyRing({ "1": OLD, "2": NEW }).keys).to.have.length(2);
  });

  it("says which of several keys cannot be used", () => {
    expect(() => createKeyRing({ "1": OLD, "2": "nonsense!" })).to.throw(KeyProblem, "version 2: this is neither PEM");
  });
});
