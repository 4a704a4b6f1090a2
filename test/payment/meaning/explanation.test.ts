import { expect } from "chai";
import { viewOf } from "../../../lib/payment/event.js";
import { explained } from "../../../lib/payment/meaning/explanation.js";
import { after, newPayment, step } from "../a-payment.js";
import { ACTION, CANCELLED, CLOSED, deadline, DECLINED, SUCCESS, told } from "../facts.js";

const seen = (...facts: Parameters<typeof after>[1][]) => explained(viewOf(after(newPayment(), ...facts)));

describe("explained", () => {
  it("adds nothing to a payment of which nothing is told", () => {
    for (const view of [
      viewOf(newPayment()),
      viewOf(after(newPayment(), ACTION)),
      viewOf(after(newPayment(), SUCCESS)),
    ]) {
      expect(explained(view)).to.deep.equal(view);
    }
  });

  it("says what the checks said, whatever became of the payment", () => {
    const resultInfo = { avsResultRaw: "A", cvvResultRaw: "Y" };
    expect(seen({ ...SUCCESS, resultInfo }).checks).to.have.all.keys("avs", "cvv");
    expect(seen({ ...DECLINED, resultInfo }).checks).to.have.all.keys("avs", "cvv");
  });

  it("explains a payment that failed, with all that was told", () => {
    const resultInfo = { refusalCodeRaw: "51", merchantAdviceCode: "24" };
    expect(seen({ ...DECLINED, resultInfo }).decline).to.include({
      code: "DO_NOT_HONOR",
      reason: "funds",
      retryAfter: 3_600_000,
    });
    const { code: _code, ...codeless } = DECLINED;
    expect(seen(codeless).decline).to.include({ reason: "unknown" });
  });

  it("explains one that was refused and then closed", () => {
    expect(seen(ACTION, CLOSED))
      .to.deep.include({ status: "expired" })
      .and.to.have.nested.property("decline.reason", "order");
    expect(seen(DECLINED, CANCELLED))
      .to.include({ status: "voided" })
      .and.to.have.nested.property("decline.reason", "bank");
  });

  it("explains none that was never refused, or was paid after all", () => {
    expect(seen(ACTION, deadline("payment"))).to.not.have.property("decline");
    expect(seen(CANCELLED)).to.not.have.property("decline");
    expect(seen(DECLINED, SUCCESS)).to.include({ status: "authorized", failureCode: "DO_NOT_HONOR" });
    expect(seen(DECLINED, SUCCESS)).to.not.have.property("decline");
    expect(seen(DECLINED, SUCCESS, told("void")))
      .to.include({ status: "voided" })
      .and.to.not.have.property("decline");
  });

  it("stores none of it: neither the payment nor its events have it", () => {
    const next = step(newPayment(), { ...DECLINED, resultInfo: { avsResultRaw: "A" } });
    expect(next?.payment).to.not.have.any.keys("checks", "decline");
    expect(next?.events[0]?.payment).to.not.have.any.keys("checks", "decline");
  });
});
