import { expect } from "chai";
import type { Fact } from "../../lib/payment/observation.js";
import { awaitsAntom, type Payment } from "../../lib/payment/payment.js";
import { transition } from "../../lib/payment/transition.js";
import { after, DAY, eventsOf, ID, MINUTE, newPayment, observation, opened, step, T0 } from "./a-payment.js";
import { essence } from "./essence.js";
import {
  ACTION,
  AUTHORIZED_AT,
  CANCELLED,
  CLOSED,
  CLOSING,
  deadline,
  DECLINED,
  dispute,
  MISSING,
  PROCESSING,
  requested,
  REVERSED,
  SUCCESS,
  told,
} from "./facts.js";
import { createHistory } from "./history.js";

describe("transition", () => {
  it("learns the new end of a hold whichever word of its increase comes first", () => {
    const end = T0 + 9 * DAY;
    const withEnd: Fact = { ...told("increase", "15000", { nth: 1 }), authorizationExpiresAt: end };
    const without: readonly Fact[] = [
      told("increase", "15000", { nth: 1 }),
      { ...SUCCESS, amount: { currency: "EUR", value: "15000" } },
    ];
    for (const other of without) {
      for (const facts of [
        [withEnd, other],
        [other, withEnd],
      ]) {
        let payment = newPayment("MANUAL");
        for (const fact of [SUCCESS, requested("increase", "15000", 1), ...facts]) {
          payment = step(payment, fact)?.payment ?? payment;
        }
        expect(payment).to.include({ authorizedAmount: "15000", authorizationExpiresAt: end });
      }
    }
  });

  describe("when the merchant charges a card with nobody there", () => {
    const charged: Payment = { ...newPayment("AUTOMATIC"), method: "stored-card", recurringType: "SCHEDULED" };

    it("lets go of it as soon as Antom wants the buyer", () => {
      const next = step(charged, ACTION, { source: "pay" });
      expect(next?.payment).to.include({ buyerNeeded: true, status: "created" });
      expect(next?.payment.action).to.equal(undefined);
      expect(next?.events).to.deep.equal([]);
      expect(next?.payment.operations).to.deep.include({
        id: `${ID}V1`,
        kind: "void",
        status: "pending",
        requestedAt: T0 + MINUTE,
      });
      expect(next?.tasks.map(({ id }) => id)).to.include(`void:${ID}V1`);
    });

    it("asks for that once, however often it is told", () => {
      const before = after(charged, ACTION);
      expect(step(before, ACTION)).to.equal(undefined);
    });

    it("tells the shop that it is voided, and why", () => {
      const next = step(after(charged, ACTION), told("void"));
      expect(next?.events.map(({ type, payment }) => [type, payment.buyerNeeded])).to.deep.equal([
        ["payment.voided", true],
      ]);
    });

    describe("and Antom does not say more than that it is at it", () => {
      const { action: _action, ...waiting } = ACTION;
      const ended = (...facts: Fact[]) => {
        const next = step(after(charged, ...facts.slice(0, -1)), facts.at(-1) ?? waiting);
        return next?.events.map(({ type, payment }) => [type, payment.buyerNeeded]);
      };

      it("waits as usual, and takes what comes", () => {
        const next = step(charged, waiting);
        expect(next?.payment.buyerNeeded).to.equal(undefined);
        expect(next?.payment.operations).to.deep.equal([]);
        expect(step(after(charged, waiting), waiting)).to.equal(undefined);
        expect(ended(waiting, SUCCESS)).to.deep.equal([["payment.authorized", undefined]]);
        expect(ended(waiting, CLOSING, SUCCESS)).to.deep.equal([["payment.authorized", undefined]]);
        expect(ended(waiting, DECLINED)).to.deep.equal([["payment.failed", undefined]]);
      });

      it("tells the shop, once it is closed for that, that the buyer is needed", () => {
        expect(ended(waiting, CLOSING)).to.deep.equal([]);
        expect(ended(waiting, CLOSING, told("void"))).to.deep.equal([["payment.voided", true]]);
        expect(ended(waiting, CLOSING, CANCELLED)).to.deep.equal([["payment.voided", true]]);
        expect(ended(waiting, deadline("payment"))).to.deep.equal([["payment.expired", true]]);
        expect(ended(waiting, CLOSED)).to.deep.equal([["payment.expired", true]]);
      });

      it("does not tell so of one that Antom never waited with, or that the shop voided, or whose hold ran out", () => {
        expect(ended(MISSING, CLOSING, told("void"))).to.deep.equal([["payment.voided", undefined]]);
        expect(ended(deadline("payment"))).to.deep.equal([["payment.expired", undefined]]);
        expect(ended(waiting, requested("void"), told("void"))).to.deep.equal([["payment.voided", undefined]]);
        const held = after({ ...charged, captureMode: "MANUAL" }, waiting, SUCCESS, deadline("hold"));
        expect(held.status).to.equal("expired");
        expect(held.buyerNeeded).to.equal(undefined);
      });

      it("comes to the same whichever word comes first", () => {
        const facts = [waiting, told("void"), SUCCESS];
        const orders = [
          [0, 1, 2],
          [0, 2, 1],
          [1, 0, 2],
          [1, 2, 0],
          [2, 0, 1],
          [2, 1, 0],
        ];
        const closing = after(charged, CLOSING);
        for (const order of orders) {
          const payment = after(closing, ...order.map((index) => facts[index] ?? waiting));
          expect(payment, order.join()).to.include({ status: "voided", buyerNeeded: true });
        }
      });

      it("does not wait for the buyer where one is there", () => {
        const { recurringType: _recurringType, ...there } = charged;
        expect(step(there, waiting)?.payment.evidence).to.not.have.property("buyerAwaited");
        expect(after(there, waiting, CLOSING, told("void")).buyerNeeded).to.equal(undefined);
      });
    });
  });

  describe("when a card is to be kept", () => {
    const saving: Payment = { ...newPayment("AUTOMATIC"), saving: { buyer: "buyer-1", by: "shop", at: T0 } };
    const captured = after(saving, SUCCESS, told("capture", "10000"));
    const card: Fact = { kind: "card", card: { id: "CARD1", lastFour: "0768" } };
    const later = AUTHORIZED_AT + 10 * MINUTE;

    it("tells the shop once that it is stored", () => {
      const next = step(captured, card);
      expect(next?.events).to.have.lengthOf(1);
      expect(next?.events[0]).to.deep.include({ type: "card.stored", card: { id: "CARD1", lastFour: "0768" } });
      expect(next?.payment.storedCardId).to.equal("CARD1");
      expect(next && step(next.payment, card)).to.equal(undefined);
    });

    it("goes on asking Antom for the token after everything else is known, and stops once it has come", () => {
      expect(awaitsAntom(captured)).to.equal(true);
      expect(awaitsAntom(after(captured, card))).to.equal(false);
      expect(awaitsAntom(after(newPayment("AUTOMATIC"), SUCCESS, told("capture", "10000")))).to.equal(false);
    });

    it("stops asking when an inquiry ten minutes after the authorization brings none", () => {
      expect(step(captured, SUCCESS, { source: "inquiry", at: later - 1 })).to.equal(undefined);
      expect(step(captured, SUCCESS, { source: "notification", at: later })).to.equal(undefined);
      const next = step(captured, SUCCESS, { source: "inquiry", at: later });
      expect(next && awaitsAntom(next.payment)).to.equal(false);
      expect(next?.events).to.deep.equal([]);
    });

    it("stops asking about one that was voided before its token came", () => {
      const voided = after(saving, SUCCESS, requested("void"), CANCELLED);
      expect(awaitsAntom(voided)).to.equal(true);
      expect(step(voided, CANCELLED, { source: "inquiry", at: later - 1 })).to.equal(undefined);
      const next = step(voided, CANCELLED, { source: "inquiry", at: later });
      expect(next && awaitsAntom(next.payment)).to.equal(false);
    });
  });

  describe("when a success comes late", () => {
    it("adopts it if no other payment of the order is live, and tells the shop", () => {
      for (const given of [deadline("payment"), DECLINED, CLOSED]) {
        const before = after(newPayment(), ACTION, given);
        const next = step(before, SUCCESS);
        expect(next?.payment.status).to.equal("authorized");
        expect(next?.payment.conflicts.map(({ code }) => code)).to.deep.equal([
          given === DECLINED || given === CLOSED ? "contradictory_result" : "late_success",
        ]);
        expect(next?.events.map(({ type }) => type)).to.deep.equal(["payment.authorized", "payment.conflict"]);
      }
    });

    it("lets go of it if another payment of the order is live, and tells the shop of nothing but the conflict", () => {
      for (const given of [deadline("payment"), DECLINED]) {
        const before = after(newPayment(), ACTION, given);
        const next = step(before, SUCCESS, { otherIsLive: true });
        expect(next?.payment.status).to.equal(before.status);
        expect(next?.payment.evidence).to.include({ superseded: true, succeeded: true });
        expect(next?.events.map(({ type }) => type)).to.deep.equal(["payment.conflict"]);
        expect(next?.payment.operations).to.deep.include({
          id: `${ID}V1`,
          kind: "void",
          status: "pending",
          requestedAt: T0 + MINUTE,
        });
        expect(next?.tasks).to.deep.include({
          kind: "void",
          id: `void:${ID}V1`,
          payment: ID,
          dueAt: T0 + MINUTE,
          operation: `${ID}V1`,
        });
      }
    });

    it("tells when what was superseded has been let go", () => {
      for (const given of [deadline("payment"), DECLINED]) {
        const superseded = step(after(newPayment(), given), SUCCESS, { otherIsLive: true })!.payment;
        expect(after(superseded, told("void")).status).to.equal("voided");
        expect(eventsOf(superseded, told("void"))).to.deep.equal(["payment.voided"]);
      }
    });

    it("never tells of a capture of what was superseded, but shows it", () => {
      const superseded = step(after(newPayment(), deadline("payment")), SUCCESS, { otherIsLive: true })!.payment;
      expect(eventsOf(superseded, told("capture", "10000"), SUCCESS)).to.deep.equal([]);
      expect(after(superseded, told("capture", "10000"))).to.include({ status: "captured", capturedAmount: "10000" });
    });

    it("tells of money that was taken of a hold that had ended, once, where another payment of the order is live", () => {
      const ended = after(newPayment("MANUAL"), SUCCESS, requested("capture", "10000"), deadline("hold"));
      expect(ended.status).to.equal("expired");
      const next = step(ended, told("capture", "10000"), { otherIsLive: true });
      expect(next?.events.map(({ type }) => type)).to.deep.equal(["payment.conflict"]);
      expect(next?.payment.conflicts.map(({ code, seen }) => [code, seen])).to.deep.equal([
        ["late_success", `capture ${ID}C1`],
      ]);
      expect(next?.payment.operations.at(-1)).to.include({ id: `${ID}R1`, status: "pending" });
      const more = told("capture", "1", { nth: 2, outcome: "failed" });
      expect(next && eventsOf(next.payment, told("capture", "10000"), SUCCESS, more)).to.deep.equal([
        "payment.capture_failed",
      ]);
      expect(eventsOf(ended, told("capture", "10000")), "no other is live").to.deep.equal(["payment.captured"]);
    });

    it("tells of it too where an earlier late success had been told of", () => {
      const adopted = after(newPayment("MANUAL"), deadline("payment"), SUCCESS, deadline("hold"));
      const next = step(adopted, told("capture", "10000"), { otherIsLive: true });
      expect(next?.events.map(({ type }) => type)).to.deep.equal(["payment.conflict"]);
    });

    it("voids an adopted one as any other", () => {
      const adopted = after(newPayment(), deadline("payment"), SUCCESS);
      expect(after(adopted, told("void")).status).to.equal("voided");
      expect(eventsOf(adopted, told("void"))).to.deep.equal(["payment.voided"]);
    });

    it("does not bring back what was cancelled: the success had been let go by then", () => {
      const voided = after(newPayment(), ACTION, CANCELLED);
      expect(after(voided, SUCCESS)).to.deep.include({ status: "voided", conflicts: [] });
      expect(eventsOf(voided, SUCCESS)).to.deep.equal([]);
    });
  });

  it("learns nothing from an empty observation or from Antom not knowing the payment", () => {
    expect(transition(newPayment(), observation("inquiry", []))).to.be.undefined;
    expect(step(newPayment(), MISSING)).to.be.undefined;
  });

  describe("in every order", () => {
    const SETS: Readonly<Record<string, readonly Fact[]>> = {
      "a payment that is captured and partly refunded": [
        ACTION,
        SUCCESS,
        told("capture", "10000", { outcome: "pending" }),
        told("capture", "10000"),
        told("refund", "2500"),
      ],
      "two captures, one refused, and a refund": [
        SUCCESS,
        told("capture", "6000"),
        told("capture", "4000", { nth: 2, outcome: "failed" }),
        told("capture", "4000", { nth: 3 }),
        told("refund", "10000"),
      ],
      "a payment that is voided": [ACTION, PROCESSING, SUCCESS, told("void"), CANCELLED],
      "a payment that is declined and disputed all the same": [ACTION, PROCESSING, DECLINED, dispute("A"), REVERSED],
      "a success that contradicts a refusal": [ACTION, CLOSED, SUCCESS, told("capture", "10000"), dispute("A")],
      "a capture that contradicts a void": [ACTION, SUCCESS, told("void"), told("capture", "10000"), CANCELLED],
      "an automatic capture told by notification and inquiry": [
        SUCCESS,
        told("capture", "10000", { requestId: "AUTO", code: "SUCCESS" }),
        { ...SUCCESS, authorizationExpiresAt: T0 + 5 * DAY },
        { ...SUCCESS, resultInfo: { avsResultRaw: "A" } },
        told("capture", undefined, { requestId: "AUTO" }),
      ],
    };
    for (const [what, facts] of Object.entries(SETS)) {
      it(`comes to the same: ${what}`, () => {
        const play = (order: readonly Fact[]) => {
          const history = createHistory(opened());
          for (const [index, fact] of order.entries()) {
            history.record({ source: "notification", at: T0 + index * 1000, facts: [fact] });
          }
          return essence(history.payment);
        };
        const expected = play(facts);
        for (const order of permutations(facts)) expect(play(order)).to.deep.equal(expected);
      });
    }
  });
});

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((first, index) =>
    permutations([...items.slice(0, index), ...items.slice(index + 1)]).map((rest) => [first, ...rest]),
  );
}
