import { expect } from "chai";
import type { AntomError, CommandRequest, PaymentView } from "../../lib/index.js";
import { remedyFor } from "../../lib/payment/meaning/remedy-for.js";
import { REMEDY_CODES } from "../../lib/payment/meaning/remedy.js";
import type { OperationKind } from "../../lib/payment/operation.js";
import { GOOD_CARD } from "../support/simulated-shop.js";
import { commanded } from "./commanded.js";
import { DAY, refusalOf, SECOND, startOperations, type OperationsShop } from "./operations-shop.js";

const CALLS = { capture: "capture", void: "cancel", refund: "refund", increase: "updateAmount" } as const;
const KINDS = ["capture", "void", "refund", "increase"] as const;

/** After these nothing has failed: it went through, or is carried on with the same id. */
const NEVER_FAILS: ReadonlySet<string> = new Set([
  "SUCCESS",
  "CAPTURE_IN_PROCESS",
  "REFUND_IN_PROCESS",
  "UNKNOWN_EXCEPTION",
  "REQUEST_TRAFFIC_EXCEED_LIMIT",
  "REPEAT_REQ_INCONSISTENT",
  "SYSTEM_ERROR",
  // Of an inquiry about a refund, not of the refund. (Antom: inquiryRefund)
  "REFUND_NOT_EXIST",
]);

/** The simulator has no others that it does not know. */
const UNDOCUMENTED = "SIMULATED_UNKNOWN_CODE";

const codesOf = (kind: OperationKind): string[] =>
  [...new Set([...REMEDY_CODES.any, ...REMEDY_CODES[kind], UNDOCUMENTED])].filter((code) => !NEVER_FAILS.has(code));

describe("what helps after a refusal", function () {
  this.timeout(60_000);
  let shop: OperationsShop;
  afterEach(() => shop.stop());

  const answerWith = (kind: OperationKind, resultCode: string): void => {
    shop.simulator.addFault({ operation: CALLS[kind], fault: "result", resultCode });
  };
  const run = (kind: OperationKind, id: string, request: CommandRequest = {}): Promise<PaymentView> =>
    commanded(shop.payments, kind, id, kind === "increase" ? { amount: "12500" } : request);
  const capturedOrNot = async (kind: OperationKind, id: string): Promise<void> => {
    if (kind === "refund") await shop.payments.capture(id);
  };
  const paysAnew = async (orderId: string, id: string): Promise<void> => {
    const { payment } = await shop.paid(
      { method: "card", card: GOOD_CARD },
      { orderId, capture: "MANUAL", amount: { currency: "EUR", value: "10000" } },
    );
    expect(payment.id).not.to.equal(id);
    expect(payment.status).to.equal("authorized");
  };
  const voided = async (orderId: string, id: string): Promise<void> => {
    expect(await shop.payments.void(id)).to.include({ status: "voided" });
    await paysAnew(orderId, id);
  };

  /** Does what is said, and what follows from it. */
  const follow = async (kind: OperationKind, id: string, orderId: string, refusal: AntomError): Promise<void> => {
    const { payments } = shop;
    const { status } = await payments.get(id);
    switch (refusal.remedy) {
      case "void_instead":
        expect(refusal.message).to.match(/void it/i);
        return voided(orderId, id);
      case "new_payment":
        if (kind !== "increase") return paysAnew(orderId, id);
        // What is held stays, and is the reason why only the rest is to be paid.
        expect(refusal.message).to.match(/rest by another order/);
        expect(await payments.capture(id)).to.include({ status: "captured" });
        return paysAnew(`${orderId} rest`, id);
      case "refund_instead":
      case "refund_full":
        await payments.refund(id);
        return;
      case "lower_amount":
        await run(kind, id, { amount: "400" });
        return;
      case "check_payment":
        await payments.inquire(id);
        // Antom is of another mind by then, or a void helps.
        if (kind === "capture" || kind === "void") return voided(orderId, id);
        return;
      case "fix_request":
      case "fix_settings":
      case "contact_antom":
      case "top_up_balance":
        await run(kind, id);
        return;
      case "refund_otherwise":
        return;
      case "none":
      case "wait":
        throw new Error(`nothing is done about a payment that stays ${status}`);
      default:
        throw new Error("that helps after no refusal of Antom's");
    }
  };

  for (const kind of KINDS) {
    it(`can be done as the payment is left by each code of ${kind}, also where the contract allows nothing special`, async () => {
      shop = await startOperations();
      const stuck: string[] = [];
      for (const code of codesOf(kind)) {
        const orderId = `${kind} ${code}`;
        const id = await shop.authorized("10000", { orderId });
        await capturedOrNot(kind, id);
        answerWith(kind, code);
        const done = await refusalOf(run(kind, id, kind === "refund" ? { amount: "500" } : {})).catch(() => undefined);
        shop.simulator.clearFaults();
        // A void that Antom refuses for how it is asked for is sent again.
        if (done === undefined) continue;
        try {
          await follow(kind, id, orderId, done);
        } catch (error) {
          stuck.push(`${code}: ${String(done.remedy)}: ${String(error).slice(0, 200)}`);
        }
      }
      expect(stuck).to.deep.equal([]);
    });
  }

  it("has no hold voided of which a part is captured: the rest is paid by another order", async () => {
    shop = await startOperations({ contract: { multipleCaptures: true } }, { multipleCaptures: true });
    for (const code of codesOf("capture")) {
      const orderId = `parts ${code}`;
      const id = await shop.authorized("10000", { orderId });
      await shop.payments.capture(id, { amount: "4000" });
      answerWith("capture", code);
      const { remedy, message } = await refusalOf(shop.payments.capture(id));
      const payment = await shop.payments.get(id);
      const { action, sentence } = remedyFor(payment, "capture", code);
      if (payment.operations.at(-1)?.status === "failed") {
        expect(remedy, code).to.equal(action);
        expect(message, code).to.include(sentence);
      }
      expect(action, code).not.to.equal("void_instead");
      expect(sentence, code).not.to.match(/void (it|the payment)/i);
      if (action === "new_payment") {
        expect(sentence, code).to.match(/an order of its own/);
        await paysAnew(`${orderId} rest`, id);
      }
    }
  });

  it("sends nobody from a void that comes too late to a refund of what is not captured", async () => {
    shop = await startOperations();
    const id = await shop.authorized("10000", { orderId: "late" });
    await shop.clock.advance(7 * DAY);
    const refusal = await refusalOf(shop.payments.void(id));
    expect(refusal).to.include({ code: "void_too_late", remedy: "none" });
    // The hold ends by itself, as it says.
    await shop.later(3 * SECOND);
    expect(await shop.payments.get(id)).to.include({ status: "expired" });
    await paysAnew("late", id);
  });
});
