import { expect } from "chai";
import { isAntomError } from "../../lib/errors.js";
import { CARD_BRANDS } from "../../lib/payment/card-brand.js";
import { PAYMENT_METHODS } from "../../lib/payment/method.js";
import { readCheckoutFields } from "../../lib/routers/checkout-fields.js";

const CARD = {
  cardNo: "4054695723100768",
  expiryMonth: "12",
  expiryYear: "29",
  cvv: "850",
  cardholderName: { firstName: "Tom", lastName: "Jay" },
  billingAddress: { region: "DE", zipCode: "10115" },
};

/** A body as a form sends it and the router reads it. */
const form = (...fields: readonly (readonly [string, string])[]): Record<string, unknown> =>
  Object.fromEntries(new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])));

const CARD_FORM = [
  ["card[cardNo]", CARD.cardNo],
  ["card[expiryMonth]", "12"],
  ["card[expiryYear]", "29"],
  ["card[cvv]", "850"],
  ["card[cardholderName][firstName]", "Tom"],
  ["card[cardholderName][lastName]", "Jay"],
  ["card[billingAddress][region]", "DE"],
  ["card[billingAddress][zipCode]", "10115"],
] as const;

const read = (body: Record<string, unknown>) => readCheckoutFields(body);
const wrong = (body: Record<string, unknown>): readonly string[] => {
  try {
    read(body);
  } catch (error) {
    if (isAntomError(error) && error.code === "request_invalid") return error.problems.map(({ at }) => at);
    throw error;
  }
  return [];
};

describe("the kit's fields of a checkout", () => {
  it("are none where the body has none, and all others are the shop's", () => {
    const body = { orderId: "1", basket: { beans: 2 }, cardNumber: "mine", cards: [] };
    expect(read(body)).to.deep.equal({ fields: {}, rest: body });
    expect(read({})).to.deep.equal({ fields: {}, rest: {} });
  });

  it("are read from JSON as they are", () => {
    const choices = {
      method: "card",
      saveCard: true,
      cardId: "CARD1",
      cardBrand: "CARTES_BANCAIRES",
      installments: 3,
      browser: { colorDepth: 24, screenHeight: 768, screenWidth: 1024, timeZoneOffset: -60, javaScriptEnabled: true },
    };
    expect(read({ orderId: "1", ...choices, card: CARD })).to.deep.equal({
      fields: { ...choices, card: CARD },
      rest: { orderId: "1", ...choices },
    });
  });

  it("are read from a form, whose names stand for objects and whose values are all texts", () => {
    const choices = { method: "card", saveCard: true, cardBrand: "VISA", installments: 3 };
    expect(
      read(
        form(
          ["orderId", "1"],
          ["method", "card"],
          ["saveCard", "on"],
          ["cardBrand", "VISA"],
          ["installments", "3"],
          ...CARD_FORM,
        ),
      ),
    ).to.deep.equal({ fields: { ...choices, card: CARD }, rest: { orderId: "1", ...choices } });
  });

  it("are read from a script's JSON of a form's names too", () => {
    const browser = { colorDepth: 24 };
    expect(read({ ...form(["method", "card"], ...CARD_FORM), browser }).fields).to.deep.equal({
      method: "card",
      card: CARD,
      browser,
    });
  });

  it("know every method and every brand", () => {
    for (const method of PAYMENT_METHODS) expect(read({ method }).fields).to.deep.equal({ method });
    for (const cardBrand of CARD_BRANDS) expect(read({ cardBrand }).fields).to.deep.equal({ cardBrand });
  });

  it("take a form's nested names before a text of the same name", () => {
    expect(
      read(form(["method", "card"], ["card[billingAddress]", "Berlin"], ["card[billingAddress][region]", "DE"])).fields
        .card,
    ).to.deep.equal({ billingAddress: { region: "DE" } });
  });

  describe("of a flag", () => {
    for (const [value, flag] of [
      [true, true],
      ["on", true],
      ["true", true],
      ["1", true],
      ["yes", true],
      [false, false],
      ["false", false],
      ["off", false],
      ["0", false],
      ["no", false],
    ] as const) {
      it(`take ${JSON.stringify(value)} for ${flag ? "yes" : "no"}`, () => {
        expect(read({ saveCard: value })).to.deep.equal({ fields: { saveCard: flag }, rest: { saveCard: flag } });
      });
    }

    it("take nothing else for consent", () => {
      for (const saveCard of ["On", "No", "2", 1, 0, {}, [], ["on"], null]) {
        expect(wrong({ saveCard }), JSON.stringify(saveCard)).to.deep.equal(["/saveCard"]);
      }
    });
  });

  it("are what came last where a form has one several times, as with a hidden field before the box; the shop's own stay as they came", () => {
    const { fields, rest } = read({
      ...{ method: ["hosted", "card"], saveCard: ["false", "true"], installments: ["3", "6"], sku: ["tea", "pot"] },
      ...{ "card[cardNo]": ["1", CARD.cardNo], "card[cvv]": "850" },
    });
    expect(fields).to.deep.equal({
      ...{ method: "card", saveCard: true, installments: 6 },
      card: { cardNo: CARD.cardNo, cvv: "850" },
    });
    expect(rest).to.deep.equal({ sku: ["tea", "pot"], method: "card", saveCard: true, installments: 6 });
    const nested = { cardNo: ["1", CARD.cardNo], billingAddress: { region: ["", "DE"] } };
    expect(read({ method: "card", card: nested }).fields.card).to.deep.equal({
      cardNo: CARD.cardNo,
      billingAddress: { region: "DE" },
    });
    expect(wrong({ method: [["card"]] })).to.deep.equal(["/method"]);
  });

  it("take what is empty for absent", () => {
    const empty = { method: "", saveCard: "", cardId: "", cardBrand: "", installments: "", browser: "", card: "" };
    expect(read({ orderId: "", ...empty })).to.deep.equal({ fields: {}, rest: { orderId: "" } });
    const blank = CARD_FORM.map(([name]) => [name, ""] as const);
    expect(read(form(["method", "hosted"], ...blank)).fields).to.deep.equal({ method: "hosted" });
    expect(read(form(["card", ""], ["method", "card"], ...CARD_FORM)).fields.card).to.deep.equal(CARD);
  });

  it("take what is empty in a card for absent, however it came", () => {
    const { cvv: _cvv, billingAddress: _address, ...rest } = CARD;
    const unfilled = {
      ...rest,
      cvv: "",
      cpf: "",
      billingAddress: { region: "", zipCode: "", address2: "" },
      cardholderName: { ...CARD.cardholderName, middleName: "" },
    };
    expect(read({ method: "card", card: unfilled }).fields.card).to.deep.equal(rest);
    const blank = ["card[cvv]", "card[cpf]", "card[billingAddress][region]", "card[cardholderName][middleName]"];
    const filled = CARD_FORM.filter(([name]) => !/cvv|billing/.test(name));
    expect(
      read(form(["method", "card"], ...filled, ...blank.map((name) => [name, ""] as const))).fields.card,
    ).to.deep.equal(rest);
    expect(read({ card: { cardNo: "", billingAddress: {} } }).fields).to.deep.equal({});
  });

  it("take a card whose fields were all left blank for one that lacks them, where it is to pay, and no field for no card", () => {
    const blank = CARD_FORM.map(([name]) => [name, ""] as const);
    const bodies = [form(["method", "card"], ...blank), { method: "card", card: {} }];
    for (const body of [...bodies, { method: "card", card: { cardNo: "", billingAddress: { region: "" } } }]) {
      expect(read(body).fields).to.deep.equal({ method: "card", card: {} });
    }
    for (const body of [{ method: "card" }, { method: "card", card: "" }]) {
      expect(read(body).fields).to.deep.equal({ method: "card" });
    }
    expect(read({ ...form(...blank), method: "stored-card" }).fields).to.deep.equal({ method: "stored-card" });
  });

  describe("are refused", () => {
    const WRONG: Readonly<Record<string, readonly unknown[]>> = {
      method: ["cash", "Card", 1, ["card"], {}, null, "constructor"],
      cardId: ["x".repeat(65), 1, ["CARD1"], null],
      cardBrand: ["visa", "constructor", ["VISA"], 1, null],
      installments: [1, "1", 0, 37, "37", 2.5, "2.5", "three", "1000", "0003", -3, "-3", [3], null],
      card: [[CARD], "4054695723100768", 4054695723100768, true],
      browser: ["{}", [], 1, true, null],
    };
    for (const [name, values] of Object.entries(WRONG)) {
      for (const [index, value] of values.entries()) {
        it(`with a wrong ${name}, case ${index + 1}`, () => {
          expect(new Set(wrong({ method: "card", [name]: value }))).to.deep.equal(new Set([`/${name}`]));
        });
      }
    }

    it("with browser details out of their bounds, or unknown ones", () => {
      for (const [name, values] of Object.entries({
        colorDepth: [-1, "24", 129],
        screenHeight: [0, 100_001, 1.5],
        screenWidth: [-1, 100_001, "1024"],
        timeZoneOffset: [-841, 721, 0.5],
        language: ["x".repeat(33), "en us", "<b>", 5],
        javaEnabled: ["true", 1],
        javaScriptEnabled: ["on"],
        plugins: [[]],
      })) {
        for (const value of values) {
          expect(wrong({ browser: { [name]: value } }), `${name} ${String(value)}`).to.deep.equal([`/browser/${name}`]);
        }
      }
    });

    it("all at once, and each is named", () => {
      expect(wrong({ method: "cash", installments: "0", saveCard: "maybe" })).to.have.members([
        "/method",
        "/installments",
        "/saveCard",
      ]);
    });

    it("with a card and no method, which could pay on Antom's page unnoticed", () => {
      expect(wrong({ card: CARD })).to.deep.equal(["/method"]);
      expect(wrong(form(...CARD_FORM))).to.deep.equal(["/method"]);
      expect(wrong({ card: CARD, method: "" })).to.deep.equal(["/method"]);
      expect(wrong({ card: CARD, method: "hosted" })).to.deep.equal([]);
    });

    it("with more fields of a card than any card has", () => {
      const many = (count: number) => Array.from({ length: count }, (_, nth) => [`card[field${nth}]`, "1"] as const);
      expect(wrong(form(["method", "card"], ...many(32)))).to.deep.equal([]);
      expect(wrong(form(["method", "card"], ...many(33)))).to.deep.equal(["/card"]);
      const card = Object.fromEntries(many(33));
      expect(wrong({ method: "card", card })).to.deep.equal(["/card"]);
    });

    it("without a word of the card in what is said", () => {
      for (const body of [
        { method: "card", card: CARD.cardNo, cardId: CARD.cardNo.repeat(9) },
        { method: CARD.cardNo, card: CARD, cardBrand: CARD.cardNo, saveCard: CARD.cvv, installments: "4054" },
        { card: CARD },
      ]) {
        expect(() => read(body))
          .to.throw()
          .with.property("message")
          .that.does.not.match(/4054|850|Tom|10115/);
      }
    });
  });

  describe("leave nothing of a card to the shop's own code", () => {
    for (const name of [
      "card",
      "card[cardNo]",
      "card[x][y]",
      "card[x][y][z]",
      "card[",
      "card[]",
      "card[]]",
      "card[card_no]",
      "card[__proto__]",
      "card[cardNo",
      "card[cardNo] ",
      `card[${"x".repeat(100)}]`,
    ]) {
      it(`under the name ${name.slice(0, 40)}`, () => {
        for (const value of [CARD.cardNo, { number: CARD.cardNo }, [CARD.cardNo]]) {
          let rest: unknown;
          try {
            rest = read({ orderId: "1", method: "card", [name]: value }).rest;
          } catch {
            continue;
          }
          expect(rest).to.deep.equal({ orderId: "1", method: "card" });
        }
      });
    }
  });

  describe("of names every object has", () => {
    it("are the card's own, for the check of the card to refuse", () => {
      for (const name of ["constructor", "toString", "hasOwnProperty", "valueOf"]) {
        const flat = read(form(["method", "card"], [`card[${name}]`, "x"])).fields.card;
        expect(flat).to.deep.equal(Object.fromEntries([[name, "x"]]));
        const deep = read(form(["method", "card"], [`card[${name}][prototype]`, "x"])).fields.card;
        expect(deep).to.deep.equal(Object.fromEntries([[name, { prototype: "x" }]]));
      }
    });

    it("change no object's prototype", () => {
      const body = JSON.parse(
        '{"method":"card","__proto__":{"polluted":1},"card":{"__proto__":{"polluted":1},"cardNo":"1"},"constructor":1}',
      ) as Record<string, unknown>;
      const { fields, rest } = read({ ...body, ...form(["card[__proto__][polluted]", "1"]) });
      for (const object of [fields, rest, Object(fields.card) as object]) {
        expect(Reflect.getPrototypeOf(object)).to.equal(Object.prototype);
      }
      expect(Reflect.get({}, "polluted")).to.equal(undefined);
      expect(Object.keys(rest)).to.have.members(["method", "__proto__", "constructor"]);
      expect(Object.keys(Object(fields.card) as object)).to.have.members(["__proto__", "cardNo"]);
    });
  });
});
