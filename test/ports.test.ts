import { expect } from "chai";
import { systemRandom } from "../lib/ports.js";

describe("systemRandom", () => {
  it("gives as many bytes as are asked for, however many that are", () => {
    for (const bytes of [0, 1, 17, 32, 4_095, 4_096, 4_097, 100_000]) {
      expect(systemRandom(bytes), String(bytes)).to.have.length(bytes);
    }
  });

  it("gives none twice", () => {
    const seen = new Set<string>();
    // Many times what is fetched at once, and no divisor of it.
    for (let time = 0; time < 5_000; time++) seen.add(systemRandom(17).toString("hex"));
    expect(seen.size).to.equal(5_000);
  });

  it("leaves what it gave alone", () => {
    const first = systemRandom(16);
    const copy = Buffer.from(first);
    for (let time = 0; time < 1_000; time++) systemRandom(16).fill(0);
    expect(first.equals(copy)).to.equal(true);
  });
});
