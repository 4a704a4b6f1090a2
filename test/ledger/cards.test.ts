import { randomBytes } from "node:crypto";
import { inspect } from "node:util";
import { expect } from "chai";
import { isAntomError } from "../../lib/errors.js";
import { createCardSeal } from "../../lib/ledger/card-seal.js";
import { createCards, MOST_CARDS, type Cards } from "../../lib/ledger/cards.js";
import type { AuthorizationFact, Fact } from "../../lib/payment/observation.js";
import type { Payment } from "../../lib/payment/payment.js";
import { Secret } from "../../lib/payment/secret.js";
import type { StoredCard } from "../../lib/payment/stored-card.js";
import { systemRandom } from "../../lib/ports.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import type { CardStorage } from "../../lib/storage/storage.js";
import { EUR, newPayment, PAYMENT_ID, T0 } from "../payment/a-payment.js";

const TOKEN = "ALIPAYcanaryToken1==";
const AT = T0 + 60_000;
const CARD = "CARD0123456789ABCDEFGHJKMNPQRS";

const INFO = {
  cardBrand: "VISA",
  lastFour: "1111",
  expiryMonth: "12",
  expiryYear: "29",
  funding: "CREDIT",
  issuingCountry: "BR",
  paymentMethodRegion: "GLOBAL",
  networkTransactionId: "MCC-1",
};
const VIEW = { id: CARD, ...INFO };
Reflect.deleteProperty(VIEW, "networkTransactionId");

const payment = (more: Partial<Payment> = {}): Payment => ({
  ...newPayment(),
  paymentId: PAYMENT_ID,
  saving: { buyer: "buyer-1", by: "shop", at: T0 },
  ...more,
});

const success = (more: Partial<AuthorizationFact> = {}): AuthorizationFact => ({
  kind: "authorization",
  outcome: "succeeded",
  cardToken: new Secret(TOKEN),
  resultInfo: INFO,
  ...more,
});

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => "kept",
    (error: unknown) => (isAntomError(error) ? error.code : error),
  );

describe("the cards of buyers", () => {
  const seal = createCardSeal([randomBytes(32)], systemRandom);
  let calls: string[];
  let log: string[];
  let stored: CardStorage;
  let cards: Cards;

  const logger = {
    debug: (fields: object, message: string) => log.push(inspect([fields, message], { depth: 9 })),
    info: (fields: object, message: string) => log.push(inspect([fields, message], { depth: 9 })),
    warn: (fields: object, message: string) => log.push(`warning: ${inspect([fields, message], { depth: 9 })}`),
    error: (fields: object, message: string) => log.push(inspect([fields, message], { depth: 9 })),
  };

  /** The storage's own steps, with a note of each call, and with what happens just before a put. */
  let beforePut: () => Promise<unknown>;
  const noted = (inner: CardStorage): CardStorage => ({
    async put(card) {
      calls.push("put");
      await beforePut();
      return inner.put(card);
    },
    list(buyer) {
      calls.push("list");
      return inner.list(buyer);
    },
    get(id) {
      calls.push("get");
      return inner.get(id);
    },
    remove(id, buyer) {
      calls.push("remove");
      return inner.remove(id, buyer);
    },
  });

  beforeEach(() => {
    calls = [];
    log = [];
    beforePut = () => Promise.resolve();
    stored = memoryStorage().cards;
    cards = createCards({ storage: { cards: noted(stored) }, seal, logger });
  });

  const only = async (buyer = "buyer-1"): Promise<StoredCard> => {
    const list = await stored.list(buyer);
    expect(list).to.have.lengthOf(1);
    return list[0]!;
  };

  /** Another payment of the same buyer, later by so many minutes. */
  const another = (nth: number, more: Partial<Payment> = {}): Payment => {
    const at = T0 + nth * 60_000;
    return payment({
      id: `PAY${String(nth).padStart(26, "0")}`,
      createdAt: at,
      saving: { buyer: "buyer-1", by: "antom", at },
      ...more,
    });
  };

  describe("when a payment that keeps its card succeeds", () => {
    it("get another one, sealed, with what is told of it and that the buyer agreed", async () => {
      await cards.takeIn(payment(), [success()], AT);
      const { sealedToken, ...rest } = await only();
      expect(rest).to.deep.equal({
        ...INFO,
        id: CARD,
        buyer: "buyer-1",
        version: 1,
        consent: { at: T0, by: "shop", payment: payment().id },
        createdAt: AT,
        updatedAt: AT,
      });
      expect(sealedToken).to.match(/^v1\./);
      expect(cards.tokenOf(await only()).reveal()).to.equal(TOKEN);
    });

    it("are told of in a fact, from which the token is gone", async () => {
      const facts = await cards.takeIn(payment(), [success({ amount: EUR("10000") })], AT);
      const { cardToken: _cardToken, ...rest } = success({ amount: EUR("10000") });
      expect(facts).to.deep.equal([rest, { kind: "card", card: VIEW }]);
      expect(facts.some((fact) => "cardToken" in fact)).to.equal(false);
    });

    it("take what the payment knows already where the fact does not tell it", async () => {
      const { networkTransactionId, ...known } = INFO;
      const succeeded = payment({ resultInfo: known, evidence: { informedBy: "succeeded" } });
      await cards.takeIn(succeeded, [success({ resultInfo: { networkTransactionId } })], AT);
      expect(await only()).to.include(INFO);
    });

    it("take nothing of a card that the buyer tried before it", async () => {
      const tried = payment({
        resultInfo: { ...INFO, lastFour: "1111", issuingCountry: "FR" },
        evidence: { informedBy: "underWay" },
      });
      await cards.takeIn(tried, [success({ resultInfo: { cardBrand: "VISA", lastFour: "4444" } })], AT);
      expect(await only()).to.include({ cardBrand: "VISA", lastFour: "4444" });
      expect(await only()).not.to.have.any.keys("issuingCountry", "expiryMonth", "networkTransactionId");
    });

    it("are the same after the same facts again, in one call or in several", async () => {
      const facts = await cards.takeIn(payment(), [success(), success()], AT);
      expect(facts.filter(({ kind }) => kind === "card")).to.have.lengthOf(1);
      const first = await only();
      expect(await cards.takeIn(payment(), [success()], AT + 5)).to.deep.include({ kind: "card", card: VIEW });
      expect(await only()).to.deep.equal(first);
    });

    it("are told of also where another fact of the same message brings no token", async () => {
      const { cardToken: _cardToken, ...rest } = success();
      const facts = await cards.takeIn(payment(), [success(), rest], AT);
      expect(facts).to.deep.equal([rest, rest, { kind: "card", card: VIEW }]);
    });

    it("are one when copies of a notification are taken in at once", async () => {
      const taken = await Promise.all(Array.from({ length: 10 }, () => cards.takeIn(payment(), [success()], AT)));
      for (const facts of taken) expect(facts).to.deep.include({ kind: "card", card: VIEW });
      expect((await only()).version).to.equal(1);
    });

    it("are not asked for once the card is known to be stored, and lose none that was erased meanwhile", async () => {
      await cards.takeIn(payment(), [success()], AT);
      await cards.remove("buyer-1", CARD);
      calls = [];
      const facts = await cards.takeIn(payment({ evidence: { cardStored: true } }), [success()], AT);
      expect(facts.map(({ kind }) => kind)).to.deep.equal(["authorization"]);
      expect(facts[0]).not.to.have.property("cardToken");
      expect(await stored.list("buyer-1")).to.deep.equal([]);
      expect(calls).to.deep.equal([]);
    });

    it("are neither stored nor told of when the storage fails, so that the facts come again", async () => {
      beforePut = () => Promise.reject(new Error("the disk is full"));
      await cards.takeIn(payment(), [success()], AT).then(
        () => expect.fail("this should have been rejected"),
        (error: unknown) => expect(error).to.have.property("message", "the disk is full"),
      );
    });
  });

  describe("when more is told of a card that is stored", () => {
    const { networkTransactionId, paymentMethodRegion, ...known } = INFO;
    /** The payment once the card is stored, with what it was told by then. */
    const keeping = (more: Partial<Payment> = {}): Payment =>
      payment({
        resultInfo: known,
        evidence: { succeeded: true, informedBy: "succeeded", cardStored: true },
        storedCardId: CARD,
        ...more,
      });
    const told = (resultInfo: AuthorizationFact["resultInfo"]): AuthorizationFact => ({
      kind: "authorization",
      outcome: "succeeded",
      ...(resultInfo === undefined ? {} : { resultInfo }),
    });
    const more = told({ networkTransactionId, paymentMethodRegion });

    beforeEach(async () => {
      await cards.takeIn(payment(), [success({ resultInfo: known })], AT);
      calls = [];
    });

    it("have it too, and all else as it was", async () => {
      const before = await only();
      expect(before).not.to.have.any.keys("networkTransactionId", "paymentMethodRegion");
      expect(await cards.takeIn(keeping(), [more], AT + 5)).to.deep.equal([more]);
      expect(await only()).to.deep.equal({
        ...before,
        networkTransactionId,
        paymentMethodRegion,
        version: 2,
        updatedAt: AT + 5,
      });
    });

    it("have it also where a capture tells it", async () => {
      await cards.takeIn(keeping(), [{ kind: "capture", outcome: "succeeded", resultInfo: INFO }], AT + 5);
      expect(await only()).to.include({ networkTransactionId, paymentMethodRegion });
    });

    it("are not read where nothing is new, however often it is told", async () => {
      for (const fact of [told(undefined), told(known), told({ rrn: "9" }), success({ resultInfo: known })]) {
        await cards.takeIn(keeping(), [fact], AT + 5);
      }
      await cards.takeIn(keeping({ resultInfo: INFO }), [more], AT + 5);
      expect(calls).to.deep.equal([]);
      expect((await only()).version).to.equal(1);
    });

    it("keep what they have, where something else is told", async () => {
      await cards.takeIn(keeping(), [told({ funding: "DEBIT", issuingCountry: "FR", networkTransactionId })], AT + 5);
      expect(await only()).to.include({ ...known, networkTransactionId });
    });

    it("take nothing of another card, of a failure, or of another payment", async () => {
      const { id: _id, ...strangers } = { ...more, id: 0 };
      for (const fact of [
        told({ lastFour: "4444", networkTransactionId }),
        { ...more, outcome: "failed" } as const,
        { ...strangers, paymentId: "another" },
        { ...strangers, amount: EUR("1") },
      ]) {
        await cards.takeIn(keeping(), [fact], AT + 5);
      }
      const { lastFour: _lastFour, ...unnamed } = known;
      await cards.takeIn(keeping({ resultInfo: unnamed }), [told({ lastFour: "4444", networkTransactionId })], AT + 5);
      expect(await only()).not.to.have.any.keys("networkTransactionId", "paymentMethodRegion");
    });

    it("take nothing once they were kept anew with another payment", async () => {
      await cards.takeIn(another(2), [success({ resultInfo: known })], AT + 3);
      await cards.takeIn(keeping(), [more], AT + 5);
      expect(await only()).to.include({ version: 2 });
      expect(await only()).not.to.have.property("networkTransactionId");
    });

    it("are not brought back once they were erased, before the look or after it", async () => {
      beforePut = () => stored.remove(CARD, "buyer-1");
      await cards.takeIn(keeping(), [more], AT + 5);
      await cards.takeIn(keeping(), [more], AT + 6);
      expect(await stored.list("buyer-1")).to.deep.equal([]);
    });

    it("lose nothing of what another process changes between the look and the put", async () => {
      const stopped = { at: AT, adviceCode: "03" };
      let isFirst = true;
      beforePut = async () => {
        if (isFirst) {
          isFirst = false;
          await stored.put({ ...(await only()), version: 2, stopped });
        }
      };
      await cards.takeIn(keeping(), [more], AT + 5);
      expect(await only()).to.deep.include({ version: 3, stopped, networkTransactionId });
    });

    it("have it where the message with the token comes again", async () => {
      const { evidence: _evidence, storedCardId: _storedCardId, ...unknowing } = keeping({ resultInfo: INFO });
      const again = payment({ ...unknowing, evidence: { informedBy: "succeeded" } });
      const facts = await cards.takeIn(again, [success({ resultInfo: known })], AT + 5);
      expect(facts).to.deep.include({ kind: "card", card: VIEW });
      expect(await only()).to.include({ networkTransactionId });
    });

    it("are not filled, and nothing is recorded, while the storage fails", async () => {
      beforePut = () => Promise.reject(new Error("the disk is full"));
      const failed = await cards.takeIn(keeping(), [more], AT + 5).catch((error: unknown) => error);
      expect(failed).to.have.property("message", "the disk is full");
    });
  });

  const DROPPED: Record<string, readonly [Payment, AuthorizationFact]> = {
    "the buyer has not agreed": [
      ((): Payment => {
        const { saving: _saving, ...rest } = payment();
        return rest;
      })(),
      success(),
    ],
    "the payment failed": [payment(), success({ outcome: "failed" })],
    "the payment is not decided": [payment(), success({ outcome: "processing" })],
    "the message is about another payment": [payment(), success({ paymentId: "another" })],
    "the message is about another amount": [payment(), success({ amount: EUR("1") })],
    "the message is about another currency": [payment(), success({ amount: { currency: "USD", value: "10000" } })],
  };
  for (const [why, [before, fact]] of Object.entries(DROPPED)) {
    it(`are not added to, and the token is dropped, when ${why}`, async () => {
      const { cardToken: _cardToken, ...rest } = fact;
      expect(await cards.takeIn(before, [fact], AT)).to.deep.equal([rest]);
      expect(calls).to.deep.equal([]);
    });
  }

  it("are not asked about by payments and facts that have nothing to do with them", async () => {
    const facts: Fact[] = [
      { kind: "authorization", outcome: "succeeded", resultInfo: { merchantAdviceCode: "02" } },
      { kind: "capture", outcome: "succeeded" },
      { kind: "missing" },
    ];
    expect(await cards.takeIn(payment({ choice: { cardId: CARD } }), facts, AT)).to.deep.equal(facts);
    expect(calls).to.deep.equal([]);
  });

  it("are not kept where there is no key, and the token is dropped all the same", async () => {
    const keyless = createCards({ storage: { cards: stored }, seal: undefined, logger });
    const facts = await keyless.takeIn(payment(), [success()], AT);
    expect(facts).to.have.lengthOf(1);
    expect(facts[0]).not.to.have.property("cardToken");
    expect(await stored.list("buyer-1")).to.deep.equal([]);
    await cards.takeIn(payment(), [success()], AT);
    expect(await keyless.list("buyer-1")).to.deep.equal([VIEW]);
    expect(() => keyless.tokenOf({ ...VIEW, buyer: "buyer-1" } as StoredCard))
      .to.throw(/there is no cardKey/)
      .with.property("code", "configuration_invalid");
  });

  describe("when the buyer keeps a card that is stored already", () => {
    const later = { ...INFO, networkTransactionId: "MCC-2" };
    const newToken = new Secret("ALIPAYanotherToken==");

    it("get its new token in place of a second entry", async () => {
      await cards.takeIn(payment(), [success()], AT);
      const renewal = another(5);
      const facts = await cards.takeIn(renewal, [success({ cardToken: newToken, resultInfo: later })], AT + 5);
      expect(facts).to.deep.include({ kind: "card", card: VIEW });
      const card = await only();
      expect(card).to.deep.include({
        id: CARD,
        version: 2,
        networkTransactionId: "MCC-2",
        consent: { at: T0 + 300_000, by: "antom", payment: renewal.id },
        createdAt: AT,
        updatedAt: AT + 5,
      });
      expect(cards.tokenOf(card).reveal()).to.equal("ALIPAYanotherToken==");
      await cards.takeIn(renewal, [success({ cardToken: newToken, resultInfo: later })], AT + 9);
      expect(await only()).to.deep.equal(card);
    });

    it("may charge it again though its network had stopped it", async () => {
      await cards.takeIn(payment(), [success()], AT);
      const advice = success({ outcome: "failed", resultInfo: { merchantAdviceCode: "03" } });
      await cards.takeIn(another(1, { choice: { cardId: CARD } }), [advice], AT);
      expect(await only()).to.have.property("stopped");
      await cards.takeIn(another(5), [success({ cardToken: newToken })], AT);
      expect(await only()).not.to.have.property("stopped");
      // A repeat of the advice, which was about the token before.
      await cards.takeIn(another(1, { choice: { cardId: CARD } }), [advice], AT);
      expect(await only()).not.to.have.property("stopped");
    });

    it("know it by its token where its expiry is not told", async () => {
      const { expiryMonth: _month, expiryYear: _year, ...vague } = INFO;
      await cards.takeIn(payment(), [success({ resultInfo: vague })], AT);
      await cards.takeIn(another(5), [success({ resultInfo: vague })], AT);
      expect((await only()).version).to.equal(2);
      await cards.takeIn(another(6), [success({ resultInfo: vague, cardToken: newToken })], AT);
      expect(await stored.list("buyer-1")).to.have.lengthOf(2);
    });

    it("keep two cards apart that differ in anything a buyer knows them by", async () => {
      await cards.takeIn(payment(), [success()], AT);
      let nth = 1;
      for (const change of [{ cardBrand: "ELO" }, { lastFour: "2222" }, { expiryMonth: "11" }, { expiryYear: "30" }]) {
        const fact = success({ cardToken: new Secret(`token-${nth}`), resultInfo: { ...INFO, ...change } });
        await cards.takeIn(another(nth++), [fact], AT);
      }
      expect(await stored.list("buyer-1")).to.have.lengthOf(5);
    });

    it("keep the same card of two buyers apart", async () => {
      await cards.takeIn(payment(), [success()], AT);
      await cards.takeIn(another(1, { saving: { buyer: "buyer-2", by: "shop", at: T0 } }), [success()], AT);
      expect((await only()).buyer).to.equal("buyer-1");
      expect((await only("buyer-2")).buyer).to.equal("buyer-2");
    });

    it("keep the later token when an earlier payment is heard of late", async () => {
      await cards.takeIn(another(5), [success({ cardToken: newToken, resultInfo: later })], AT);
      const facts = await cards.takeIn(another(1), [success()], AT);
      expect(facts).to.deep.include({ kind: "card", card: { ...VIEW, id: (await only()).id } });
      expect(cards.tokenOf(await only()).reveal()).to.equal("ALIPAYanotherToken==");
      expect(await only()).to.include({ version: 1, networkTransactionId: "MCC-2" });
    });

    it("keep the later token also when an earlier payment of the same millisecond is heard of again", async () => {
      await cards.takeIn(payment(), [success()], AT);
      await cards.takeIn(another(0), [success({ cardToken: newToken, resultInfo: later })], AT);
      await cards.takeIn(payment(), [success()], AT);
      expect(cards.tokenOf(await only()).reveal()).to.equal("ALIPAYanotherToken==");
    });

    it("lose nothing when another process changes it between the look and the put", async () => {
      await cards.takeIn(payment(), [success()], AT);
      let others = 0;
      beforePut = async () => {
        if (others++ < 3)
          await stored.put({ ...(await only()), version: (await only()).version + 1, updatedAt: AT + others });
      };
      await cards.takeIn(another(5), [success({ cardToken: newToken })], AT);
      expect((await only()).version).to.equal(5);
      expect(cards.tokenOf(await only()).reveal()).to.equal("ALIPAYanotherToken==");
    });

    it("give up, recording nothing, when it never stays as it was", async () => {
      await cards.takeIn(payment(), [success()], AT);
      beforePut = async () => stored.put({ ...(await only()), version: (await only()).version + 1 });
      expect(await codeOf(cards.takeIn(another(5), [success({ cardToken: newToken })], AT))).to.equal(
        "storage_unavailable",
      );
      expect(calls.length).to.be.lessThan(100);
    });

    it("get a new entry when the buyer has it erased in that moment", async () => {
      await cards.takeIn(payment(), [success()], AT);
      beforePut = () => stored.remove(CARD, "buyer-1");
      await cards.takeIn(another(5), [success({ cardToken: newToken })], AT);
      expect(await only()).to.include({ version: 1, id: `CARD${another(5).id.slice(3)}` });
    });
  });

  it("are at most fifty for one buyer: the payment of one more goes on, with a warning", async () => {
    const nthCard = (nth: number) =>
      success({ cardToken: new Secret(`token-${nth}`), resultInfo: { ...INFO, lastFour: String(1000 + nth) } });
    for (let nth = 0; nth < MOST_CARDS; nth++) await cards.takeIn(another(nth), [nthCard(nth)], AT);
    expect(await stored.list("buyer-1")).to.have.lengthOf(50);
    expect(log.filter((line) => line.startsWith("warning"))).to.deep.equal([]);
    const facts = await cards.takeIn(another(99), [nthCard(99)], AT);
    expect(facts.map(({ kind }) => kind)).to.deep.equal(["authorization"]);
    expect(log.at(-1)).to.match(/^warning: .*50 stored cards already/s);
    expect(await stored.list("buyer-1")).to.have.lengthOf(50);
    // One that is there already can still be renewed, and another buyer is not held up.
    await cards.takeIn(another(98), [nthCard(7)], AT);
    await cards.takeIn(another(97, { saving: { buyer: "buyer-2", by: "shop", at: T0 } }), [nthCard(1)], AT);
    expect(await stored.list("buyer-1")).to.have.lengthOf(50);
    expect(await stored.list("buyer-2")).to.have.lengthOf(1);
  });

  describe("when their network says not to charge one again", () => {
    const charge = (more: Partial<Payment> = {}): Payment => {
      const { saving: _saving, ...rest } = another(9, { choice: { cardId: CARD }, ...more });
      return rest;
    };
    const advised = (
      merchantAdviceCode: string,
      outcome: AuthorizationFact["outcome"] = "failed",
    ): AuthorizationFact => ({ kind: "authorization", outcome, resultInfo: { merchantAdviceCode } });

    beforeEach(() => cards.takeIn(payment(), [success()], AT));

    for (const code of ["03", "21", "3"]) {
      it(`stop it, once, at advice code ${code}`, async () => {
        expect(await cards.takeIn(charge(), [advised(code)], AT + 1)).to.deep.equal([advised(code)]);
        expect(await only()).to.deep.include({
          version: 2,
          stopped: { at: AT + 1, adviceCode: code },
          updatedAt: AT + 1,
        });
        await cards.takeIn(charge(), [advised(code)], AT + 2);
        expect(await only()).to.deep.include({ version: 2, stopped: { at: AT + 1, adviceCode: code } });
      });
    }

    it("stop it also where the charge itself succeeded", async () => {
      await cards.takeIn(charge(), [advised("21", "succeeded")], AT);
      expect(await only()).to.have.nested.property("stopped.adviceCode", "21");
    });

    it("do nothing at any other code, for any other payment, or for a card that is gone", async () => {
      for (const code of ["01", "02", "24", "1", "031", ""]) await cards.takeIn(charge(), [advised(code)], AT);
      await cards.takeIn(charge(), [{ ...advised("03"), paymentId: "another" }], AT);
      await cards.takeIn(another(9, { choice: { card: "4111111111" } }), [advised("03")], AT);
      await cards.takeIn(charge({ choice: { cardId: "CARDGONE" } }), [advised("03")], AT);
      expect((await only()).version).to.equal(1);
    });

    it("stop it also when another process changes it between the look and the put", async () => {
      let others = 0;
      beforePut = async () => {
        if (others++ === 0) await stored.put({ ...(await only()), version: 2 });
      };
      await cards.takeIn(charge(), [advised("03")], AT);
      expect(await only()).to.deep.include({ version: 3, stopped: { at: AT, adviceCode: "03" } });
    });
  });

  describe("when their network says so with the very payment in which they are kept", () => {
    const stopping = { ...INFO, merchantAdviceCode: "21" };
    const stopped = { at: AT, adviceCode: "21" };
    const untoken = ({ cardToken: _cardToken, ...fact }: AuthorizationFact): AuthorizationFact => fact;

    it("are kept and stopped in one step, and the shop's log says both", async () => {
      await cards.takeIn(payment(), [success({ resultInfo: stopping })], AT);
      expect(await only()).to.deep.include({ version: 1, stopped });
      expect(calls.filter((call) => call === "put")).to.have.lengthOf(1);
      expect(log.join()).to.match(/card\.stored.*card\.stopped/s);
      await cards.takeIn(payment(), [success({ resultInfo: stopping })], AT + 5);
      expect(await only()).to.deep.include({ version: 1, stopped });
    });

    it("are stopped where the answer to pay said so and the token comes later without it", async () => {
      const succeeded = payment({ resultInfo: stopping, evidence: { informedBy: "succeeded" } });
      await cards.takeIn(succeeded, [success()], AT);
      expect(await only()).to.deep.include({ version: 1, stopped });
    });

    it("are stopped where it says so once they are kept", async () => {
      await cards.takeIn(payment(), [success()], AT);
      expect(await only()).not.to.have.property("stopped");
      const kept = payment({ resultInfo: INFO, evidence: { informedBy: "succeeded", cardStored: true } });
      await cards.takeIn(kept, [untoken(success({ resultInfo: stopping }))], AT + 1);
      expect(await only()).to.deep.include({ version: 2, stopped: { at: AT + 1, adviceCode: "21" } });
    });

    it("are stopped anew when a card that was kept before is kept with it, and charged again when it is kept without", async () => {
      await cards.takeIn(payment(), [success()], AT);
      await cards.takeIn(another(5), [success({ resultInfo: stopping })], AT);
      expect(await only()).to.deep.include({ version: 2, stopped });
      await cards.takeIn(another(6), [success()], AT);
      expect(await only()).to.include({ version: 3 });
      expect(await only()).not.to.have.property("stopped");
      // A repeat of the advice, which was about the token before.
      await cards.takeIn(another(5), [success({ resultInfo: stopping })], AT);
      expect(await only()).not.to.have.property("stopped");
    });

    it("are not stopped by what was said of a card that the buyer had tried first", async () => {
      const declined = payment({ resultInfo: stopping, evidence: { informedBy: "failed", failed: true } });
      await cards.takeIn(declined, [success({ resultInfo: { cardBrand: "VISA", lastFour: "4444" } })], AT);
      await cards.takeIn(payment(), [untoken(success({ outcome: "failed", resultInfo: stopping }))], AT);
      expect(await only()).not.to.have.property("stopped");
    });

    it("are not stopped by any other advice", async () => {
      await cards.takeIn(payment(), [success({ resultInfo: { ...INFO, merchantAdviceCode: "24" } })], AT);
      expect(await only()).not.to.have.property("stopped");
    });
  });

  describe("for their buyers", () => {
    beforeEach(() => cards.takeIn(payment(), [success()], AT));

    it("are listed with nothing that could be charged", async () => {
      expect(await cards.list("buyer-1")).to.deep.equal([VIEW]);
      expect(await cards.list("buyer-2")).to.deep.equal([]);
    });

    it("are found by their own buyer, and by the shop", async () => {
      expect(await cards.find(CARD, "buyer-1")).to.deep.equal(await only());
      expect(await cards.find(CARD)).to.deep.equal(await only());
      expect(await codeOf(cards.find(CARD, "buyer-2"))).to.equal("card_not_found");
      expect(await codeOf(cards.find(CARD, ""))).to.equal("card_not_found");
      expect(await codeOf(cards.find("CARDGONE"))).to.equal("card_not_found");
    });

    it("are erased by their own buyer only", async () => {
      expect(await codeOf(cards.remove("buyer-2", CARD))).to.equal("card_not_found");
      expect(await codeOf(cards.remove("buyer-1", CARD))).to.equal("kept");
      expect(await codeOf(cards.remove("buyer-1", CARD))).to.equal("card_not_found");
      expect(await cards.list("buyer-1")).to.deep.equal([]);
    });

    it("are not looked for under what is no id of a card", async () => {
      calls = [];
      for (const id of ["", "CARD", `${CARD}\0`, `CARD${"A".repeat(61)}`, "../CARD1", "card1", "__proto__"]) {
        expect(await codeOf(cards.find(id))).to.equal("card_not_found");
        expect(await codeOf(cards.remove("buyer-1", id))).to.equal("card_not_found");
      }
      expect(calls).to.deep.equal([]);
    });

    it("cannot be charged from a row that was copied to another buyer", async () => {
      const card = await only();
      expect(() => cards.tokenOf({ ...card, buyer: "buyer-2" }))
        .to.throw(/moved here from another card/)
        .with.property("code", "internal");
    });
  });

  it("leave their tokens in no log and in nothing that is stored or given back", async () => {
    const given = [
      await cards.takeIn(payment(), [success()], AT),
      await cards.takeIn(another(5), [success()], AT),
      await cards.takeIn(payment({ evidence: { cardStored: true } }), [success()], AT),
      await cards.list("buyer-1"),
      await cards.find(CARD),
      cards.tokenOf(await only()),
    ];
    await cards.remove("buyer-1", CARD);
    expect(log).to.have.lengthOf(3);
    const shown = inspect([given, log, cards], { depth: 20, showHidden: true }) + JSON.stringify(given);
    expect(shown).not.to.include(TOKEN);
    expect(log.join()).not.to.include("buyer-1");
  });
});
