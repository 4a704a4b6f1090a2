import { expect } from "chai";
import { memoryStorage } from "../../lib/storage/memory.js";
import type { Storage } from "../../lib/storage/storage.js";
import { manualClock, type ManualClock } from "../../lib/testing.js";
import {
  inProcess,
  RESULTS,
  standing,
  startScriptedAntom,
  type Answer,
  type ScriptedAntom,
} from "../support/scripted-antom.js";
import { anOrder, answerOf, startShop, type CheckoutAnswer, type TestShop } from "../support/shop.js";

const CARD = { cardNo: "4111111111111111", expiryMonth: "12", expiryYear: "30", cvv: "123" };

/** A shop's process that was stopped for a while by others (a paused machine, SIGSTOP), beside one that goes on. */
describe("a process that is frozen in the middle of a checkout", () => {
  let gateway: ScriptedAntom;
  let clock: ManualClock;
  let storage: Storage;
  let frozen: TestShop;
  let other: TestShop;
  let known: Set<string>;

  beforeEach(async () => {
    gateway = await startScriptedAntom();
    clock = manualClock();
    storage = memoryStorage();
    const parts = { gateway: gateway.url, worker: false, clock, storage, pciQualified: true };
    frozen = await startShop(parts);
    other = await startShop(parts);
    for (const shop of [frozen, other]) shop.orders.set("order-1", anOrder("order-1"));
    known = new Set();
    gateway.on("pay", (call) => {
      known.add(String(call.body["paymentRequestId"]));
      return JSON.stringify(call.body).includes("cardNo")
        ? { ...inProcess(call), normalUrl: undefined, result: RESULTS.success }
        : inProcess(call);
    });
    gateway.on("inquiryPayment", (call) =>
      known.has(String(call.body["paymentRequestId"])) ? standing(call, "SUCCESS") : { result: RESULTS.missing },
    );
    gateway.on("cancel", (call) => ({
      result: known.has(String(call.body["paymentRequestId"])) ? RESULTS.success : RESULTS.missing,
    }));
  });
  afterEach(async () => {
    await frozen.stop();
    await other.stop();
    await gateway.stop();
  });

  const pay = async (shop: TestShop, way: object): Promise<CheckoutAnswer["payment"]> => {
    const response = await fetch(shop.urls.checkout, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ orderId: "order-1", ...way }),
    });
    return (await answerOf(response)).payment;
  };
  const calls = (operation: string): number => gateway.calls.filter((call) => call.operation === operation).length;

  /** Stops whoever opens the next payment right after it is stored. */
  const freezeNext = (): { readonly isFrozen: Promise<void>; readonly thaw: () => void } => {
    const open = storage.open.bind(storage);
    let thaw = (): void => undefined;
    let frozenAt = (): void => undefined;
    const isThawed = new Promise<void>((resolve) => (thaw = resolve));
    const isFrozen = new Promise<void>((resolve) => (frozenAt = resolve));
    storage.open = async (opening) => {
      storage.open = open;
      const opened = await open(opening);
      frozenAt();
      await isThawed;
      return opened;
    };
    return { isFrozen, thaw };
  };
  const after = async (ms: number): Promise<void> => {
    await clock.advance(ms);
    await other.antom.runDue();
  };

  /** Half a minute until its pay call is over, and half a minute in which Antom knows nothing of it. */
  const givenUp = async (): Promise<void> => {
    await after(20_000);
    for (let time = 0; time < 4; time++) await after(10_000);
    await after(0);
  };

  it("sends no pay call for a payment that has been given up meanwhile, and the card is charged once", async () => {
    const { isFrozen, thaw } = freezeNext();
    const first = pay(frozen, { method: "card", card: CARD });
    await isFrozen;
    await givenUp();
    const second = await pay(other, { method: "card", card: CARD });
    expect(second.status).to.equal("authorized");
    thaw();
    const { id, status } = await first;
    expect(status).to.equal("expired");
    expect(id).not.to.equal(second.id);
    expect(calls("pay")).to.equal(1);
    expect((await other.antom.payments.get(id)).conflicts).to.deep.equal([]);
  });

  it("sends none for one that is about to be cancelled", async () => {
    const { isFrozen, thaw } = freezeNext();
    const first = pay(frozen, {});
    await isFrozen;
    gateway.on("cancel", () => "http-500");
    const [payment] = await storage.findByOrder("order-1");
    await clock.advance(6_000);
    await other.antom.payments.void(payment?.id ?? "");
    thaw();
    expect((await first).status).to.equal("created");
    expect(calls("pay")).to.equal(0);
  });

  it("sends none for one whose pay call another process has made, and answers as that left it", async () => {
    const { isFrozen, thaw } = freezeNext();
    const first = pay(frozen, {});
    await isFrozen;
    await after(20_000);
    thaw();
    expect((await first).status).to.equal("requires_action");
    expect(calls("pay")).to.equal(1);
  });

  it("takes its own call for a repetition where another process may have made it: refused in doubt, it has not failed", async () => {
    const { isFrozen, thaw } = freezeNext();
    const first = pay(frozen, {});
    await isFrozen;
    gateway.on("pay", (call, nth) => {
      known.add(String(call.body["paymentRequestId"]));
      const result = { resultStatus: "F", resultCode: "SYSTEM_ERROR", resultMessage: "system error" };
      return nth === 1 ? "http-500" : { result };
    });
    await after(20_000);
    thaw();
    const { id, status } = await first;
    expect([status, calls("pay")]).to.deep.equal(["created", 2]);
    await after(10_000);
    expect((await other.antom.payments.get(id)).status).to.equal("authorized");
  });

  it("makes the call itself where nobody else has", async () => {
    const { isFrozen, thaw } = freezeNext();
    const first = pay(frozen, {});
    await isFrozen;
    await clock.advance(10_000);
    thaw();
    expect((await first).status).to.equal("requires_action");
    expect(calls("pay")).to.equal(1);
  });

  it("keeps a buyer who clicks again waiting no longer than a call takes, its clock having been ahead", async () => {
    const ahead = await startShop({
      gateway: gateway.url,
      worker: false,
      clock: manualClock(clock.now() + 60 * 60_000),
      storage,
    });
    ahead.orders.set("order-1", anOrder("order-1"));
    const { isFrozen, thaw } = freezeNext();
    const first = pay(ahead, {});
    await isFrozen;
    let second: CheckoutAnswer["payment"] | undefined;
    const waiting = pay(other, {}).then((payment) => (second = payment));
    for (let waited = 0; second === undefined && waited < 60_000; waited += 100) {
      await clock.advance(100);
      await new Promise<void>((resolve) => setTimeout(resolve, 1));
    }
    expect(second).to.include({ status: "created" });
    thaw();
    await Promise.all([waiting, first]);
    await ahead.stop();
  });

  it("is not tried once more where the payment was given up before the connection broke", async () => {
    const { isFrozen, thaw } = freezeNext();
    const first = pay(frozen, { method: "card", card: CARD });
    await isFrozen;
    gateway.on("pay", async (): Promise<Answer> => {
      // The process stands still, and what it has sent is lost.
      await givenUp();
      return "hang up";
    });
    thaw();
    expect((await first).status).to.equal("expired");
    expect(calls("pay")).to.equal(1);
    // The lost call may have come after all: Antom is asked about it.
    const asked = calls("inquiryPayment");
    await after(5_000);
    expect(calls("inquiryPayment")).to.equal(asked + 1);
  });

  it("costs a checkout that takes no time no look at the storage", async () => {
    let reads = 0;
    const get = storage.get.bind(storage);
    storage.get = (id) => {
      reads++;
      return get(id);
    };
    gateway.on("pay", (call, nth) => (nth === 1 ? "hang up" : inProcess(call)));
    expect((await pay(frozen, {})).status).to.equal("requires_action");
    expect(calls("pay")).to.equal(2);
    expect(reads).to.equal(0);
  });
});
