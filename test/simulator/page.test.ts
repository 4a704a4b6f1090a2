import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { TEST_CARDS } from "../../lib/simulator.js";
import { API_FAULTS, API_OPERATIONS, NOTIFY_FAULTS } from "../../lib/simulator/faults.js";
import { isResultCode } from "../../lib/simulator/result.js";

describe("docs/simulator.md", () => {
  const root = join(__dirname, "..", "..");
  const page = readFileSync(join(root, "docs", "simulator.md"), "utf8");
  /** The first cells of a table's rows, found by the head of its first column. */
  const rows = (head: string): string[][] => {
    const lines = page.split("\n");
    const start = lines.findIndex((line) => line.startsWith(`| ${head} `));
    const table = lines.slice(start + 2);
    const end = table.findIndex((line) => !line.startsWith("|"));
    return table.slice(0, end).map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  };

  it("has every card to try, and no other", () => {
    expect(rows("number").map(([number = ""]) => number.replace(/\D/g, ""))).to.deep.equal(
      TEST_CARDS.map(({ number }) => number),
    );
  });

  it("has every fault where it can happen", () => {
    const table = rows("fault");
    const named = (column: number) =>
      table.filter((row) => row[column] !== "").map(([name = ""]) => name.replaceAll("`", ""));
    expect(named(1)).to.have.members(Object.keys(API_FAULTS));
    expect(named(2)).to.have.members(Object.keys(NOTIFY_FAULTS));
  });

  it("has every operation and only codes that the simulator knows", () => {
    for (const operation of API_OPERATIONS) expect(page).to.include(`\`${operation}\``);
    for (const [codes = ""] of rows("refused with")) {
      for (const [, code] of codes.matchAll(/`([A-Z_]+)`/g)) expect(isResultCode(code), code).to.be.true;
    }
  });

  it("has every environment variable the program reads", () => {
    const main = readFileSync(join(root, "lib", "simulator", "main.ts"), "utf8");
    const read = new Set([...main.matchAll(/\b(?:PORT|SIMULATOR_[A-Z_]+)\b/g)].map(([name]) => name));
    expect(rows("variable").map(([name = ""]) => name.replaceAll("`", ""))).to.have.members([...read]);
  });
});
