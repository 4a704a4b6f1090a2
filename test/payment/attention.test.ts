import { expect } from "chai";
import { ATTENTIONS, attentionOf, TOO_SILENT } from "../../lib/payment/attention.js";
import type { Fact, ReviewedFact } from "../../lib/payment/observation.js";
import type { Payment } from "../../lib/payment/payment.js";
import { after, DAY, eventsOf, newPayment, step } from "./a-payment.js";
import {
  ACTION,
  AUTHORIZED_AT,
  CANCELLED,
  deadline,
  DECLINED,
  PROCESSING,
  requested,
  REVERSED,
  SUCCESS,
  told,
  UNANSWERED,
} from "./facts.js";

const silence = (calls: number): Fact[] => Array.from({ length: calls }, () => UNANSWERED);
const reviewed = (count: number): ReviewedFact => ({ kind: "reviewed", by: "ann", count });
const MISMATCH: Fact = { ...SUCCESS, amount: { currency: "EUR", value: "1" } };

describe("what needs a person", () => {
  it("is nothing about a payment that goes well", () => {
    for (const facts of [
      [],
      [ACTION],
      [ACTION, PROCESSING],
      [SUCCESS],
      [DECLINED],
      [SUCCESS, requested("void"), CANCELLED],
    ])
      expect(attentionOf(after(newPayment(), ...facts))).to.deep.equal([]);
  });

  it("is what became of a capture that Antom never told of, and no longer that the hold is to end", () => {
    const warned = after(newPayment("AUTOMATIC"), SUCCESS, deadline("warning"));
    expect(attentionOf(warned)).to.deep.equal(["expiring"]);
    const untold = after(warned, deadline("hold"));
    expect(attentionOf(untold)).to.deep.equal(["conflict"]);
    expect(attentionOf(after(untold, reviewed(1)))).to.deep.equal([]);
    expect(attentionOf(after(untold, reviewed(1), told("capture", "10000")))).to.deep.equal([]);
  });

  describe("about a conflict", () => {
    it("is every one that nobody has looked at", () => {
      const one = after(newPayment(), SUCCESS, REVERSED);
      expect(attentionOf(one)).to.deep.equal(["conflict"]);
      const seen = after(one, reviewed(1));
      expect(attentionOf(seen)).to.deep.equal([]);
      const two = after(seen, MISMATCH);
      expect(two.conflicts).to.have.lengthOf(2);
      expect(attentionOf(two)).to.deep.equal(["conflict"]);
      expect(attentionOf(after(two, reviewed(2)))).to.deep.equal([]);
    });

    it("stays looked at, however few the next one says they have seen", () => {
      const seen = after(newPayment(), SUCCESS, REVERSED, MISMATCH, reviewed(2));
      for (const count of [1, 2, 0, -1, Number.NaN]) expect(step(seen, reviewed(count))).to.equal(undefined);
    });

    it("that is yet to come cannot have been looked at", () => {
      const seen = after(newPayment(), SUCCESS, REVERSED, reviewed(100));
      expect(seen.reviewed).to.equal(1);
      expect(attentionOf(after(seen, MISMATCH))).to.deep.equal(["conflict"]);
      expect(step(newPayment(), reviewed(1))).to.equal(undefined);
    });

    it("tells the shop nothing when it is looked at", () => {
      const conflicted = after(newPayment(), SUCCESS, REVERSED);
      expect(eventsOf(conflicted, reviewed(1))).to.deep.equal([]);
      expect(after(conflicted, reviewed(1)).status).to.equal(conflicted.status);
    });
  });

  describe("about silence", () => {
    it("is an open payment after several calls in a row without an answer", () => {
      for (const first of [[], [ACTION], [PROCESSING]]) {
        const payment = after(newPayment(), ...first);
        expect(attentionOf(after(payment, ...silence(TOO_SILENT - 1)))).to.deep.equal([]);
        expect(attentionOf(after(payment, ...silence(TOO_SILENT)))).to.deep.equal(["unknown"]);
      }
    });

    it("is over once Antom answers", () => {
      expect(attentionOf(after(newPayment(), ...silence(TOO_SILENT), ACTION))).to.deep.equal([]);
    });

    it("is an operation that is pending, and none that is settled", () => {
      const authorized = after(newPayment(), SUCCESS, ...silence(TOO_SILENT));
      expect(attentionOf(authorized)).to.deep.equal([]);
      const voiding = after(authorized, requested("void"));
      expect(attentionOf(voiding)).to.deep.equal(["unknown"]);
      expect(attentionOf(after(voiding, CANCELLED))).to.deep.equal([]);
    });

    it("is not ended by an inquiry that tells again of what was known before", () => {
      const capture = told("capture", "4000");
      const known = after(newPayment(), SUCCESS, capture);
      for (const kind of ["refund", "capture"] as const) {
        const asked = after(known, requested(kind, "1000", 2));
        const answer: Fact[] = [{ ...UNANSWERED, operation: kind }, SUCCESS, capture];
        expect(attentionOf(after(asked, ...answer, ...answer)), kind).to.deep.equal([]);
        const silent = after(asked, ...answer, ...answer, ...answer);
        expect(attentionOf(silent), kind).to.deep.equal(["unknown"]);
        for (const fact of [SUCCESS, capture]) expect(step(silent, fact), "nothing is written").to.equal(undefined);
        for (const outcome of ["pending", "succeeded", "failed"] as const) {
          const done = after(silent, told(kind, "1000", { nth: 2, outcome }));
          expect(attentionOf(done), `${kind} ${outcome}`).to.deep.equal([]);
        }
      }
    });
  });

  it("is a hold that is about to end, until it ends or is captured or voided", () => {
    const warned = after(newPayment(), SUCCESS, deadline("warning"));
    expect(attentionOf(warned)).to.deep.equal(["expiring"]);
    expect(attentionOf(after(warned, deadline("hold")))).to.deep.equal([]);
    expect(attentionOf(after(warned, requested("void"), CANCELLED))).to.deep.equal([]);
  });

  it("is what several captures have left of such a hold, until it ends or is captured as well, and nothing else of what is captured", () => {
    const warned = after(newPayment(), SUCCESS, deadline("warning"));
    expect(attentionOf(after(warned, told("capture", "4000")))).to.deep.equal([]);
    const left = after({ ...warned, multipleCaptures: true }, told("capture", "4000"));
    expect(attentionOf(left)).to.deep.equal(["expiring"]);
    expect(attentionOf(after(left, deadline("hold")))).to.deep.equal([]);
    expect(attentionOf(after(left, told("capture", "6000", { nth: 2 })))).to.deep.equal([]);
  });

  it("is no hold whose end was put off after the shop was warned, until it is warned anew", () => {
    const end = AUTHORIZED_AT + 9 * DAY;
    const asked = after(newPayment(), SUCCESS, deadline("warning"), requested("increase", "12500"));
    const later = after(asked, told("increase", "12500", { authorizationExpiresAt: end }));
    expect(attentionOf(later)).to.deep.equal([]);
    expect(attentionOf(after(later, deadline("warning")))).to.deep.equal(["expiring"]);
    const { warnedOf: _warnedOf, ...evidence } = later.evidence;
    const before: Payment = { ...later, evidence };
    expect(attentionOf(before), "stored before the end was kept with the mark").to.deep.equal(["expiring"]);
  });

  it("may be all of it at once", () => {
    const payment = after(
      newPayment(),
      SUCCESS,
      REVERSED,
      deadline("warning"),
      requested("void"),
      ...silence(TOO_SILENT),
    );
    expect(attentionOf(payment)).to.deep.equal(ATTENTIONS);
  });
});
