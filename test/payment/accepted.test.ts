import { expect } from "chai";
import { after, ID, newPayment, step } from "./a-payment.js";
import { requested, SUCCESS, told } from "./facts.js";

const held = after(newPayment("MANUAL"), SUCCESS);

describe("an operation that Antom has and has not decided", () => {
  const [first] = after(
    held,
    requested("capture", "10000"),
    told("capture", "10000", { outcome: "pending" }),
  ).operations;

  it("is known to be with Antom, and keeps Antom's id", () => {
    expect(first).to.include({ id: `${ID}C1`, status: "pending", accepted: true, gatewayId: "C-1" });
  });

  it("is not, as long as nobody has answered", () => {
    const payment = after(held, requested("capture", "10000"), {
      kind: "unanswered",
      operation: "capture",
      reason: "timeout",
    });
    expect(payment.operations[0]).to.include({ status: "pending" }).and.not.to.have.property("accepted");
  });

  for (const outcome of ["succeeded", "failed"] as const) {
    it(`is not said to be waiting any more once it has ${outcome}, also when that is heard first`, () => {
      const settled = told("capture", "10000", { outcome });
      const waiting = told("capture", "10000", { outcome: "pending" });
      for (const facts of [
        [waiting, settled],
        [settled, waiting],
      ]) {
        const [operation] = after(held, requested("capture", "10000"), ...facts).operations;
        expect(operation).to.include({ status: outcome }).and.not.to.have.property("accepted");
      }
    });
  }

  it("is not said to be waiting once the payment is known to be voided", () => {
    const waiting = after(held, requested("void"), told("void", undefined, { outcome: "pending" }));
    expect(waiting.operations[0]).to.include({ accepted: true });
    const [operation] = after(waiting, { kind: "authorization", outcome: "cancelled" }).operations;
    expect(operation).to.include({ status: "succeeded" }).and.not.to.have.property("accepted");
  });

  it("adds nothing when it is heard of again", () => {
    const waiting = told("refund", "100", { outcome: "pending" });
    const payment = after(held, told("capture", "10000"), requested("refund", "100"), waiting);
    expect(step(payment, waiting)).to.be.undefined;
  });
});
