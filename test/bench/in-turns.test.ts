import { expect } from "chai";
import { inTurns } from "../../bench/run/in-turns.js";

describe("bench: turns", () => {
  it("go to and fro, each with its place", async () => {
    const turns: string[] = [];
    await inTurns(["a", "b", "c"], 3, (each, index) => {
      turns.push(`${each}${index}`);
      return Promise.resolve();
    });
    expect(turns.join(" ")).to.equal("a0 b1 c2 c2 b1 a0 a0 b1 c2");
  });
});
