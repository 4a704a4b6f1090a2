import { expect } from "chai";
import type { OperationFact } from "../../lib/payment/observation.js";
import { after, eventsOf, ID, newPayment } from "./a-payment.js";
import { requested, SUCCESS, told } from "./facts.js";
import { answer, OFTEN, refund, capture } from "./permit-rows.js";

const held = after(newPayment(), SUCCESS);

/** As Antom tells of an operation by an id of its own alone. */
const anonymous = (fact: OperationFact): OperationFact => {
  const { requestId: _requestId, ...rest } = fact;
  return rest;
};

describe("an operation that is told by Antom's id alone, and then by both", () => {
  for (const kind of ["capture", "refund"] as const) {
    const paid = kind === "refund" ? after(held, told("capture", "10000")) : held;
    const others = paid.operations.length;
    const done = told(kind, "10000");
    const asked = requested(kind, "10000");
    const sum = kind === "capture" ? "capturedAmount" : "refundedAmount";
    const type = kind === "capture" ? "payment.captured" : "payment.refunded";

    it(`is one, moves its money once and is told to the shop once (${kind})`, () => {
      const facts = [asked, anonymous(done), done, anonymous(done)];
      const payment = after(paid, ...facts);
      expect(payment).to.have.property(sum, "10000");
      expect(payment.operations.slice(others)).to.have.lengthOf(1);
      expect(payment.operations[others]).to.deep.include({ ...asked.operation, status: "succeeded" });
      expect(payment.operations[others]).to.include({ gatewayId: done.gatewayId });
      expect(payment.conflicts).to.deep.equal([]);
      expect(eventsOf(paid, ...facts).filter((event) => event === type)).to.have.lengthOf(1);
    });

    it(`is one though Antom is still at it when it tells of both (${kind})`, () => {
      const pending = told(kind, "10000", { outcome: "pending" });
      const facts = [asked, anonymous(done), pending];
      expect(
        after(paid, ...facts)
          .operations.slice(others)
          .map(({ id, status }) => [id, status]),
      ).to.deep.equal([[asked.operation.id, "succeeded"]]);
      expect(eventsOf(paid, ...facts).filter((event) => event === type)).to.have.lengthOf(1);
    });
  }

  it("is marked where it was said to have failed before", () => {
    const done = told("capture", "10000");
    const { gatewayId: _gatewayId, ...no } = told("capture", "10000", { outcome: "failed", code: "PROCESS_FAIL" });
    const payment = after(held, requested("capture", "10000"), no, anonymous(done), done);
    expect(payment).to.include({ status: "captured", capturedAmount: "10000" });
    expect(payment.operations).to.have.lengthOf(1);
    expect(payment.conflicts.map(({ code }) => code)).to.deep.equal(["contradictory_result"]);
  });

  it("stays apart from one of another amount, which is marked", () => {
    const payment = after(
      held,
      requested("capture", "10000"),
      anonymous(told("capture", "4000")),
      told("capture", "10000"),
    );
    expect(payment.operations.map(({ status }) => status)).to.deep.equal(["pending", "succeeded"]);
    expect(payment.capturedAmount).to.equal("4000");
    expect(payment.conflicts.map(({ code }) => code)).to.deep.equal(["captured_too_much"]);
  });

  it("leaves the ids of the operations that follow unlike those there have been", () => {
    const first = told("capture", "2000");
    const before = after(held, requested("capture", "2000"), anonymous(first));
    expect(answer(before, capture("3000"), { contract: OFTEN })).to.equal("C3 3000");
    const payment = after(before, requested("capture", "3000", 3), first);
    expect(payment.operations.map(({ id }) => id)).to.deep.equal([`${ID}C1`, `${ID}C3`]);
    const captured = after(payment, told("capture", "3000", { nth: 3 }));
    expect(captured.capturedAmount).to.equal("5000");
    expect(answer(captured, capture("1000"), { contract: OFTEN })).to.equal("C4 1000");
    expect(answer(captured, refund("1000"))).to.equal("R1 1000");
  });
});
