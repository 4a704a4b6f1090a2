import { expect } from "chai";
import fc from "fast-check";
import { isPaid, restsSince } from "../../lib/payment/at-rest.js";
import type { Fact } from "../../lib/payment/observation.js";
import type { Payment } from "../../lib/payment/payment.js";
import { after, DAY, MINUTE, newPayment, opened, step, T0 } from "./a-payment.js";
import { plans, worldOf } from "./antom-model.js";
import {
  ACTION,
  AUTHORIZED_AT,
  CANCELLED,
  CLOSED,
  deadline,
  DECLINED,
  dispute,
  PROCESSING,
  requested,
  REVERSED,
  SUCCESS,
  told,
  UNANSWERED,
} from "./facts.js";
import { createHistory } from "./history.js";
import { noise } from "./noise.js";

const HOLD_ENDS = AUTHORIZED_AT + 7 * DAY;
const BUYER_TIME_ENDS = T0 + 14 * MINUTE;
const AUTOMATIC = told("capture", "10000", { requestId: "AUTO-1" });
const CARD: Fact = { kind: "card", card: { id: "card-1" } };

/** A payment by a card that the buyer agreed to have kept. */
const saving = (): Payment => ({ ...newPayment("AUTOMATIC"), saving: { buyer: "ann", by: "shop", at: T0 } });

/** A declined payment of which these are heard while another one of its order is live. */
const doubled = (...facts: readonly Fact[]): Payment =>
  facts.reduce(
    (payment, fact) => step(payment, fact, { otherIsLive: true })?.payment ?? payment,
    after(newPayment("AUTOMATIC"), DECLINED),
  );

/** With all its conflicts looked at. */
const looked = (payment: Payment): Payment => after(payment, { kind: "reviewed", count: payment.conflicts.length });

describe("a payment is at rest", () => {
  const resting: Readonly<Record<string, Payment>> = {
    "when it was declined": after(newPayment(), DECLINED),
    "when the buyer's time ran out": after(newPayment(), ACTION, deadline("payment")),
    "when it was voided": after(newPayment(), SUCCESS, requested("void"), CANCELLED),
    "when its hold ended uncaptured": after(newPayment(), SUCCESS, deadline("hold")),
    "when Antom captured it": after(newPayment("AUTOMATIC"), SUCCESS, AUTOMATIC),
    "when the shop captured it": after(newPayment(), SUCCESS, requested("capture", "10000"), told("capture", "10000")),
    "when it was given back": after(newPayment("AUTOMATIC"), SUCCESS, AUTOMATIC, told("refund", "10000")),
    "when giving it back was refused": after(
      newPayment("AUTOMATIC"),
      SUCCESS,
      AUTOMATIC,
      requested("refund", "1"),
      told("refund", "1", { outcome: "failed" }),
    ),
    "when its conflicts have been looked at": looked(after(newPayment("AUTOMATIC"), SUCCESS, AUTOMATIC, REVERSED)),
    "when its card has been stored": after(saving(), SUCCESS, AUTOMATIC, CARD),
    "when it failed, its card never having come": after(saving(), DECLINED),
    "when it succeeded beside another one and was voided": looked(
      doubled(SUCCESS, told("void", undefined, { requestId: "V" }), CANCELLED),
    ),
    "when it was taken beside another one and given back": looked(
      doubled(SUCCESS, AUTOMATIC, told("refund", "10000"), CANCELLED),
    ),
  };
  for (const [when, payment] of Object.entries(resting)) {
    it(when, () => {
      expect(restsSince(payment)).to.be.a("number");
    });
  }

  for (const end of ["DISPUTE_JUDGED", "DISPUTE_ACCEPTED", "DISPUTE_CANCELLED", "RDR_RESOLVED"]) {
    it(`when its dispute ended with ${end}, whatever was heard of it afterwards`, () => {
      const captured = after(newPayment("AUTOMATIC"), SUCCESS, AUTOMATIC);
      const disputed = after(captured, dispute("DISPUTE_CREATED"));
      expect(restsSince(disputed)).to.equal(undefined);
      expect(restsSince(after(disputed, dispute(end), dispute("DEFENSE_SUPPLIED")))).to.be.a("number");
      const second = after(disputed, dispute(end), dispute("DISPUTE_CREATED", "D2"));
      expect(restsSince(second)).to.equal(undefined);
    });
  }

  const needed: Readonly<Record<string, Payment>> = {
    "while it has not been sent": newPayment(),
    "while the buyer may pay": after(newPayment(), ACTION),
    "while Antom decides": after(newPayment(), ACTION, PROCESSING),
    "while Antom gives no answer": after(newPayment(), UNANSWERED, UNANSWERED, UNANSWERED),
    "while it is held": after(newPayment(), SUCCESS),
    "while Antom has still to capture it": after(newPayment("AUTOMATIC"), SUCCESS),
    "while Antom's capture was refused": after(
      newPayment("AUTOMATIC"),
      SUCCESS,
      told("capture", "10000", { requestId: "AUTO-1", outcome: "failed" }),
    ),
    "while a void is pending": after(newPayment(), ACTION, requested("void"), DECLINED),
    "while a refund is pending": after(newPayment("AUTOMATIC"), SUCCESS, AUTOMATIC, requested("refund", "1")),
    "while a refund that was asked for elsewhere is pending": after(
      newPayment("AUTOMATIC"),
      SUCCESS,
      AUTOMATIC,
      told("refund", "1", { requestId: "DASHBOARD-1", outcome: "pending" }),
    ),
    "while nobody has looked at its conflict": after(newPayment("AUTOMATIC"), SUCCESS, AUTOMATIC, REVERSED),
    "while its card is still to come": after(saving(), SUCCESS, AUTOMATIC),
    "while more was given back than is known to have been taken": after(newPayment(), DECLINED, told("refund", "5000")),
    "while it succeeded beside another one and voiding it was refused": looked(
      doubled(SUCCESS, told("void", undefined, { outcome: "failed", code: "PROCESS_FAIL" })),
    ),
    "while it was taken beside another one and giving it back was refused": looked(
      doubled(SUCCESS, AUTOMATIC, told("refund", "10000", { outcome: "failed", code: "PROCESS_FAIL" }), CANCELLED),
    ),
  };
  for (const [when, payment] of Object.entries(needed)) {
    it(`not ${when}`, () => {
      expect(restsSince(payment)).to.equal(undefined);
    });
  }

  it("since the last of its change, the end of the buyer's time and the end of its hold", () => {
    const declined = step(newPayment(), DECLINED, { at: T0 + MINUTE })?.payment ?? newPayment();
    expect(restsSince(declined)).to.equal(BUYER_TIME_ENDS);
    const late = step(newPayment(), CLOSED, { at: T0 + DAY })?.payment ?? newPayment();
    expect(restsSince(late)).to.equal(T0 + DAY);
    // What is left of the hold can still be captured until then, where Antom allows several captures.
    const partly = after(newPayment(), SUCCESS, told("capture", "4000"));
    expect(partly.status).to.equal("captured");
    expect(restsSince(partly)).to.equal(HOLD_ENDS);
    const refunded = step(partly, told("refund", "4000"), { at: T0 + 30 * DAY })?.payment ?? partly;
    expect(restsSince(refunded)).to.equal(T0 + 30 * DAY);
  });

  it("again after every change but one that leaves something to do, whatever Antom may have done and told", () => {
    fc.assert(
      fc.property(plans, fc.array(noise, { maxLength: 8 }), (plan, noises) => {
        const world = worldOf(plan);
        const history = createHistory(opened({ value: String(plan.value), captureMode: plan.captureMode }));
        const heard = [...world.commands, ...world.signed, ...noises];
        for (const one of heard) {
          history.record({ ...one, at: T0 + (history.payment.version + 1) * 1000 });
          const { payment, tasks } = history;
          const since = restsSince(payment);
          if (since === undefined) continue;
          // The worker may have an inquiry left that finds nothing new; nothing else waits but events that are to be delivered.
          const waiting = [...tasks.values()].filter(({ kind }) => kind !== "deliver" && kind !== "inquire");
          expect(waiting).to.deep.equal([]);
          expect(["captured", "failed", "voided", "expired"]).to.include(payment.status);
          expect(payment.operations.filter(({ status }) => status === "pending")).to.deep.equal([]);
          expect(since).to.be.at.least(payment.updatedAt);
          if (!isPaid(payment)) {
            expect([payment.capturedAmount, payment.refundedAmount]).to.deep.equal(["0", "0"]);
            expect(payment.conflicts).to.deep.equal([]);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("a payment counts as paid", () => {
  it("when money was taken, be it given back since", () => {
    const captured = after(newPayment("AUTOMATIC"), SUCCESS, AUTOMATIC);
    expect(isPaid(captured)).to.equal(true);
    expect(isPaid(after(captured, told("refund", "10000")))).to.equal(true);
    expect(isPaid(after(newPayment(), SUCCESS, told("capture", "1")))).to.equal(true);
  });

  it("when Antom told something that disagrees, looked at or not: it may have been money", () => {
    const tooMuch = after(newPayment(), DECLINED, told("capture", "99999999"));
    expect([tooMuch.capturedAmount, tooMuch.conflicts.length]).to.deep.equal(["0", 1]);
    expect(isPaid(tooMuch)).to.equal(true);
    expect(isPaid(looked(tooMuch))).to.equal(true);
  });

  it("when a bank disputes it, whatever is known of it", () => {
    expect(isPaid(after(newPayment(), DECLINED, dispute("DISPUTE_CREATED")))).to.equal(true);
  });

  it("and not when it never got so far", () => {
    for (const facts of [[], [ACTION], [DECLINED], [SUCCESS], [SUCCESS, CANCELLED], [SUCCESS, deadline("hold")]]) {
      expect(isPaid(after(newPayment(), ...facts))).to.equal(false);
    }
  });
});
