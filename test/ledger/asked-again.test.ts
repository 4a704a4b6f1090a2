import { expect } from "chai";
import type { PaymentView } from "../../lib/index.js";
import type { CommandRequest } from "../../lib/ledger/commands.js";
import { refusalOf } from "../flows/operations-shop.js";
import { RESULTS, type ReceivedCall } from "../support/scripted-antom.js";
import type { ShopOptions } from "../support/shop.js";
import { heldPayment, refunded, refused } from "./held-payment.js";

type Answer = ReturnType<typeof refused> | "http-500";

describe("a refund that is asked for again while Antom leaves open what it did", function () {
  this.timeout(30_000);
  const held = heldPayment();
  const { start, later, current, statuses, sent } = held;
  const PART = { currency: "EUR", value: "500" };
  const KEYED = { idempotencyKey: "again" };

  const told = ({ body }: Pick<ReceivedCall, "body">, refundStatus: string) => ({
    result: RESULTS.success,
    refundStatus,
    refundRequestId: body["refundRequestId"],
    refundId: `REFUND-${String(body["refundRequestId"])}`,
    refundAmount: PART,
  });
  const processing = (call: ReceivedCall) => told(call, "PROCESSING");
  const refund = (request: CommandRequest = {}): Promise<PaymentView> =>
    held.shop.antom.payments.refund(held.payment.id, { amount: "500", ...request });
  const idOf = (nth: number): string => `${held.payment.id}R${nth}`;
  /** The notification of its outcome, late. */
  const succeeds = async (nth = 1): Promise<void> => {
    const outcome = told({ body: { refundRequestId: idOf(nth) } }, "SUCCESS");
    await held.shop.notify({ notifyType: "REFUND_RESULT", ...outcome, paymentId: `ANTOM-${held.payment.id}` });
    await later(0);
  };
  const refunds = async (): Promise<string[]> => (await statuses()).filter((status) => status.startsWith("R"));
  const aWhile = async (): Promise<void> => {
    for (const seconds of [20, 2, 5, 15, 60, 300]) await later(seconds * 1000);
  };
  /** EUR 19.99 are captured, and so many parts of EUR 5.00 refused in doubt. */
  const inDoubt = async (parts = 1, options: ShopOptions = {}): Promise<void> => {
    await start(options);
    await held.shop.antom.payments.capture(held.payment.id);
    held.gateway.on("refund", () => refused("SYSTEM_ERROR"));
    for (let part = 0; part < parts; part++) await refund();
    await aWhile();
    held.gateway.on("refund", refunded);
  };

  for (const [says, answer, code] of [
    ["is at it", processing, "operation_pending"],
    ["does not say", (): Answer => "http-500", "gateway_unanswered"],
  ] as const) {
    it(`is done once where Antom ${says}: its key is answered with it when its outcome has come, for good`, async () => {
      await inDoubt();
      held.gateway.on("inquiryRefund", answer);
      const calls = sent("refund");
      for (let time = 0; time < 2; time++) expect(await refusalOf(refund(KEYED))).to.include({ code });
      await succeeds();
      for (let time = 0; time < 2; time++) expect((await refund(KEYED)).refundedAmount).to.equal("500");
      expect(sent("refund")).to.equal(calls);
      expect((await refund({ idempotencyKey: "another" })).refundedAmount).to.equal("1000");
      expect((await refund(KEYED)).refundedAmount).to.equal("1000");
      expect(await refunds()).to.deep.equal(["R1 succeeded", "R2 succeeded"]);
    });

    it(`is done once where Antom ${says} and there is no key: the first who asks then is answered with it, the second gets another`, async () => {
      await inDoubt();
      held.gateway.on("inquiryRefund", answer);
      const calls = sent("refund");
      for (let time = 0; time < 2; time++) expect(await refusalOf(refund())).to.include({ code });
      await succeeds();
      expect((await refund()).refundedAmount).to.equal("500");
      expect(sent("refund")).to.equal(calls);
      expect((await refund()).refundedAmount).to.equal("1000");
    });
  }

  it("is sent under its key where it was not done, and stays that key's own when the first comes after all", async () => {
    await inDoubt();
    held.gateway.on("inquiryRefund", processing);
    for (const request of [KEYED, {}]) await refusalOf(refund(request));
    held.gateway.on("inquiryRefund", () => refused("REFUND_NOT_EXIST"));
    expect((await refund(KEYED)).refundedAmount).to.equal("500");
    await succeeds();
    expect((await refund(KEYED)).refundedAmount).to.equal("1000");
    expect(await refunds()).to.deep.equal(["R1 succeeded", "R2 succeeded"]);
  });

  it("keeps nobody from another who has had one without a key in its place", async () => {
    await inDoubt();
    held.gateway.on("inquiryRefund", processing);
    await refusalOf(refund());
    held.gateway.on("inquiryRefund", () => refused("REFUND_NOT_EXIST"));
    expect((await refund()).refundedAmount).to.equal("500");
    await succeeds();
    expect((await refund()).refundedAmount).to.equal("1500");
  });

  it("answers one key alone: another that had asked as well is refused, and has to look", async () => {
    await inDoubt();
    held.gateway.on("inquiryRefund", processing);
    const second = { idempotencyKey: "second" };
    for (const request of [KEYED, second]) await refusalOf(refund(request));
    await succeeds();
    for (let time = 0; time < 2; time++) {
      const refusal = await refusalOf(refund(second));
      expect(refusal).to.include({ code: "operation_refused" });
      expect(refusal.message).to.contain(`has gone through after all (${idOf(1)})`);
    }
    expect((await refund(KEYED)).refundedAmount).to.equal("500");
    expect((await refund({ idempotencyKey: "third" })).refundedAmount).to.equal("1000");
  });

  it("leaves each of two that are alike its own: what was not done is sent", async () => {
    await inDoubt(2);
    held.gateway.on("inquiryRefund", processing);
    const keys = ["first", "second"].map((idempotencyKey) => ({ idempotencyKey }));
    for (const key of keys) await refusalOf(refund(key));
    await succeeds(2);
    held.gateway.on("inquiryRefund", () => refused("REFUND_NOT_EXIST"));
    for (const key of [...keys, ...keys]) await refund(key);
    expect(await refunds()).to.deep.equal(["R1 failed", "R2 succeeded", "R3 succeeded"]);
  });

  it("does not take its key for another amount", async () => {
    await inDoubt();
    held.gateway.on("inquiryRefund", processing);
    await refusalOf(refund(KEYED));
    await succeeds();
    expect(await refusalOf(refund({ ...KEYED, amount: "700" }))).to.include({ code: "idempotency_key_reused" });
    expect((await refund({ amount: "700", idempotencyKey: "another" })).refundedAmount).to.equal("1200");
  });

  it("is remembered once however many ask at once, in the history, and tells the shop of nothing", async () => {
    await inDoubt();
    held.gateway.on("inquiryRefund", processing);
    const events = held.shop.recorder.events.length;
    const asked = await Promise.all([KEYED, KEYED, {}, KEYED].map((request) => refusalOf(refund(request))));
    expect(new Set(asked.map(({ code }) => code))).to.deep.equal(new Set(["operation_pending"]));
    await later(0);
    expect((await current()).operations[1]).to.deep.include({
      status: "failed",
      askedAgain: { keys: ["again"], plainly: true },
    });
    const journal = await held.shop.antom.payments.journal(held.payment.id);
    const facts = journal.flatMap(({ observation }) => observation.facts).filter(({ kind }) => kind === "asked_again");
    expect(facts).to.have.deep.members([
      { kind: "asked_again", of: "refund", operation: idOf(1), key: "again" },
      { kind: "asked_again", of: "refund", operation: idOf(1) },
    ]);
    expect(held.shop.recorder.events).to.have.lengthOf(events);
  });

  it("is done once by a hook that refunds anew under the event's id, as often as it is called", async () => {
    const tries: string[] = [];
    await inDoubt(1, {
      hooks: {
        "payment.refund_failed": async ({ id }) => {
          held.gateway.on("refund", refunded);
          held.gateway.on("inquiryRefund", processing);
          try {
            await refund({ idempotencyKey: id });
            tries.push("done");
          } catch (error) {
            tries.push((error as { code: string }).code);
            throw error;
          }
        },
      },
    });
    expect(tries[0]).to.equal("operation_pending");
    await succeeds();
    for (let hour = 0; hour < 12; hour++) await later(60 * 60_000);
    expect(tries.at(-1)).to.equal("done");
    expect(await refunds()).to.deep.equal(["R1 succeeded"]);
  });
});
