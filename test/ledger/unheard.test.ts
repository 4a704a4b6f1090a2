import { expect } from "chai";
import { systemClock } from "../../lib/ports.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import { ELSEWHERE, HOOK_DELAYS } from "../../lib/ledger/deliver.js";
import type { Storage, TaskRecord } from "../../lib/storage/storage.js";
import { startScriptedAntom, type ScriptedAntom } from "../support/scripted-antom.js";
import {
  anOrder,
  answerOf,
  captureResult,
  paymentResult,
  startShop,
  type ShopOptions,
  type TestShop,
} from "../support/shop.js";

describe("an event without a hook", () => {
  let gateway: ScriptedAntom;
  let storage: Storage;
  let shop: TestShop;

  beforeEach(async () => {
    gateway = await startScriptedAntom();
    storage = memoryStorage();
  });
  afterEach(async () => {
    await shop.stop();
    await gateway.stop();
  });

  const heard: string[] = [];
  const authorize = async (options: ShopOptions): Promise<string> => {
    heard.length = 0;
    const hooks = { "payment.authorized": () => void heard.push("payment.authorized") };
    shop = await startShop({
      gateway: gateway.url,
      storage,
      ...(options.isWithoutHooks === true ? {} : { hooks }),
      ...options,
    });
    shop.orders.set("order-1", anOrder("order-1"));
    const { payment } = await answerOf(await shop.checkout("order-1"));
    await shop.notify(paymentResult(payment));
    return payment.id;
  };
  const stored = async (): Promise<string[]> =>
    (await storage.tasks({ kind: "deliver", limit: 10 })).items
      .flatMap(({ task }) => (task.kind === "deliver" ? [task.event.type] : []))
      .toReversed();

  it("is not stored for delivery, but in the payment's journal, and the others keep their numbers", async () => {
    const id = await authorize({});
    expect(await stored()).to.deep.equal(["payment.authorized"]);
    expect((await storage.journal(id)).flatMap(({ events }) => events)).to.deep.equal([
      "payment.requires_action",
      "payment.authorized",
    ]);
    const [record] = (await storage.tasks({ kind: "deliver", limit: 1 })).items;
    expect(record?.task).to.include({ sequence: 2 });
    await shop.antom.runDue();
    expect(heard).to.deep.equal(["payment.authorized"]);
  });

  /** A process beside the shop's, for as long as it takes to look once for what is due. */
  const lookAside = async (options: ShopOptions): Promise<readonly TaskRecord[]> => {
    const aside = await startShop({ gateway: gateway.url, storage, ...options });
    await aside.antom.start();
    await aside.antom.runDue();
    await aside.stop();
    return (await storage.tasks({ kind: "deliver", limit: 10 })).items.toReversed();
  };

  it("is left to other processes by one that was given no hooks", async () => {
    await authorize({ worker: false });
    const [first, second] = await lookAside({ isWithoutHooks: true });
    expect([first?.state, second?.state]).to.deep.equal(["waiting", "waiting"]);
    expect([first?.attempts, second?.attempts]).to.deep.equal([0, 0]);
    expect(first?.lastError).to.equal("The process that took it has no hooks.");
    expect((first?.task.dueAt ?? 0) - Date.now()).to.be.within(ELSEWHERE - 60_000, ELSEWHERE);
  });

  it("is stored by one that was given no hooks, where others have some", async () => {
    const id = await authorize({ worker: false });
    const aside = await startShop({ gateway: gateway.url, storage, isWithoutHooks: true });
    await aside.notify(captureResult({ id, amount: anOrder("order-1").amount }));
    await aside.stop();
    expect(await stored()).to.include("payment.captured");
  });

  it("is not stored by one that was given no hooks, where nobody ever had any", async () => {
    await authorize({ isWithoutHooks: true });
    expect(await stored()).to.deep.equal([]);
  });

  it("comes with all its tries to the process that has the hook, however often another left it", async () => {
    await authorize({ worker: false });
    const TIMES = HOOK_DELAYS.length + 3;
    const at = (time: number) => ({
      now: () => Date.now() + time * ELSEWHERE,
      after: systemClock.after.bind(systemClock),
    });
    for (let time = 0; time < TIMES; time++) await lookAside({ isWithoutHooks: true, clock: at(time) });
    const failing = (): void => {
      throw new Error("not now");
    };
    const [first] = await lookAside({ hooks: { "payment.requires_action": failing }, clock: at(TIMES) });
    expect(first).to.include({ state: "waiting", attempts: 1, lastError: "Error: not now" });
  });

  it("counts as dealt with where it is said that there are no hooks", async () => {
    await authorize({ worker: false });
    expect((await lookAside({ hooks: {} })).map(({ state }) => state)).to.deep.equal(["done", "done"]);
  });

  it("is stored where another process does the work, whose hooks are not known here", async () => {
    await authorize({ worker: false });
    expect(await stored()).to.deep.equal(["payment.requires_action", "payment.authorized"]);
  });
});
