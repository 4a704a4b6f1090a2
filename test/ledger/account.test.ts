import { expect } from "chai";
import { isAntomError } from "../../lib/errors.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import { startScriptedAntom, type ScriptedAntom } from "../support/scripted-antom.js";
import { anOrder, startShop, type ShopOptions } from "../support/shop.js";

describe("a storage that has payments of another client id", () => {
  let gateway: ScriptedAntom;
  const storage = memoryStorage();

  const failureOfStart = async (options: ShopOptions): Promise<unknown> => {
    const shop = await startShop({ gateway: gateway.url, storage, worker: false, ...options });
    const failure = await shop.antom.start().catch((error: unknown) => error);
    await shop.stop();
    return failure;
  };

  before(async () => {
    gateway = await startScriptedAntom();
    const shop = await startShop({ gateway: gateway.url, storage, worker: false });
    shop.orders.set("order-1", anOrder("order-1"));
    expect((await shop.checkout("order-1")).status).to.equal(200);
    await shop.stop();
  });
  after(() => gateway.stop());

  it("is not worked on: its orders would count as paid", async () => {
    const failure = await failureOfStart({ clientId: "5Y00LIVE" });
    expect(isAntomError(failure) && failure.code).to.equal("configuration_invalid");
    expect(failure).to.be.an("error").with.property("message").that.includes("SANDBOX_5Y00TESTS");
  });

  it("is the right one for that client id", async () => {
    expect(await failureOfStart({})).to.equal(undefined);
  });

  it("lets nobody check out", async () => {
    const shop = await startShop({ gateway: gateway.url, storage, worker: false, clientId: "5Y00LIVE" });
    shop.orders.set("order-1", anOrder("order-1"));
    const answer = await shop.checkout("order-1");
    expect([answer.status, ((await answer.json()) as { code: string }).code]).to.deep.equal([
      500,
      "configuration_invalid",
    ]);
    await shop.stop();
  });
});
