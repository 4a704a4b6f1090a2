import { expect } from "chai";
import { amountText } from "../../../demo/shop/currency.js";

describe("the demo shop's amounts", () => {
  const texts = [
    ["EUR", "5", "€0.05"],
    ["EUR", "380", "€3.80"],
    ["USD", "123456789", "$1,234,567.89"],
    ["KRW", "5500", "₩5,500"],
    ["EUR", "9007199254740993", "€90,071,992,547,409.93"],
    ["GBP", "100", "100 GBP"],
  ] as const;
  for (const [currency, value, text] of texts) {
    it(`shows ${value} ${currency} as ${text}`, () => {
      expect(amountText({ currency, value })).to.equal(text);
    });
  }
});
