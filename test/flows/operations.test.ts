import { expect } from "chai";
import {
  startOperations,
  expectAgreement,
  donePer,
  refusalOf,
  DAY,
  MINUTE,
  SECOND,
  type OperationsShop,
} from "./operations-shop.js";
import { answerOf } from "../support/shop.js";
import { GOOD_CARD } from "../support/simulated-shop.js";

const EUR = (value: string) => ({ currency: "EUR", value });

describe("what follows an authorization", () => {
  let started: OperationsShop | undefined;
  const start = async (...options: Parameters<typeof startOperations>): Promise<OperationsShop> => {
    started = await startOperations(...options);
    return started;
  };
  afterEach(() => started?.stop());

  it("captures all that is held, once, and says so in the simulator's ledger too", async () => {
    const { payments, authorized, simulator, told, later } = await start();
    const id = await authorized();
    const payment = await payments.capture(id);
    expect(payment).to.include({ status: "captured", capturedAmount: "10000", refundedAmount: "0" });
    expect(donePer(simulator, id)).to.deep.equal([`${id}C1 succeeded 10000`]);
    await later(MINUTE);
    expectAgreement(simulator, await payments.get(id));
    expect(told(id)).to.deep.equal(["payment.authorized", "payment.captured"]);
  });

  it("asks for no capture of a payment that Antom failed to capture by itself: it is voided, and the buyer pays anew", async () => {
    const shop = await start();
    const { payments, authorized, later, told } = shop;
    const order = { orderId: "order-1", capture: "AUTOMATIC" } as const;
    const id = await authorized("19003", order);
    expect(await refusalOf(payments.capture(id))).to.include({ code: "operation_refused", remedy: "wait" });
    await later(5000);
    await later(MINUTE);
    expect(told(id)).to.deep.equal(["payment.authorized", "payment.capture_failed"]);
    const refusal = await refusalOf(payments.capture(id));
    expect(refusal).to.include({ code: "operation_refused", remedy: "void_instead" });
    expect(refusal.message).to.include("has failed to").and.to.include("void it");
    expect(await payments.void(id)).to.include({ status: "voided" });
    const { payment } = await shop.paid({ method: "card", card: GOOD_CARD }, { ...order, amount: EUR("19003") });
    expect(payment).to.include({ status: "authorized" }).and.not.to.include({ id });
  });

  it("captures a part, and no more, where the contract says so", async () => {
    const { payments, authorized, simulator, aDay } = await start({ contract: { partialCapture: true } });
    const id = await authorized();
    await payments.capture(id, { amount: "4000" });
    expect(await refusalOf(payments.capture(id))).to.include({ code: "operation_refused" });
    await aDay();
    const payment = await payments.get(id);
    expect(payment.capturedAmount).to.equal("4000");
    expectAgreement(simulator, payment);
  });

  it("captures part after part, the last one without an amount", async () => {
    const { payments, authorized, simulator, aDay, told } = await start({ contract: { multipleCaptures: true } });
    const id = await authorized();
    await payments.capture(id, { amount: EUR("4000") });
    await payments.capture(id, { amount: "500" });
    expect(await refusalOf(payments.capture(id, { amount: "5501" }))).to.include({
      code: "amount_refused",
      remedy: "lower_amount",
    });
    const payment = await payments.capture(id);
    expect(payment.operations.map(({ amount }) => amount?.value)).to.deep.equal(["4000", "500", "5500"]);
    expect(await refusalOf(payments.capture(id, { amount: "1" }))).to.include({ code: "operation_refused" });
    expect((await payments.capture(id)).operations).to.have.lengthOf(3);
    await aDay();
    expectAgreement(simulator, await payments.get(id));
    expect(told(id).filter((type) => type === "payment.captured")).to.have.lengthOf(3);
  });

  it("refuses a part where the contract does not allow it, and sends nothing", async () => {
    const { payments, authorized, simulator } = await start();
    const id = await authorized();
    const refusal = await refusalOf(payments.capture(id, { amount: "9999" }));
    expect(refusal).to.include({ code: "amount_refused", remedy: "capture_full", status: 422 });
    expect(simulator.requests().filter(({ operation }) => operation === "capture")).to.deep.equal([]);
    expect((await payments.get(id)).operations).to.deep.equal([]);
  });

  it("voids a hold, and voids it once", async () => {
    const { payments, authorized, simulator, told, later } = await start();
    const id = await authorized();
    const [first, second] = await Promise.all([payments.void(id), payments.void(id, { by: "ada" })]);
    expect([first.status, second.status]).to.deep.equal(["voided", "voided"]);
    expect((await payments.void(id)).operations).to.have.lengthOf(1);
    await later(MINUTE);
    expectAgreement(simulator, await payments.get(id));
    expect(simulator.ledger(id).cancels).to.have.lengthOf(1);
    expect(told(id)).to.deep.equal(["payment.authorized", "payment.voided"]);
  });

  it("voids what nobody has paid in time, or Antom does not know, and answers with it when asked again", async () => {
    const shop = await start();
    const { payments, later, simulator } = shop;
    const open = async (): Promise<string> => (await answerOf(await shop.pay({}, { capture: "MANUAL" }))).payment.id;
    const late = await open();
    await shop.clock.advance(14 * MINUTE + 5 * SECOND);
    await payments.void(late);
    simulator.addFault({ operation: "pay", fault: "reset-before", times: 2 });
    const unknown = await open();
    await payments.void(unknown);
    await later(30 * SECOND);
    await later(MINUTE);
    for (const id of [late, unknown]) {
      expect(await payments.void(id, { by: "ada" })).to.include({ status: "expired" });
    }
    for (const id of [late, unknown]) expect((await payments.get(id)).operations).to.have.lengthOf(1);
  });

  it("gives back parts, and then what is left", async () => {
    const { payments, authorized, simulator, aDay, later, told } = await start();
    const id = await authorized();
    await payments.capture(id);
    const asked = await payments.refund(id, { amount: "1", reason: "one cent" });
    expect(asked.operations.at(-1)).to.include({ id: `${id}R1`, status: "pending", reason: "one cent" });
    await payments.refund(id, { amount: "4000" });
    expect(await refusalOf(payments.refund(id, { amount: "6000" }))).to.include({
      code: "amount_refused",
      remedy: "lower_amount",
    });
    await payments.refund(id);
    expect(await refusalOf(payments.refund(id, { amount: "2" }))).to.include({ code: "operation_refused" });
    expect((await payments.get(id)).refundedAmount).to.equal("0");
    await later(3_000);
    const payment = await payments.get(id);
    expect(payment.refundedAmount).to.equal("10000");
    expectAgreement(simulator, payment);
    await aDay();
    expect(told(id).filter((type) => type === "payment.refunded")).to.have.lengthOf(3);
    expect(donePer(simulator, id)).to.deep.equal([
      `${id}C1 succeeded 10000`,
      `${id}R1 succeeded 1`,
      `${id}R2 succeeded 4000`,
      `${id}R3 succeeded 5999`,
    ]);
    const reasons = simulator.requests().flatMap(({ operation, body }) => (operation === "refund" ? [body] : []));
    expect(JSON.stringify(reasons[0])).to.contain('"refundReason":"one cent"');
  });

  it("raises a hold, and then captures the new total", async () => {
    const { payments, authorized, simulator, later } = await start();
    const id = await authorized();
    const asked = await payments.increase(id, { amount: "12500" });
    expect(asked).to.include({ authorizedAmount: "10000" });
    expect(asked.operations).to.have.lengthOf(1);
    expect(await refusalOf(payments.capture(id))).to.include({ code: "operation_pending", remedy: "wait" });
    await later(3_000);
    expect((await payments.get(id)).authorizedAmount).to.equal("12500");
    const payment = await payments.capture(id);
    expect(payment.capturedAmount).to.equal("12500");
    expectAgreement(simulator, payment);
    expect(await refusalOf(payments.increase(id, { amount: "13000" }))).to.include({
      code: "operation_refused",
      remedy: "new_payment",
    });
  });

  it("keeps to the old total when the bank holds no more", async () => {
    const { payments, authorized, simulator, later } = await start();
    const id = await authorized();
    await payments.increase(id, { amount: "19041" });
    await later(3_000);
    const payment = await payments.get(id);
    expect(payment).to.include({ authorizedAmount: "10000", status: "authorized" });
    expect(payment.operations[0]).to.include({ status: "failed", code: "DO_NOT_HONOR" });
    expect((await payments.capture(id)).capturedAmount).to.equal("10000");
    expectAgreement(simulator, await payments.get(id));
  });

  it("is one capture, however many press the button at once", async () => {
    const { payments, authorized, simulator, aDay, told } = await start();
    const id = await authorized();
    const pressed = await Promise.all(
      Array.from({ length: 20 }, (_unused, nth) => payments.capture(id, { by: `staff ${nth}` })),
    );
    for (const payment of pressed) expect(payment.operations).to.have.lengthOf(1);
    await aDay();
    expect(donePer(simulator, id)).to.deep.equal([`${id}C1 succeeded 10000`]);
    expectAgreement(simulator, await payments.get(id));
    expect(told(id)).to.deep.equal(["payment.authorized", "payment.captured"]);
  });

  it("is one refund under one Idempotency-Key, and another under another", async () => {
    const { payments, authorized, simulator, aDay } = await start();
    const id = await authorized();
    await payments.capture(id);
    const refund = (idempotencyKey: string, amount = "100") => payments.refund(id, { amount, idempotencyKey });
    await Promise.all([refund("a"), refund("a"), refund("a"), refund("b")]);
    await aDay();
    await refund("a");
    expect(await refusalOf(refund("a", "200"))).to.include({ code: "idempotency_key_reused", status: 409 });
    expect(await refusalOf(payments.void(id, { idempotencyKey: "a" }))).to.include({ code: "idempotency_key_reused" });
    expect((await payments.get(id)).refundedAmount).to.equal("200");
    expectAgreement(simulator, await payments.get(id));
  });

  it("is granted under no key that nothing would remember: sent again it would be a second refund", async () => {
    const { payments, authorized, simulator, aDay } = await start({ contract: { multipleCaptures: true } });
    const id = await authorized();
    await payments.capture(id, { amount: "6000" });
    simulator.addFault({ operation: "refund", fault: "http-500", times: 1 });
    await payments.refund(id, { amount: "4000", idempotencyKey: "a" });
    const other = { amount: "4000", idempotencyKey: "b" };
    expect(await refusalOf(payments.refund(id, other))).to.include({ code: "operation_pending", remedy: "wait" });
    await aDay();
    await payments.capture(id);
    expect((await payments.refund(id, other)).operations.filter(({ kind }) => kind === "refund")).to.have.lengthOf(2);
    await aDay();
    expectAgreement(simulator, await payments.get(id));
    expect(await payments.refund(id, other)).to.include({ refundedAmount: "8000" });
  });

  it("answers the same key with the same refusal", async () => {
    const { payments, authorized, simulator } = await start();
    const id = await authorized("19003");
    const capture = () => payments.capture(id, { idempotencyKey: "k" });
    for (let nth = 0; nth < 3; nth++) {
      expect(await refusalOf(capture())).to.include({ code: "gateway_refused", resultCode: "PROCESS_FAIL" });
    }
    expect(simulator.requests().filter(({ operation }) => operation === "capture")).to.have.lengthOf(1);
  });

  it("refuses a void that comes too late, and says that nothing is left to be done", async () => {
    const { payments, authorized, clock, simulator } = await start();
    const id = await authorized();
    await clock.advance(7 * DAY);
    expect(await refusalOf(payments.void(id))).to.include({ code: "void_too_late", remedy: "none", status: 409 });
    expect(simulator.ledger(id).cancels).to.deep.equal([]);
  });

  it("passes on that Antom found a void too late", async () => {
    const { payments, authorized } = await start();
    const id = await authorized("19063");
    const refusal = await refusalOf(payments.void(id));
    expect(refusal).to.include({ code: "void_too_late", remedy: "check_payment", resultCode: "CANCEL_WINDOW_EXCEED" });
    expect((await payments.get(id)).status).to.equal("authorized");
  });

  it("refuses a capture or an increase that comes too late, and sends nothing", async () => {
    const { payments, authorized, clock, simulator } = await start();
    const id = await authorized();
    await clock.advance(7 * DAY);
    const about = simulator.requests().length;
    expect(await refusalOf(payments.capture(id))).to.include({ code: "authorization_expired", remedy: "new_payment" });
    expect(await refusalOf(payments.increase(id, { amount: "20000" }))).to.include({ code: "authorization_expired" });
    expect(simulator.requests()).to.have.lengthOf(about);
  });

  it("passes on that Antom found a capture too late", async () => {
    const { payments, authorized, simulator } = await start();
    const id = await authorized();
    simulator.addFault({ operation: "capture", fault: "result", resultCode: "AUTH_EXPIRED" });
    expect(await refusalOf(payments.capture(id))).to.include({
      code: "authorization_expired",
      remedy: "new_payment",
      resultCode: "AUTH_EXPIRED",
    });
  });

  it("voids no money that is captured, and gives back none that is only held", async () => {
    const { payments, authorized } = await start();
    const id = await authorized();
    expect(await refusalOf(payments.refund(id))).to.include({ code: "operation_refused", remedy: "void_instead" });
    await payments.capture(id);
    expect(await refusalOf(payments.void(id))).to.include({ code: "operation_refused", remedy: "refund_instead" });
  });

  it("knows no payment that is not there, and takes no request it cannot read", async () => {
    const { payments, authorized, simulator } = await start();
    const id = await authorized();
    expect(await refusalOf(payments.capture("PAY00000000000000000000000000"))).to.include({
      code: "payment_not_found",
    });
    for (const request of [
      { amount: "0" },
      { amount: "-1" },
      { amount: "1.5" },
      { amount: "01" },
      { amount: EUR("0") },
      { amount: { ...EUR("1"), cents: "1" } },
      { idempotencyKey: "" },
      { idempotencyKey: "x".repeat(256) },
      { idempotencyKey: "caf\u00e9" },
      { by: "x".repeat(129) },
      { reason: "x".repeat(257) },
      { amuont: "1" },
    ]) {
      const refusal = await refusalOf(payments.capture(id, request));
      expect(refusal, JSON.stringify(request)).to.include({ code: "request_invalid", status: 400 });
      expect(refusal.problems, JSON.stringify(request)).not.to.be.empty;
    }
    expect(await refusalOf(payments.capture(id, { amount: { currency: "USD", value: "10000" } }))).to.include({
      code: "amount_refused",
    });
    expect(simulator.requests().filter(({ operation }) => operation === "capture")).to.deep.equal([]);
  });

  it("refuses a void of an amount, which would let all go, and keeps why a void was asked for", async () => {
    const { payments, authorized } = await start();
    const id = await authorized();
    for (const amount of ["500", EUR("500")]) {
      const refusal = await refusalOf(payments.void(id, { amount } as object));
      expect(refusal).to.include({ code: "request_invalid", status: 400 });
      expect(refusal.message).to.contain("/amount is not possible: a void lets all go that is held");
    }
    expect(await payments.get(id)).to.deep.include({ status: "authorized", operations: [] });
    const voided = await payments.void(id, { reason: "out of stock", by: "ada" });
    expect(voided.operations[0]).to.include({ kind: "void", reason: "out of stock", by: "ada" });
  });

  it("names the capture that a refund gives back of, where there are several that have so much left", async () => {
    const { payments, authorized, simulator, aDay } = await start({ contract: { multipleCaptures: true } });
    const id = await authorized();
    await payments.capture(id, { amount: "4000" });
    await payments.refund(id, { amount: "100" });
    const { operations } = await payments.capture(id);
    const [first, , second] = operations;
    simulator.addFault({ operation: "refund", fault: "reset-before" });
    await payments.refund(id, { amount: "3900" });
    await payments.refund(id, { amount: "5000" });
    await aDay();
    await payments.refund(id);
    await aDay();
    const named = simulator
      .requests()
      .flatMap(({ operation, body }) => (operation === "refund" ? [(body as { captureId?: string }).captureId] : []));
    // At first there was but one; what is sent again is the same; and of the last it is not sure which one has it left.
    const [one, other] = [first?.gatewayId, second?.gatewayId];
    expect(one).to.be.a("string").and.not.to.equal(other);
    expect(named).to.deep.equal([undefined, one, other, one, undefined]);
    expectAgreement(simulator, await payments.get(id));
    expect((await payments.get(id)).refundedAmount).to.equal("10000");
  });

  it("takes a capture that Antom has not decided yet for pending, and hears of it later", async () => {
    const { payments, authorized, simulator, later, told } = await start();
    const id = await authorized("19001");
    const asked = await payments.capture(id);
    expect(asked).to.include({ status: "authorized", capturedAmount: "0" });
    expect(asked.operations[0]).to.include({ status: "pending" });
    expect((await payments.capture(id)).operations).to.have.lengthOf(1);
    await later(6_000);
    expectAgreement(simulator, await payments.get(id));
    expect(told(id)).to.deep.equal(["payment.authorized", "payment.captured"]);
    expect(simulator.requests().filter(({ operation }) => operation === "capture")).to.have.lengthOf(1);
  });

  it("finds out by asking about what is never notified", async () => {
    const { payments, authorized, simulator, aDay, later } = await start();
    const id = await authorized();
    await payments.increase(id, { amount: "19042" });
    await aDay();
    expect((await payments.get(id)).authorizedAmount).to.equal("19042");
    const other = await authorized("29006");
    await payments.capture(other);
    await aDay();
    await payments.refund(other, { amount: "9024" });
    await later(0);
    await aDay();
    const payment = await payments.get(other);
    expect(payment).to.include({ capturedAmount: "29006", refundedAmount: "9024" });
    expectAgreement(simulator, payment);
    expectAgreement(simulator, await payments.get(id));
  });

  it("lets a failed refund be asked for again", async () => {
    const { payments, authorized, simulator, aDay, told } = await start();
    const id = await authorized("29000");
    await payments.capture(id);
    await payments.refund(id, { amount: "9021" });
    await aDay();
    const failed = await payments.get(id);
    expect(failed.refundedAmount).to.equal("0");
    expect(failed.operations.at(-1)).to.include({ status: "failed", code: "PROCESS_FAIL" });
    expect(told(id)).to.include("payment.refund_failed");
    await payments.refund(id);
    await aDay();
    const payment = await payments.get(id);
    expect(payment.refundedAmount).to.equal("29000");
    expectAgreement(simulator, payment);
  });
});
