import { inspect } from "node:util";
import { expect } from "chai";
import { checkedCard } from "../../lib/ledger/card-details.js";
import { Secret } from "../../lib/payment/secret.js";
import { CARD, CORPORATE, NOW, PERSONAL } from "./card-input.js";
import { refused } from "./refused.js";

const read = (card: unknown, now = NOW) => checkedCard(card, now).reveal();
const wrong = (card: unknown, now = NOW): string[] =>
  refused(() => checkedCard(card, now)).problems.map((problem) => problem.at);
const without = (name: string): object => Object.fromEntries(Object.entries(CARD).filter(([field]) => field !== name));

describe("the card a buyer enters", () => {
  it("comes wrapped, with each field it may have", () => {
    const card = checkedCard(CARD, NOW);
    expect(card).to.be.instanceOf(Secret);
    expect(card.reveal()).to.deep.equal(CARD);
    expect(inspect(card, { depth: 9, showHidden: true }) + JSON.stringify(card) + String(card)).not.to.match(
      /4054|850/,
    );
  });

  it("needs no more than its number, its month, its year and its cvv", () => {
    const { cardNo, expiryMonth, expiryYear, cvv } = CARD;
    expect(read({ cardNo, expiryMonth, expiryYear, cvv })).to.deep.equal({ cardNo, expiryMonth, expiryYear, cvv });
  });

  for (const name of ["cardNo", "expiryMonth", "expiryYear", "cvv"]) {
    it(`is not taken without ${name}`, () => {
      const error = refused(() => checkedCard(without(name), NOW));
      expect(error).to.include({ code: "card_invalid", status: 422 });
      expect(error.problems).to.deep.equal([{ at: `/card/${name}`, message: "is missing" }]);
      expect(error.message).to.equal(`/card/${name} is missing`);
    });
  }

  it("is read with spaces and dashes in its number, which are not sent", () => {
    for (const cardNo of ["4054 6957 2310 0768", "4054-6957-2310-0768", "4054 6957-23100768", " 4054695723100768 "]) {
      expect(read({ ...CARD, cardNo }).cardNo).to.equal(CARD.cardNo);
    }
  });

  /** What keyboards, password managers and pastes put between digits, and around them. */
  const BETWEEN = {
    "two spaces": "  ",
    "a hyphen in spaces": " - ",
    "no-break spaces": "\u00a0",
    "narrow no-break spaces": "\u202f",
    "ideographic spaces": "\u3000",
    tabs: "\t",
    "no-break hyphens": "\u2011",
    "en dashes": "\u2013",
    "minus signs": "\u2212",
    "full-width hyphens": "\uff0d",
    "soft hyphens": "\u00ad",
    "zero-width spaces": "\u200b",
    "marks of direction": "\u200e",
    "byte order marks": "\ufeff",
  };
  for (const [what, between] of Object.entries(BETWEEN)) {
    it(`is read with ${what} in its number, which are not sent`, () => {
      const cardNo = ["", "4054", "6957", "2310", "0768", ""].join(between);
      expect(read({ ...CARD, cardNo }).cardNo).to.equal(CARD.cardNo);
      expect(wrong({ ...CARD, cardNo, cvv: "1" })).to.deep.equal(["/card/cvv"]);
    });
  }

  it("is read from full-width digits, with spaces and marks of direction around its date and its cvv", () => {
    const wide = (text: string): string =>
      text.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    const { cardNo, expiryMonth, expiryYear, cvv } = CARD;
    const around = (text: string): string => `\u200e ${text}\u00a0\u200b`;
    for (const written of [wide, around]) {
      const entered = {
        cardNo: written(cardNo),
        expiryMonth: written(expiryMonth),
        expiryYear: written(`20${expiryYear}`),
        cvv: written(cvv),
      };
      expect(read(entered)).to.deep.equal({ cardNo, expiryMonth, expiryYear, cvv });
      expect(wrong({ ...entered, expiryYear: written("20") })).to.deep.equal(["/card/expiryYear"]);
    }
  });

  it("has 64 characters for its number with all that stands between, and nothing of it is said where that is too much", () => {
    const padded = (length: number): string => CARD.cardNo + " ".repeat(length - CARD.cardNo.length);
    expect(read({ ...CARD, cardNo: padded(64) }).cardNo).to.equal(CARD.cardNo);
    for (const cardNo of [padded(65), "\ufdfa".repeat(64), `${CARD.cardNo}\u00bd`]) {
      const error = refused(() => checkedCard({ ...CARD, cardNo }, NOW));
      expect(new Set(error.problems.map(({ at }) => at))).to.deep.equal(new Set(["/card/cardNo"]));
      expect(error.message).to.not.match(/4054|0768|\ufdfa/);
    }
  });

  it("has a number of 12 to 19 digits, which is the first thing to be told", () => {
    for (const cardNo of ["500000000009", "6304000000000000000"]) {
      expect(read({ ...CARD, cardNo }).cardNo).to.equal(cardNo);
    }
    for (const cardNo of ["50000000000", "63040000000000000000", "4054_6957_2310_0768"]) {
      expect(refused(() => checkedCard({ ...CARD, cardNo }, NOW)).problems).to.deep.equal([
        { at: "/card/cardNo", message: "must be 12 to 19 digits" },
      ]);
    }
    expect(refused(() => checkedCard({ ...CARD, cardNo: "4054695723100769" }, NOW)).problems).to.deep.equal([
      { at: "/card/cardNo", message: "is not a card number; a digit may be wrong" },
    ]);
  });

  it("has room for an e-mail address of 64 characters, and no more", () => {
    const of = (length: number): string => `${"x".repeat(length - 10)}@b.example`;
    expect(read({ ...CARD, payerEmail: of(64) }).payerEmail).to.equal(of(64));
    expect(wrong({ ...CARD, payerEmail: of(65) })).to.deep.equal(["/card/payerEmail"]);
  });

  it("is read with a month of one digit and a year of four", () => {
    expect(read({ ...CARD, expiryMonth: "7", expiryYear: "2029" })).to.include({ expiryMonth: "07", expiryYear: "29" });
  });

  it("is read with a cvv of four digits", () => {
    expect(read({ ...CARD, cardNo: "378282246310005", cvv: "1234" }).cvv).to.equal("1234");
  });

  it("tells of a wrong number and a past year at once with fields of the wrong form", () => {
    const both = { ...CARD, cardNo: "4054695723100769", cvv: "1" };
    expect(wrong(both)).to.have.members(["/card/cardNo", "/card/cvv"]);
    expect(wrong({ ...both, expiryYear: "20" })).to.have.members(["/card/cardNo", "/card/cvv", "/card/expiryYear"]);
    expect(wrong({ ...both, cardNo: "x", expiryMonth: "13", expiryYear: "20" })).to.have.members([
      "/card/cardNo",
      "/card/cvv",
      "/card/expiryMonth",
    ]);
  });

  it("tells of a missing cvv at once with fields that are missing or of the wrong form, where it needs one", () => {
    expect(wrong({})).to.have.members(["/card/cardNo", "/card/expiryMonth", "/card/expiryYear", "/card/cvv"]);
    expect(wrong({ ...without("cvv"), cardNo: "x" })).to.have.members(["/card/cardNo", "/card/cvv"]);
    expect(wrong({ ...without("cvv"), ...PERSONAL, cardNo: "x" })).to.deep.equal(["/card/cardNo"]);
  });

  it("belongs to somebody who is born", () => {
    expect(wrong({ ...CARD, ...PERSONAL, dateOfBirth: "2999-01-01" })).to.deep.equal(["/card/dateOfBirth"]);
  });

  it("is read with a CPF as people write it", () => {
    expect(read({ ...CARD, cpf: "123.456.789-09" }).cpf).to.equal("12345678909");
  });

  const WRONG: Readonly<Record<string, readonly unknown[]>> = {
    cardNo: [
      "4054695723100769",
      "4054 6957 2310 076",
      "4054.6957.2310.0768",
      "4054_6957_2310_0768",
      "40546957231007680000",
      "00000000000",
      "",
      "\u0664\u0660\u0665\u0664\u0666\u0669\u0665\u0667\u0662\u0663\u0661\u0660\u0660\u0667\u0666\u0668",
      "4 0 5 4 6 9 5 7 2 3 1 0 0 7 6 8".padEnd(65, " 0"),
      4054695723100768,
      null,
    ],
    expiryMonth: ["00", "13", "0", "", "012", "1.", "1-2", 12, null],
    expiryYear: ["9", "029", "1929", "2129", "", "2o29", 29, 2029, null],
    cvv: ["85", "85012", "", "85a", "8-5-0", 850, null],
    cpf: ["1234567890", "123456789012", "123.45678909", "", 12345678909],
    payerEmail: ["buyer", "@shop.example", "buyer@", "a b@shop.example", "a@b@c", "", `${"x".repeat(60)}@b.example`, 5],
    dateOfBirth: [
      "1990-13-31",
      "1990-00-10",
      "1990-12-32",
      "19901231",
      "901231",
      "31-12-1990",
      "3990-12-31",
      "",
      19901231,
    ],
    businessNo: ["220818367", "22081836760", "220-81-83676", "", 2208183676],
    cardPasswordDigest: ["7", "777", "ab", "", 77],
  };
  for (const [field, values] of Object.entries(WRONG)) {
    for (const [index, value] of values.entries()) {
      it(`is not taken with a wrong ${field}, case ${index + 1}, which is not told`, () => {
        const error = refused(() => checkedCard({ ...PERSONAL, ...CARD, [field]: value }, NOW));
        expect(new Set(error.problems.map(({ at }) => at))).to.deep.equal(new Set([`/card/${field}`]));
        expect(error.problems[0]?.message).to.match(/^(?:must|is) /);
        if (typeof value === "string" && value.length > 2) expect(error.message).not.to.contain(value);
      });
    }
  }

  it("has a wrong case for every field of its own", () => {
    const nested = ["cardholderName", "billingAddress"];
    expect(Object.keys({ ...CARD, ...PERSONAL, ...CORPORATE }).sort()).to.deep.equal(
      [...Object.keys(WRONG), ...nested].sort(),
    );
  });

  const LIMITS = {
    cardholderName: { firstName: 32, middleName: 32, lastName: 32, fullName: 128 },
    billingAddress: { state: 8, city: 32, address1: 256, address2: 256, zipCode: 32 },
  } as const;
  const NEEDED: Readonly<Record<string, object>> = {
    cardholderName: { firstName: "Tom", lastName: "Jay" },
    billingAddress: { region: "CN" },
  };
  for (const [outer, members] of Object.entries(LIMITS)) {
    for (const [name, longest] of Object.entries(members)) {
      it(`has room for ${longest} characters in ${outer}.${name}, and no more`, () => {
        const of = (length: number) => ({ ...CARD, [outer]: { ...NEEDED[outer], [name]: "x".repeat(length) } });
        expect(read(of(longest))).to.deep.equal(of(longest));
        expect(wrong(of(longest + 1))).to.deep.equal([`/card/${outer}/${name}`]);
      });
    }
  }

  it("has a cardholder with a first and a last name, where it names one", () => {
    for (const name of ["firstName", "lastName"]) {
      const cardholderName = Object.fromEntries(
        Object.entries(CARD.cardholderName).filter(([member]) => member !== name),
      );
      expect(wrong({ ...CARD, cardholderName }), name).to.deep.equal([`/card/cardholderName/${name}`]);
    }
  });

  it("has an address with a region of two capital letters", () => {
    for (const region of ["de", "DEU", "D", "", "D1", 49]) {
      expect(wrong({ ...CARD, billingAddress: { region } }), String(region)).to.deep.equal([
        "/card/billingAddress/region",
      ]);
    }
    expect(wrong({ ...CARD, billingAddress: { city: "Berlin" } })).to.deep.equal(["/card/billingAddress/region"]);
  });

  it("has no field but these, and asks about one that is misspelt", () => {
    const { problems } = refused(() =>
      checkedCard({ ...CARD, cardNumber: "1", CVV: "850", billingAddress: { region: "DE", zipcode: "1" } }, NOW),
    );
    expect(problems).to.have.deep.members([
      { at: "/card/cardNumber", message: "is not a known field" },
      { at: "/card/CVV", message: 'is not a known field; did you mean "cvv"?' },
      { at: "/card/billingAddress/zipcode", message: 'is not a known field; did you mean "zipCode"?' },
    ]);
  });

  it("has no field of a name every object has", () => {
    for (const name of ["__proto__", "constructor", "toString"]) {
      const card: unknown = JSON.parse(JSON.stringify(CARD).replace('"cpf"', JSON.stringify(name)));
      expect(wrong(card), name).to.deep.equal([`/card/${name}`]);
    }
  });

  it("is an object", () => {
    for (const value of [undefined, null, "4054695723100768", 4054695723100768, [CARD], true]) {
      expect(wrong(value)).to.deep.equal(["/card"]);
    }
  });

  it("is told all that is wrong with it at once", () => {
    expect(wrong({ ...CARD, cardNo: "1", cvv: "1", expiryMonth: "1x" })).to.have.members([
      "/card/cardNo",
      "/card/cvv",
      "/card/expiryMonth",
    ]);
    expect(wrong({ ...without("cvv"), cardNo: "4054695723100769", expiryYear: "20" })).to.have.members([
      "/card/cardNo",
      "/card/cvv",
      "/card/expiryYear",
    ]);
  });

  describe("as its month ends", () => {
    const HOUR = 60 * 60_000;
    const midnight = Date.UTC(2026, 6, 1);
    const june = { ...CARD, expiryMonth: "06", expiryYear: "26" };

    it("is good until twelve hours after it has ended in Greenwich, and not a millisecond longer", () => {
      for (const now of [midnight - 1, midnight, midnight + 12 * HOUR - 1]) {
        expect(read(june, now).expiryMonth).to.equal("06");
      }
      for (const now of [midnight + 12 * HOUR, midnight + 31 * 24 * HOUR]) {
        expect(refused(() => checkedCard(june, now)).problems).to.deep.equal([
          { at: "/card/expiryYear", message: "is in the past: the card has expired" },
        ]);
      }
    });

    it("is good until the end of the year in December", () => {
      const newYear = Date.UTC(2030, 0, 1) + 12 * HOUR;
      expect(read(CARD, newYear - 1).expiryYear).to.equal("29");
      expect(wrong(CARD, newYear)).to.deep.equal(["/card/expiryYear"]);
    });
  });

  describe("where it is Korean", () => {
    it("is personal with a date of birth or corporate with a business number, without a cvv", () => {
      expect(read(PERSONAL)).to.deep.equal(PERSONAL);
      expect(read(CORPORATE)).to.deep.equal(CORPORATE);
    });

    it("is corporate with a business number of ten digits, and no other", () => {
      for (const businessNo of ["220818367", "22081836760", "220-81-83676"]) {
        expect(wrong({ ...CORPORATE, businessNo }), businessNo).to.deep.equal(["/card/businessNo"]);
      }
    });

    it("is not both", () => {
      expect(wrong({ ...PERSONAL, ...CORPORATE })).to.deep.equal(["/card/businessNo"]);
    });

    it("is one of them", () => {
      const { dateOfBirth: _birth, ...neither } = PERSONAL;
      expect(wrong(neither)).to.deep.equal(["/card/dateOfBirth"]);
    });

    it("is not taken without the first two digits of its PIN", () => {
      for (const card of [PERSONAL, CORPORATE]) {
        const { cardPasswordDigest: _digits, ...rest } = card;
        expect(wrong(rest)).to.deep.equal(["/card/cardPasswordDigest"]);
      }
    });

    it("is not taken with a day that its month does not have", () => {
      for (const dateOfBirth of ["1990-02-30", "1990-02-29", "1990-04-31"]) {
        expect(wrong({ ...PERSONAL, dateOfBirth }), dateOfBirth).to.deep.equal(["/card/dateOfBirth"]);
      }
      expect(read({ ...PERSONAL, dateOfBirth: "2000-02-29" }).dateOfBirth).to.equal("2000-02-29");
    });
  });
});
