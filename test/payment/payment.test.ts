import { expect } from "chai";
import type { Fact } from "../../lib/payment/observation.js";
import { awaitsAntom, isLive, isOpen, PAYMENT_STATUSES, type Payment } from "../../lib/payment/payment.js";
import { after, newPayment, opened, step } from "./a-payment.js";
import { ACTION, CANCELLED, deadline, DECLINED, PROCESSING, requested, SUCCESS, told } from "./facts.js";

const manual = (...facts: readonly Fact[]): Payment => after(newPayment("MANUAL"), ...facts);
const automatic = (...facts: readonly Fact[]): Payment => after(newPayment("AUTOMATIC"), ...facts);

const EACH: Readonly<Record<string, Payment>> = {
  created: manual(),
  requires_action: manual(ACTION),
  processing: manual(PROCESSING),
  authorized: manual(SUCCESS),
  captured: manual(told("capture", "10000")),
  failed: manual(DECLINED),
  voided: manual(CANCELLED),
  expired: manual(deadline("payment")),
};
const those = (holds: (payment: Payment) => boolean): string[] =>
  Object.entries(EACH).flatMap(([status, payment]) => (holds(payment) ? [status] : []));

describe("a payment", () => {
  it("can stand in each of its statuses", () => {
    expect(Object.values(EACH).map(({ status }) => status)).to.deep.equal([...PAYMENT_STATUSES]);
  });

  it("is live, standing for its order, until it is given up", () => {
    expect(those(isLive)).to.deep.equal(["created", "requires_action", "processing", "authorized", "captured"]);
  });

  it("is not live when it was superseded, whatever becomes of it", () => {
    const superseded = step(EACH["expired"]!, SUCCESS, { otherIsLive: true })!.payment;
    expect(isLive(superseded)).to.be.false;
    expect(isLive(after(superseded, told("capture", "10000")))).to.be.false;
  });

  it("is open while the buyer can still do something about it", () => {
    expect(those(isOpen)).to.deep.equal(["created", "requires_action", "processing"]);
  });

  it("awaits Antom while it is open, and an automatic capture after it", () => {
    expect(those(awaitsAntom)).to.deep.equal(["created", "requires_action", "processing"]);
    expect(awaitsAntom(automatic(SUCCESS))).to.be.true;
    expect(awaitsAntom(automatic(SUCCESS, told("capture", "10000")))).to.be.false;
  });

  it("awaits Antom while an operation is pending", () => {
    for (const kind of ["capture", "refund", "increase"] as const) {
      const asked = manual(SUCCESS, requested(kind, "10000"));
      expect(awaitsAntom(asked), kind).to.be.true;
      expect(awaitsAntom(after(asked, told(kind, "10000"))), kind).to.be.false;
    }
    expect(awaitsAntom(manual(SUCCESS, requested("void")))).to.be.true;
  });
});

describe("opening", () => {
  it("writes down the request before it is sent, and the first line of the journal", () => {
    const { payment, entry } = opened({ captureMode: "AUTOMATIC" });
    expect(payment).to.deep.include({
      status: "created",
      captureMode: "AUTOMATIC",
      version: 1,
      eventCount: 0,
      operations: [],
      disputes: [],
      conflicts: [],
      unanswered: 0,
      evidence: {},
      request: { paymentRequestId: payment.id },
    });
    expect(entry).to.deep.equal({
      payment: payment.id,
      version: 1,
      at: payment.createdAt,
      observation: { source: "command", at: payment.createdAt, facts: [] },
      status: "created",
      events: [],
    });
  });
});
