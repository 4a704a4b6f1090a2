import { expect } from "chai";
import fc from "fast-check";
import type { Fact } from "../../lib/payment/observation.js";
import { isLive, type Payment } from "../../lib/payment/payment.js";
import { isKnowing, reflects } from "../../lib/payment/reflects.js";
import { after, EUR, newPayment, opened, PAYMENT_ID, step, T0 } from "./a-payment.js";
import { plans, worldOf } from "./antom-model.js";
import {
  ACTION,
  CANCELLED,
  CLOSED,
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

const waiting = after(newPayment(), ACTION);
const authorized = after(waiting, SUCCESS);
const captured = after(authorized, told("capture", "10000"));
const asked = after(captured, requested("refund", "4000"));
const refunded = after(asked, told("refund", "4000"));

describe("a payment reflects what a fact says", () => {
  const cases: readonly (readonly [string, Payment, Fact, boolean])[] = [
    ["a success that is not known", waiting, SUCCESS, false],
    ["a success that is", authorized, SUCCESS, true],
    ["a success of what was let go", after(waiting, CANCELLED), SUCCESS, true],
    ["a success of what is thought to have failed", after(waiting, DECLINED), SUCCESS, false],
    ["a success of what expired", after(waiting, deadline("payment")), SUCCESS, false],
    ["a success of another amount", authorized, { ...SUCCESS, amount: EUR("9999") }, false],
    [
      "a success of another amount that is marked",
      after(waiting, { ...SUCCESS, amount: EUR("9999") }),
      { ...SUCCESS, amount: EUR("9999") },
      true,
    ],
    ["a success of somebody else's payment", authorized, { ...SUCCESS, paymentId: "SOMEBODY-ELSES" }, false],
    ["that it is under way", waiting, PROCESSING, false],
    ["that it is under way, once it is", after(waiting, PROCESSING), PROCESSING, true],
    ["that it is under way, when it is over", authorized, PROCESSING, true],
    ["a failure that is not known", after(waiting, PROCESSING), DECLINED, false],
    ["a failure that is", after(waiting, DECLINED), CLOSED, true],
    ["a failure of what succeeded", authorized, DECLINED, true],
    ["that it was cancelled", after(waiting, CANCELLED), CANCELLED, true],
    ["that it was cancelled, which is not known", authorized, CANCELLED, false],
    ["a capture that is not known", authorized, told("capture", "10000"), false],
    ["a capture that is", captured, told("capture", "10000"), true],
    ["another capture", captured, told("capture", "10000", { nth: 2 }), false],
    ["a refund that is not known", captured, told("refund", "4000"), false],
    ["a refund of which the outcome is not known", asked, told("refund", "4000"), false],
    ["a refused refund of which the outcome is not known", asked, told("refund", "4000", { outcome: "failed" }), false],
    ["a refund that is accepted", asked, told("refund", "4000", { outcome: "pending" }), true],
    ["a refund that is known", refunded, told("refund", "4000"), true],
    ["a refund of another amount", refunded, told("refund", "3999"), false],
    ["a refused refund that went through after all", refunded, told("refund", "4000", { outcome: "failed" }), true],
    [
      "a refund that is thought to have been refused",
      after(asked, told("refund", "4000", { outcome: "failed" })),
      told("refund", "4000"),
      false,
    ],
    ["a raise that is not known", after(authorized, requested("increase", "12000")), told("increase", "12000"), false],
    [
      "a raise that is",
      after(authorized, requested("increase", "12000"), told("increase", "12000")),
      told("increase", "12000"),
      true,
    ],
    [
      "a dispute, of which no inquiry tells",
      after(captured, dispute("DISPUTE_CREATED")),
      dispute("DISPUTE_CREATED"),
      false,
    ],
    ["a reversal, of which no inquiry tells", after(captured, REVERSED), REVERSED, false],
    ["that nothing is known", waiting, MISSING, false],
  ];
  for (const [what, payment, fact, expected] of cases) {
    it(`${expected ? "" : "not "}where it is ${what}`, () => {
      expect(reflects(payment, fact)).to.equal(expected);
    });
  }

  it("of all that Antom may sign, once it has been taken in", () => {
    fc.assert(
      fc.property(plans.map(worldOf), ({ plan, commands, signed }) => {
        const history = createHistory(opened({ value: String(plan.value), captureMode: plan.captureMode }));
        [...commands, ...signed].forEach((told, index) => {
          history.record({ ...told, at: T0 + (index + 1) * 1000 });
        });
        for (const fact of signed.flatMap(({ facts }) => facts).filter(isNotification)) {
          expect(reflects(history.payment, fact), JSON.stringify(fact)).to.be.true;
        }
      }),
      { numRuns: 250 },
    );
  });

  it("only where taking it in would move no money and give nothing up", () => {
    fc.assert(
      fc.property(plans.map(worldOf), fc.nat(), ({ plan, commands, signed }, cut) => {
        const history = createHistory(opened({ value: String(plan.value), captureMode: plan.captureMode }));
        const heard = [...commands, ...signed.slice(0, cut % (signed.length + 1))];
        heard.forEach((told, index) => {
          history.record({ ...told, at: T0 + (index + 1) * 1000 });
        });
        const before = history.payment;
        for (const fact of signed.flatMap(({ facts }) => facts)) {
          if (!reflects(before, fact)) continue;
          const next = step(before, fact)?.payment ?? before;
          expect(money(next), JSON.stringify(fact)).to.deep.equal(money(before));
        }
      }),
      { numRuns: 250 },
    );
  });
});

const isNotification = (fact: Fact): boolean =>
  fact.kind !== "dispute" && !(fact.kind === "authorization" && fact.outcome === "action_required");

const money = (payment: Payment): object => ({
  isLive: isLive(payment),
  captured: payment.capturedAmount,
  refunded: payment.refundedAmount,
});

describe("a fact that nobody has signed", () => {
  const cases: readonly (readonly [string, Payment, Fact, boolean])[] = [
    ["names the payment by both ids, and its amount", authorized, SUCCESS, true],
    ["does not name Antom's id", authorized, { ...SUCCESS, paymentId: "GUESSED" }, false],
    ["names no amount", authorized, { kind: "authorization", outcome: "succeeded", paymentId: PAYMENT_ID }, false],
    ["names no id", authorized, { kind: "authorization", outcome: "succeeded", amount: EUR("10000") }, false],
    ["names Antom's id before anybody knows it", newPayment(), SUCCESS, true],
    ["names the capture by both ids, and its amount", captured, told("capture", "10000"), true],
    ["guesses at the capture's id", captured, told("capture", "10000", { gatewayId: "C-9" }), false],
    ["leaves the capture's amount out", captured, told("capture"), false],
    ["guesses at the capture's amount", captured, told("capture", "9999"), false],
    ["names a refund that is not known", captured, told("refund", "10000"), false],
    ["names the refund", refunded, told("refund", "4000"), true],
    [
      "names the raise and its new total",
      after(authorized, requested("increase", "12000")),
      told("increase", "12000"),
      true,
    ],
    ["is about a dispute", captured, dispute("DISPUTE_CREATED"), false],
  ];
  for (const [what, payment, fact, expected] of cases) {
    it(`${expected ? "is" : "is not"} believed to know where it ${what}`, () => {
      expect(isKnowing(payment, fact)).to.equal(expected);
    });
  }
});
