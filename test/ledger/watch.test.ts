import { expect } from "chai";
import { HINT_GAP } from "../../lib/ledger/worker.js";
import { manualClock, type ManualClock } from "../../lib/testing.js";
import { startScriptedAntom, type ScriptedAntom } from "../support/scripted-antom.js";
import { anOrder, startShop, type ShopOptions, type TestShop } from "../support/shop.js";
import { transactionalStorage, type TransactionalStorage } from "../support/transactional-storage.js";

/** Long enough for everything that is under way without a clock. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

describe("a storage that tells of what other processes stored", () => {
  let gateway: ScriptedAntom;
  let clock: ManualClock;
  let storage: TransactionalStorage;
  let watchers: Set<() => void>;
  let claims: number;
  let shops: TestShop[];

  beforeEach(async () => {
    gateway = await startScriptedAntom();
    clock = manualClock();
    storage = transactionalStorage();
    watchers = new Set();
    claims = 0;
    shops = [];
    storage.watch = (wake) => {
      watchers.add(wake);
      return () => watchers.delete(wake);
    };
    const claim = storage.claim.bind(storage);
    storage.claim = (request) => {
      claims++;
      return claim(request);
    };
  });
  afterEach(async () => {
    await Promise.all(shops.map((shop) => shop.stop()));
    await gateway.stop();
  });

  // On a clock that hardly moves: no worker looks of its own accord.
  const open = async (options: ShopOptions): Promise<TestShop> => {
    const shop = await startShop({ gateway: gateway.url, clock, storage, pollInterval: 60_000, ...options });
    shops.push(shop);
    await shop.antom.start();
    await settled();
    return shop;
  };
  const tell = (): void => {
    for (const wake of watchers) wake();
  };

  it("has it delivered at once by a worker elsewhere", async () => {
    const seen: string[] = [];
    await open({ hooks: { "payment.requires_action": (event) => seen.push(event.payment.orderId) } });
    const other = await open({ worker: false });
    other.orders.set("order-1", anOrder("order-1"));
    await other.checkout("order-1");
    await settled();
    expect(seen).to.deep.equal([]);
    tell();
    await settled();
    expect(seen).to.deep.equal(["order-1"]);
  });

  it("is listened to while there is a worker, from its start to its stop", async () => {
    const other = await open({ worker: false });
    expect(watchers.size).to.equal(0);
    const shop = await open({});
    expect(watchers.size).to.equal(1);
    await shop.antom.start();
    expect(watchers.size).to.equal(1);
    const [wake] = watchers;
    await shop.antom.stop();
    expect(watchers.size).to.equal(0);
    const before = claims;
    wake?.();
    await settled();
    expect(claims).to.equal(before);
    await other.antom.stop();
  });

  it("does not make the worker look as often as it tells, and what it told of last is found", async () => {
    const seen: string[] = [];
    await open({ hooks: { "payment.requires_action": (event) => seen.push(event.payment.orderId) } });
    const other = await open({ worker: false });
    other.orders.set("order-1", anOrder("order-1"));
    const before = claims;
    for (let hint = 0; hint < 1_000; hint++) {
      tell();
      if (hint % 100 === 0) await settled();
    }
    expect(claims - before).to.equal(1);
    await other.checkout("order-1");
    tell();
    await settled();
    expect(seen).to.deep.equal([]);
    await clock.advance(HINT_GAP);
    await settled();
    expect(seen).to.deep.equal(["order-1"]);
    await clock.advance(HINT_GAP);
    await settled();
    const after = claims;
    await clock.advance(10 * HINT_GAP);
    await settled();
    expect(claims).to.equal(after);
  });
});
