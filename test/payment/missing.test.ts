import { expect } from "chai";
import { viewOf } from "../../lib/payment/event.js";
import type { PaymentMethodName } from "../../lib/payment/method.js";
import { isLostForGood, mayArriveLate } from "../../lib/payment/missing.js";
import type { Payment } from "../../lib/payment/payment.js";
import { after, newPayment, step, T0 } from "./a-payment.js";
import { ACTION, CANCELLED, deadline, DECLINED, MISSING, PROCESSING, SUCCESS, UNANSWERED } from "./facts.js";

const SECOND = 1000;
/** When the pay call went unanswered. */
const CALLED = T0 + 15 * SECOND;

const payment = (method: PaymentMethodName): Payment => ({ ...newPayment(), method });
const unheard = (method: PaymentMethodName = "card"): Payment => after(payment(method), UNANSWERED);
/** The payment after Antom has said so many seconds after the pay call that it knows no such payment. */
const missingAt = (before: Payment, ...seconds: readonly number[]): Payment =>
  seconds.reduce(
    (current, second) =>
      step(current, MISSING, { source: "inquiry", at: CALLED + second * SECOND })?.payment ?? current,
    before,
  );
const isLost = (current: Payment, second: number): boolean => isLostForGood(current, CALLED + second * SECOND);

describe("a payment that Antom says it does not know", () => {
  for (const method of ["card", "stored-card"] as const) {
    it(`is lost once Antom has said so four times over half a minute, where its pay call takes money (${method})`, () => {
      const thrice = missingAt(unheard(method), 2, 12, 22);
      expect(isLost(thrice, 31)).to.be.false;
      expect(mayArriveLate(thrice, CALLED + 31 * SECOND)).to.be.true;
      const four = missingAt(thrice, 32);
      expect(isLost(four, 32)).to.be.true;
      expect(mayArriveLate(four, CALLED + 32 * SECOND)).to.be.false;
    });
  }

  it("is not lost by being asked about again and again in a short while", () => {
    const often = missingAt(unheard(), ...Array.from({ length: 29 }, (_, second) => second));
    expect(isLost(often, 29)).to.be.false;
  });

  it("changes no more once it is lost, however often Antom is asked", () => {
    const lost = missingAt(unheard(), 0, 10, 20, 30);
    expect(missingAt(lost, 60, 600)).to.equal(lost);
  });

  it("may be one whose pay call is still under way: that says nothing yet", () => {
    const fresh = payment("card");
    expect(step(fresh, MISSING, { source: "inquiry", at: T0 + 29 * SECOND })).to.be.undefined;
    expect(step(fresh, MISSING, { source: "inquiry", at: T0 + 30 * SECOND })?.payment.missing).to.deep.equal({
      times: 1,
      at: T0 + 30 * SECOND,
    });
  });

  for (const method of ["hosted", "issuer-authentication"] as const) {
    it(`is lost at once where a pay call that comes late only opens a page (${method})`, () => {
      expect(step(unheard(method), MISSING, { source: "inquiry", at: CALLED })).to.be.undefined;
      expect(isLost(unheard(method), 0)).to.be.true;
      expect(mayArriveLate(unheard(method), CALLED)).to.be.false;
    });
  }

  it("is known after all by whatever is heard of it, in any order", () => {
    const heard = missingAt(unheard(), 2, 12);
    expect(heard.missing).to.deep.equal({ times: 2, at: CALLED + 12 * SECOND });
    for (const fact of [ACTION, PROCESSING, SUCCESS, DECLINED, CANCELLED, deadline("payment")]) {
      expect(after(heard, fact)).to.not.have.property("missing");
      expect(missingAt(after(unheard(), fact), 2, 12)).to.not.have.property("missing");
    }
  });

  it("tells the shop nothing of that", () => {
    expect(viewOf(missingAt(unheard(), 2))).to.not.have.property("missing");
  });
});
