import { expect } from "chai";
import { memoryStorage } from "../../lib/storage/memory.js";
import type { Storage } from "../../lib/storage/storage.js";
import { startScriptedAntom, type ScriptedAntom } from "../support/scripted-antom.js";
import { anOrder, answerOf, paymentResult, startShop, type ShopOptions, type TestShop } from "../support/shop.js";

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
    shop = await startShop({ gateway: gateway.url, storage, hooks, ...options });
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

  it("is stored where another process does the work, whose hooks are not known here", async () => {
    await authorize({ worker: false });
    expect(await stored()).to.deep.equal(["payment.requires_action", "payment.authorized"]);
  });
});
