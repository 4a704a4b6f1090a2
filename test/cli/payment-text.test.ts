import { expect } from "chai";
import { journalText, paymentText } from "../../lib/cli/payment-text.js";
import { viewOf } from "../../lib/payment/event.js";
import { after, DAY, newPayment, observation, T0 } from "../payment/a-payment.js";
import { ACTION, CLOSING, SUCCESS, told, UNNEEDED } from "../payment/facts.js";

describe("a payment in the terminal", () => {
  const text = (...facts: Parameters<typeof after>[1][]): string =>
    paymentText(viewOf(after(newPayment(), ACTION, CLOSING, ...facts)));
  const { id } = CLOSING.operation;

  it("says of a void of the kit's own whether it is under way, was refused, or was not needed", () => {
    expect(text()).to.include(`void ${id}: pending`);
    expect(text(told("void", undefined, { outcome: "failed", code: "PROCESS_FAIL" }))).to.include(
      `void ${id}: failed (PROCESS_FAIL)`,
    );
    expect(text(SUCCESS, UNNEEDED)).to.include(`void ${id}: not needed`);
  });

  it("says until when something is held, while there is something left to capture", () => {
    const authorized = { ...SUCCESS, authorizationExpiresAt: T0 + DAY };
    expect(text(authorized)).to.match(/^held until +20/m);
    expect(text(authorized, told("capture", "4000"))).to.match(/^held until +20/m);
    expect(text(authorized, told("capture", "10000")))
      .to.include("captured")
      .and.not.include("held until");
    expect(text(authorized, told("void"))).to.not.include("held until");
  });

  it("has a line of its history for that", () => {
    const entry = { payment: "", version: 2, at: T0, status: "authorized", events: [] } as const;
    const line = journalText([{ ...entry, observation: observation("clock", [UNNEEDED]) }]);
    expect(line).to.include(`void ${id} not needed`);
    const again = { kind: "asked_again", of: "refund", operation: "R1" } as const;
    const observed = observation("command", [again, { ...again, answered: true }]);
    expect(journalText([{ ...entry, observation: observed }])).to.include(
      "refund R1 asked for again while in doubt; refund R1 asked for again, and answered",
    );
  });
});
