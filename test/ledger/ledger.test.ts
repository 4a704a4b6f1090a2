import { expect } from "chai";
import { createCards } from "../../lib/ledger/cards.js";
import { createLedger, type Ledger } from "../../lib/ledger/ledger.js";
import type { Fact } from "../../lib/payment/observation.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import type { Storage } from "../../lib/storage/storage.js";
import { CLIENT_ID } from "../support/keys.js";

const ID = "PAY0123456789ABCDEFGHJKMNPQRS";
const AMOUNT = { currency: "EUR", value: "1999" };

describe("the ledger", () => {
  let storage: Storage;
  let ledger: Ledger;
  let wakes: number;

  beforeEach(async () => {
    storage = memoryStorage();
    await storage.start();
    wakes = 0;
    const silent = (): void => undefined;
    const logger = { debug: silent, info: silent, warn: silent, error: silent };
    ledger = createLedger({
      clientId: CLIENT_ID,
      storage,
      cards: createCards({ storage, seal: undefined, logger }),
      logger,
      onTasks: () => wakes++,
    });
    await ledger.open({
      id: ID,
      clientId: CLIENT_ID,
      orderId: "order-1",
      amount: AMOUNT,
      captureMode: "AUTOMATIC",
      method: "hosted",
      locale: "en",
      request: {},
      at: 1,
      expiresAt: 2,
    });
  });

  const record = (fact: Fact) => ledger.record(ID, { source: "notification", at: 10, facts: [fact] });

  it("takes in every one of a hundred facts that arrive at once", async () => {
    const captures = Array.from({ length: 100 }, (_unused, index): Fact => ({
      kind: "capture",
      outcome: "succeeded",
      requestId: `capture-${index}`,
      gatewayId: `gateway-${index}`,
      amount: { currency: "EUR", value: "1" },
    }));
    await Promise.all(captures.map(record));
    const payment = await storage.get(ID);
    expect(payment?.capturedAmount).to.equal("100");
    expect(payment?.operations).to.have.length(100);
    expect(payment?.version).to.equal(101);
    expect((await storage.journal(ID)).map(({ version }) => version)).to.deep.equal(
      Array.from({ length: 101 }, (_unused, index) => index + 1),
    );
  });

  it("writes nothing for a fact that is known, and wakes nobody", async () => {
    const success: Fact = { kind: "authorization", outcome: "succeeded", amount: AMOUNT };
    const first = await record(success);
    const before = wakes;
    expect(await record(success)).to.deep.equal(first);
    expect(wakes).to.equal(before);
    expect(await storage.journal(ID)).to.have.length(2);
  });

  it("wakes the worker for what is due, and for nothing that is to be done later", async () => {
    const ask = { kind: "authorization", outcome: "processing" } as const;
    expect((await ledger.record(ID, { source: "inquiry", at: 10_000, facts: [ask] })).status).to.equal("processing");
    const [deliver, ...events] = (await storage.tasks({ kind: "deliver", limit: 9 })).items;
    expect([deliver, events], "nothing is told of it").to.deep.equal([undefined, []]);
    expect((await storage.tasks({ kind: "inquire", limit: 9 })).items[0]?.task.dueAt).to.equal(70_000);
    expect(wakes).to.equal(0);
    await record({ kind: "authorization", outcome: "succeeded", amount: AMOUNT });
    expect(wakes).to.equal(1);
  });

  it("keeps the links that lead to the card page out of the journal", async () => {
    await record({
      kind: "authorization",
      outcome: "action_required",
      action: { url: "https://antom.example/cashier/secret-token", method: "GET" },
    });
    expect(JSON.stringify(await storage.journal(ID))).not.to.contain("secret-token");
  });

  it("refuses facts about a payment it does not have", async () => {
    const refused = await ledger
      .record("PAY00000000000000000000000000", { source: "notification", at: 10, facts: [] })
      .catch((error: unknown) => error);
    expect(refused).to.include({ code: "payment_not_found" });
  });
});
