import { expect } from "chai";
import { moneyText, plainMoney, typedMoney, withMoney } from "../../../lib/pages/operations/money-text.js";

describe("money in the back office", () => {
  it("is written with the currency's letters and decimals, exactly", () => {
    expect(moneyText("1999", "EUR")).to.equal("EUR 19.99");
    expect(moneyText("0", "EUR")).to.equal("EUR 0.00");
    expect(moneyText("5", "USD")).to.equal("USD 0.05");
    expect(moneyText("123456789", "KRW")).to.equal("KRW 123,456,789");
    expect(moneyText("1234567", "KWD")).to.equal("KWD 1,234.567");
    expect(moneyText("9007199254740993", "EUR")).to.equal("EUR 90,071,992,547,409.93");
    expect(plainMoney("123456", "EUR")).to.equal("1234.56");
  });

  it("is read back as it was prefilled, in every currency", () => {
    for (const currency of ["EUR", "KRW", "KWD", "CLF"]) {
      for (const value of ["1", "10", "999", "1000", "123456789", "9007199254740993"]) {
        expect(typedMoney(plainMoney(value, currency), currency), currency).to.deep.equal({ value });
      }
    }
  });

  it("is refused where it could mean something else", () => {
    for (const text of [
      "",
      " ",
      "12,00",
      "1.234,00",
      "1,234.00",
      "12.",
      ".5",
      "12.5",
      "12.345",
      "+1",
      "-1",
      "1e3",
      "0x1",
      "1 2",
      "EUR 1",
      "0",
      "0.00",
      "99999999999999999",
    ]) {
      expect(typedMoney(text, "EUR"), text).to.have.property("problem").that.match(/\.$/);
    }
    expect(typedMoney("1.0", "KRW")).to.have.property("problem").that.contains("no decimals");
    expect(typedMoney(" 7 ", "EUR")).to.deep.equal({ value: "700" });
    expect(typedMoney("007.10", "EUR")).to.deep.equal({ value: "710" });
  });

  it("stands in refusals in place of minor units and ids", () => {
    expect(withMoney("no more than EUR 1999 (minor units) can be captured")).to.equal(
      "no more than EUR 19.99 can be captured",
    );
    expect(withMoney("the capture PAY0123456789ABCDEFGHJKMNPQRSC1 is still under way")).to.equal(
      "the capture is still under way",
    );
  });
});
