import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { AMOUNTS_TO_TRY, DISPUTE_STEPS, TEST_CARDS } from "../../lib/simulator.js";
import { CVV_RESULTS } from "../../lib/simulator/card/checks.js";
import { API_FAULTS, API_OPERATIONS, NOTIFY_FAULTS } from "../../lib/simulator/faults.js";
import { ACCEPT_REASONS } from "../../lib/simulator/notify/dispute.js";
import { isResultCode } from "../../lib/simulator/result.js";
import { DISPUTE_TYPES, JUDGED_RESULTS } from "../../lib/simulator/state/payment.js";

describe("docs/simulator.md", () => {
  const root = join(__dirname, "..", "..");
  const page = readFileSync(join(root, "docs", "simulator.md"), "utf8");
  /** The cells of the rows of every table whose first column has that head. */
  const rows = (head: string): string[][] => {
    const lines = page.split("\n");
    const starts = lines.flatMap((line, index) => (line.startsWith(`| ${head} `) ? [index + 2] : []));
    return starts.flatMap((start) => {
      const table = lines.slice(start);
      const end = table.findIndex((line) => !line.startsWith("|"));
      return table.slice(0, end).map((line) =>
        line
          .split("|")
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
    });
  };
  const bare = (cell = ""): string => cell.replaceAll("`", "");

  it("has every card to try under its key, and no other", () => {
    const told = rows("number").map(([number, key]) => [bare(number).replaceAll(" ", ""), bare(key)]);
    expect(told).to.have.deep.members(TEST_CARDS.map(({ number, key }) => [number, key]));
  });

  it("says with which code and which advice a card is declined", () => {
    for (const { key, code = "", merchantAdviceCode = "", outcome } of TEST_CARDS) {
      if (!["decline", "mit-decline", "do-not-honor", "no-funds"].includes(outcome)) continue;
      const row = rows("number").find((cells) => bare(cells[1]) === key) ?? [];
      expect(row[3], key).to.include(`\`${code}\``).and.include(merchantAdviceCode);
    }
  });

  it("has every amount to try with what it does, and no other", () => {
    const told = rows("ending").map((cells) => cells.map((cell) => bare(cell)));
    expect(told).to.deep.equal(AMOUNTS_TO_TRY.map(({ ending, operation, does }) => [ending, operation, does]));
  });

  it("has every step, type and result of a dispute", () => {
    for (const name of [...DISPUTE_STEPS, ...DISPUTE_TYPES, ...JUDGED_RESULTS, ...ACCEPT_REASONS]) {
      expect(page).to.include(`\`${name}\``);
    }
  });

  it("has every option", () => {
    const source = readFileSync(join(root, "lib", "simulator", "options.ts"), "utf8");
    const fields = /export interface SimulatorOptions \{(.*?)\n\}/s.exec(source)?.[1] ?? "";
    const names = [...fields.matchAll(/readonly (\w+)\?:/g)].map(([, name = ""]) => name);
    expect(rows("option").flatMap(([cell]) => bare(cell).split(", "))).to.have.members(names);
  });

  it("has the security codes that stand for a CVV code", () => {
    for (const [cvv, code] of Object.entries(CVV_RESULTS))
      expect(page).to.match(new RegExp(`\`${cvv}\` (?:for )?${code}\\b`));
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
    const main = readFileSync(join(root, "lib", "simulator", "from-environment.ts"), "utf8");
    const read = new Set([...main.matchAll(/\b(?:PORT|SIMULATOR_[A-Z_]+)\b/g)].map(([name]) => name));
    expect(rows("variable").map(([name = ""]) => name.replaceAll("`", ""))).to.have.members([...read]);
  });
});
