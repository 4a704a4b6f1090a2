import { expect } from "chai";
import { manualClock, type ManualClock } from "../../lib/testing.js";
import { RESULTS, standing, startScriptedAntom, type ScriptedAntom } from "../support/scripted-antom.js";
import { anOrder, answerOf, paymentResult, startShop, type TestShop } from "../support/shop.js";

const refused = (resultCode: string) => ({ result: { resultStatus: "F", resultCode, resultMessage: "" } });

describe("an operation that Antom has taken and is asked about", () => {
  let gateway: ScriptedAntom;
  let shop: TestShop;
  let clock: ManualClock;
  let payment: { readonly id: string; readonly amount: object };

  beforeEach(async () => {
    gateway = await startScriptedAntom();
    clock = manualClock();
    shop = await startShop({ gateway: gateway.url, worker: false, clock });
    shop.orders.set("order-1", anOrder("order-1", { capture: "MANUAL" }));
    ({ payment } = await answerOf(await shop.checkout("order-1")));
    const resultInfo = { incrementalAuthorizationAvailable: true };
    await shop.notify(paymentResult(payment, { paymentResultInfo: resultInfo }));
    await shop.antom.runDue();
  });
  afterEach(async () => {
    await shop.stop();
    await gateway.stop();
  });

  const OPERATIONS = {
    capture: {
      call: "capture",
      type: "CAPTURE",
      taken: { result: { resultStatus: "U", resultCode: "CAPTURE_IN_PROCESS", resultMessage: "" } },
      amount: { currency: "EUR", value: "1999" },
      ask: () => shop.antom.payments.capture(payment.id),
    },
    increase: {
      call: "updateAmount",
      type: "INCREMENTAL",
      taken: { result: RESULTS.success },
      amount: { currency: "EUR", value: "2999" },
      ask: () => shop.antom.payments.increase(payment.id, { amount: "2999" }),
    },
  } as const;

  for (const [kind, { call, type, taken, amount, ask }] of Object.entries(OPERATIONS)) {
    for (const code of ["PARAM_ILLEGAL", "ACCESS_DENIED"]) {
      /** Antom takes it, refuses it when it is sent again, and tells of it as it is told to. */
      const play = async (transactions: (id: string) => readonly object[]) => {
        gateway.on(call, (_call, nth) => (nth === 1 ? taken : refused(code)));
        const [operation] = (await ask()).operations;
        gateway.on("inquiryPayment", (received) =>
          standing(received, "SUCCESS", {
            paymentAmount: payment.amount,
            transactions: transactions(operation?.id ?? ""),
          }),
        );
        for (const seconds of [20, 2, 5, 15, 60]) {
          await clock.advance(seconds * 1000);
          await shop.antom.runDue();
        }
        expect(gateway.calls.filter((received) => received.operation === call).length).to.be.greaterThan(1);
        return (await shop.antom.payments.get(payment.id)).operations[0];
      };
      const underWay = (id: string) => ({
        transactionType: type,
        transactionStatus: "PROCESSING",
        transactionId: "T1",
        transactionRequestId: id,
        transactionAmount: amount,
      });

      it(`has not failed where Antom calls it under way, and refuses the same ${kind} again (${code})`, async () => {
        expect(await play((id) => [underWay(id)])).to.include({ status: "pending" });
        expect(shop.recorder.events.map((event) => event.type)).not.to.include("payment.capture_failed");
      });

      it(`has failed where Antom knows of no such ${kind}, and refuses it when it is sent again (${code})`, async () => {
        expect(await play(() => [])).to.include({ status: "failed", code });
      });
    }
  }

  it("has not failed where Antom tells of a capture without saying whose it is", async () => {
    gateway.on("capture", (_call, nth) => (nth === 1 ? OPERATIONS.capture.taken : refused("PARAM_ILLEGAL")));
    await shop.antom.payments.capture(payment.id);
    gateway.on("inquiryPayment", (received) =>
      standing(received, "SUCCESS", {
        paymentAmount: payment.amount,
        transactions: [{ transactionType: "CAPTURE", transactionStatus: "PROCESSING", transactionId: "T1" }],
      }),
    );
    for (const seconds of [20, 2, 5, 15, 60]) {
      await clock.advance(seconds * 1000);
      await shop.antom.runDue();
    }
    const { operations } = await shop.antom.payments.get(payment.id);
    expect(operations.map(({ status }) => status)).not.to.include("failed");
  });
});
