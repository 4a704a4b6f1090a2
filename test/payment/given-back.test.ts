import { expect } from "chai";
import { after, ID, MINUTE, newPayment, step, T0 } from "./a-payment.js";
import { deadline, DECLINED, requested, SUCCESS, told } from "./facts.js";
import type { Fact } from "../../lib/payment/observation.js";
import type { Payment } from "../../lib/payment/payment.js";

/** A declined payment, and what is heard of it when another one of its order is live. */
const doubled = (...facts: readonly Fact[]): { payment: Payment; events: string[]; tasks: string[] } =>
  facts.reduce<{ payment: Payment; events: string[]; tasks: string[] }>(
    ({ payment, events, tasks }, fact) => {
      const next = step(payment, fact, { otherIsLive: true });
      if (next === undefined) return { payment, events, tasks };
      return {
        payment: next.payment,
        events: [...events, ...next.events.map(({ type }) => type)],
        tasks: [
          ...tasks,
          ...next.tasks.flatMap((task) => ("obsolete" in task || task.kind === "deliver" ? [] : task.id)),
        ],
      };
    },
    { payment: after(newPayment("AUTOMATIC"), DECLINED), events: [], tasks: [] },
  );

describe("what a payment took that another one had taken the place of", () => {
  const refunds = ({ operations }: Payment): string[] =>
    operations
      .filter(({ kind }) => kind === "refund")
      .map(({ id, status, amount }) => `${id.replace(ID, "")} ${status} ${amount?.value ?? ""}`);

  it("is given back by a task, at once", () => {
    const { payment, tasks, events } = doubled(SUCCESS, told("capture", "10000", { requestId: "AUTO-1" }));
    expect(refunds(payment)).to.deep.equal(["R1 pending 10000"]);
    expect(tasks).to.include(`refund:${ID}R1`);
    expect(events).to.deep.equal(["payment.conflict"]);
    expect(payment.operations.find(({ kind }) => kind === "refund")?.requestedAt).to.equal(T0 + MINUTE);
  });

  it("is given back where the capture is heard of first", () => {
    const { payment, events } = doubled(told("capture", "10000", { requestId: "AUTO-1" }), SUCCESS);
    expect(refunds(payment)).to.deep.equal(["R1 pending 10000"]);
    expect(payment.operations.filter(({ kind }) => kind === "void")).to.deep.equal([]);
    expect(events).to.deep.equal(["payment.conflict"]);
  });

  it("is given back once, however often it is heard of", () => {
    const capture = told("capture", "10000", { requestId: "AUTO-1" });
    expect(refunds(doubled(SUCCESS, capture, capture, SUCCESS).payment)).to.deep.equal(["R1 pending 10000"]);
  });

  it("is given back as far as nobody has done so already", () => {
    const { payment } = doubled(
      SUCCESS,
      told("refund", "4000", { requestId: "DASHBOARD-1" }),
      told("capture", "10000", { requestId: "AUTO-1" }),
    );
    expect(refunds(payment)).to.deep.equal(["DASHBOARD-1 succeeded 4000", "R2 pending 6000"]);
  });

  it("is given back of the capture that took it where another one is under way", () => {
    const before = after(newPayment("MANUAL"), SUCCESS, requested("capture", "4000"), requested("capture", "6000", 2));
    const ended = after(before, deadline("hold"));
    const first = step(ended, told("capture", "4000"), { otherIsLive: true })?.payment ?? ended;
    const second = after(first, told("capture", "6000", { nth: 2 }));
    expect(refunds(second)).to.deep.equal(["R1 pending 4000", "R2 pending 6000"]);
    const named = second.operations.filter(({ kind }) => kind === "refund").map(({ captureId }) => captureId);
    expect(named).to.deep.equal(["C-1", "C-2"]);
  });

  it("is told of when it is back", () => {
    const { events, payment } = doubled(
      SUCCESS,
      told("capture", "10000", { requestId: "AUTO-1" }),
      told("refund", "10000"),
    );
    expect(events).to.deep.equal(["payment.conflict", "payment.refunded"]);
    expect(payment).to.include({ capturedAmount: "10000", refundedAmount: "10000" });
  });

  it("is for a person to give back where Antom did not", () => {
    const { payment, events } = doubled(
      SUCCESS,
      told("capture", "10000", { requestId: "AUTO-1" }),
      told("refund", "10000", { outcome: "failed" }),
      told("capture", "10000", { requestId: "AUTO-1" }),
      SUCCESS,
    );
    expect(refunds(payment)).to.deep.equal(["R1 failed 10000"]);
    expect(events).to.deep.equal(["payment.conflict", "payment.refund_failed"]);
  });

  it("is not given back of a payment that nothing took the place of", () => {
    const payment = after(
      newPayment("AUTOMATIC"),
      DECLINED,
      SUCCESS,
      told("capture", "10000", { requestId: "AUTO-1" }),
    );
    expect(refunds(payment)).to.deep.equal([]);
  });
});
