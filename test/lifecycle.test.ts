import { expect } from "chai";
import { isAntomError } from "../lib/errors.js";
import { memoryStorage } from "../lib/storage/memory.js";
import { manualClock } from "../lib/testing.js";
import { startScriptedAntom, type ScriptedAntom } from "./support/scripted-antom.js";
import { anOrder, answerOf, paymentResult, startShop, type TestShop } from "./support/shop.js";

describe("stop", () => {
  let gateway: ScriptedAntom;
  let shop: TestShop | undefined;

  beforeEach(async () => {
    gateway = await startScriptedAntom();
  });
  afterEach(async () => {
    await shop?.stop();
    await gateway.stop();
  });

  it("lets a hook that is under way use the kit until it has ended, and nobody afterwards", async () => {
    const storage = memoryStorage();
    let go = (): void => undefined;
    const told = new Promise<void>((resolve) => (go = resolve));
    let begun = (): void => undefined;
    const atWork = new Promise<void>((resolve) => (begun = resolve));
    const seen: unknown[] = [];
    const { antom, orders, ...browser } = (shop = await startShop({
      gateway: gateway.url,
      storage,
      hooks: {
        "payment.authorized": async ({ payment }) => {
          begun();
          await told;
          seen.push((await antom.payments.get(payment.id)).status);
        },
      },
    }));
    orders.set("order-1", anOrder("order-1"));
    const { payment } = await answerOf(await browser.checkout("order-1"));
    await browser.notify(paymentResult(payment));
    await atWork;
    const stopping = antom.stop();
    go();
    await stopping;
    expect(seen).to.deep.equal(["authorized"]);
    const failure = await antom.payments.get(payment.id).catch((error: unknown) => error);
    expect(isAntomError(failure) && failure.code).to.equal("not_started");
  });

  it("takes ten seconds at most, though a hook hangs and the storage says nothing, of which the storage has the last one", async () => {
    const clock = manualClock();
    const storage = memoryStorage();
    let fail = (_error: Error): void => undefined;
    let isStorageEnding = false;
    storage.stop = () => {
      isStorageEnding = true;
      return new Promise((_resolve, reject) => (fail = reject));
    };
    let begun = (): void => undefined;
    const atWork = new Promise<void>((resolve) => (begun = resolve));
    let go = (): void => undefined;
    const told = new Promise<void>((resolve) => (go = resolve));
    const { antom, orders, ...browser } = await startShop({
      gateway: gateway.url,
      storage,
      clock,
      hooks: {
        "payment.authorized": async () => {
          begun();
          await told;
        },
      },
    });
    orders.set("order-1", anOrder("order-1"));
    const { payment } = await answerOf(await browser.checkout("order-1"));
    await browser.notify(paymentResult(payment));
    await atWork;
    let isOver = false;
    const stopping = antom.stop().then(() => (isOver = true));
    await clock.advance(8_999);
    expect([isStorageEnding, isOver]).to.deep.equal([false, false]);
    await clock.advance(1);
    expect([isStorageEnding, isOver]).to.deep.equal([true, false]);
    await clock.advance(999);
    expect(isOver).to.equal(false);
    await clock.advance(1);
    await stopping;
    // Nobody waits for it any more, and it does not end the process.
    fail(new Error("the database is gone"));
    go();
    await new Promise((resolve) => setImmediate(resolve));
    storage.stop = () => Promise.resolve();
    await browser.stop();
  });

  it("rejects with what the storage does, where that fails in time", async () => {
    const storage = memoryStorage();
    storage.stop = () => Promise.reject(new Error("the file is gone"));
    const { antom, ...browser } = await startShop({ gateway: gateway.url, storage });
    const failure = await antom.stop().catch((error: unknown) => error);
    expect(failure).to.be.an("error").with.property("message", "the file is gone");
    storage.stop = () => Promise.resolve();
    await browser.stop();
  });

  it("before anything was started keeps it from being started", async () => {
    shop = await startShop({ gateway: gateway.url });
    const stopping = shop.antom.stop();
    const failure = await shop.antom.start().catch((error: unknown) => error);
    await stopping;
    expect(isAntomError(failure) && failure.code).to.equal("not_started");
  });
});
