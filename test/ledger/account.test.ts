import { expect } from "chai";
import { isAntomError } from "../../lib/errors.js";
import type { Storage } from "../../lib/storage/storage.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import { signedNotification } from "../../lib/testing.js";
import { ANTOM_KEYS, CLIENT_ID } from "../support/keys.js";
import { startScriptedAntom, type ScriptedAntom } from "../support/scripted-antom.js";
import {
  anOrder,
  answerOf,
  paymentResult,
  problemOf,
  startShop,
  type ShopOptions,
  type TestShop,
} from "../support/shop.js";

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

describe("two kits of different client ids on one storage, both started while it was empty", () => {
  const OTHER = "5Y00LIVE";
  let gateway: ScriptedAntom;
  let storage: Storage;
  let shop: TestShop;
  let payment: { id: string; amount: { currency: string; value: string } };

  const startOther = async (options: ShopOptions = {}): Promise<TestShop> => {
    const other = await startShop({ gateway: gateway.url, storage, worker: false, clientId: OTHER, ...options });
    await other.antom.start();
    return other;
  };
  /** A notification that Antom signed for the other client id. */
  const tellOther = async (other: TestShop): Promise<Response> =>
    fetch(
      other.urls.notify,
      await signedNotification({
        url: other.urls.notify,
        clientId: OTHER,
        privateKey: ANTOM_KEYS.privateKey,
        body: paymentResult(payment),
      }),
    );
  const linesOf = ({ log }: TestShop) => log.filter(({ fields }) => fields["event"] === "notification.anothers");
  let others: TestShop[];

  beforeEach(async () => {
    gateway = await startScriptedAntom();
    storage = memoryStorage();
    others = [await startOther(), await startOther({ rushAt: 1 })];
    shop = await startShop({ gateway: gateway.url, storage, worker: false });
    shop.orders.set("order-1", anOrder("order-1"));
    payment = (await answerOf(await shop.checkout("order-1"))).payment;
  });
  afterEach(async () => {
    for (const each of [shop, ...others]) await each.stop();
    await gateway.stop();
  });

  const status = async (): Promise<string> => (await shop.antom.payments.get(payment.id)).status;

  it("believes no notification signed for the one about a payment of the other", async () => {
    const [other] = others;
    if (other === undefined) throw new Error("there is none");
    const answer = await tellOther(other);
    expect([answer.status, (await problemOf(answer)).code]).to.deep.equal([404, "payment_not_found"]);
    expect(await status()).to.equal("requires_action");
    expect(linesOf(other)).to.have.length(1);
    expect(linesOf(other)[0]).to.deep.include({ level: "error" });
    expect(linesOf(other)[0]?.fields).to.include({ payment: payment.id, owner: CLIENT_ID, told: OTHER });
    expect((await shop.notify(paymentResult(payment))).status).to.equal(200);
    expect(await status()).to.equal("authorized");
  });

  it("does not believe one that was put off in a rush either, whichever of them takes it up", async () => {
    const rushed = others[1];
    if (rushed === undefined) throw new Error("there is none");
    expect((await tellOther(rushed)).status).to.equal(200);
    await shop.antom.runDue();
    expect(await status()).to.equal("requires_action");
    expect(linesOf(shop)).to.have.length(1);
  });

  it("leaves what was put off for a payment of the one to that one", async () => {
    const rushing = await startShop({ gateway: gateway.url, storage, worker: false, rushAt: 1 });
    others.push(rushing);
    expect((await rushing.notify(paymentResult(payment))).status).to.equal(200);
    await others[0]?.antom.runDue();
    expect((await storage.get(payment.id))?.status).to.equal("requires_action");
    expect((await rushing.antom.payments.get(payment.id)).status).to.equal("authorized");
  });

  it("records nothing about a payment of the other, whatever asks for it", async () => {
    const failure: unknown = await others[0]?.antom.payments.void(payment.id).catch((error: unknown) => error);
    expect(isAntomError(failure) && failure.code).to.equal("payment_not_found");
    expect((await shop.antom.payments.get(payment.id)).operations).to.deep.equal([]);
  });

  it("lets nobody resume the other's checkout of an order", async () => {
    others[0]?.orders.set("order-1", anOrder("order-1"));
    const answer = await others[0]?.checkout("order-1");
    expect([answer?.status, answer && (await problemOf(answer)).code]).to.deep.equal([500, "configuration_invalid"]);
    const line = others[0]?.log.find(({ fields }) => fields["code"] === "configuration_invalid");
    expect(line?.message).to.include(CLIENT_ID).and.include("a storage of its own");
  });
});
