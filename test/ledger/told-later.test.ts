import { randomBytes } from "node:crypto";
import { expect } from "chai";
import { createCardSeal } from "../../lib/ledger/card-seal.js";
import { createCards } from "../../lib/ledger/cards.js";
import { createLedger, type Ledger } from "../../lib/ledger/ledger.js";
import type { AuthorizationFact, Fact } from "../../lib/payment/observation.js";
import { Secret } from "../../lib/payment/secret.js";
import { systemRandom } from "../../lib/ports.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import type { Storage } from "../../lib/storage/storage.js";
import { CLIENT_ID } from "../support/keys.js";

const ID = "PAY0123456789ABCDEFGHJKMNPQRS";
const AMOUNT = { currency: "EUR", value: "1999" };
const TOLD = { cardBrand: "VISA", lastFour: "1111", paymentMethodRegion: "GLOBAL" };
const REFERENCE = { networkTransactionId: "MCC-1" };

const success = (more: Partial<AuthorizationFact>): AuthorizationFact => ({
  kind: "authorization",
  outcome: "succeeded",
  amount: AMOUNT,
  ...more,
});
const TOKEN = success({ cardToken: new Secret("ALIPAYtoken=="), resultInfo: TOLD });
const LATER = success({ resultInfo: REFERENCE });

describe("a card whose token and reference come in two messages", () => {
  const seal = createCardSeal([randomBytes(32)], systemRandom);
  const silent = (): void => undefined;
  const logger = { debug: silent, info: silent, warn: silent, error: silent };
  let storage: Storage;

  const aProcess = (): Ledger =>
    createLedger({
      clientId: CLIENT_ID,
      storage,
      cards: createCards({ storage, seal, logger }),
      logger,
      onTasks: silent,
    });

  const record = (fact: Fact) => aProcess().record(ID, { source: "notification", at: 10, facts: [fact] });
  /** The process is held up just before its first commit, until something else has happened. */
  const recordLate = (fact: Fact, meanwhile: () => Promise<unknown>) => {
    const commit = storage.commit.bind(storage);
    let isFirst = true;
    Object.assign(storage, {
      commit: async (change: Parameters<Storage["commit"]>[0]) => {
        if (isFirst) {
          isFirst = false;
          await meanwhile();
        }
        return commit(change);
      },
    });
    return record(fact);
  };
  const kept = () => storage.cards.list("buyer-1");

  beforeEach(async () => {
    storage = memoryStorage();
    await storage.start();
    await aProcess().open({
      id: ID,
      clientId: CLIENT_ID,
      orderId: "order-1",
      amount: AMOUNT,
      captureMode: "AUTOMATIC",
      method: "hosted",
      saving: { buyer: "buyer-1", by: "shop", at: 1 },
      locale: "en",
      request: {},
      at: 1,
      expiresAt: 2,
    });
  });

  for (const [which, first, second] of [
    ["the token first", TOKEN, LATER],
    ["the reference first", LATER, TOKEN],
  ] as const) {
    it(`has both, ${which}`, async () => {
      await record(first);
      await record(second);
      expect(await kept()).to.have.lengthOf(1);
      expect((await kept())[0]).to.include({ ...TOLD, ...REFERENCE });
    });

    it(`has both where two processes take them in at once, ${which}`, async () => {
      await recordLate(first, () => record(second));
      expect((await storage.get(ID))?.resultInfo).to.include({ ...TOLD, ...REFERENCE });
      expect(await kept()).to.have.lengthOf(1);
      expect((await kept())[0]).to.include({ ...TOLD, ...REFERENCE });
    });
  }

  it("is kept where the same answer tells of an increase and of the total it has made", async () => {
    const amount = { currency: "EUR", value: "2999" };
    const increase: Fact = { kind: "increase", outcome: "succeeded", requestId: "DASHBOARD1", amount };
    const token = success({ amount, cardToken: new Secret("ALIPAYtoken=="), resultInfo: TOLD });
    await aProcess().record(ID, { source: "inquiry", at: 10, facts: [token, increase] });
    expect(await storage.get(ID)).to.deep.include({ authorizedAmount: "2999", conflicts: [] });
    expect(await kept()).to.have.lengthOf(1);
  });

  it("stays erased where the buyer has it erased while the message is taken in", async () => {
    const erase = async (): Promise<void> => {
      const id = (await kept())[0]?.id ?? "";
      await record({ kind: "card", card: { id } });
      await storage.cards.remove(id, "buyer-1");
    };
    const payment = await recordLate(TOKEN, erase);
    expect(payment.evidence).to.include({ succeeded: true, cardStored: true });
    expect(await kept()).to.deep.equal([]);
    await record(LATER);
    expect(await kept()).to.deep.equal([]);
  });
});
