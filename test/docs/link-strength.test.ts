import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { newPaymentId } from "../../lib/payment/id.js";

describe("docs/security.md", () => {
  it("says truly how many bits of a payment's id are chance", () => {
    const idOf = (byte: number, place: number): string =>
      newPaymentId((length) => Buffer.alloc(length).fill(byte, place, place + 1), 0);
    let asked = 0;
    newPaymentId((length) => Buffer.alloc((asked = length)), 0);
    let bits = 0;
    for (let place = 0; place < asked; place++) {
      bits += Math.log2(new Set(Array.from({ length: 256 }, (_, byte) => idOf(byte, place))).size);
    }
    const text = readFileSync(path.join(__dirname, "../../docs/security.md"), "utf8");
    expect(/(\d+) random bits/.exec(text)?.[1]).to.equal(String(bits));
  });
});
