import { expect } from "chai";
import fc from "fast-check";
import { amountText, fractionDigits } from "../../lib/pages/amount-text.js";
import { LOCALES } from "../../lib/pages/locale.js";

/** Intl separates a code from its number by a no-break space. */
const plain = (text: string): string => text.replace(/\u00a0/g, " ");

describe("amountText", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["EUR", "1999", "\u20ac19.99"],
    ["USD", "1", "$0.01"],
    ["USD", "100", "$1.00"],
    ["GBP", "123456789", "\u00a31,234,567.89"],
    ["CNY", "1050", "CN\u00a510.50"],
    ["HKD", "5", "HK$0.05"],
    ["IDR", "1500000", "IDR 15,000.00"],
    ["THB", "25", "THB 0.25"],
    ["KRW", "1999", "\u20a91,999"],
    ["JPY", "1", "\u00a51"],
    ["VND", "250000", "\u20ab250,000"],
    ["CLP", "9990", "CLP 9,990"],
    ["BHD", "1234", "BHD 1.234"],
    ["JOD", "1", "JOD 0.001"],
    ["KWD", "1000", "KWD 1.000"],
    ["OMR", "12345678", "OMR 12,345.678"],
    ["TND", "999", "TND 0.999"],
    ["QQQ", "1999", "QQQ 19.99"],
    ["EUR", "0", "\u20ac0.00"],
  ];

  for (const [currency, value, text] of cases) {
    it(`writes ${value} minor units of ${currency} as ${text}`, () => {
      expect(plain(amountText({ currency, value }, "en"))).to.equal(text);
    });
  }

  it("follows the buyer's language", () => {
    expect(amountText({ currency: "KRW", value: "19900" }, "ko")).to.equal("\u20a919,900");
    expect(amountText({ currency: "CNY", value: "1999" }, "zh")).to.equal("\u00a519.99");
    expect(amountText({ currency: "USD", value: "1999" }, "zh")).to.equal("US$19.99");
  });

  it("is exact to the last digit of the largest amount there can be", () => {
    expect(amountText({ currency: "USD", value: "9999999999999999" }, "en")).to.equal("$99,999,999,999,999.99");
    expect(amountText({ currency: "KRW", value: "9007199254740993" }, "ko")).to.equal("\u20a99,007,199,254,740,993");
  });

  it("keeps every digit of every amount in every language", () => {
    const currencies = fc.constantFrom("EUR", "KRW", "KWD", "CLF", "IDR", "XOF", "QQQ");
    const values = fc.bigInt({ min: 1n, max: 9_999_999_999_999_999n });
    fc.assert(
      fc.property(currencies, values, fc.constantFrom(...LOCALES), (currency, value, locale) => {
        const digits = amountText({ currency, value: String(value) }, locale).replace(/\D/g, "");
        expect(digits).to.equal(String(value).padStart(fractionDigits(currency) + 1, "0"));
      }),
      { numRuns: 300 },
    );
  });

  it("is not misled by the runtime's table, which has some currencies as they are used in cash", () => {
    const used = (currency: string): number | undefined =>
      new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits;
    for (const currency of Intl.supportedValuesOf("currency")) {
      if (fractionDigits(currency) !== 2) expect(used(currency), currency).to.be.oneOf([0, fractionDigits(currency)]);
      else expect(used(currency), currency).to.be.oneOf([0, 2]);
    }
  });

  for (const amount of [
    { currency: "eur", value: "1" },
    { currency: "EURO", value: "1" },
    { currency: "EUR", value: "1.5" },
    { currency: "EUR", value: "-1" },
    { currency: "EUR", value: "" },
    { currency: "EUR", value: "1".repeat(17) },
  ]) {
    it(`refuses ${JSON.stringify(amount)}`, () => {
      expect(() => amountText(amount, "en")).to.throw(RangeError, "not an amount");
    });
  }
});
