import { expect } from "chai";
import type { Fact } from "../../lib/payment/observation.js";
import { permitted, type Permit } from "../../lib/payment/permit.js";
import type { Payment } from "../../lib/payment/payment.js";
import { step } from "./a-payment.js";
import { requested, told } from "./facts.js";
import { held, NOW, OFTEN, refund } from "./permit-rows.js";

/** EUR 100.00 that was captured in two parts. */
const twice = (...facts: readonly Fact[]): Payment =>
  held(told("capture", "4000"), told("capture", "6000", { nth: 2 }), ...facts);

const made = (permit: Permit) => {
  if (!("operation" in permit) || permit.operation === undefined) throw new Error("nothing was made");
  return permit.operation;
};
const captureOf = (payment: Payment, value?: string): string | undefined =>
  made(permitted(payment, refund(value), NOW, OFTEN)).captureId;

/** The payment once refunds of these values have been asked for, one after the other. */
const refunding = (payment: Payment, ...values: readonly string[]): Payment =>
  values.reduce((current, value) => {
    const operation = made(permitted(current, refund(value), NOW, OFTEN));
    return step(current, { kind: "requested", operation }, { source: "command" })?.payment ?? current;
  }, payment);

/** Antom: refund, `captureId` "if several captures". */
describe("the capture that a refund gives back of", () => {
  it("is not named where there is but one", () => {
    expect(captureOf(held(told("capture", "10000")), "500")).to.be.undefined;
    const failed = told("capture", "1000", { nth: 2, outcome: "failed" });
    expect(captureOf(held(told("capture", "4000"), failed), "500")).to.be.undefined;
  });

  it("is named where another capture is under way: it may be done by the time the refund is", () => {
    const capturing = held(told("capture", "4000"), requested("capture", "6000", 2));
    expect(captureOf(capturing, "500")).to.equal("C-1");
    expect(captureOf(capturing)).to.equal("C-1");
  });

  it("is none that is still under way, though Antom has named it", () => {
    const capturing = held(
      told("capture", "6000"),
      requested("capture", "4000", 2),
      told("capture", "4000", { nth: 2, outcome: "pending" }),
    );
    expect(capturing.operations.at(-1)).to.include({ status: "pending", gatewayId: "C-2" });
    expect(captureOf(capturing, "500")).to.equal("C-1");
  });

  it("is of those that have so much left the one with the least", () => {
    expect(captureOf(twice(), "4000")).to.equal("C-1");
    expect(captureOf(twice(), "4001")).to.equal("C-2");
    expect(captureOf(refunding(twice(), "2500"), "1500")).to.equal("C-1");
    expect(captureOf(refunding(twice(), "2500"), "1501")).to.equal("C-2");
  });

  it("is the earliest of several that have the same left", () => {
    const same = held(told("capture", "5000"), told("capture", "5000", { nth: 2 }));
    expect(captureOf(same, "100")).to.equal("C-1");
  });

  it("is not named where none has so much left: Antom takes it of the payment, or refuses it", () => {
    expect(captureOf(twice())).to.be.undefined;
    expect(captureOf(twice(), "6001")).to.be.undefined;
    expect(captureOf(refunding(twice(), "3000", "4000"), "2500")).to.be.undefined;
  });

  it("counts a refund that named none against all of them", () => {
    const once = refunding(held(told("capture", "4000")), "3000");
    const then = [told("capture", "6000", { nth: 2 })].reduce(
      (payment, fact) => step(payment, fact)?.payment ?? payment,
      once,
    );
    expect(captureOf(then, "1000")).to.equal("C-1");
    expect(captureOf(then, "1001")).to.equal("C-2");
    expect(captureOf(then, "3001")).to.be.undefined;
  });

  it("does not count a refund that failed", () => {
    const failed = told("refund", "4000", { outcome: "failed" });
    expect(captureOf(step(refunding(twice(), "4000"), failed)?.payment ?? twice(), "4000")).to.equal("C-1");
  });

  it("stays the same whatever is told of the refund", () => {
    const asked = refunding(twice(), "500");
    const done = step(asked, told("refund", "500"))?.payment;
    expect(done?.operations.at(-1)).to.include({ status: "succeeded", captureId: "C-1" });
  });
});
