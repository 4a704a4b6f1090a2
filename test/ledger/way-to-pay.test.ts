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
  const stopped = { at: 1, adviceCode: "03" };

  it("lets a good card be charged without its buyer", () => {
    checkStoredCard(order(), card(), CHARGED);
    const { paymentMethodRegion: _region, ...untold } = card();
    checkStoredCard(order(), untold, CHARGED);
  });

  it("refuses a card whose network said to stop, and says which advice that was", () => {
    const error = refused(() => {
      checkStoredCard(order(), card({ stopped }), CHARGED);
    });
    expect(error).to.include({ code: "card_stopped", status: 409 });
    expect(error.message).to.contain("advice 03").and.to.contain("CARD1");
  });

  it("refuses a card of a region whose cards are not charged so", () => {
    const error = refused(() => {
      checkStoredCard(order(), card({ paymentMethodRegion: "KR" }), CHARGED);
    });
    expect(error).to.include({ code: "combination_refused" });
    expect(error.problems).to.deep.equal([{ at: "/cardId", message: error.message }]);
    expect(error.message).to.contain("KR");
  });

  it("refuses a card without the transaction in which the buyer agreed", () => {
    const { networkTransactionId: _id, ...without } = card();
    const error = refused(() => {
      checkStoredCard(order(), without, CHARGED);
    });
    expect(error.code).to.equal("combination_refused");
    expect(error.message).to.contain("networkTransactionId");
  });

  it("refuses 3-D Secure with a stored Korean card, which knows none", () => {
    const error = refused(() => {
      checkStoredCard(order({ is3DSAuthentication: true }), card({ paymentMethodRegion: "KR" }), KEPT);
    });
    expect(error.code).to.equal("combination_refused");
    expect(error.problems.map(({ at }) => at)).to.deep.equal(["/order/is3DSAuthentication"]);
    checkStoredCard(order({ is3DSAuthentication: true }), card(), KEPT);
  });

  it("leaves all of that to Antom where the buyer pays with the card", () => {
    const { networkTransactionId: _id, ...without } = card({ stopped, paymentMethodRegion: "KR" });
    checkStoredCard(order(), without, KEPT);
  });
});
