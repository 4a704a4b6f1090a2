import { inspect } from "node:util";
import { expect } from "chai";
import { checkStoredCard, checkWay, choiceOf, type WaysAllowed, type WayToPay } from "../../lib/ledger/way-to-pay.js";
import type { Order } from "../../lib/payment/order.js";
import { Secret } from "../../lib/payment/secret.js";
import type { StoredCard } from "../../lib/payment/stored-card.js";
import { sampleCard } from "../../lib/storage/conformance/cards.js";
import { refused } from "./refused.js";

const ALLOWED: WaysAllowed = {
  pciQualified: true,
  storesCards: true,
  contract: { account: "antom", koreanManualCapture: false, issuerAuthenticationIn: "paymentMethodMetaData" },
};
const BARE: WaysAllowed = { ...ALLOWED, pciQualified: false, storesCards: false };

const CARD = new Secret({ cardNo: "4054695723100768", expiryMonth: "12", expiryYear: "29", cvv: "850" });
const HOSTED: WayToPay = { method: "hosted", choice: {}, saveCard: false };
const ENTERED: WayToPay = { method: "card", choice: {}, saveCard: false, card: CARD };
const KEPT: WayToPay = { method: "stored-card", choice: { cardId: "CARD1" }, saveCard: false, buyer: "ann" };
const CHARGED: WayToPay = { ...KEPT, recurringType: "SCHEDULED" };

const order = (more: Partial<Order> = {}): Order => ({
  orderId: "order-1",
  description: "Tea",
  amount: { currency: "EUR", value: "1999" },
  ...more,
});
const check = (way: WayToPay, more: Partial<Order> = {}, allowed = ALLOWED) =>
  refused(() => {
    checkWay(order(more), way, allowed);
  });
const passes = (way: WayToPay, more: Partial<Order> = {}, allowed = ALLOWED): void => {
  checkWay(order(more), way, allowed);
};

describe("choiceOf", () => {
  it("keeps of a card its first six and last four digits, beside the other choices", () => {
    const choice = { cardBrand: "VISA", installments: 3 };
    expect(choiceOf(choice, CARD)).to.deep.equal({ ...choice, card: "405469...0768" });
    expect(choiceOf(choice, undefined)).to.deep.equal(choice);
    const short = new Secret({ ...CARD.reveal(), cardNo: "639147058270" });
    expect(choiceOf(choice, short)).to.deep.equal({ ...choice, card: "...8270" });
  });
});

describe("checkWay", () => {
  it("lets everything through that the order and the options allow", () => {
    for (const way of [HOSTED, ENTERED, KEPT, CHARGED]) passes(way);
    passes(
      { method: "issuer-authentication", choice: {}, saveCard: false },
      { amount: { currency: "KRW", value: "9" } },
    );
    passes(HOSTED, {}, BARE);
  });

  it("refuses a way that the order does not name", () => {
    for (const method of ["card", ["card"], ["stored-card", "card"]] as const) {
      const error = check(HOSTED, { method });
      expect(error).to.include({ code: "method_refused", status: 422 });
      expect(error.message).to.equal('order order-1 cannot be paid with method "hosted"');
    }
    passes(HOSTED, { method: "hosted" });
    passes(HOSTED, { method: ["card", "hosted"] });
  });

  it("does not ask of a charge without the buyer what the buyer may choose", () => {
    passes(CHARGED, { method: "hosted" });
    expect(check(KEPT, { method: "hosted" }).code).to.equal("method_refused");
  });

  it("refuses cards where the shop has not said that it is PCI-qualified", () => {
    const error = check(ENTERED, {}, { ...ALLOWED, pciQualified: false });
    expect(error.code).to.equal("method_refused");
    expect(error.message).to.contain("pciQualified: true");
  });

  it("refuses to keep cards, or to use kept ones, where none are kept", () => {
    const none = { ...ALLOWED, storesCards: false };
    for (const way of [KEPT, CHARGED, { ...HOSTED, saveCard: true }, { ...ENTERED, saveCard: true }]) {
      const error = check(way, {}, none);
      expect(error.code).to.equal("method_refused");
      expect(error.message).to.contain("buyer and cardKey");
    }
    passes(ENTERED, {}, none);
  });

  it("refuses what cannot be combined, with a sentence for each reason in its message too", () => {
    const error = check({ ...HOSTED, choice: { cardBrand: "VISA", installments: 3 } }, { installments: [6] });
    expect(error).to.include({ code: "combination_refused", status: 422 });
    expect(error.problems.map(({ at }) => at)).to.deep.equal(["/cardBrand", "/installments"]);
    expect(error.message).to.equal(error.problems.map(({ message }) => message).join("; "));
  });

  it("judges a combination by the contract", () => {
    expect(
      check(HOSTED, {}, { ...ALLOWED, contract: { ...ALLOWED.contract, account: "apo" } }).problems,
    ).to.have.length(1);
  });

  it("judges it by the card that was entered", () => {
    const korean = new Secret({ ...CARD.reveal(), dateOfBirth: "1990-12-31", cardPasswordDigest: "77" });
    const error = check({ ...ENTERED, card: korean });
    expect(error.problems.map(({ at }) => at)).to.deep.equal(["/order/amount/currency"]);
    expect(inspect(error, { depth: 9, showHidden: true })).not.to.match(/4054695|1990|77/);
  });

  it("judges it by the mark that was chosen, whatever was entered", () => {
    const both = new Secret({ ...CARD.reveal(), dateOfBirth: "1990-12-31", cardPasswordDigest: "77" });
    passes({ ...ENTERED, card: both, choice: { cardBrand: "VISA" } }, { is3DSAuthentication: true });
    passes({ ...ENTERED, card: both }, { paymentMethodRegion: "GLOBAL", is3DSAuthentication: true });
    for (const [choice, more] of [
      [{ cardBrand: "SHINHAN" }, {}],
      [{}, { paymentMethodRegion: "KR" }],
    ] as const) {
      const error = check({ ...ENTERED, choice }, { ...more, is3DSAuthentication: true });
      expect(error.code).to.equal("combination_refused");
      expect(error.problems.map(({ at }) => at)).to.deep.equal([
        "/order/is3DSAuthentication",
        "/order/amount/currency",
      ]);
    }
  });

  it("refuses a card without what the mark that was chosen asks for, and says what that is", () => {
    const won = { amount: { currency: "KRW", value: "30000" } };
    const korean = check({ ...ENTERED, choice: { cardBrand: "SHINHAN" } }, won);
    expect(korean).to.include({ code: "card_invalid", status: 422 });
    expect(korean.problems.map(({ at }) => at)).to.deep.equal(["/card/dateOfBirth", "/card/cardPasswordDigest"]);
    expect(check(ENTERED, { ...won, paymentMethodRegion: "KR" }).problems).to.deep.equal(korean.problems);
    const { cvv: _cvv, ...number } = CARD.reveal();
    const card = new Secret({ ...number, dateOfBirth: "1990-12-31", cardPasswordDigest: "77" });
    passes({ ...ENTERED, card }, won);
    const global = check({ ...ENTERED, card, choice: { cardBrand: "VISA" } }, won);
    expect(global.code).to.equal("card_invalid");
    expect(global.problems.map(({ at }) => at)).to.deep.equal(["/card/cvv"]);
    expect(inspect(global, { depth: 9, showHidden: true })).not.to.match(/4054695|1990|77/);
  });

  it("refuses a card of Brazil, Chile, Mexico or Peru without the fields that its country asks for", () => {
    for (const [region, fields] of [
      ["BR", ["/card/cpf", "/card/payerEmail"]],
      ["CL", ["/card/payerEmail"]],
      ["MX", ["/card/payerEmail"]],
      ["PE", ["/card/payerEmail"]],
    ] as const) {
      const error = check(ENTERED, { paymentMethodRegion: region });
      expect(error, region).to.include({ code: "card_invalid", status: 422 });
      expect(error.problems.map(({ at }) => at)).to.deep.equal(fields);
    }
    const { cvv: _cvv, ...number } = CARD.reveal();
    const bare = check({ ...ENTERED, card: new Secret(number) }, { paymentMethodRegion: "MX" });
    expect(bare.problems.map(({ at }) => at)).to.deep.equal(["/card/cvv", "/card/payerEmail"]);
    const taxed = new Secret({ ...CARD.reveal(), cpf: "12345678909" });
    const brazilian = check({ ...ENTERED, card: taxed });
    expect(brazilian.problems.map(({ at }) => at)).to.deep.equal(["/card/payerEmail"]);
    expect(inspect(brazilian, { depth: 9, showHidden: true })).not.to.match(/4054695|123456789/);
    passes({ ...ENTERED, card: taxed }, { paymentMethodRegion: "GLOBAL" });
    const whole = new Secret({ ...taxed.reveal(), payerEmail: "buyer@shop.example" });
    for (const more of [{}, { paymentMethodRegion: "BR" }, { paymentMethodRegion: "PE" }]) {
      passes({ ...ENTERED, card: whole }, more);
    }
  });

  it("refuses a billing address that Antom does not take from a merchant in the United States", () => {
    const billingAddress = { region: "US", state: "Texas", zipCode: "78701_1234/56" };
    const addressed = { ...ENTERED, card: new Secret({ ...CARD.reveal(), billingAddress }) };
    const us = { ...ALLOWED, merchantRegion: "US" };
    for (const error of [check(addressed, {}, us), check(addressed, { merchantRegion: "US" })]) {
      expect(error).to.include({ code: "card_invalid", status: 422 });
      expect(error.problems.map(({ at }) => at)).to.deep.equal([
        "/card/billingAddress/state",
        "/card/billingAddress/zipCode",
      ]);
      expect(inspect(error, { depth: 9, showHidden: true })).not.to.match(/Texas|78701/);
    }
    passes(addressed);
    passes(addressed, { merchantRegion: "SG" }, us);
    const short = { region: "US", state: "TX", zipCode: "78701-1234" };
    passes({ ...ENTERED, card: new Secret({ ...CARD.reveal(), billingAddress: short }) }, {}, us);
    passes(ENTERED, {}, us);
  });

  it("judges it by the order's region, else by the shop's", () => {
    const inParts = { ...HOSTED, choice: { installments: 3 } };
    const us = { ...ALLOWED, merchantRegion: "US" };
    expect(check(inParts, { capture: "MANUAL" }, us).problems.map(({ at }) => at)).to.deep.equal(["/order/capture"]);
    passes(inParts, { capture: "MANUAL", merchantRegion: "BR" }, us);
    expect(check(inParts, { capture: "MANUAL", merchantRegion: "US" }).code).to.equal("combination_refused");
  });

  it("judges it by whether the card is to be kept", () => {
    expect(check({ ...KEPT, saveCard: true }).problems.map(({ at }) => at)).to.deep.equal(["/saveCard"]);
  });

  it("judges it by who charges", () => {
    passes(KEPT, { is3DSAuthentication: true });
    expect(check(CHARGED, { is3DSAuthentication: true }).code).to.equal("combination_refused");
  });
});

describe("checkStoredCard", () => {
  const card = (more: Partial<StoredCard> = {}): StoredCard =>
    sampleCard("CARD1", { paymentMethodRegion: "GLOBAL", networkTransactionId: "MCC-1", ...more });
  const checkKept = (paid: Order, kept: StoredCard, way: WayToPay, allowed = ALLOWED): void => {
    checkStoredCard(paid, kept, way, allowed);
  };
  const stopped = { at: 1, adviceCode: "03" };

  it("lets a good card be charged without its buyer", () => {
    checkKept(order(), card(), CHARGED);
    const { paymentMethodRegion: _region, ...untold } = card();
    checkKept(order(), untold, CHARGED);
  });

  it("refuses a card whose network said to stop, and says which advice that was", () => {
    const error = refused(() => {
      checkKept(order(), card({ stopped }), CHARGED);
    });
    expect(error).to.include({ code: "card_stopped", status: 409 });
    expect(error.message).to.contain("advice 03").and.to.contain("CARD1");
  });

  it("refuses a card of a region whose cards are not charged so", () => {
    const error = refused(() => {
      checkKept(order(), card({ paymentMethodRegion: "KR" }), CHARGED);
    });
    expect(error).to.include({ code: "combination_refused" });
    expect(error.problems).to.deep.equal([{ at: "/cardId", message: error.message }]);
    expect(error.message).to.contain("KR");
  });

  it("refuses a card of a Korean brand also where its region was not told", () => {
    const { paymentMethodRegion: _region, ...untold } = card({ cardBrand: "SAMSUNG" });
    const won = order({ amount: { currency: "KRW", value: "30000" } });
    for (const paid of [won, order()]) {
      const error = refused(() => {
        checkKept(paid, untold, CHARGED);
      });
      expect(error).to.include({ code: "combination_refused" });
      expect(error.problems).to.deep.equal([{ at: "/cardId", message: error.message }]);
      expect(error.message).to.contain("SAMSUNG");
    }
    checkKept(won, untold, KEPT);
    checkKept(won, card({ cardBrand: "SAMSUNG" }), CHARGED);
  });

  it("refuses a card without the transaction in which the buyer agreed", () => {
    const { networkTransactionId: _id, ...without } = card();
    const error = refused(() => {
      checkKept(order(), without, CHARGED);
    });
    expect(error.code).to.equal("combination_refused");
    expect(error.message).to.contain("networkTransactionId");
  });

  const WON = { currency: "KRW", value: "30000" };

  it("refuses 3-D Secure with a stored Korean card, which knows none", () => {
    for (const name of ["is3DSAuthentication", "enableAuthenticationUpgrade"] as const) {
      const error = refused(() => {
        checkKept(order({ amount: WON, [name]: true }), card({ paymentMethodRegion: "KR" }), KEPT);
      });
      expect(error).to.include({ code: "combination_refused", status: 422 });
      expect(error.problems.map(({ at }) => at)).to.deep.equal([`/order/${name}`]);
      checkKept(order({ amount: WON, [name]: true }), card(), KEPT);
    }
  });

  it("refuses any currency but the won with a stored Korean card", () => {
    const error = refused(() => {
      checkKept(order(), card({ cardBrand: "HYUNDAI", paymentMethodRegion: "KR" }), KEPT);
    });
    expect(error.code).to.equal("combination_refused");
    expect(error.problems.map(({ at }) => at)).to.deep.equal(["/order/amount/currency"]);
    checkKept(order(), card(), KEPT);
  });

  it("refuses capturing by hand what a stored card of the United States pays in instalments", () => {
    const inParts = { ...KEPT, choice: { cardId: "CARD1", installments: 3 } };
    const manual = order({ capture: "MANUAL", amount: { currency: "USD", value: "50000" } });
    const inSingapore = { ...ALLOWED, merchantRegion: "SG" };
    const error = refused(() => {
      checkKept(manual, card({ issuingCountry: "US" }), inParts, inSingapore);
    });
    expect(error.problems.map(({ at }) => at)).to.deep.equal(["/order/capture"]);
    checkKept(manual, card({ issuingCountry: "SG" }), inParts, inSingapore);
    checkKept(manual, card({ issuingCountry: "US" }), KEPT, inSingapore);
  });

  it("leaves the rest to Antom where the buyer pays with the card", () => {
    const { networkTransactionId: _id, ...without } = card({ stopped, paymentMethodRegion: "KR" });
    checkKept(order({ amount: WON }), without, KEPT);
  });
});
