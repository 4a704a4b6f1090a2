import { expect } from "chai";
import { createKillableShop, eventually, type KillableShop } from "../support/killable-shop.js";
import { inProcess, RESULTS, standing, startScriptedAntom, type ScriptedAntom } from "../support/scripted-antom.js";
import { answerOf, captureResult, paymentResult, type CheckoutAnswer } from "../support/shop.js";

const LEASE = 31_000;
const SILENCE = 61_000;
/** What a killed shop had begun is another's by then, or its own again. */
const TAKEN_OVER = 29_000;

describe("a shop that is killed", () => {
  let gateway: ScriptedAntom;
  let shop: KillableShop;

  beforeEach(async () => {
    gateway = await startScriptedAntom();
    shop = await createKillableShop(gateway.url);
    await shop.start();
  });
  afterEach(async () => {
    await shop.remove();
    await gateway.stop();
  });

  const calls = (operation: string) => gateway.calls.filter((call) => call.operation === operation);
  const opened = async (): Promise<CheckoutAnswer> => answerOf(await shop.checkout("order-1"));
  const statusOf = async ({ statusUrl }: CheckoutAnswer): Promise<string> =>
    (await answerOf(await fetch(statusUrl, { headers: { accept: "application/json" } }))).payment.status;
  const told = (): string[] => [...new Set(shop.hooks())].map((line) => line.split(" ")[1] ?? "");

  it("while the pay call is under way goes on with the same payment, and the same id", async () => {
    gateway.on("pay", async () => {
      await shop.kill();
      return "hang up" as const;
    });
    await shop.checkout("order-1").then(
      () => expect.fail("the shop was killed before it could answer"),
      () => undefined,
    );
    gateway.on("pay", inProcess);
    gateway.on("inquiryPayment", (call) => ({
      result: RESULTS.missing,
      paymentRequestId: call.body["paymentRequestId"],
    }));
    await shop.start(SILENCE);
    const payment = await eventually(async () => {
      const answer = await opened();
      return answer.payment.status === "requires_action" ? answer.payment : undefined;
    });
    const ids = new Set(calls("pay").map(({ body }) => body["paymentRequestId"]));
    expect([...ids]).to.deep.equal([payment.id]);
  });

  it("while the pay call is under way has it made by the worker within half a minute, whoever comes back", async () => {
    gateway.on("pay", async () => {
      await shop.kill();
      return "hang up" as const;
    });
    await shop.checkout("order-1").catch(() => undefined);
    gateway.on("pay", inProcess);
    gateway.on("inquiryPayment", (call) => ({
      result: RESULTS.missing,
      paymentRequestId: call.body["paymentRequestId"],
    }));
    await shop.start(TAKEN_OVER);
    await eventually(() => (calls("pay").length > 1 ? true : undefined));
    const ids = calls("pay").map(({ body }) => body["paymentRequestId"]);
    expect(ids[1]).to.equal(ids[0]);
  });

  it("just after Antom answered gives the buyer the same payment again", async () => {
    gateway.on("pay", (call) => {
      setTimeout(() => void shop.kill(), 3);
      return inProcess(call);
    });
    await shop.checkout("order-1").catch(() => undefined);
    await shop.kill();
    gateway.on("pay", inProcess);
    await shop.start(SILENCE);
    await eventually(async () => ((await opened()).payment.status === "requires_action" ? true : undefined));
    expect(new Set(calls("pay").map(({ body }) => body["paymentRequestId"])).size).to.equal(1);
  });

  it("with the buyer at Antom's page hears of the payment from the worker alone", async () => {
    const answer = await opened();
    await shop.kill();
    gateway.on("inquiryPayment", (call) => standing(call, "SUCCESS", { paymentAmount: answer.payment.amount }));
    await shop.start(SILENCE);
    await eventually(() => (told().includes("payment.authorized") ? true : undefined));
    expect(await statusOf(answer)).to.equal("authorized");
  });

  it("at any moment of a notification acknowledges it only when it is kept, and gives it one effect", async () => {
    for (const moment of [0, 2, 6]) {
      const orderId = `order-${moment}`;
      const answer = await answerOf(await shop.checkout(orderId));
      const notification = paymentResult(answer.payment);
      const first = shop.notify(notification).then(
        ({ status }) => status,
        () => undefined,
      );
      await new Promise((resolve) => setTimeout(resolve, moment));
      await shop.kill();
      const acknowledged = (await first) === 200;
      await shop.start(LEASE);
      if (acknowledged) expect(await statusOf(answer)).to.equal("authorized");
      expect((await shop.notify(notification)).status).to.equal(200);
      expect(await statusOf(answer)).to.equal("authorized");
      await eventually(() =>
        shop.hooks().some((line) => line === `${answer.payment.id}.2 payment.authorized`) ? true : undefined,
      );
      const ids = shop
        .hooks()
        .filter((line) => line.startsWith(answer.payment.id) && line.endsWith("payment.authorized"));
      expect(new Set(ids).size).to.equal(1);
    }
  }).timeout(60_000);

  it("inside a hook delivers the same event again, and the next one after it", async () => {
    const answer = await opened();
    await eventually(() => (told().includes("payment.requires_action") ? true : undefined));
    let kills = 1;
    shop.onHook = async (type) => {
      if (type === "payment.authorized" && kills-- > 0) await shop.kill();
      return true;
    };
    await shop.notify(paymentResult(answer.payment));
    await shop.notify(captureResult(answer.payment)).catch(() => undefined);
    await eventually(() => (kills === 0 ? true : undefined));
    await shop.kill();
    await shop.start(LEASE);
    await shop.notify(captureResult(answer.payment));
    await eventually(() => (told().includes("payment.captured") ? true : undefined));
    const authorized = shop.hooks().filter((line) => line.endsWith("payment.authorized"));
    expect(authorized).to.deep.equal([
      `${answer.payment.id}.2 payment.authorized`,
      `${answer.payment.id}.2 payment.authorized`,
    ]);
    expect(told()).to.deep.equal(["payment.requires_action", "payment.authorized", "payment.captured"]);
  });
}).timeout(30_000);
