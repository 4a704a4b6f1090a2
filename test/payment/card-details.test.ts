import { expect } from "chai";
import {
  chargedAs,
  isCardNumber,
  isKoreanCard,
  isKoreanMark,
  lackingFields,
  lackingLocalFields,
  sameDigits,
  shownDigits,
  type CardDetails,
} from "../../lib/payment/card-details.js";

const CARD: CardDetails = { cardNo: "4054695723100768", expiryMonth: "12", expiryYear: "29" };

describe("isCardNumber", () => {
  for (const [what, digits] of [
    ["Antom's Visa", "4054695723100768"],
    ["Antom's Mastercard", "5162774114974622"],
    ["Antom's Hyundai", "9490220011669217"],
    ["the documents' card", "4117347806156383"],
    ["an American Express card of 15 digits", "378282246310005"],
    ["a Diners card of 14 digits", "30569309025904"],
    ["a Maestro card of 12 digits", "500000000009"],
    ["a card of 19 digits", "6304000000000000000"],
    ["a UnionPay card without a check digit", "6212345678900000003"],
    ["a UnionPay card that begins with 81", "8171999900000019"],
  ] as const) {
    it(`knows ${what}`, () => {
      expect(isCardNumber(digits)).to.equal(true);
    });
  }

  it("notices every digit that is wrong", () => {
    const right = Array.from(CARD.cardNo);
    for (const [index, digit] of right.entries()) {
      for (let wrong = 0; wrong <= 9; wrong++) {
        if (String(wrong) === digit) continue;
        const digits = right.with(index, String(wrong)).join("");
        expect(isCardNumber(digits), digits).to.equal(false);
      }
    }
  });

  it("notices two digits that changed places", () => {
    for (const wrong of ["0454695723100768", "4504695723100768", "4054695723100786"]) {
      expect(isCardNumber(wrong), wrong).to.equal(false);
    }
  });

  it("knows none of fewer than 12 or more than 19 digits, whatever they add up to", () => {
    for (const digits of ["", "0", "18", "00000000000", "00000000000000000000"]) {
      expect(isCardNumber(digits), digits).to.equal(false);
    }
  });

  it("wants nothing but digits", () => {
    for (const text of [
      "4054 6957 2310 0768",
      "4054-6957-2310-0768",
      "4054695723100768\n",
      "\u0664\u0660\u0665\u0664\u0666\u0669\u0665\u0667\u0662\u0663\u0661\u0660\u0660\u0667\u0666\u0668",
    ]) {
      expect(isCardNumber(text), text).to.equal(false);
    }
  });
});

describe("isKoreanCard", () => {
  it("goes by what is asked of Korean cards only", () => {
    expect(isKoreanCard({ ...CARD, cvv: "123" })).to.equal(false);
    expect(isKoreanCard({ ...CARD, cpf: "12345678909", payerEmail: "a@b.example" })).to.equal(false);
    for (const korean of [{ dateOfBirth: "1990-12-31" }, { businessNo: "1234567890" }, { cardPasswordDigest: "12" }]) {
      expect(isKoreanCard({ ...CARD, ...korean })).to.equal(true);
    }
  });
});

describe("isKoreanMark", () => {
  it("goes by the region, else by the brand, and knows nothing without either", () => {
    expect(isKoreanMark({})).to.equal(undefined);
    expect(isKoreanMark({ brand: "SHINHAN" })).to.equal(true);
    expect(isKoreanMark({ brand: "VISA" })).to.equal(false);
    for (const brand of [undefined, "VISA", "SHINHAN"]) {
      expect(isKoreanMark({ region: "KR", brand }), brand).to.equal(true);
      for (const region of ["GLOBAL", "FR"]) expect(isKoreanMark({ region, brand }), brand).to.equal(false);
    }
  });
});

describe("chargedAs", () => {
  const holder = { dateOfBirth: "1990-12-31", cardPasswordDigest: "77" };

  it("is what was chosen, whatever was entered", () => {
    for (const card of [CARD, { ...CARD, cvv: "850" }, { ...CARD, ...holder }, { ...CARD, ...holder, cvv: "850" }]) {
      for (const chosen of [{ brand: "SHINHAN" }, { region: "KR" }]) {
        expect(chargedAs(card, chosen)).to.equal("korean");
      }
      for (const chosen of [{ brand: "VISA" }, { region: "GLOBAL" }, { region: "FR" }]) {
        expect(chargedAs(card, chosen)).to.equal("other");
      }
    }
  });

  it("is what was entered where nothing was chosen, and either of both where both can be", () => {
    expect(chargedAs({ ...CARD, cvv: "850" }, {})).to.equal("other");
    expect(chargedAs({ ...CARD, ...holder }, {})).to.equal("korean");
    expect(chargedAs({ ...CARD, businessNo: "1234567890", cardPasswordDigest: "77" }, {})).to.equal("korean");
    expect(chargedAs({ ...CARD, ...holder, cvv: "850" }, {})).to.equal("either");
  });
});

describe("lackingFields", () => {
  const lacking = (card: Partial<CardDetails>, as: Parameters<typeof lackingFields>[1]): string[] =>
    [...lackingFields({ ...CARD, ...card }, as)].map(({ at }) => at);

  it("asks for the security code, but of Korean cards for their holder and two digits of the PIN", () => {
    expect(lacking({}, "other")).to.deep.equal(["/card/cvv"]);
    expect(lacking({ cvv: "850" }, "other")).to.deep.equal([]);
    for (const as of ["korean", "either"] as const) {
      expect(lacking({ cvv: "850" }, as)).to.deep.equal(["/card/dateOfBirth", "/card/cardPasswordDigest"]);
      expect(lacking({ businessNo: "1234567890" }, as)).to.deep.equal(["/card/cardPasswordDigest"]);
      expect(lacking({ dateOfBirth: "1990-12-31", cardPasswordDigest: "77" }, as)).to.deep.equal([]);
    }
  });
});

describe("lackingLocalFields", () => {
  const lacking = (card: Partial<CardDetails>, chosen: Parameters<typeof lackingLocalFields>[1]): string[] =>
    [...lackingLocalFields({ ...CARD, cvv: "850", ...card }, chosen)].map(({ at }) => at);
  const cpf = "12345678909";
  const payerEmail = "buyer@shop.example";

  it("asks for what the region's cards are charged with", () => {
    expect(lacking({}, { region: "BR" })).to.deep.equal(["/card/cpf", "/card/payerEmail"]);
    expect(lacking({ payerEmail }, { region: "BR" })).to.deep.equal(["/card/cpf"]);
    expect(lacking({ cpf, payerEmail }, { region: "BR" })).to.deep.equal([]);
    for (const region of ["CL", "MX", "PE"]) {
      expect(lacking({}, { region }), region).to.deep.equal(["/card/payerEmail"]);
      expect(lacking({ payerEmail }, { region }), region).to.deep.equal([]);
    }
    for (const region of ["GLOBAL", "FR", "KR"]) expect(lacking({}, { region }), region).to.deep.equal([]);
  });

  it("takes a card with a tax number for Brazil's, unless the region says otherwise", () => {
    expect(lacking({ cpf }, {})).to.deep.equal(["/card/payerEmail"]);
    expect(lacking({ cpf }, { brand: "ELO" })).to.deep.equal(["/card/payerEmail"]);
    expect(lacking({ cpf, payerEmail }, {})).to.deep.equal([]);
    for (const region of ["GLOBAL", "KR", "FR"]) expect(lacking({ cpf }, { region }), region).to.deep.equal([]);
    expect(lacking({ cpf }, { brand: "SHINHAN" })).to.deep.equal([]);
  });

  it("asks nothing by the brand, which may be charged anywhere, or by an e-mail address, which several countries ask for", () => {
    for (const brand of ["VISA", "ELO", "CARNET"]) expect(lacking({}, { brand }), brand).to.deep.equal([]);
    expect(lacking({ payerEmail }, {})).to.deep.equal([]);
    expect(lacking({}, {})).to.deep.equal([]);
  });
});

describe("shownDigits", () => {
  it("shows the first six and the last four digits and how many there are of no others", () => {
    expect(shownDigits(CARD)).to.equal("405469...0768");
    expect(shownDigits({ ...CARD, cardNo: "378282246310005" })).to.equal("378282...0005");
    expect(shownDigits({ ...CARD, cardNo: "6304000000000000000" })).to.equal("630400...0000");
  });

  it("shows the last four alone of a number that has too few digits between them", () => {
    for (const cardNo of ["639147058270", "4639147058276", "30569309025904"]) {
      const shown = shownDigits({ ...CARD, cardNo });
      expect(shown).to.equal(`...${cardNo.slice(-4)}`);
      expect(cardNo.length - shown.replace(/\D/g, "").length).to.be.at.least(6);
    }
  });
});

describe("sameDigits", () => {
  it("knows a short number again by its last four, also where a payment of before holds its first six", () => {
    expect(sameDigits("...8270", "...8270")).to.equal(true);
    expect(sameDigits("...8270", "639147...8270")).to.equal(true);
    expect(sameDigits("639147...8270", "...8270")).to.equal(true);
    expect(sameDigits(undefined, undefined)).to.equal(true);
  });

  it("tells other cards apart", () => {
    for (const [a, b] of [
      ["...8270", "...8271"],
      ["...8270", "639147...8271"],
      ["639147...8270", "639148...8270"],
      ["639147...8270", "639147...8271"],
      ["...8270", undefined],
      ["639147...8270", undefined],
    ] as const) {
      expect(sameDigits(a, b), `${a} ${b}`).to.equal(false);
      expect(sameDigits(b, a), `${b} ${a}`).to.equal(false);
    }
  });
});
