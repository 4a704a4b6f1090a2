import { expect } from "chai";
import { BUYER_TIME, INQUIRY_DELAYS } from "../../lib/ledger/inquire.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import type { Storage } from "../../lib/storage/storage.js";
import { manualClock, type ManualClock } from "../../lib/testing.js";
import { inProcess, RESULTS, standing, startScriptedAntom, type ScriptedAntom } from "../support/scripted-antom.js";
import { anOrder, answerOf, captureResult, paymentResult, startShop, type TestShop } from "../support/shop.js";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe("inquiries by the worker", () => {
  let gateway: ScriptedAntom;
  let shop: TestShop;
  let clock: ManualClock;

  beforeEach(async () => {
    gateway = await startScriptedAntom();
    clock = manualClock();
    shop = await startShop({ gateway: gateway.url, worker: false, clock });
    shop.orders.set("order-1", anOrder("order-1"));
  });
  afterEach(async () => {
    await shop.stop();
    await gateway.stop();
  });

  const checkout = async () => (await answerOf(await shop.checkout("order-1"))).payment;
  const count = (operation: string): number => gateway.calls.filter((call) => call.operation === operation).length;
  const after = async (ms: number): Promise<void> => {
    await clock.advance(ms);
    await shop.antom.runDue();
  };

  it("come after a minute of silence and not before", async () => {
    await checkout();
    await after(MINUTE - 1);
    expect(count("inquiryPayment")).to.equal(0);
    await after(1);
    expect(count("inquiryPayment")).to.equal(1);
  });

  it("finish a payment whose notification was lost and whose buyer closed the tab", async () => {
    const payment = await checkout();
    gateway.on("inquiryPayment", (call) => standing(call, "SUCCESS", { paymentAmount: payment.amount }));
    await after(MINUTE);
    expect((await shop.antom.payments.get(payment.id)).status).to.equal("authorized");
  });

  it("go on by the table, and once when the buyer's time is over", async () => {
    gateway.on("inquiryPayment", (call) => standing(call, "PENDING"));
    await checkout();
    const asked: number[] = [];
    const start = clock.now();
    gateway.on("inquiryPayment", (call) => {
      asked.push((clock.now() - start) / MINUTE);
      return standing(call, "PENDING");
    });
    for (let minute = 0; minute < 24 * 60; minute += 0.5) await after(MINUTE / 2);
    const delays = asked.map((time, index) => time - (asked[index - 1] ?? 0));
    // The first comes after a minute of silence; "PENDING" is news, after which the table starts anew.
    expect(delays[0]).to.equal(1);
    expect(delays.slice(1, 4)).to.deep.equal([1, 1, 2]);
    expect(asked.some((time) => time === BUYER_TIME / MINUTE + 0.5)).to.equal(true);
    expect(delays.at(-1)).to.be.oneOf([...INQUIRY_DELAYS]);
    expect(asked.length).to.be.lessThan(20);
  });

  it("stop when the payment is final", async () => {
    const payment = await checkout();
    await shop.notify(paymentResult(payment, { result: RESULTS.declined }));
    await after(24 * 60 * MINUTE);
    expect(count("inquiryPayment")).to.equal(0);
  });

  it("end as failed only when Antom says so, however long it is silent", async () => {
    gateway.on("inquiryPayment", () => "http-500");
    const payment = await checkout();
    for (let day = 0; day < 5; day++) await after(24 * 60 * MINUTE);
    expect((await shop.antom.payments.get(payment.id)).status).to.equal("requires_action");
    gateway.on("inquiryPayment", (call) => standing(call, "FAIL", { paymentResultCode: "DO_NOT_HONOR" }));
    await after(24 * 60 * MINUTE);
    expect((await shop.antom.payments.get(payment.id)).status).to.equal("failed");
  });

  it("call it expired when Antom closed the order", async () => {
    const payment = await checkout();
    gateway.on("inquiryPayment", (call) => standing(call, "FAIL", { paymentResultCode: "ORDER_IS_CLOSED" }));
    await after(MINUTE);
    expect((await shop.antom.payments.get(payment.id)).status).to.equal("expired");
  });

  it("close an order that Antom still keeps open after the buyer's time", async () => {
    const payment = await checkout();
    await after(BUYER_TIME);
    expect(count("cancel")).to.equal(0);
    await after(MINUTE);
    expect(count("cancel")).to.equal(1);
    expect((await shop.antom.payments.get(payment.id)).status).to.equal("expired");
  });

  it("leave a payment alone that a bank is deciding on, though the buyer's time is over", async () => {
    const payment = await checkout();
    gateway.on("inquiryPayment", (call) => standing(call, "PENDING"));
    for (let hour = 0; hour < 5; hour++) await after(60 * MINUTE);
    expect(count("cancel")).to.equal(0);
    expect((await shop.antom.payments.get(payment.id)).status).to.equal("processing");
  });

  it("repeat a pay call that never arrived, and let it expire when it never does", async () => {
    gateway.on("pay", () => "http-500");
    gateway.on("inquiryPayment", (call) => ({ result: RESULTS.missing, ...about(call) }));
    gateway.on("cancel", (call) => ({ result: RESULTS.missing, ...about(call) }));
    const payment = await checkout();
    for (let minute = 0; minute < 40; minute++) await after(MINUTE);
    const ids = new Set(gateway.calls.map(({ body }) => body["paymentRequestId"]));
    expect([...ids]).to.deep.equal([payment.id]);
    expect(count("pay")).to.be.greaterThan(3).and.lessThan(30);
    expect((await shop.antom.payments.get(payment.id)).status).to.equal("expired");
    const pays = count("pay");
    await after(24 * 60 * MINUTE);
    expect(count("pay")).to.equal(pays);
  });

  it("repeat no pay call of a payment that is about to be given up", async () => {
    gateway.on("pay", () => "http-500");
    gateway.on("inquiryPayment", (call) => ({ result: RESULTS.missing, ...about(call) }));
    gateway.on("cancel", () => "http-500");
    const payment = await checkout();
    shop.orders.set("order-1", anOrder("order-1", { amount: { currency: "EUR", value: "2999" } }));
    expect((await shop.checkout("order-1")).status).to.equal(409);
    const pays = count("pay");
    for (let minute = 0; minute < 5; minute++) await after(MINUTE);
    expect(count("inquiryPayment")).to.be.greaterThan(0);
    expect(count("pay")).to.equal(pays);
    gateway.on("cancel", (call) => ({ result: RESULTS.missing, ...about(call) }));
    await after(60 * MINUTE);
    expect((await shop.antom.payments.get(payment.id)).status).to.equal("expired");
    expect(count("pay")).to.equal(pays);
  });

  it("repeat no pay call of a payment that was given up elsewhere in that very moment", async () => {
    const storage: Storage = memoryStorage();
    let reads = Infinity;
    let meanwhile = (): Promise<void> => Promise.resolve();
    const get = storage.get.bind(storage);
    storage.get = async (id) => {
      if (--reads === 0) await meanwhile();
      return get(id);
    };
    await shop.stop();
    shop = await startShop({ gateway: gateway.url, worker: false, clock, storage });
    shop.orders.set("order-1", anOrder("order-1"));
    gateway.on("pay", () => "http-500");
    gateway.on("cancel", (call) => ({ result: RESULTS.missing, ...about(call) }));
    gateway.on("inquiryPayment", (call) => {
      // The first is for what Antom says, the second for the repetition.
      reads = 2;
      return { result: RESULTS.missing, ...about(call) };
    });
    const payment = await checkout();
    const other = await startShop({ gateway: gateway.url, worker: false, clock, storage });
    meanwhile = async () => {
      expect((await other.antom.payments.void(payment.id)).status).to.equal("expired");
    };
    await after(MINUTE);
    expect(reads).to.be.at.most(0);
    await after(60 * MINUTE);
    expect(count("pay")).to.equal(1);
    expect((await shop.antom.payments.get(payment.id)).status).to.equal("expired");
    await other.stop();
  });

  it("adopt a success that comes after the payment was given up, and tell the shop", async () => {
    gateway.on("pay", () => "http-500");
    gateway.on("inquiryPayment", (call) => ({ result: RESULTS.missing, ...about(call) }));
    gateway.on("cancel", (call) => ({ result: RESULTS.missing, ...about(call) }));
    const payment = await checkout();
    for (let minute = 0; minute < 40; minute++) await after(MINUTE);
    await shop.notify(paymentResult(payment));
    await shop.antom.runDue();
    const late = await shop.antom.payments.get(payment.id);
    expect(late.status).to.equal("authorized");
    expect(late.conflicts.map(({ code }) => code)).to.deep.equal(["late_success"]);
    expect(shop.recorder.events.map(({ type }) => type).slice(-2)).to.deep.equal([
      "payment.authorized",
      "payment.conflict",
    ]);
  });

  it("void a success that comes after the payment was given up while another of the order is live", async () => {
    gateway.on("pay", (call, nth) => (nth === 1 ? { result: RESULTS.declined, ...about(call) } : inProcess(call)));
    const first = await checkout();
    const second = await checkout();
    expect(second.id).not.to.equal(first.id);
    await shop.notify(paymentResult(first));
    await shop.antom.runDue();
    expect(gateway.calls.filter(({ operation }) => operation === "cancel").map(({ body }) => body)).to.deep.equal([
      { paymentRequestId: first.id },
    ]);
    expect((await shop.antom.payments.get(first.id)).status).to.equal("voided");
    expect((await shop.antom.payments.get(second.id)).status).to.equal("requires_action");
    const told = shop.recorder.events.filter(({ payment }) => payment.id === first.id).map(({ type }) => type);
    expect(told).to.deep.equal(["payment.failed", "payment.conflict", "payment.voided"]);
  });

  it("stay at a void until its outcome is known", async () => {
    gateway.on("pay", (call, nth) => (nth === 1 ? { result: RESULTS.declined, ...about(call) } : inProcess(call)));
    gateway.on("cancel", (call, nth) => (nth < 3 ? "http-500" : { result: RESULTS.success, ...about(call) }));
    const first = await checkout();
    await checkout();
    await shop.notify(paymentResult(first));
    await after(0);
    await after(2_000);
    expect((await shop.antom.payments.get(first.id)).status).to.equal("failed");
    await after(60_000);
    expect((await shop.antom.payments.get(first.id)).status).to.equal("voided");
    expect(count("cancel")).to.equal(3);
  });

  it("wait for the capture's confirmation where capture is automatic", async () => {
    const payment = await checkout();
    await shop.notify(paymentResult(payment));
    gateway.on("inquiryPayment", (call) =>
      standing(call, "SUCCESS", {
        transactions: [
          {
            transactionType: "CAPTURE",
            transactionStatus: "SUCCESS",
            transactionId: "C1",
            transactionRequestId: "CR1",
            transactionAmount: payment.amount,
          },
        ],
      }),
    );
    await after(MINUTE);
    const captured = await shop.antom.payments.get(payment.id);
    expect(captured.status).to.equal("captured");
    expect(captured.capturedAmount).to.equal("1999");
  });

  it("warn a day before a hold that nobody captured ends, and tell when it has ended", async () => {
    for (const capture of ["MANUAL", "AUTOMATIC"] as const) {
      const orderId = `order-${capture}`;
      shop.orders.set(orderId, anOrder(orderId, { capture }));
      const { payment } = await answerOf(await shop.checkout(orderId));
      const failed = { transactionType: "CAPTURE", transactionStatus: "FAIL", transactionId: "C1" };
      const transactions = capture === "AUTOMATIC" ? [failed] : undefined;
      gateway.on("inquiryPayment", (call) => standing(call, "SUCCESS", { transactions }));
      const end = clock.now() + 7 * DAY;
      await shop.notify(
        paymentResult(payment, {
          paymentTime: undefined,
          authExpiryTime: new Date(end).toISOString().replace(".000Z", "Z"),
        }),
      );
      const told = () =>
        shop.recorder.events.filter((event) => event.payment.id === payment.id).map(({ type }) => type);
      await after(6 * DAY - MINUTE);
      await after(0);
      expect(told(), capture).not.to.include("payment.expiring");
      await after(MINUTE);
      expect(told(), capture).to.include("payment.expiring");
      await after(DAY - MINUTE);
      expect((await shop.antom.payments.get(payment.id)).status, capture).to.equal("authorized");
      await after(2 * MINUTE);
      expect((await shop.antom.payments.get(payment.id)).status, capture).to.equal("expired");
      expect(told().slice(-2), capture).to.deep.equal(["payment.expiring", "payment.expired"]);
      const asked = count("inquiryPayment");
      await after(30 * DAY);
      expect(count("inquiryPayment"), capture).to.equal(asked);
    }
  });

  describe("of a capture that Antom was to make by itself and never tells of", () => {
    const paid = async () => {
      const payment = await checkout();
      gateway.on("inquiryPayment", (call) => standing(call, "SUCCESS"));
      await shop.notify(paymentResult(payment, { paymentTime: undefined }));
      return payment;
    };
    const overdue = async () => {
      const payment = await paid();
      for (let day = 0; day < 8; day++) await after(DAY);
      return payment;
    };
    const codes = async (id: string) => (await shop.antom.payments.get(id)).conflicts.map(({ code }) => code);

    it("do not end the payment with its hold: the order is kept, and a person is to look", async () => {
      const { id } = await overdue();
      const { status, conflicts } = await shop.antom.payments.get(id);
      expect(status).to.equal("authorized");
      expect(conflicts.map(({ code }) => code)).to.deep.equal(["capture_untold"]);
      const told = shop.recorder.events.map(({ type }) => type);
      expect(told.slice(-2)).to.deep.equal(["payment.expiring", "payment.conflict"]);
      expect(await checkout()).to.include({ id, status: "authorized" });
      const { items } = await shop.antom.payments.list({ attention: "conflict" });
      expect(items.map((payment) => payment.id)).to.deep.equal([id]);
      expect((await shop.antom.payments.list({ attention: "expiring" })).items).to.deep.equal([]);
    });

    it("come further and further apart, and bring the capture when it is told of after all", async () => {
      const { id, amount } = await overdue();
      const asked: number[] = [];
      const capture = { transactionType: "CAPTURE", transactionStatus: "SUCCESS", transactionId: "C1" };
      let isTold = false;
      gateway.on("inquiryPayment", (call) => {
        asked.push(clock.now() / DAY);
        return standing(call, "SUCCESS", isTold ? { transactions: [{ ...capture, transactionAmount: amount }] } : {});
      });
      for (let day = 0; day < 100; day++) await after(DAY);
      const waits = asked.map((time, nth) => time - (asked[nth - 1] ?? time)).slice(1);
      expect(waits.length).to.be.within(4, 7);
      waits.forEach((wait, nth) => expect(wait).to.be.at.least(2 * (waits[nth - 1] ?? 0) - 1));
      isTold = true;
      for (let day = 0; day < 100; day++) await after(DAY);
      expect(await shop.antom.payments.get(id)).to.include({ status: "captured", capturedAmount: "1999" });
      expect(await codes(id)).to.deep.equal(["capture_untold"]);
      expect(shop.recorder.events.at(-1)?.type).to.equal("payment.captured");
    });

    it("are made when somebody asks, and what they bring ends the payment", async () => {
      const { id } = await overdue();
      gateway.on("inquiryPayment", (call) => standing(call, "CANCELLED"));
      expect(await shop.antom.payments.inquire(id)).to.include({ status: "voided" });
      expect(await checkout()).to.include({ status: "requires_action" });
    });

    it("do not keep anybody from voiding the payment, whatever the hold's time", async () => {
      const { id } = await overdue();
      expect(await shop.antom.payments.void(id)).to.include({ status: "voided" });
      expect(await checkout()).to.include({ status: "requires_action" });
    });

    it("do not keep anybody from voiding one whose capture Antom had announced", async () => {
      const { id, amount } = await paid();
      const announced = { resultStatus: "U", resultCode: "CAPTURE_IN_PROCESS", resultMessage: "in process" };
      await shop.notify(captureResult({ id, amount }, { result: announced }));
      for (let day = 0; day < 11; day++) await after(DAY);
      expect(await codes(id)).to.deep.equal(["capture_untold"]);
      const refund: unknown = await shop.antom.payments.refund(id).catch((error: unknown) => error);
      expect(refund).to.include({ remedy: "void_instead" });
      expect(await shop.antom.payments.void(id)).to.include({ status: "voided" });
      const asked = count("inquiryPayment");
      for (let day = 0; day < 60; day++) await after(DAY);
      expect(count("inquiryPayment") - asked).to.be.within(1, 6);
      await shop.notify(captureResult({ id, amount }));
      expect(await codes(id)).to.deep.equal(["capture_untold", "captured_after_void"]);
    });

    it("leave it as it was where Antom refuses that void", async () => {
      const { id } = await overdue();
      const refused = { resultStatus: "F", resultCode: "CANCEL_WINDOW_EXCEED", resultMessage: "too late" };
      gateway.on("cancel", () => ({ result: refused }));
      const thrown: unknown = await shop.antom.payments.void(id).catch((error: unknown) => error);
      expect(thrown).to.include({ code: "void_too_late" });
      const refund: unknown = await shop.antom.payments.refund(id).catch((error: unknown) => error);
      expect(refund).to.include({ code: "operation_refused", remedy: "refund_otherwise" });
      expect(refund)
        .to.have.property("message")
        .that.matches(/refund it on Antom's dashboard/);
      for (let day = 0; day < 9; day++) await after(DAY);
      expect(await shop.antom.payments.get(id)).to.include({ status: "authorized" });
      expect(await codes(id)).to.deep.equal(["capture_untold"]);
    });

    it("end it soon once Antom has told that the capture failed", async () => {
      const { id, amount } = await overdue();
      for (let day = 0; day < 30; day++) await after(DAY);
      await shop.notify(captureResult({ id, amount }, { result: RESULTS.declined }));
      expect(await shop.antom.payments.get(id)).to.include({ status: "authorized" });
      await after(MINUTE);
      expect(await shop.antom.payments.get(id)).to.include({ status: "expired" });
      expect(shop.recorder.events.at(-1)?.type).to.equal("payment.expired");
      const asked = count("inquiryPayment");
      for (let day = 0; day < 30; day++) await after(DAY);
      expect(count("inquiryPayment")).to.equal(asked);
    });
  });

  for (const isKnown of [true, false]) {
    const what = isKnown ? "whose success is known" : "that is open here";
    it(`take in an increase made elsewhere together with the total it brought, of a payment ${what}`, async () => {
      shop.orders.set("order-1", anOrder("order-1", { capture: "MANUAL" }));
      const { id, amount: held } = await checkout();
      if (isKnown) await shop.notify(paymentResult({ id, amount: held }));
      const amount = { currency: "EUR", value: "2500" };
      const increase = {
        transactionType: "INCREMENTAL",
        transactionStatus: "SUCCESS",
        transactionRequestId: `${id}U1`,
        transactionAmount: amount,
      };
      gateway.on("inquiryPayment", (call) =>
        standing(call, "SUCCESS", { paymentAmount: amount, transactions: [increase] }),
      );
      const payment = await shop.antom.payments.inquire(id);
      expect(payment).to.deep.include({ status: "authorized", authorizedAmount: "2500", conflicts: [] });
      expect(payment.operations.map(({ kind, status }) => [kind, status])).to.deep.equal([["increase", "succeeded"]]);
      await after(0);
      expect(shop.recorder.events.map(({ type }) => type)).to.deep.equal([
        "payment.requires_action",
        "payment.authorized",
      ]);
    });
  }

  it("call no hold over while Antom cannot be asked whether it was captured", async () => {
    shop.orders.set("order-1", anOrder("order-1", { capture: "MANUAL" }));
    const payment = await checkout();
    await shop.notify(paymentResult(payment, { paymentTime: undefined }));
    gateway.on("inquiryPayment", () => "http-500");
    await after(6 * DAY);
    await after(2 * DAY);
    expect((await shop.antom.payments.get(payment.id)).status).to.equal("authorized");
  });

  it("leave an authorized payment with manual capture in peace whose notification tells until when it is held", async () => {
    shop.orders.set("order-1", anOrder("order-1", { capture: "MANUAL" }));
    const payment = await checkout();
    await shop.notify(paymentResult(payment, { authExpiryTime: new Date(clock.now() + 7 * DAY).toISOString() }));
    await after(60 * MINUTE);
    expect(count("inquiryPayment")).to.equal(0);
  });

  describe("of a hold that waits for the shop, and of whose end no message told", () => {
    const held = async () => {
      shop.orders.set("order-1", anOrder("order-1", { capture: "MANUAL" }));
      const payment = await checkout();
      await shop.notify(paymentResult(payment, { paymentTime: undefined }));
      return payment;
    };
    const heldUntil = (authExpiryTime?: string) => {
      gateway.on("inquiryPayment", (call) => standing(call, "SUCCESS", { authExpiryTime }));
    };

    it("come once, a minute after it, and the end they bring is the one that is watched", async () => {
      const { id } = await held();
      const end = clock.now() + 5 * DAY;
      heldUntil(new Date(end).toISOString());
      await after(MINUTE - 1);
      expect(count("inquiryPayment")).to.equal(0);
      await after(1);
      expect((await shop.antom.payments.get(id)).authorizationExpiresAt).to.equal(end);
      await after(4 * DAY - MINUTE - 1);
      expect(shop.recorder.events.map(({ type }) => type)).not.to.include("payment.expiring");
      await after(1);
      expect(shop.recorder.events.map(({ type }) => type)).to.include("payment.expiring");
      expect(count("inquiryPayment")).to.equal(1);
    });

    it("come no more once one was answered without it: then it is held for seven days", async () => {
      const { id } = await held();
      const end = clock.now() + 7 * DAY;
      heldUntil();
      for (let hour = 0; hour < 5 * 24; hour++) await after(60 * MINUTE);
      expect(count("inquiryPayment")).to.equal(1);
      expect((await shop.antom.payments.get(id)).authorizationExpiresAt).to.equal(end);
    });

    it("come by the table until one is answered, and tells of the success as well", async () => {
      await held();
      gateway.on("inquiryPayment", () => "http-500");
      await after(MINUTE);
      await after(MINUTE);
      gateway.on("inquiryPayment", (call) => standing(call, "PENDING"));
      await after(2 * MINUTE);
      heldUntil();
      await after(4 * MINUTE);
      expect(count("inquiryPayment")).to.equal(4);
      await after(60 * MINUTE);
      expect(count("inquiryPayment")).to.equal(4);
    });

    it("do not come where it is captured before", async () => {
      const { id, amount } = await held();
      gateway.on("capture", ({ body }) => ({
        result: RESULTS.success,
        ...body,
        captureId: "C1",
        captureAmount: amount,
      }));
      await shop.antom.payments.capture(id);
      await after(60 * MINUTE);
      expect(count("inquiryPayment")).to.equal(0);
    });
  });
});

const about = (call: { body: Record<string, unknown> }) => ({ paymentRequestId: call.body["paymentRequestId"] });
