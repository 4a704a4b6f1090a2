import { createCipheriv, randomBytes } from "node:crypto";
import { inspect } from "node:util";
import { expect } from "chai";
import fc from "fast-check";
import { AntomError } from "../../lib/errors.js";
import { createCardSeal } from "../../lib/ledger/card-seal.js";
import { Secret } from "../../lib/payment/secret.js";
import { systemRandom } from "../../lib/ports.js";

const TOKEN = "ALIPAYcanaryTokenOfACard0123456789+/=";
const ROW = { id: "CARD0123456789", buyer: "buyer-1" };
const oldKey = randomBytes(32);
const newKey = randomBytes(32);

const sealWith = (...keys: Buffer[]) => createCardSeal(keys, systemRandom);

const refusal = (action: () => unknown): AntomError => {
  try {
    action();
  } catch (error) {
    if (error instanceof AntomError) return error;
    throw error;
  }
  throw new Error("this should have thrown");
};

describe("the seal of card tokens", () => {
  it("opens what it sealed, whatever the token", () => {
    const seal = sealWith(newKey);
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 2048 }), fc.string(), fc.string(), (token, id, buyer) => {
        const sealed = seal.seal(new Secret(token), { id, buyer });
        expect(seal.open(sealed, { id, buyer }).reveal()).to.equal(token);
      }),
    );
  });

  it("shows nothing of the token or the key, and is never the same twice", () => {
    const seal = sealWith(newKey);
    const sealed = Array.from({ length: 200 }, () => seal.seal(new Secret(TOKEN), ROW));
    expect(new Set(sealed.map((text) => text.split(".")[2]?.slice(0, 16))).size).to.equal(200);
    for (const text of sealed) {
      expect(text).to.match(/^v1\.[\w-]{8}\.[\w-]+$/);
      expect(Buffer.from(text, "base64url").includes(TOKEN)).to.equal(false);
    }
    const shown = inspect([seal, seal.open(sealed[0]!, ROW)], { depth: 9, showHidden: true });
    for (const part of [TOKEN, newKey.toString("hex"), newKey.toString("base64")]) expect(shown).not.to.include(part);
  });

  it("is AES-256-GCM with a 96-bit iv, a 128-bit tag, and the row in the additional data", () => {
    const iv = Buffer.from("0123456789ab");
    const seal = createCardSeal([newKey], (bytes) => {
      expect(bytes).to.equal(12);
      return iv;
    });
    const cipher = createCipheriv("aes-256-gcm", newKey, iv);
    const part = (text: string) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(text.length * 2);
      return Buffer.concat([length, Buffer.from(text, "utf16le")]);
    };
    cipher.setAAD(Buffer.concat([part("express-antom card v1"), part(ROW.id), part(ROW.buyer)]));
    const body = Buffer.concat([iv, cipher.update(TOKEN, "utf8"), cipher.final(), cipher.getAuthTag()]);
    expect(seal.seal(new Secret(TOKEN), ROW).split(".")[2]).to.equal(body.toString("base64url"));
  });

  it("opens with any key of the ring what one of them sealed, and seals with the first", () => {
    const sealed = sealWith(oldKey).seal(new Secret(TOKEN), ROW);
    const both = sealWith(newKey, oldKey);
    expect(both.open(sealed, ROW).reveal()).to.equal(TOKEN);
    const anew = both.seal(new Secret(TOKEN), ROW);
    expect(sealWith(newKey).open(anew, ROW).reveal()).to.equal(TOKEN);
    expect(anew.split(".")[1]).not.to.equal(sealed.split(".")[1]);
  });

  it("says that the key is gone when it is", () => {
    const sealed = sealWith(oldKey).seal(new Secret(TOKEN), ROW);
    const error = refusal(() => sealWith(newKey).open(sealed, ROW));
    expect(error.code).to.equal("internal");
    expect(error.message).to.match(/no key of cardKey opens the token of card CARD0123456789.*put it back/);
    expect(error.message).not.to.include(sealed.split(".")[1]);
  });

  it("opens in no other row, however the ends of id and buyer are shifted", () => {
    const seal = sealWith(newKey);
    const sealed = seal.seal(new Secret(TOKEN), ROW);
    const others = [
      { id: ROW.id, buyer: "buyer-2" },
      { id: "CARD9876543210", buyer: ROW.buyer },
      { id: ROW.buyer, buyer: ROW.id },
      { id: `${ROW.id}b`, buyer: ROW.buyer.slice(1) },
      { id: ROW.id.slice(0, -1), buyer: `9${ROW.buyer}` },
      { id: ROW.id + ROW.buyer, buyer: "" },
    ];
    for (const row of others) {
      const error = refusal(() => seal.open(sealed, row));
      expect(error.code).to.equal("internal");
      expect(error.message).to.match(/was changed, or moved here from another card/);
    }
    const half = seal.seal(new Secret(TOKEN), { id: "a", buyer: "\ud800" });
    expect(() => seal.open(half, { id: "a", buyer: "\udbff" })).to.throw(AntomError);
  });

  it("opens nothing of which a single character was changed, added or left out", () => {
    const seal = sealWith(newKey, oldKey);
    const sealed = seal.seal(new Secret(TOKEN), ROW);
    for (let index = 0; index < sealed.length; index++) {
      const other = sealed[index] === "A" ? "B" : "A";
      const changed = sealed.slice(0, index) + other + sealed.slice(index + 1);
      const shorter = sealed.slice(0, index) + sealed.slice(index + 1);
      for (const text of [changed, shorter, sealed.slice(0, index)]) {
        expect(() => seal.open(text, ROW), text).to.throw(AntomError);
      }
    }
    // The last character has bits that base64 does not use.
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (const last of Array.from(alphabet).filter((letter) => letter !== sealed.at(-1))) {
      expect(() => seal.open(sealed.slice(0, -1) + last, ROW), last).to.throw(AntomError);
    }
    for (const text of ["", "v1..", "v2" + sealed.slice(2), `${sealed}\n`, `${sealed}=`, ` ${sealed}`, TOKEN]) {
      expect(() => seal.open(text, ROW), text).to.throw(AntomError);
    }
  });

  it("does not take a cut tag for a whole one", () => {
    const seal = sealWith(newKey);
    const [version, name, text = ""] = seal.seal(new Secret(""), ROW).split(".");
    const body = Buffer.from(text, "base64url");
    expect(body).to.have.lengthOf(28);
    for (const length of [4, 8, 12, 15]) {
      const cut = [version, name, body.subarray(0, 12 + length).toString("base64url")].join(".");
      expect(() => seal.open(cut, ROW), `${length} bytes`).to.throw(AntomError);
    }
  });

  it("needs a key", () => {
    expect(refusal(() => sealWith()).code).to.equal("configuration_invalid");
  });
});
