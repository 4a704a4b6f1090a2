import { expect } from "chai";
import { isAntomError } from "../lib/errors.js";
import { memoryStorage } from "../lib/storage/memory.js";
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

  it("before anything was started keeps it from being started", async () => {
    shop = await startShop({ gateway: gateway.url });
    const stopping = shop.antom.stop();
    const failure = await shop.antom.start().catch((error: unknown) => error);
    await stopping;
    expect(isAntomError(failure) && failure.code).to.equal("not_started");
  });
});
