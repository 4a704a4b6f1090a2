import { expect } from "chai";
import { EVENT_TYPES } from "../../lib/payment/events.js";
import { problemsWith } from "./options.js";

describe("the check of hooks", () => {
  it("knows every event", () => {
    expect(
      problemsWith({ hooks: Object.fromEntries(EVENT_TYPES.map((type) => [type, () => undefined])) }),
    ).to.deep.equal([]);
    expect(problemsWith({ hooks: {} })).to.deep.equal([]);
  });

  for (const [misspelt, meant] of [
    ["payment.authorised", "payment.authorized"],
    ["payment.capture", "payment.captured"],
    ["payment_captured", "payment.captured"],
    ["Payment.Failed", "payment.failed"],
    ["dispute.open", "dispute.opened"],
  ] as const) {
    it(`takes ${misspelt} for ${meant}, and asks`, () => {
      expect(problemsWith({ hooks: { [misspelt]: () => undefined } })).to.deep.equal([
        { at: `hooks.${misspelt}`, message: `is not an event; did you mean "${meant}"?` },
      ]);
    });
  }

  it("says where the events are listed when nothing is near", () => {
    expect(problemsWith({ hooks: { "invoice.sent": () => undefined, toString: () => "" } })).to.deep.equal([
      { at: "hooks.invoice.sent", message: "is not an event; see docs/hooks.md" },
      { at: "hooks.toString", message: "is not an event; see docs/hooks.md" },
    ]);
  });

  it("wants functions, and names each that is none", () => {
    const hooks = { "payment.captured": "ship", "payment.failed": undefined, "payment.voided": () => undefined };
    expect(problemsWith({ hooks })).to.deep.equal([
      { at: "hooks.payment.captured", message: "must be a function" },
      { at: "hooks.payment.failed", message: "must be a function" },
    ]);
  });
});
