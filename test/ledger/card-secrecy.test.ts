import { inspect } from "node:util";
import { expect } from "chai";
import { checkedCard } from "../../lib/ledger/card-details.js";
import { CARD, CORPORATE, NOW, PERSONAL } from "./card-input.js";
import { refused } from "./refused.js";

describe("a card that is refused", () => {
  it("is never told, wherever its digits stand and whatever else is wrong", () => {
    const number = "4054695723100768";
    const grouped = "4054 6957 2310 0768";
    const given: unknown[] = [
      number,
      { [number]: number },
      { [grouped]: "" },
      { "4054-6957-2310-0768": "" },
      { "4 0 5 4 6 9 5 7 2 3 1 0 0 7 6 8": "" },
      { "4054/6957/2310/0768": "" },
      { [`cvv 850 ${grouped}`]: 1 },
      { ...CARD, cardNo: `${number}x`, cvv: number, expiryMonth: number, expiryYear: number },
      { ...CARD, cardNo: number.slice(0, -1) + "9" },
      { ...CARD, billingAddress: { [number]: "", region: number, zipCode: number.repeat(9) } },
      { ...CARD, cardholderName: { [grouped]: "", firstName: number.repeat(9) } },
      { ...CARD, cardholderName: number, billingAddress: [grouped] },
      { ...CARD, payerEmail: number, cpf: number },
      { ...PERSONAL, dateOfBirth: number, businessNo: number, cardPasswordDigest: number },
      { ...PERSONAL, ...CORPORATE, cardNo: number.slice(0, -1) + "9" },
    ];
    const secrets = [
      "405",
      "054",
      "469",
      "695",
      "957",
      "572",
      "723",
      "231",
      "310",
      "076",
      "768",
      "850",
      "77",
      "2208",
      "4 0",
      "7 6",
    ];
    for (const card of given) {
      const error = refused(() => checkedCard(card, NOW));
      const told = inspect([error, error.problems, error.message], { depth: 9, showHidden: true });
      for (const secret of secrets) {
        expect(told.replace(/^\s+at .*$/gm, ""), `${secret} of ${JSON.stringify(card)}`).not.to.contain(secret);
      }
    }
  });
});
