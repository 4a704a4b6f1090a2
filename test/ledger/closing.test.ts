import { expect } from "chai";
import { createTransport } from "../../lib/gateway/transport.js";
import type { PaymentView } from "../../lib/index.js";
import { BUYER_TIME } from "../../lib/ledger/inquire.js";
import { RECOVERY } from "../../lib/payment/follow-up.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import type { Storage } from "../../lib/storage/storage.js";
import { manualClock, type ManualClock } from "../../lib/testing.js";
import { inProcess, RESULTS, standing, startScriptedAntom, type ScriptedAntom } from "../support/scripted-antom.js";
import { anOrder, answerOf, paymentResult, startShop, type ShopOptions, type TestShop } from "../support/shop.js";
import { GOOD_CARD } from "../support/simulated-shop.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe("a payment that the kit closes because nobody paid in time", () => {
  let gateway: ScriptedAntom;
  let shop: TestShop;
  let clock: ManualClock;
  let storage: Storage;
  /** Done before the storage is next read, once so many reads have gone by. */
  let meanwhile: () => Promise<unknown>;
  let reads: number;
  const shops: TestShop[] = [];

  const start = async (options: ShopOptions = {}): Promise<TestShop> => {
    const started = await startShop({
      gateway: gateway.url,
      worker: false,
      clock,
      storage,
      pciQualified: true,
      ...options,
    });
    shops.push(started);
    started.orders.set("order-1", anOrder("order-1", { capture: "MANUAL" }));
    return started;
  };
  beforeEach(async () => {
    gateway = await startScriptedAntom();
    clock = manualClock();
    storage = memoryStorage();
    reads = Infinity;
    const get = storage.get.bind(storage);
    storage.get = async (id) => {
      if (--reads === 0) await meanwhile();
      return get(id);
    };
    shop = await start();
  });
  afterEach(async () => {
    await Promise.all(shops.splice(0).map((started) => started.stop()));
    await gateway.stop();
  });

  const checkout = async (fields: Record<string, unknown> = {}) => {
    const response = await fetch(shop.urls.checkout, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ orderId: "order-1", ...fields }),
    });
    return (await answerOf(response)).payment;
  };
  const count = (operation: string): number => gateway.calls.filter((call) => call.operation === operation).length;
  const after = async (ms: number): Promise<void> => {
    await clock.advance(ms);
    await shop.antom.runDue();
  };
  const now = (id: string): Promise<PaymentView> => shop.antom.payments.get(id);
  const voidOf = async (id: string) => (await now(id)).operations.find(({ kind }) => kind === "void");
  const told = (): string[] => shop.recorder.events.map(({ type }) => type);
  const answers = (status: string, more: Record<string, unknown> = {}): void => {
    gateway.on("inquiryPayment", (call) => standing(call, status, more));
  };
  const cancelled = (call: { body: Record<string, unknown> }) => ({
    result: RESULTS.success,
    paymentRequestId: call.body["paymentRequestId"],
  });
  const captured = (call: { body: Record<string, unknown> }) => ({
    result: RESULTS.success,
    ...call.body,
    captureId: "CAPTURE-1",
  });

  /** One whose cancel was sent and not answered. */
  const closing = async () => {
    const payment = await checkout();
    gateway.on("cancel", () => "http-500");
    await after(BUYER_TIME + 31_000);
    expect(count("cancel")).to.equal(1);
    expect(await voidOf(payment.id)).to.include({ status: "pending" });
    gateway.on("cancel", cancelled);
    return payment;
  };

  it("is cancelled again until Antom answers, as long as that says that nobody has paid", async () => {
    const payment = await closing();
    expect(await voidOf(payment.id)).to.include({ closes: true });
    await after(2_000);
    expect(count("cancel")).to.equal(2);
    expect(await voidOf(payment.id)).to.include({ status: "succeeded" });
    expect((await now(payment.id)).status).to.equal("expired");
    expect(told()).to.deep.equal(["payment.requires_action", "payment.expired"]);
  });

  it("is cancelled after a restart though the process died before it sent the cancel", async () => {
    const transport = createTransport();
    const dying = await start({
      transport: (request) =>
        request.url.pathname.endsWith("/cancel") ? new Promise(() => undefined) : transport(request),
    });
    const payment = await checkout();
    await clock.advance(BUYER_TIME + 31_000);
    void dying.antom.runDue();
    while ((await voidOf(payment.id)) === undefined) await new Promise(setImmediate);
    await after(RECOVERY);
    await after(HOUR);
    expect((await now(payment.id)).status).to.equal("expired");
    transport.close();
  });

  it("is left alone where it is paid before the cancel is sent again, and can be captured", async () => {
    const payment = await closing();
    await shop.notify(paymentResult(payment));
    answers("SUCCESS");
    await after(RECOVERY);
    expect(await voidOf(payment.id))
      .to.include({ status: "failed" })
      .and.not.have.property("code");
    gateway.on("capture", captured);
    expect((await shop.antom.payments.capture(payment.id)).status).to.equal("captured");
    for (let hour = 0; hour < 3; hour++) await after(HOUR);
    expect(count("cancel")).to.equal(1);
    expect(await now(payment.id)).to.include({ status: "captured" });
    expect((await now(payment.id)).conflicts).to.deep.equal([]);
    expect(told()).to.deep.equal(["payment.requires_action", "payment.authorized", "payment.captured"]);
  });

  it("is asked about soon where it is paid after hours of cancels that were not answered", async () => {
    const payment = await closing();
    gateway.on("cancel", () => "http-500");
    for (let hour = 0; hour < 5; hour++) await after(HOUR);
    gateway.on("inquiryPayment", () => "http-500");
    await after(HOUR);
    const sent = count("cancel");
    answers("SUCCESS");
    await shop.notify(paymentResult(payment));
    await after(0);
    expect(await voidOf(payment.id)).to.include({ status: "failed" });
    expect(count("cancel")).to.equal(sent);
  });

  it("is paid while this is written down, and stays", async () => {
    const payment = await checkout();
    gateway.on("inquiryPayment", (call) => {
      // The first is for what Antom says, the second for the void.
      reads = 2;
      return standing(call, "PROCESSING");
    });
    meanwhile = () => shop.notify(paymentResult(payment));
    await after(BUYER_TIME + 31_000);
    expect(reads).to.be.at.most(0);
    await after(HOUR);
    expect(count("cancel")).to.equal(0);
    expect(await now(payment.id)).to.include({ status: "authorized" });
    expect(await voidOf(payment.id)).to.be.undefined;
  });

  it("is voided where the cancel that was not answered had been carried out, whatever was told before", async () => {
    const payment = await closing();
    await shop.notify(paymentResult(payment));
    answers("CANCELLED");
    await after(RECOVERY);
    expect(count("cancel")).to.equal(1);
    expect(await voidOf(payment.id)).to.include({ status: "succeeded" });
    expect((await now(payment.id)).status).to.equal("voided");
    expect(told()).to.deep.equal(["payment.requires_action", "payment.authorized", "payment.voided"]);
  });

  it("is neither cancelled nor let be where Antom does not say which of the two it did", async () => {
    const payment = await closing();
    await shop.notify(paymentResult(payment));
    for (const answer of ["http-500", "PROCESSING", "missing"] as const) {
      gateway.on("inquiryPayment", (call) =>
        answer === "http-500" ? answer : answer === "missing" ? { result: RESULTS.missing } : standing(call, answer),
      );
      await after(HOUR);
      expect(await voidOf(payment.id), answer).to.include({ status: "pending" });
      expect(await refusalOf(payment.id), answer).to.equal("operation_pending");
    }
    answers("SUCCESS");
    await after(HOUR);
    expect(await voidOf(payment.id)).to.include({ status: "failed" });
    expect(count("cancel")).to.equal(1);
    expect((await now(payment.id)).status).to.equal("authorized");
  });
  it("is done with where it has failed meanwhile and Antom knows nothing of it", async () => {
    const payment = await closing();
    await shop.notify(
      paymentResult(payment, { result: { resultStatus: "F", resultCode: "PROCESS_FAIL", resultMessage: "" } }),
    );
    gateway.on("inquiryPayment", () => ({ result: RESULTS.missing }));
    await after(HOUR);
    expect((await now(payment.id)).status).to.equal("failed");
    expect(await voidOf(payment.id)).to.include({ status: "failed" });
    expect(count("cancel")).to.equal(1);
  });

  const refusalOf = (id: string): Promise<unknown> =>
    shop.antom.payments.capture(id).catch((error: unknown) => (error as { code: unknown }).code);

  it("is not cancelled again where Antom has called it failed meanwhile", async () => {
    const payment = await closing();
    await shop.notify(paymentResult(payment, { result: RESULTS.declined }));
    answers("FAIL", { paymentResultCode: "DO_NOT_HONOR" });
    await after(HOUR);
    expect(count("cancel")).to.equal(1);
    expect(await voidOf(payment.id)).to.include({ status: "failed" });
    expect(told()).to.deep.equal(["payment.requires_action", "payment.failed"]);
    const asked = count("inquiryPayment");
    await after(24 * HOUR);
    expect(count("inquiryPayment")).to.equal(asked);
  });

  it("is voided where the shop asked for that beside the kit, though it is paid by then", async () => {
    const payment = await closing();
    gateway.on("cancel", () => "http-500");
    const asked = await shop.antom.payments.void(payment.id, { by: "ada" });
    expect(asked.operations).to.have.lengthOf(1);
    expect(await voidOf(payment.id))
      .to.include({ status: "pending", by: "ada" })
      .and.not.have.property("closes");
    await shop.notify(paymentResult(payment));
    answers("SUCCESS");
    gateway.on("cancel", cancelled);
    await after(RECOVERY);
    expect((await now(payment.id)).status).to.equal("voided");
    expect(await voidOf(payment.id)).to.include({ status: "succeeded", by: "ada" });
  });

  it("is voided where the buyer's other amount was to take its place, though it is paid by then", async () => {
    const payment = await closing();
    gateway.on("cancel", () => "http-500");
    shop.orders.set("order-1", anOrder("order-1", { amount: { currency: "EUR", value: "2999" } }));
    expect((await shop.checkout("order-1")).status).to.equal(409);
    await shop.notify(paymentResult(payment));
    answers("SUCCESS");
    gateway.on("cancel", cancelled);
    await after(RECOVERY);
    expect((await now(payment.id)).status).to.equal("voided");
  });

  it("is voided where it is paid beside another payment of the order", async () => {
    const payment = await closing();
    await shop.notify(
      paymentResult(payment, {
        result: { ...RESULTS.declined, resultCode: "ORDER_IS_CLOSED" },
        paymentTime: undefined,
      }),
    );
    const other = await checkout();
    expect(other.id).not.to.equal(payment.id);
    await shop.notify(paymentResult(payment));
    gateway.on("inquiryPayment", (call) =>
      standing(call, call.body["paymentRequestId"] === payment.id ? "SUCCESS" : "PROCESSING"),
    );
    await after(RECOVERY);
    expect((await now(payment.id)).status).to.equal("voided");
    expect((await now(other.id)).status).to.equal("requires_action");
  });

  describe("with a card whose pay call was lost", () => {
    const pending = (payment: { id: string; amount: object }) =>
      paymentResult(payment, {
        notifyType: "PAYMENT_PENDING",
        result: { resultStatus: "U", resultCode: "PAYMENT_IN_PROCESS" },
        paymentTime: undefined,
      });
    /** Antom has said three times that it knows nothing of it; at the next it is given up. */
    const lost = async () => {
      gateway.on("pay", (call, nth) => (nth === 1 ? "http-500" : inProcess(call)));
      gateway.on("inquiryPayment", () => ({ result: RESULTS.missing }));
      const payment = await checkout({ method: "card", card: GOOD_CARD });
      await after(2_000);
      await after(10_000);
      await after(10_000);
      expect(count("inquiryPayment")).to.equal(3);
      expect(count("cancel")).to.equal(0);
      return payment;
    };

    it("is left to the bank that begins to decide while this is written down", async () => {
      const payment = await lost();
      gateway.on("inquiryPayment", () => {
        reads = 2;
        return { result: RESULTS.missing };
      });
      meanwhile = () => shop.notify(pending(payment));
      await after(10_000);
      expect(reads).to.be.at.most(0);
      answers("PENDING");
      await after(HOUR);
      expect(count("cancel")).to.equal(0);
      expect((await now(payment.id)).status).to.equal("processing");
    });

    it("is left to the bank that begins to decide before the cancel is sent again", async () => {
      const payment = await lost();
      gateway.on("cancel", () => "http-500");
      await after(10_000);
      expect(count("cancel")).to.equal(1);
      await shop.notify(pending(payment));
      answers("PENDING");
      for (let hour = 0; hour < 3; hour++) await after(HOUR);
      expect(count("cancel")).to.equal(1);
      expect(await voidOf(payment.id)).to.include({ status: "failed" });
      await shop.notify(paymentResult(payment));
      expect((await now(payment.id)).status).to.equal("authorized");
    });
  });
});
