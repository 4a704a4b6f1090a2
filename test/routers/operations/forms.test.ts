import { expect } from "chai";
import { systemRandom } from "../../../lib/ports.js";
import { createForms, type Forms } from "../../../lib/routers/operations/forms.js";
import { manualClock } from "../../../lib/testing.js";

const MINUTE = 60_000;
const NOON = Date.UTC(2026, 0, 1, 12);
const PURPOSE = { staff: "anna", action: "capture", about: "PAY1" };

/** An instance whose clock goes ahead of noon, or behind it. */
const formsAt = (ahead: number, secret = "a secret of the tests, long enough"): Forms =>
  createForms([secret], manualClock(NOON + ahead), systemRandom);

describe("the tokens of forms", () => {
  it("are good at an instance whose clock is behind that of the one which showed the form", () => {
    for (const ahead of [0, 1, 5_000, 10 * MINUTE]) {
      expect(formsAt(0).isGenuine(formsAt(ahead).token(PURPOSE), PURPOSE), String(ahead)).to.equal(true);
    }
  });

  it("are not good where they were made later than clocks differ", () => {
    for (const ahead of [10 * MINUTE + 1, 60 * MINUTE]) {
      expect(formsAt(0).isGenuine(formsAt(ahead).token(PURPOSE), PURPOSE), String(ahead)).to.equal(false);
    }
  });

  it("are not good under another time, another purpose or another secret", () => {
    const token = formsAt(MINUTE).token(PURPOSE);
    const later = token.replace(/^[^.]*/, (NOON + 2 * MINUTE).toString(36));
    expect(formsAt(0).isGenuine(later, PURPOSE)).to.equal(false);
    expect(formsAt(0).isGenuine(token, { ...PURPOSE, staff: "bert" })).to.equal(false);
    expect(formsAt(0, "another secret of the tests, long").isGenuine(token, PURPOSE)).to.equal(false);
    expect(formsAt(0).isGenuine(token.replace(/^[^.]*/, "NaN!"), PURPOSE)).to.equal(false);
  });
});
