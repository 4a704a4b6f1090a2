import { expect } from "chai";
import type { PaymentView } from "../../lib/index.js";
import type { FaultRequest } from "../../lib/simulator.js";
import { commanded } from "./commanded.js";
import { donePer, expectAgreement, refusalOf, startOperations, type OperationsShop } from "./operations-shop.js";

/** What any of Antom's operations may be refused with, and what helps. */
const GENERAL = {
  ACCESS_DENIED: "contact_antom",
  PARAM_ILLEGAL: "fix_request",
  INVALID_SIGNATURE: "fix_settings",
  KEY_NOT_FOUND: "fix_settings",
  CLIENT_INVALID: "fix_settings",
  CLIENT_FORBIDDEN_ACCESS_API: "contact_antom",
  INVALID_API: "fix_settings",
  METHOD_NOT_SUPPORTED: "fix_settings",
  OAUTH_FAILED: "fix_settings",
  PAYMENT_NOT_QUALIFIED: "contact_antom",
  INVALID_CONTRACT: "contact_antom",
};

/** The documented codes by which Antom refuses an operation, and what helps. (Antom: the result tables of capture, cancel, refund, updateAmount) */
const REFUSED: Readonly<Record<"capture" | "void" | "refund" | "increase", Readonly<Record<string, string>>>> = {
  capture: {
    ...GENERAL,
    AUTH_NOT_FOUND: "contact_antom",
    MULTI_CAPTURE_NOT_SUPPORTED: "contact_antom",
    AUTH_CANCELLED: "new_payment",
    AUTH_EXPIRED: "new_payment",
    CAPTURE_AMOUNT_EXCEED_AUTH_LIMIT: "void_instead",
    ORDER_IS_CANCELED: "check_payment",
    ORDER_STATUS_INVALID: "check_payment",
    PROCESS_FAIL: "contact_antom",
    CURRENCY_NOT_SUPPORT: "fix_request",
    NO_PAY_OPTIONS: "contact_antom",
    PAYMENT_COUNT_EXCEED_LIMIT: "void_instead",
    RISK_REJECT: "contact_antom",
    USER_AMOUNT_EXCEED_LIMIT: "void_instead",
    USER_BALANCE_NOT_ENOUGH: "void_instead",
    USER_NOT_EXIST: "void_instead",
    USER_STATUS_ABNORMAL: "void_instead",
    SIMULATED_UNKNOWN_CODE: "check_payment",
  },
  void: {
    CANCEL_WINDOW_EXCEED: "check_payment",
    ORDER_STATUS_INVALID: "check_payment",
    ACCESS_DENIED: "contact_antom",
    PROCESS_FAIL: "check_payment",
    INVALID_CONTRACT: "contact_antom",
    SIMULATED_UNKNOWN_CODE: "check_payment",
  },
  refund: {
    ...GENERAL,
    REFUND_AMOUNT_EXCEED: "lower_amount",
    REFUND_WINDOW_EXCEED: "refund_otherwise",
    ORDER_STATUS_INVALID: "check_payment",
    ORDER_IS_CANCELED: "check_payment",
    ORDER_IS_CLOSED: "check_payment",
    MERCHANT_BALANCE_NOT_ENOUGH: "top_up_balance",
    PARTIAL_REFUND_NOT_SUPPORTED: "refund_full",
    MULTIPLE_REFUNDS_NOT_SUPPORTED: "refund_otherwise",
    PAYMENT_METHOD_NOT_SUPPORTED: "refund_otherwise",
    CURRENCY_NOT_SUPPORT: "fix_request",
    INVALID_MERCHANT_STATUS: "contact_antom",
    RISK_REJECT: "contact_antom",
    PROCESS_FAIL: "contact_antom",
    SIMULATED_UNKNOWN_CODE: "contact_antom",
  },
  increase: {
    ...GENERAL,
    INCREMENTAL_NOT_SUPPORT: "new_payment",
    ORDER_STATUS_INVALID: "check_payment",
    ORDER_IS_CLOSED: "check_payment",
    PROCESS_FAIL: "contact_antom",
    SIMULATED_UNKNOWN_CODE: "new_payment",
  },
};

/** After these nothing is held any more, so nothing is asked for anew: the payment ends. (Antom: capture; core.md 5.1 and appendix B) */
const ENDS: Readonly<Record<string, { readonly status: string; readonly type: string }>> = {
  AUTH_EXPIRED: { status: "expired", type: "payment.expired" },
  AUTH_CANCELLED: { status: "voided", type: "payment.voided" },
};

/** After these nobody knows what was done: it stays pending, and is carried on with the same id. */
const UNSURE = ["UNKNOWN_EXCEPTION", "REQUEST_TRAFFIC_EXCEED_LIMIT"];
const PENDING: Readonly<Record<keyof typeof REFUSED, readonly string[]>> = {
  capture: [...UNSURE, "CAPTURE_IN_PROCESS", "REPEAT_REQ_INCONSISTENT", "SYSTEM_ERROR"],
  // A cancel can be repeated as often as one likes: what refuses the call itself can be mended.
  void: [...UNSURE, "PARAM_ILLEGAL", "INVALID_SIGNATURE", "KEY_NOT_FOUND", "CLIENT_INVALID"],
  refund: [...UNSURE, "REFUND_IN_PROCESS", "REPEAT_REQ_INCONSISTENT", "SYSTEM_ERROR"],
  increase: [...UNSURE, "REPEAT_REQ_INCONSISTENT", "SYSTEM_ERROR"],
};

const CALLS = { capture: "capture", void: "cancel", refund: "refund", increase: "updateAmount" } as const;
type Kind = keyof typeof CALLS;
const KINDS = ["capture", "void", "refund", "increase"] as const;

/** What a refusal is answered with where it has a name of its own. */
const NAMES: Readonly<Record<string, string>> = {
  "void CANCEL_WINDOW_EXCEED": "void_too_late",
  "capture AUTH_EXPIRED": "authorization_expired",
};

describe("a command that Antom answers with a result code", function () {
  this.timeout(30_000);
  let shop: OperationsShop;
  beforeEach(async () => {
    shop = await startOperations();
  });
  afterEach(() => shop.stop());

  const ready = async (kind: Kind): Promise<string> => {
    const id = await shop.authorized();
    if (kind === "refund") await shop.payments.capture(id);
    return id;
  };
  const run = (kind: Kind, id: string): Promise<PaymentView> =>
    commanded(shop.payments, kind, id, kind === "increase" ? { amount: "12500" } : {});
  const answerWith = (operation: FaultRequest["operation"], resultCode: string): void => {
    shop.simulator.addFault({ operation, fault: "result", resultCode });
  };
  const operationOf = async (id: string, kind: Kind) =>
    (await shop.payments.get(id)).operations.findLast((operation) => operation.kind === kind);

  for (const kind of KINDS) {
    it(`fails, where that refuses the ${kind}, with the code and what helps, and can be asked for anew`, async () => {
      const { simulator, payments, aDay } = shop;
      for (const [resultCode, remedy] of Object.entries(REFUSED[kind])) {
        if (ENDS[resultCode] !== undefined) continue;
        const id = await ready(kind);
        answerWith(CALLS[kind], resultCode);
        const refusal = await refusalOf(run(kind, id));
        const code = NAMES[`${kind} ${resultCode}`] ?? "gateway_refused";
        expect(refusal, resultCode).to.include({ code, resultCode, remedy });
        expect(refusal.message).to.contain(resultCode);
        expect(await operationOf(id, kind), resultCode).to.include({ status: "failed", code: resultCode });
        await run(kind, id);
        await shop.later(3_000);
        expect((await payments.get(id)).operations.filter((operation) => operation.kind === kind)).to.have.lengthOf(2);
        expect(await operationOf(id, kind), resultCode).to.include({ status: "succeeded" });
        expectAgreement(simulator, await payments.get(id));
      }
      expect(simulator.faults()).to.deep.equal([]);
      await aDay();
    });

    it(`stays pending, where that leaves open what became of the ${kind}, and is done once in the end`, async () => {
      const { simulator, payments, aDay } = shop;
      const ids: string[] = [];
      for (const resultCode of PENDING[kind]) {
        const id = await ready(kind);
        ids.push(id);
        answerWith(CALLS[kind], resultCode);
        await run(kind, id);
        expect(await operationOf(id, kind), resultCode).to.include({ status: "pending" });
      }
      await aDay();
      for (const id of ids) {
        const payment = await payments.get(id);
        expect(await operationOf(id, kind)).to.include({ status: "succeeded" });
        expectAgreement(simulator, payment);
        expect(donePer(simulator, id)).to.have.lengthOf({ capture: 1, void: 0, refund: 2, increase: 1 }[kind]);
      }
    });
  }

  for (const kind of ["capture", "refund", "increase"] as const) {
    it(`fails in the end, where Antom refuses the ${kind} for good and says that it is not done, and can be asked for anew`, async () => {
      const { simulator, payments, aDay, later } = shop;
      for (const resultCode of ["SYSTEM_ERROR", "REPEAT_REQ_INCONSISTENT"]) {
        const id = await ready(kind);
        simulator.addFault({ operation: CALLS[kind], fault: "result", resultCode, times: 1000 });
        await run(kind, id);
        await aDay();
        expect(await operationOf(id, kind), resultCode).to.include({ status: "failed", code: resultCode });
        simulator.clearFaults();
        await run(kind, id);
        await later(3_000);
        expect(await operationOf(id, kind), resultCode).to.include({ status: "succeeded" });
        expectAgreement(simulator, await payments.get(id));
      }
    });
  }

  for (const [resultCode, { status, type }] of Object.entries(ENDS)) {
    it(`ends, where a capture is refused as nothing is held any more (${resultCode}), as ${status}, and the buyer can pay anew`, async () => {
      const { payments, aDay } = shop;
      const id = await shop.authorized("10000", { orderId: "order-ends" });
      answerWith("capture", resultCode);
      const refusal = await refusalOf(payments.capture(id));
      expect(refusal).to.include({ resultCode, remedy: "new_payment" });
      expect((await payments.get(id)).status).to.equal(status);
      const { payment } = await shop.paid({ method: "hosted" }, { orderId: "order-ends" });
      expect(payment.id).not.to.equal(id);
      await aDay();
      expect(await payments.get(id)).to.include({ status, capturedAmount: "0" });
      expect(shop.told(id)).to.deep.equal(["payment.authorized", "payment.capture_failed", type]);
      expect(await refusalOf(payments.capture(id))).to.include({
        code: status === "expired" ? "authorization_expired" : "operation_refused",
      });
    });
  }

  it("tells of a capture and of a refund that failed, and of nothing twice", async () => {
    const captured = await ready("capture");
    answerWith("capture", "PROCESS_FAIL");
    await refusalOf(run("capture", captured));
    const refunded = await ready("refund");
    answerWith("refund", "REFUND_WINDOW_EXCEED");
    await refusalOf(run("refund", refunded));
    await shop.aDay();
    expect(shop.told(captured)).to.deep.equal(["payment.authorized", "payment.capture_failed"]);
    expect(shop.told(refunded)).to.deep.equal(["payment.authorized", "payment.captured", "payment.refund_failed"]);
  });

  it("closes a payment that Antom does not know when it is voided: nothing is held", async () => {
    const id = await ready("void");
    answerWith("cancel", "ORDER_NOT_EXIST");
    // It was authorized, so this is not believed to have ended it.
    const refusal = await refusalOf(run("void", id));
    expect(refusal).to.include({ code: "gateway_refused", resultCode: "ORDER_NOT_EXIST" });
    expect((await shop.payments.get(id)).status).to.equal("authorized");
  });

  for (const resultCode of ["REFUND_NOT_EXIST", "ORDER_NOT_EXIST"]) {
    it(`sends a refund again with the same id when an inquiry says that there is none (${resultCode})`, async () => {
      const { simulator, payments, aDay } = shop;
      const id = await ready("refund");
      simulator.addFault({ operation: "refund", fault: "result", resultCode: "REFUND_IN_PROCESS" });
      simulator.addFault({ operation: "notify", fault: "drop", times: 100 });
      answerWith("inquiryRefund", resultCode);
      await run("refund", id);
      expect(simulator.ledger(id).refunds).to.deep.equal([]);
      await aDay();
      expect(donePer(simulator, id)).to.deep.equal([`${id}C1 succeeded 10000`, `${id}R1 succeeded 10000`]);
      expectAgreement(simulator, await payments.get(id));
    });
  }

  it("takes no other refusal of a question for an answer", async () => {
    const { simulator, payments, aDay } = shop;
    for (const resultCode of ["ACCESS_DENIED", "PARAM_ILLEGAL", "PROCESS_FAIL", "SYSTEM_ERROR", "UNKNOWN_EXCEPTION"]) {
      const id = await ready("refund");
      simulator.addFault({ operation: "notify", fault: "drop", times: 100 });
      answerWith("inquiryRefund", resultCode);
      answerWith("inquiryPayment", resultCode);
      await run("refund", id);
      await aDay();
      simulator.clearFaults();
      expect(
        simulator
          .requests()
          .filter(({ operation, body }) => operation === "refund" && JSON.stringify(body).includes(id)),
        resultCode,
      ).to.have.lengthOf(1);
      expectAgreement(simulator, await payments.get(id));
    }
  });
});
