import { expect } from "chai";
import { after, EUR, ID, newPayment, step } from "./a-payment.js";
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

  for (const outcome of ["succeeded", "failed"] as const) {
    it(`is not in doubt any more once it has ${outcome}, also when that is heard first`, () => {
      const settled = told("capture", "10000", { outcome });
      const doubtful = told("capture", undefined, { outcome: "pending", doubtful: true });
      const asked = after(held, requested("capture", "10000"));
      expect(after(asked, doubtful).operations[0]).to.include({ status: "pending", accepted: true, doubtful: true });
      for (const facts of [
        [doubtful, settled],
        [settled, doubtful],
      ]) {
        const [operation] = after(asked, ...facts).operations;
        expect(operation).to.include({ status: outcome }).and.not.to.have.any.keys("accepted", "doubtful");
      }
    });
  }

  it("is in doubt for as long as it is pending, whatever else is said of it", () => {
    const doubtful = told("capture", undefined, { outcome: "pending", doubtful: true });
    const waiting = told("capture", "10000", { outcome: "pending" });
    for (const facts of [
      [doubtful, waiting],
      [waiting, doubtful],
    ]) {
      const [operation] = after(held, requested("capture", "10000"), ...facts).operations;
      expect(operation).to.include({ status: "pending", doubtful: true, gatewayId: "C-1" });
    }
  });

  describe("an increase that was given up", () => {
    const RAISED = { ...SUCCESS, amount: EUR("12500") };
    const givenUp = after(held, requested("increase", "12500"), told("increase", undefined, { outcome: "failed" }));

    it("leaves the hold as it was", () => {
      expect(givenUp.authorizedAmount).to.equal("10000");
    });

    it("counts when it goes through after all, whoever tells, and contradicts nobody", () => {
      for (const fact of [told("increase", "12500"), RAISED]) {
        const late = after(givenUp, fact);
        expect(late).to.deep.include({ authorizedAmount: "12500", conflicts: [] });
        expect(late.operations.map(({ status }) => status)).to.deep.equal(["succeeded"]);
      }
    });

    it("is not counted when another increase to the same total went through", () => {
      const again = after(givenUp, requested("increase", "12500", 2), told("increase", "12500", { nth: 2 }), RAISED);
      expect(again.operations.map(({ status }) => status)).to.deep.equal(["failed", "succeeded"]);
      expect(again).to.deep.include({ authorizedAmount: "12500", conflicts: [] });
    });

    it("takes nothing twice where the hold was captured meanwhile", () => {
      const captured = after(givenUp, requested("capture", "10000"), told("capture", "10000"));
      const late = after(captured, told("increase", "12500"));
      expect(late).to.deep.include({ status: "captured", capturedAmount: "10000", conflicts: [] });
    });
  });

  it("adds nothing when it is heard of again", () => {
    const waiting = told("refund", "100", { outcome: "pending" });
    const payment = after(held, told("capture", "10000"), requested("refund", "100"), waiting);
    expect(step(payment, waiting)).to.be.undefined;
  });
});
