import { expect } from "chai";
import { TEXTS } from "../../lib/pages/texts.js";
import { adviceOf } from "../../lib/payment/meaning/advice-code.js";
import { avsCheck } from "../../lib/payment/meaning/avs.js";
import { cvvCheck } from "../../lib/payment/meaning/cvv.js";
import { DECLINE_REASONS, type Judgement } from "../../lib/payment/meaning/decline-reason.js";
import { rawJudgementOf } from "../../lib/payment/meaning/raw-code.js";
import { judgementOf } from "../../lib/payment/meaning/result-code.js";
import { exemption, threeDSCheck } from "../../lib/payment/meaning/three-ds.js";
import { DOCUMENTED_ADVICE, DOCUMENTED_CODES, DOCUMENTED_RAW_CODES } from "../payment/meaning/documented-codes.js";
import { page, rowsIn, section } from "./pages.js";

/** The rows below a heading that begin with a code, the code without its backticks. */
const codesBelow = (name: string, heading: string): string[][] =>
  rowsIn(section(page(name), heading)).flatMap(([first = "", ...rest]) => {
    const code = /^`([^`]+)`$/.exec(first)?.[1];
    return code === undefined ? [] : [[code, ...rest]];
  });

const yes = (flag: boolean): string => (flag ? "yes" : "no");
const judgement = ({ meaning, reason, actor, sameCard, otherCard, later }: Judgement): string[] => [
  meaning,
  `\`${reason}\``,
  actor,
  ...[sameCard, otherCard, later].map(yes),
];

describe("docs/results.md", () => {
  const results = "docs/results.md";

  it("prints the AVS codes as they are read", () => {
    const rows = codesBelow(results, "AVS");
    expect(rows.map(([code]) => code)).to.have.members(Array.from("XYAWZNURSEGBCDIMPFHKLOQ0"));
    for (const [code = "", ...told] of rows) {
      const { meaning, street, postalCode, name = "" } = avsCheck(code);
      expect(told, code).to.deep.equal([meaning, street, postalCode, name]);
    }
  });

  it("prints the CVV codes as they are read", () => {
    const rows = codesBelow(results, "CVV");
    expect(rows.map(([code]) => code)).to.have.members(Array.from("YDPNUX"));
    for (const [code = "", ...told] of rows) {
      const { meaning, result } = cvvCheck(code);
      expect(told, code).to.deep.equal([meaning, result]);
    }
  });

  it("prints the ECI codes as they are read", () => {
    const rows = codesBelow(results, "3-D Secure").filter(([code = ""]) => /^0[0-7]$/.test(code));
    const ecis = rows.filter((row) => row.length === 3);
    expect(ecis.map(([code]) => code)).to.have.members(["00", "01", "02", "04", "05", "06", "07"]);
    for (const [eci = "", ...told] of ecis) {
      const check = threeDSCheck({ eci });
      expect(told, eci).to.deep.equal([`\`${check?.authentication ?? ""}\``, check?.meaning]);
    }
  });

  it("prints why challenges end early, and the exemptions", () => {
    const ends = codesBelow(results, "Challenges that ended early");
    expect(ends.map(([code]) => code)).to.deep.equal(["01", "02", "03", "04", "05", "06", "07", "08"]);
    for (const [challengeCancel = "", meaning] of ends) {
      expect(threeDSCheck({ challengeCancel })?.challengeCancelled?.meaning).to.equal(meaning);
    }
    const exemptions = codesBelow(results, "Exemptions");
    expect(exemptions).to.have.length(3);
    for (const [code = "", meaning] of exemptions) expect(exemption(code).meaning).to.equal(meaning);
  });
});

describe("docs/declines.md", () => {
  const declines = "docs/declines.md";

  it("prints each result code as it is judged", () => {
    const rows = codesBelow(declines, "Result codes");
    expect(rows.map(([code]) => code)).to.have.members(DOCUMENTED_CODES);
    for (const [code = "", ...told] of rows) expect(told, code).to.deep.equal(judgement(judgementOf(code)));
    const [last = []] = rowsIn(section(page(declines), "Result codes")).slice(-1);
    expect(last).to.deep.equal(["any other, or none", ...judgement(judgementOf(undefined))]);
  });

  it("prints each of the bank's codes as it is judged", () => {
    const rows = codesBelow(declines, "The bank's own codes");
    expect(rows.map(([code]) => code)).to.have.members(DOCUMENTED_RAW_CODES);
    for (const [code = "", ...told] of rows) {
      const found = rawJudgementOf(code);
      const judged = found === undefined ? [] : judgement(found);
      expect(told, code).to.deep.equal(code === "11" ? [judged[0], "", "", "", "", ""] : judged);
    }
  });

  it("prints the scheme's advice as it is taken", () => {
    const rows = codesBelow(declines, "The scheme's advice");
    expect(rows.map(([code]) => code)).to.have.members(DOCUMENTED_ADVICE);
    for (const [code = "", meaning, later] of rows) {
      const advice = adviceOf(code);
      const hours = (advice?.retryAfter ?? 0) / 3_600_000;
      const wait = hours > 0 ? `after ${hours} h` : advice?.later === true ? "yes" : "";
      expect([meaning, later], code).to.deep.equal([advice?.meaning, advice?.never === true ? "never" : wait]);
    }
  });

  it("prints what a buyer reads, by reason", () => {
    const rows = codesBelow(declines, "Reasons");
    expect(rows.map(([reason]) => reason)).to.deep.equal([...DECLINE_REASONS]);
    DECLINE_REASONS.forEach((reason, index) => {
      const told = [TEXTS.en, TEXTS.zh, TEXTS.ko].map(({ declines: texts }) => texts[reason]);
      expect(rows[index]?.slice(1), reason).to.deep.equal(told);
    });
  });
});
