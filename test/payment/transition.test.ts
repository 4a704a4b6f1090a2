import { expect } from "chai";
import type { Fact } from "../../lib/payment/observation.js";
import { transition } from "../../lib/payment/transition.js";
import { after, DAY, eventsOf, ID, MINUTE, newPayment, observation, opened, step, T0 } from "./a-payment.js";
import { essence } from "./essence.js";
import {
  ACTION,
  CANCELLED,
  CLOSED,
  deadline,
  DECLINED,
  dispute,
  MISSING,
  PROCESSING,
  REVERSED,
  SUCCESS,
  told,
} from "./facts.js";
import { createHistory } from "./history.js";

describe("transition", () => {
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
