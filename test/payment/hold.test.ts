import { expect } from "chai";
import { OUTCOME_PATIENCE, holdDeadline, LAST_CALL, nextHoldDeadline, WARNING } from "../../lib/payment/hold.js";
import type { Payment } from "../../lib/payment/payment.js";
import { permitted } from "../../lib/payment/permit.js";
import { after, DAY, eventsOf, MINUTE, newPayment } from "./a-payment.js";
import { AUTHORIZED_AT, CANCELLED, deadline, requested, SUCCESS, told } from "./facts.js";

const END = AUTHORIZED_AT + 7 * DAY;
const authorized = after(newPayment(), SUCCESS);
const warned = after(authorized, deadline("warning"));
const lastCalled = after(warned, deadline("last"));
const inParts: Payment = { ...authorized, multipleCaptures: true };
const part = after(inParts, told("capture", "4000"));
const others = [
  newPayment(),
  after(authorized, told("capture", "1")),
  after(authorized, CANCELLED),
  after(inParts, told("capture", "10000")),
  after(part, told("capture", "6000", { nth: 2 })),
  after(part, told("capture", "6000", { nth: 2, outcome: "failed", code: "AUTH_CANCELLED" })),
  after(part, deadline("hold")),
  after(part, told("refund", "4000")),
];

describe("the clock over a hold", () => {
  it("strikes a day before its end, an hour before it, then at its end", () => {
    expect(WARNING).to.equal(DAY);
    expect(LAST_CALL).to.equal(60 * MINUTE);
    expect(nextHoldDeadline(authorized)).to.equal(END - DAY);
    expect(nextHoldDeadline(warned)).to.equal(END - LAST_CALL);
    expect(nextHoldDeadline(lastCalled)).to.equal(END);
  });

  it("says nothing before, warns in the last day, and says from the end on that it is over", () => {
    expect(holdDeadline(authorized, END - DAY - 1)).to.be.undefined;
    expect(holdDeadline(authorized, END - DAY)).to.deep.equal(deadline("warning"));
    expect(holdDeadline(authorized, END - 1)).to.deep.equal(deadline("warning"));
    expect(holdDeadline(authorized, END)).to.deep.equal(deadline("hold"));
  });

  it("warns once, and calls once for what is to be done in the last hour", () => {
    expect(holdDeadline(warned, END - LAST_CALL - 1)).to.be.undefined;
    expect(holdDeadline(warned, END - LAST_CALL)).to.deep.equal(deadline("last"));
    expect(holdDeadline(lastCalled, END - 1)).to.be.undefined;
    expect(holdDeadline(warned, END)).to.deep.equal(deadline("hold"));
  });

  it("warns and calls anew where an increase has put the end off, and not where it has not", () => {
    const raisedTo = (authorizationExpiresAt?: number) =>
      after(
        lastCalled,
        requested("increase", "12500"),
        told("increase", "12500", authorizationExpiresAt === undefined ? {} : { authorizationExpiresAt }),
      );
    expect(nextHoldDeadline(raisedTo())).to.equal(END);
    expect(nextHoldDeadline(raisedTo(END)), "told anew").to.equal(END);
    const end = END + 3 * DAY;
    const prolonged = raisedTo(end);
    expect(nextHoldDeadline(prolonged)).to.equal(end - WARNING);
    expect(holdDeadline(prolonged, END)).to.be.undefined;
    expect(holdDeadline(prolonged, end - WARNING)).to.deep.equal(deadline("warning"));
    expect(eventsOf(prolonged, deadline("warning"), deadline("warning"))).to.deep.equal(["payment.expiring"]);
    const again = after(prolonged, deadline("warning"));
    expect(nextHoldDeadline(again)).to.equal(end - LAST_CALL);
    expect(holdDeadline(again, end - LAST_CALL)).to.deep.equal(deadline("last"));
    expect(nextHoldDeadline(after(again, deadline("last")))).to.equal(end);
  });

  it("takes the marks of a payment that was stored without their end for said of the end it has", () => {
    const { warnedOf: _warnedOf, lastCallOf: _lastCallOf, ...evidence } = lastCalled.evidence;
    const before: Payment = { ...lastCalled, evidence };
    expect(nextHoldDeadline(before)).to.equal(END);
    expect(holdDeadline(before, END - 1)).to.be.undefined;
  });

  it("waits for three days what a capture comes to that is under way at its end, and for none that has failed", () => {
    expect(OUTCOME_PATIENCE).to.equal(3 * DAY);
    const capturing = after(lastCalled, requested("capture", "10000"));
    expect(holdDeadline(capturing, END)).to.be.undefined;
    expect(holdDeadline(capturing, END + 3 * DAY - 1)).to.be.undefined;
    expect(holdDeadline(capturing, END + 3 * DAY)).to.deep.equal(deadline("hold"));
    const refused = after(capturing, told("capture", "10000", { outcome: "failed" }));
    expect(holdDeadline(refused, END)).to.deep.equal(deadline("hold"));
  });

  it("waits likewise what an increase comes to, and goes on with the end that it brings", () => {
    const raising = after(lastCalled, requested("increase", "12500"));
    expect(holdDeadline(raising, END)).to.be.undefined;
    expect(holdDeadline(raising, END + 3 * DAY)).to.deep.equal(deadline("hold"));
    expect(holdDeadline(after(raising, told("increase", "12500", { outcome: "failed" })), END)).to.deep.equal(
      deadline("hold"),
    );
    const prolonged = after(raising, told("increase", "12500", { authorizationExpiresAt: END + 7 * DAY }));
    expect(holdDeadline(prolonged, END + DAY)).to.be.undefined;
  });

  it("strikes for what several captures have left as for the whole, each time once", () => {
    expect(nextHoldDeadline(part)).to.equal(END - WARNING);
    expect(holdDeadline(part, END - WARNING)).to.deep.equal(deadline("warning"));
    expect(eventsOf(part, deadline("warning"), deadline("last"))).to.deep.equal(["payment.expiring"]);
    const called = after(part, deadline("warning"), deadline("last"));
    expect(nextHoldDeadline(called)).to.equal(END);
    expect(holdDeadline(called, END)).to.deep.equal(deadline("hold"));
    expect(eventsOf(called, deadline("hold")), "it is captured, and not expired").to.deep.equal([]);
    const over = after(called, deadline("hold"));
    expect(over).to.include({ status: "captured", capturedAmount: "4000", refundedAmount: "0" });
    expect(permitted(over, { kind: "capture" }, END - 1, { partialCapture: true, multipleCaptures: true }))
      .to.have.property("refusal")
      .that.includes({ code: "authorization_expired" });
  });

  it("does not strike again for what is left of a hold that the shop was warned of", () => {
    const left = after({ ...lastCalled, multipleCaptures: true }, told("capture", "4000"));
    expect(nextHoldDeadline(left)).to.equal(END);
    expect(holdDeadline(left, END - 1)).to.be.undefined;
  });

  it("calls nothing over that Antom may have captured by itself, and says so once", () => {
    const automatic = after(newPayment("AUTOMATIC"), SUCCESS);
    const pending = after(automatic, told("capture", "10000", { outcome: "pending" }));
    const failed = told("capture", "10000", { nth: 2, outcome: "failed" });
    for (const payment of [automatic, pending, after(pending, failed)]) {
      expect(eventsOf(payment, deadline("hold"), deadline("hold"))).to.deep.equal(["payment.conflict"]);
      const untold = after(payment, deadline("hold"));
      expect(untold).to.include({ status: "authorized" });
      expect(untold.conflicts.map(({ code }) => code)).to.deep.equal(["capture_untold"]);
      expect(untold.evidence).not.to.have.property("released");
      expect(nextHoldDeadline(untold)).to.be.undefined;
      expect(holdDeadline(untold, END + 30 * DAY)).to.be.undefined;
      expect(after(untold, told("capture", "10000"))).to.include({ status: "captured", capturedAmount: "10000" });
    }
    for (const known of [after(automatic, failed), after(automatic, deadline("hold"), failed)]) {
      expect(holdDeadline(known, END)).to.deep.equal(deadline("hold"));
      expect(after(known, deadline("hold"))).to.include({ status: "expired" });
    }
  });

  it("has nothing to say where nothing is held, or all that was is captured or let go", () => {
    for (const payment of others) {
      expect(nextHoldDeadline(payment), payment.status).to.be.undefined;
      expect(holdDeadline(payment, END + DAY), payment.status).to.be.undefined;
    }
  });
});
