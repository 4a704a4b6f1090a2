import { expect } from "chai";
import fc from "fast-check";
import { CommandError } from "../../lib/cli/exit.js";
import { majorUnits, minorUnits, moneyText } from "../../lib/cli/money.js";

describe("an amount on the command line", () => {
  it("is read with the currency's decimals, or with none", () => {
    expect(majorUnits("5.00", "EUR")).to.deep.equal({ currency: "EUR", value: "500" });
    expect(majorUnits("5", "EUR")).to.deep.equal({ currency: "EUR", value: "500" });
    expect(majorUnits("0.07", "USD")).to.deep.equal({ currency: "USD", value: "7" });
    expect(majorUnits("5000", "KRW")).to.deep.equal({ currency: "KRW", value: "5000" });
    expect(majorUnits("1.234", "KWD")).to.deep.equal({ currency: "KWD", value: "1234" });
  });

  it("is refused, with a sample, in every other shape", () => {
    const strange = [
      "5.0",
      "5.000",
      "5,00",
      "1.000,00",
      "1 000",
      ".50",
      "5.",
      "05.00",
      "-5.00",
      "+5",
      "1e3",
      "0x5",
      "",
      "EUR 5",
      "\u0665",
    ];
    for (const text of strange) {
      expect(() => majorUnits(text, "EUR"), text).to.throw(CommandError, "EUR has 2 decimals, as in --amount 5.00");
    }
    expect(() => majorUnits("5000.00", "KRW")).to.throw(CommandError, "KRW has no decimals, as in --amount 5000");
  });

  it("is refused when it is nothing, or more than Antom can be told", () => {
    for (const text of ["0", "0.00", "100000000000000.00"]) {
      expect(() => majorUnits(text, "EUR"), text).to.throw(CommandError, "is not a number of minor units above 0");
    }
    for (const text of ["0", "5.00", "-1", "007", ""])
      expect(() => minorUnits(text, "EUR"), text).to.throw(CommandError);
  });

  it("is printed as it is read", () => {
    const currency = fc.constantFrom("EUR", "KRW", "KWD", "CLF");
    const value = fc.bigInt({ min: 1n, max: 9_999_999_999_999_999n });
    fc.assert(
      fc.property(currency, value, (currency, value) => {
        const amount = { currency, value: value.toString() };
        const [code = "", text = ""] = moneyText(amount).split(" ");
        expect(majorUnits(text, code)).to.deep.equal(amount);
      }),
    );
  });
});
