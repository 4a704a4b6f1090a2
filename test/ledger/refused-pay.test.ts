import { expect } from "chai";
import type { PaymentEvent } from "../../lib/index.js";
import { manualClock, type ManualClock } from "../../lib/testing.js";
import { RESULTS, standing, startScriptedAntom, type Answer, type ScriptedAntom } from "../support/scripted-antom.js";
import {
  anOrder,
  answerOf,
  captureResult,
  paymentResult,
  startShop,
  type CheckoutAnswer,
  type TestShop,
} from "../support/shop.js";
import { CARD_KEY, GOOD_CARD } from "../support/simulated-shop.js";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const refused = (resultCode: string): Answer => ({
  result: { resultStatus: "F", resultCode, resultMessage: "refused" },
});

describe("a pay call whose answer was lost, and which is refused when it is repeated", () => {
  let antom: ScriptedAntom;
  let shop: TestShop;
  let clock: ManualClock;
  /** What Antom has done, by the payment's id. */
  let done: Set<string>;
  const failures: PaymentEvent<"payment.failed">[] = [];

  beforeEach(async () => {
    failures.length = 0;
    done = new Set();
    antom = await startScriptedAntom();
    clock = manualClock();
    shop = await startShop({
      gateway: antom.url,
      pciQualified: true,
      worker: false,
      clock,
      cardKey: CARD_KEY,
      buyer: () => "buyer-1",
      hooks: { "payment.failed": (event: PaymentEvent<"payment.failed">) => failures.push(event) },
    });
    shop.orders.set("order-1", anOrder("order-1"));
    antom.on("inquiryPayment", (call) =>
      done.has(String(call.body["paymentRequestId"])) ? standing(call, "SUCCESS") : { result: RESULTS.missing },
    );
    antom.on("cancel", () => ({ result: RESULTS.missing }));
  });
  afterEach(async () => {
    await shop.stop();
    await antom.stop();
  });

  const pay = async (way: object): Promise<CheckoutAnswer["payment"]> => {
    const response = await fetch(shop.urls.checkout, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ orderId: "order-1", ...way }),
    });
    return (await answerOf(response)).payment;
  };
  const CARD = { method: "card", card: GOOD_CARD };
  const count = (operation: string): number => antom.calls.filter((call) => call.operation === operation).length;
  const seconds = async (howMany: number): Promise<void> => {
    for (let second = 0; second < howMany; second++) {
      await clock.advance(1000);
      await shop.antom.runDue();
    }
  };
  const now = (id: string) => shop.antom.payments.get(id);

  for (const code of ["SYSTEM_ERROR", "ACCESS_DENIED", "INVALID_MERCHANT_STATUS"]) {
    it(`(${code}) is not failed: Antom is asked, what it has taken counts, and the order is paid once`, async () => {
      antom.on("pay", ({ body }, nth) => {
        done.add(String(body["paymentRequestId"]));
        return nth === 1 ? "hang up" : refused(code);
      });
      const first = await pay(CARD);
      expect(first.status).to.equal("created");
      expect(count("pay")).to.equal(2);
      const second = await pay(CARD);
      expect(second).to.include({ id: first.id, status: "authorized" });
      expect(count("pay")).to.equal(2);
      expect(failures).to.be.empty;
    });

    it(`(${code}) is given up once Antom has not heard of it for half a minute, and the buyer pays anew`, async () => {
      antom.on("pay", ({ body }, nth) => {
        if (nth <= 2) return nth === 1 ? "hang up" : refused(code);
        return { result: RESULTS.success, paymentRequestId: body["paymentRequestId"], paymentId: "A2" };
      });
      const first = await pay(CARD);
      await seconds(36);
      expect((await now(first.id)).status).to.equal("expired");
      const second = await pay(CARD);
      expect(second.status).to.equal("authorized");
      expect(second.id).not.to.equal(first.id);
      expect(count("pay")).to.equal(3);
    });
  }

  it("is failed where it is the first one, as Antom says it is", async () => {
    antom.on("pay", () => refused("SYSTEM_ERROR"));
    expect((await pay(CARD)).status).to.equal("failed");
    expect(count("inquiryPayment")).to.equal(0);
  });

  it("has failed where it would only have opened a page, and Antom knows of none", async () => {
    antom.on("pay", (_call, nth) => (nth === 1 ? "http-500" : refused("SYSTEM_ERROR")));
    const { id } = await pay({});
    await seconds(5);
    expect(await now(id)).to.include({ status: "failed", failureCode: "SYSTEM_ERROR" });
    await clock.advance(DAY);
    await shop.antom.runDue();
    expect(count("pay")).to.equal(2);
  });

  it("is closed when the buyer's time is over, where Antom knows the payment and refuses each repetition", async () => {
    antom.on("pay", (_call, nth) => (nth === 1 ? "http-500" : refused("SYSTEM_ERROR")));
    antom.on("inquiryPayment", (call) => standing(call, "PROCESSING"));
    antom.on("cancel", (call) => ({ result: RESULTS.success, paymentRequestId: call.body["paymentRequestId"] }));
    const { id } = await pay({});
    for (let minute = 0; minute < 20; minute++) {
      await clock.advance(MINUTE);
      await shop.antom.runDue();
    }
    expect((await now(id)).status).to.equal("expired");
    expect(count("pay")).to.be.lessThan(20);
    const pays = count("pay");
    await clock.advance(DAY);
    await shop.antom.runDue();
    expect(count("pay")).to.equal(pays);
  });

  it("with a stored card and nobody there has failed once Antom has not heard of it for half a minute", async () => {
    shop.orders.set("order-1", anOrder("order-1", { tokenizeMode: "ASKFORCONSENT" }));
    antom.on("pay", (call) => ({
      result: RESULTS.inProcess,
      paymentRequestId: call.body["paymentRequestId"],
      normalUrl: "https://antom.example/cashier",
    }));
    const stored = await pay({});
    const cardInfo = { cardToken: "ALIPAYtoken==", cardBrand: "VISA", paymentMethodRegion: "GLOBAL" };
    const paymentResultInfo = { networkTransactionId: "network-1" };
    await shop.notify(paymentResult(stored, { cardInfo, paymentResultInfo }));
    await shop.notify(captureResult(stored));
    await shop.antom.runDue();
    const cardId = (await now(stored.id)).storedCardId ?? "";

    let calls = 0;
    antom.on("pay", () => (++calls === 1 ? "hang up" : refused("SYSTEM_ERROR")));
    const charge = { orderId: "order-2", description: "Tea", amount: stored.amount, cardId } as const;
    const { id, status } = await shop.antom.payments.charge({ ...charge, recurringType: "SCHEDULED" });
    expect(status).to.equal("created");
    await seconds(29);
    expect((await now(id)).status).to.equal("created");
    await seconds(60);
    expect(await now(id)).to.include({ status: "failed", failureCode: "SYSTEM_ERROR" });
    expect(failures.map(({ payment }) => payment.id)).to.deep.equal([id]);
    const before = calls;
    await clock.advance(DAY);
    await shop.antom.runDue();
    expect(calls).to.equal(before).and.lessThan(10);
  });
});
