import { expect } from "chai";
import { clockText, dayText, spanText } from "../../../lib/pages/operations/time-text.js";

describe("times in the back office", () => {
  it("are in UTC, to the second", () => {
    const at = Date.UTC(2026, 0, 2, 3, 4, 5);
    expect(`${dayText(at)}, ${clockText(at)}`).to.equal("2 Jan 2026, 03:04:05");
  });

  it("are as long as their two greatest units", () => {
    const cases = [
      [0, "less than a second"],
      [1000, "1 s"],
      [61_000, "1 min 1 s"],
      [3_600_000, "1 h"],
      [3_600_000 + 5000, "1 h"],
      [11_520_000, "3 h 12 min"],
      [86_400_000 * 2 + 3_600_000, "2 d 1 h"],
    ] as const;
    for (const [ms, text] of cases) expect(spanText(ms)).to.equal(text);
  });
});
