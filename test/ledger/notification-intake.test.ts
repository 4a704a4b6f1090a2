import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { memoryStorage } from "../../lib/storage/memory.js";
import { sqliteStorage } from "../../lib/storage/sqlite.js";
import type { Storage } from "../../lib/storage/storage.js";
import { manualClock, type ManualClock } from "../../lib/testing.js";
import { startScriptedAntom, type ScriptedAntom } from "../support/scripted-antom.js";
import {
  anOrder,
  answerOf,
  captureResult,
  paymentResult,
  startShop,
  type CheckoutAnswer,
  type ShopOptions,
  type TestShop,
} from "../support/shop.js";

const CARD_KEY = Buffer.alloc(32, 1).toString("base64");
const TOKEN = "ALIPAYtoken1234567890canary";

describe("notifications in a rush", () => {
  let gateway: ScriptedAntom;
  let clock: ManualClock;
  let storage: Storage;
  let shops: TestShop[];

  beforeEach(async () => {
    gateway = await startScriptedAntom();
    clock = manualClock();
    storage = memoryStorage();
    shops = [];
  });
  afterEach(async () => {
    await Promise.all(shops.map((shop) => shop.stop()));
    await gateway.stop();
  });

  /** A rush from the first notification on, and nobody at work on what is put off. */
  const open = async (options: ShopOptions = {}): Promise<TestShop> => {
    const shop = await startShop({ gateway: gateway.url, clock, storage, worker: false, rushAt: 1, ...options });
    shops.push(shop);
    return shop;
  };
  const buy = async (shop: TestShop, orderId = "order-1"): Promise<CheckoutAnswer> => {
    shop.orders.set(orderId, anOrder(orderId, { capture: "MANUAL" }));
    return answerOf(await shop.checkout(orderId));
  };
  const waiting = async (): Promise<string[]> =>
    (await storage.tasks({ kind: "record", limit: 100 })).items.map(({ task }) => task.payment);

  it("are told in their order where they are steps of a dispute, of which none is put off", async () => {
    const shop = await open();
    const { payment } = await buy(shop);
    await shop.notify(paymentResult(payment));
    await shop.antom.runDue();
    const steps = ["DISPUTE_CREATED", "DISPUTE_JUDGED"];
    for (const step of steps) {
      const about = { paymentRequestId: payment.id, paymentId: `ANTOM-${payment.id}` };
      const dispute = { disputeId: "D1", disputeNotificationType: step };
      expect((await shop.notify({ ...about, ...dispute })).status).to.equal(200);
    }
    expect(await waiting()).to.deep.equal([]);
    await shop.antom.runDue();
    const told = shop.recorder.events.flatMap((event) =>
      event.type === "dispute.opened" || event.type === "dispute.updated" ? [[event.type, event.dispute.step]] : [],
    );
    expect(told).to.deep.equal([
      ["dispute.opened", steps[0]],
      ["dispute.updated", steps[1]],
    ]);
  });

  it("are acknowledged once they are written down, and take effect when the worker comes to them", async () => {
    const shop = await open();
    const { payment } = await buy(shop);
    expect((await shop.notify(paymentResult(payment))).status).to.equal(200);
    expect((await storage.get(payment.id))?.status).to.equal("requires_action");
    expect(await waiting()).to.deep.equal([payment.id]);
    await shop.antom.runDue();
    expect((await storage.get(payment.id))?.status).to.equal("authorized");
    expect(await waiting()).to.deep.equal([]);
    expect(shop.recorder.events.map(({ type }) => type)).to.deep.equal([
      "payment.requires_action",
      "payment.authorized",
    ]);
    const [, , last] = await storage.journal(payment.id);
    expect(last?.observation).to.include({ source: "notification" });
  });

  it("are seen by whoever asks for the payment, before the worker has come to them", async () => {
    const shop = await open();
    const asked: Record<string, (bought: CheckoutAnswer) => Promise<unknown>> = {
      "payments.get": async ({ payment }) => (await shop.antom.payments.get(payment.id)).status,
      "the buyer's status": async ({ statusUrl }) =>
        ((await (await fetch(statusUrl)).json()) as CheckoutAnswer).payment.status,
      "a capture": async ({ payment }) => {
        gateway.on("capture", () => "http-500");
        await shop.antom.payments.capture(payment.id);
        return (await storage.get(payment.id))?.status;
      },
    };
    for (const [name, ask] of Object.entries(asked)) {
      const bought = await buy(shop, `order of ${name}`);
      await shop.notify(paymentResult(bought.payment));
      expect((await storage.get(bought.payment.id))?.status, name).to.equal("requires_action");
      expect(await ask(bought), name).to.equal("authorized");
    }
  });

  it("take effect at once when another of the same payment is put off already", async () => {
    const shop = await open();
    const { payment } = await buy(shop);
    await shop.notify(paymentResult(payment));
    await shop.notify(captureResult(payment));
    expect(await waiting()).to.deep.equal([payment.id]);
    expect((await storage.get(payment.id))?.status).to.equal("captured");
    await shop.antom.runDue();
    expect((await storage.get(payment.id))?.status).to.equal("captured");
    expect(shop.recorder.events.filter(({ type }) => type === "payment.captured")).to.have.length(1);
  });

  it("take effect at once when another process has put one off already", async () => {
    const one = await open();
    const other = await open();
    const { payment } = await buy(one);
    await one.notify(paymentResult(payment));
    expect((await other.notify(captureResult(payment))).status).to.equal(200);
    expect((await storage.get(payment.id))?.status).to.equal("captured");
  });

  it("about no payment of ours are not acknowledged", async () => {
    const shop = await open();
    const response = await shop.notify(
      paymentResult({ id: "PAY00000000000000000000000000", amount: anOrder("x").amount }),
    );
    expect(response.status).to.equal(404);
    expect(await waiting()).to.deep.equal([]);
  });

  it("that name the payment by Antom's id alone take effect at once", async () => {
    const shop = await open();
    const { payment } = await buy(shop);
    const { paymentRequestId: _ours, ...theirs } = paymentResult(payment);
    expect((await shop.notify(theirs)).status).to.equal(200);
    expect((await storage.get(payment.id))?.status).to.equal("authorized");
  });

  it("are not acknowledged while they cannot be written down", async () => {
    storage = memoryStorage();
    const shop = await open();
    const { payment } = await buy(shop);
    storage.defer = () => Promise.reject(new Error("the disk is full"));
    expect((await shop.notify(paymentResult(payment))).status).to.be.within(500, 599);
    expect((await storage.get(payment.id))?.status).to.equal("requires_action");
  });

  it("with a card's token are never written down as they came", async () => {
    const folder = await mkdtemp(join(tmpdir(), "express-antom-"));
    const file = join(folder, "payments.db");
    storage = sqliteStorage(file);
    const shop = await open({ buyer: () => "buyer-1", cardKey: CARD_KEY });
    const { payment } = await buy(shop);
    await shop.notify(paymentResult(payment, { paymentResultInfo: { cardToken: TOKEN, cardBrand: "VISA" } }));
    expect((await storage.get(payment.id))?.status).to.equal("authorized");
    await shop.stop();
    shops = [];
    for (const name of [file, `${file}-wal`]) {
      expect((await readFile(name).catch(() => Buffer.alloc(0))).includes(TOKEN)).to.equal(false);
    }
    await rm(folder, { recursive: true });
  });

  it("that were acknowledged take effect though the process dies before", async () => {
    const folder = await mkdtemp(join(tmpdir(), "express-antom-"));
    storage = sqliteStorage(join(folder, "payments.db"));
    const shop = await open();
    const { payment } = await buy(shop);
    await shop.notify(paymentResult(payment));
    await shop.stop();
    shops = [];
    storage = sqliteStorage(join(folder, "payments.db"));
    const next = await open();
    await next.antom.runDue();
    expect((await next.antom.payments.get(payment.id)).status).to.equal("authorized");
    expect(next.recorder.events.map(({ type }) => type)).to.include("payment.authorized");
    await next.stop();
    shops = [];
    await rm(folder, { recursive: true });
  });

  it("never are put off where the shop says so", async () => {
    const shop = await open({ rushAt: Infinity });
    const bought = await Promise.all(Array.from({ length: 40 }, (_unused, index) => buy(shop, `order-${index}`)));
    storage.defer = () => Promise.reject(new Error("it was put off"));
    const answers = await Promise.all(bought.map(({ payment }) => shop.notify(paymentResult(payment))));
    for (const { status } of answers) expect(status).to.equal(200);
  });

  it("are put off when so many come at once, and each takes effect once", async () => {
    const folder = await mkdtemp(join(tmpdir(), "express-antom-"));
    storage = sqliteStorage(join(folder, "payments.db"));
    const defer = storage.defer.bind(storage);
    let deferred = 0;
    storage.defer = (task) => {
      deferred++;
      return defer(task);
    };
    const shop = await open({ rushAt: 4 });
    const bought = await Promise.all(Array.from({ length: 100 }, (_unused, index) => buy(shop, `order-${index}`)));
    const answers = await Promise.all(
      bought.flatMap(({ payment }) => [shop.notify(paymentResult(payment)), shop.notify(paymentResult(payment))]),
    );
    for (const { status } of answers) expect(status).to.equal(200);
    expect(deferred).to.be.greaterThan(10);
    await shop.antom.runDue();
    expect((await shop.antom.payments.list({ status: "authorized", limit: 500 })).items).to.have.length(100);
    const authorized = shop.recorder.events.filter(({ type }) => type === "payment.authorized");
    expect(authorized).to.have.length(100);
    await shop.stop();
    shops = [];
    await rm(folder, { recursive: true });
  });
});
