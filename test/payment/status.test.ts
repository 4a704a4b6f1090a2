import { expect } from "chai";
import fc from "fast-check";
import type { PaymentStatus } from "../../lib/payment/payment.js";
import { statusOf } from "../../lib/payment/status.js";
import { MAY_BECOME } from "./invariants.js";

const MARKS = [
  "processing",
  "succeeded",
  "failed",
  "cancelled",
  "holdCancelled",
  "lapsed",
  "released",
  "superseded",
  "warned",
] as const;
const ACTION = { url: "https://pay.example/card", method: "GET" } as const;

const status = (marks: readonly (typeof MARKS)[number][], { captured = false, action = false } = {}): PaymentStatus =>
  statusOf({
    evidence: Object.fromEntries(marks.map((mark) => [mark, true])),
    capturedAmount: captured ? "1" : "0",
    ...(action ? { action: ACTION } : {}),
  });

describe("statusOf", () => {
  const table: readonly (readonly [PaymentStatus, ...Parameters<typeof status>])[] = [
    ["created", []],
    ["requires_action", [], { action: true }],
    ["processing", ["processing"], { action: true }],
    ["failed", ["failed"]],
    ["failed", ["failed", "processing"], { action: true }],
    ["expired", ["lapsed"]],
    ["expired", ["lapsed", "failed"]],
    ["authorized", ["succeeded"]],
    ["authorized", ["succeeded", "processing", "warned"], { action: true }],
    ["authorized", ["succeeded", "failed"]],
    ["authorized", ["succeeded", "lapsed"]],
    ["failed", ["succeeded", "failed", "superseded"]],
    ["expired", ["succeeded", "lapsed", "superseded"]],
    ["expired", ["succeeded", "released"]],
    ["voided", ["cancelled"]],
    ["voided", ["cancelled", "succeeded"]],
    ["voided", ["cancelled", "succeeded", "released"]],
    ["voided", ["cancelled", "succeeded", "lapsed"]],
    ["voided", ["cancelled", "failed"]],
    ["voided", ["holdCancelled", "succeeded", "released"]],
    ["voided", ["holdCancelled", "released"]],
    ["authorized", ["holdCancelled", "succeeded"]],
    ["expired", ["cancelled", "lapsed"]],
    ["expired", ["holdCancelled", "released", "lapsed"]],
    ["captured", ["succeeded"], { captured: true }],
    ["captured", ["succeeded", "cancelled", "lapsed", "released", "superseded", "failed"], { captured: true }],
  ];
  for (const [expected, marks, more] of table) {
    it(`is ${expected} for ${[...marks, ...Object.keys(more ?? {})].join(", ") || "nothing learnt"}`, () => {
      expect(status(marks, more)).to.equal(expected);
    });
  }

  it("never goes back when one more thing is learnt", () => {
    // Superseded is only ever learnt together with a success, of a payment given up before.
    const learnable = MARKS.filter((mark) => mark !== "superseded");
    fc.assert(
      fc.property(fc.subarray([...learnable]), fc.constantFrom(...learnable), fc.boolean(), (marks, more, captured) => {
        if (more === "released" && status(marks) !== "authorized") return;
        if (more === "warned" && status(marks) !== "authorized") return;
        const [before, next] = [status(marks, { captured }), status([...marks, more], { captured })];
        if (next !== before) expect(MAY_BECOME[before], `${marks.join()} + ${more}`).to.include(next);
      }),
      { numRuns: 1000 },
    );
  });
});
