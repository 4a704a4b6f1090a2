import { expect } from "chai";
import type { Fact } from "../../lib/payment/observation.js";
import { transition } from "../../lib/payment/transition.js";
import { after, DAY, eventsOf, ID, MINUTE, newPayment, observation, step, T0 } from "./a-payment.js";
import {
  ACTION,
  AUTHORIZED_AT,
  CANCELLED,
  CLOSED,
  CLOSING,
  deadline,
  DECLINED,
  MISSING,
  PROCESSING,
  requested,
  SUCCESS,
  told,
  UNANSWERED,
  UNNEEDED,
} from "./facts.js";

const SEVEN_DAYS = 7 * DAY;

describe("what is learnt of a payment", () => {
  it("begins with nothing sent and nothing known", () => {
    expect(newPayment()).to.include({ status: "created", authorizedAmount: "0", capturedAmount: "0", version: 1 });
  });

  it("sends the buyer on, and no longer keeps the request that brought the link", () => {
    const payment = after(newPayment(), ACTION);
    expect(payment).to.deep.include({
      status: "requires_action",
      action: { url: "https://pay.example/card", method: "GET" },
    });
    expect(payment).not.to.have.property("request");
    expect(eventsOf(newPayment(), ACTION)).to.deep.equal(["payment.requires_action"]);
  });

  it("keeps the request where Antom waits for the buyer but the link was lost with its answer", () => {
    const { action: _action, ...linkless } = ACTION;
    expect(after(newPayment(), linkless)).to.include({ status: "created" }).and.to.have.property("request");
  });

  it("waits while the bank decides, and does not go back to waiting for the buyer", () => {
    expect(after(newPayment(), ACTION, PROCESSING).status).to.equal("processing");
    expect(after(newPayment(), PROCESSING, ACTION).status).to.equal("processing");
  });

  it("is authorized for the whole amount, held for seven days where no end is told", () => {
    const payment = after(newPayment(), ACTION, SUCCESS);
    expect(payment).to.include({
      status: "authorized",
      authorizedAmount: "10000",
      capturedAmount: "0",
      authorizedAt: AUTHORIZED_AT,
      authorizationExpiresAt: AUTHORIZED_AT + SEVEN_DAYS,
    });
    expect(payment).not.to.have.any.keys("action", "request");
    expect(eventsOf(newPayment(), ACTION, SUCCESS)).to.deep.equal(["payment.requires_action", "payment.authorized"]);
  });

  it("takes Antom's word for the end of the hold, the latest of several", () => {
    const until = (authorizationExpiresAt: number): Fact => ({ ...SUCCESS, authorizationExpiresAt });
    const [earlier, later] = [until(T0 + 5 * DAY), until(T0 + 6 * DAY)];
    expect(after(newPayment(), earlier).authorizationExpiresAt).to.equal(T0 + 5 * DAY);
    expect(after(newPayment(), earlier, later).authorizationExpiresAt).to.equal(T0 + 6 * DAY);
    expect(after(newPayment(), later, earlier).authorizationExpiresAt).to.equal(T0 + 6 * DAY);
  });

  it("takes the earliest of several times at which Antom says it authorized", () => {
    const at = (authorizedAt: number): Fact => ({ ...SUCCESS, authorizedAt });
    for (const facts of [
      [at(T0 + 1000), at(T0 + 2000)],
      [at(T0 + 2000), at(T0 + 1000)],
    ]) {
      expect(after(newPayment(), ...facts).authorizedAt).to.equal(T0 + 1000);
    }
  });

  it("ends as failed, with Antom's reason", () => {
    expect(after(newPayment(), ACTION, DECLINED)).to.include({ status: "failed", failureCode: "DO_NOT_HONOR" });
    expect(eventsOf(newPayment(), ACTION, DECLINED)).to.deep.equal(["payment.requires_action", "payment.failed"]);
  });

  it("ends as expired when Antom closed the order, or the clock did", () => {
    expect(after(newPayment(), ACTION, CLOSED).status).to.equal("expired");
    expect(after(newPayment(), ACTION, deadline("payment")).status).to.equal("expired");
    expect(eventsOf(newPayment(), deadline("payment"))).to.deep.equal(["payment.expired"]);
  });

  it("ends as voided when it is cancelled, by whomever", () => {
    for (const fact of [CANCELLED, told("void")]) {
      expect(after(newPayment(), ACTION, SUCCESS, fact).status).to.equal("voided");
      expect(eventsOf(newPayment(), SUCCESS, fact)).to.deep.equal(["payment.authorized", "payment.voided"]);
    }
  });

  it("ends as expired, not as voided, when it is closed because the buyer's time ran out", () => {
    const closing = observation("void", [deadline("payment"), told("void")]);
    const before = after(newPayment(), ACTION, requested("void"));
    const closed = transition(before, closing);
    expect(closed?.payment.status).to.equal("expired");
    expect(closed?.events.map(({ type }) => type)).to.deep.equal(["payment.expired"]);
  });

  it("lets a success stand whatever comes after it, and marks what contradicts", () => {
    const authorized = after(newPayment(), SUCCESS);
    for (const fact of [DECLINED, CLOSED, PROCESSING, ACTION, MISSING, UNANSWERED, deadline("payment")]) {
      expect(after(authorized, fact).status, fact.kind).to.equal("authorized");
    }
    expect(eventsOf(authorized, DECLINED, CLOSED)).to.deep.equal(["payment.conflict"]);
  });

  describe("when a void is asked for", () => {
    const asked = after(newPayment(), SUCCESS, requested("void"));

    it("is pending until Antom says one or the other, also through silence", () => {
      const silent = after(
        asked,
        { ...UNANSWERED, operation: "void" },
        told("void", undefined, { outcome: "pending" }),
      );
      expect(silent.status).to.equal("authorized");
      expect(silent.operations.map(({ status }) => status)).to.deep.equal(["pending"]);
    });

    it("stands as it stood when the void is refused", () => {
      const refused = after(asked, told("void", undefined, { outcome: "failed", code: "CANCEL_WINDOW_EXCEED" }));
      expect(refused.status).to.equal("authorized");
      expect(refused.operations).to.deep.include({
        id: `${ID}V1`,
        kind: "void",
        status: "failed",
        code: "CANCEL_WINDOW_EXCEED",
        requestedAt: T0 + MINUTE,
        settledAt: T0 + MINUTE,
      });
    });

    it("is done as soon as anybody says that the payment is cancelled", () => {
      expect(after(asked, CANCELLED).operations.map(({ status }) => status)).to.deep.equal(["succeeded"]);
    });

    it("is not asked for again while one is pending, and may be once it was refused", () => {
      expect(step(asked, requested("void", undefined, 2), { source: "command" })).to.be.undefined;
      const refused = after(asked, told("void", undefined, { outcome: "failed" }));
      expect(after(refused, requested("void", undefined, 2)).operations).to.have.length(2);
    });
  });

  describe("when the kit asks for a void by itself, as nobody paid in time", () => {
    const closing = after(newPayment(), ACTION, CLOSING);

    it("is done with where it is not needed, and nobody is told", () => {
      for (const fact of [SUCCESS, PROCESSING, DECLINED]) {
        const { operations, status } = after(closing, fact, UNNEEDED);
        expect(operations).to.deep.equal([{ ...CLOSING.operation, status: "failed", settledAt: T0 + MINUTE }]);
        expect(status).to.equal(after(newPayment(), ACTION, fact).status);
      }
      expect(eventsOf(closing, SUCCESS, UNNEEDED)).to.deep.equal(["payment.authorized"]);
    });

    it("is needed while the buyer may still pay, and said to be done or refused by nobody but Antom", () => {
      expect(step(closing, UNNEEDED)).to.be.undefined;
      const refused = after(closing, told("void", undefined, { outcome: "failed", code: "PROCESS_FAIL" }), SUCCESS);
      for (const settled of [refused, after(closing, CANCELLED)]) expect(step(settled, UNNEEDED)).to.be.undefined;
    });

    it("is the shop's own once that wants it too, and needed then whatever is heard", () => {
      const { operation } = requested("void", undefined, 2);
      const asked: Fact = { kind: "requested", operation: { ...operation, by: "ada", reason: "changed their mind" } };
      const wanted = after(closing, asked);
      const { closes: _closes, ...known } = CLOSING.operation;
      expect(wanted.operations).to.deep.equal([{ ...known, by: "ada", reason: "changed their mind" }]);
      expect(step(after(wanted, SUCCESS), UNNEEDED)).to.be.undefined;
      expect(step(wanted, CLOSING)).to.be.undefined;
      expect(after(closing, CLOSING).operations).to.deep.equal(closing.operations);
    });

    it("contradicts nothing where it was carried out after all", () => {
      const voided = after(closing, SUCCESS, UNNEEDED, told("void", undefined, { code: "SUCCESS" }));
      expect(voided).to.deep.include({ status: "voided", conflicts: [] });
      expect(voided.operations.map(({ status }) => status)).to.deep.equal(["succeeded"]);
    });
  });

  describe("when the clock passes a time", () => {
    it("ends a payment nobody paid, and no other", () => {
      for (const open of [newPayment(), after(newPayment(), ACTION), after(newPayment(), PROCESSING)]) {
        expect(after(open, deadline("payment")).status).to.equal("expired");
      }
      for (const fact of [SUCCESS, DECLINED, CANCELLED, told("capture", "10000")]) {
        expect(step(after(newPayment(), fact), deadline("payment"), { source: "clock" })).to.be.undefined;
      }
    });

    it("warns once that a hold is about to end, and only of a hold that is not captured", () => {
      const authorized = after(newPayment(), SUCCESS);
      expect(eventsOf(authorized, deadline("warning"), deadline("warning"))).to.deep.equal(["payment.expiring"]);
      expect(step(after(authorized, told("capture", "1")), deadline("warning"))).to.be.undefined;
      expect(step(newPayment(), deadline("warning"))).to.be.undefined;
    });

    it("ends a hold nobody captured, and no other", () => {
      const authorized = after(newPayment(), SUCCESS);
      expect(after(authorized, deadline("hold")).status).to.equal("expired");
      expect(eventsOf(authorized, deadline("hold"), deadline("hold"))).to.deep.equal(["payment.expired"]);
      expect(step(after(authorized, told("capture", "1")), deadline("hold"))).to.be.undefined;
      expect(step(newPayment(), deadline("hold"))).to.be.undefined;
    });

    it("takes a capture for true although the hold had ended by our clock, and does not authorize twice", () => {
      const released = after(newPayment(), SUCCESS, deadline("hold"));
      expect(after(released, told("capture", "10000")).status).to.equal("captured");
      expect(eventsOf(released, told("capture", "10000"))).to.deep.equal(["payment.captured"]);
    });

    it("gives the buyer time anew when the pay request is repeated, and never less", () => {
      const repeated = (expiresAt: number): Fact => ({ kind: "repeated", expiresAt });
      expect(after(newPayment(), repeated(T0 + 20 * MINUTE)).expiresAt).to.equal(T0 + 20 * MINUTE);
      expect(step(newPayment(), repeated(T0))).to.be.undefined;
    });
  });

  it("keeps what is known of the card, and fills the gaps as more is told", () => {
    const first: Fact = { ...SUCCESS, resultInfo: { cardBrand: "VISA", threeDSResult: { eci: "05" } } };
    const second: Fact = {
      ...SUCCESS,
      resultInfo: { avsResultRaw: "A", cardBrand: "OTHER", threeDSResult: { cavv: "C" } },
    };
    expect(after(newPayment(), first, second).resultInfo).to.deep.equal({
      cardBrand: "VISA",
      avsResultRaw: "A",
      threeDSResult: { eci: "05", cavv: "C" },
    });
  });

  it("fills the gaps of an instalment plan one by one", () => {
    const first: Fact = { ...SUCCESS, resultInfo: { creditPayPlan: { installmentNum: 3 } } };
    const second: Fact = { ...SUCCESS, resultInfo: { creditPayPlan: { installmentNum: 6, interval: "MONTH" } } };
    expect(after(newPayment(), first, second).resultInfo).to.deep.equal({
      creditPayPlan: { installmentNum: 3, interval: "MONTH" },
    });
  });

  it("keeps what was really paid, of a payment that succeeded, as it was told first", () => {
    const paid = (value: string): Fact => ({ ...SUCCESS, actualAmount: { currency: "USD", value } });
    expect(after(newPayment(), paid("10800"), paid("1"), SUCCESS).actualAmount).to.deep.equal({
      currency: "USD",
      value: "10800",
    });
    expect(after(newPayment(), SUCCESS)).to.not.have.property("actualAmount");
  });

  describe("when Antom wants a check of the buyer and names no page for it", () => {
    const { action: _action, ...linkless } = ACTION;
    const challenged: Fact = { ...linkless, challenge: "SMS_OTP" };

    it("waits, keeps asking, and tells the shop once", () => {
      const payment = after(newPayment(), challenged, challenged);
      expect(payment).to.include({ status: "created" }).and.to.have.property("request");
      expect(payment.conflicts).to.deep.equal([{ code: "challenge_unsupported", at: T0 + MINUTE, seen: "SMS_OTP" }]);
      expect(eventsOf(newPayment(), challenged, challenged)).to.deep.equal(["payment.conflict"]);
    });

    it("goes wherever Antom sends it after all", () => {
      expect(after(newPayment(), challenged, SUCCESS).status).to.equal("authorized");
      expect(after(newPayment(), challenged, DECLINED).status).to.equal("failed");
      expect(after(newPayment(), challenged, deadline("payment")).status).to.equal("expired");
    });

    it("lets a stored card go that is charged with nobody there", () => {
      const payment = after({ ...newPayment(), recurringType: "SCHEDULED" }, challenged);
      expect(payment).to.include({ buyerNeeded: true });
    });
  });

  it("counts silences in a row, and begins anew when Antom says how the payment stands", () => {
    const silent = after(newPayment(), UNANSWERED, UNANSWERED, UNANSWERED);
    expect(silent.unanswered).to.equal(3);
    expect(after(silent, ACTION).unanswered).to.equal(0);
    // How the payment stands does not answer what was asked beside it; that it is cancelled answers a void.
    const asked = after(silent, requested("void"));
    for (const fact of [ACTION, PROCESSING, SUCCESS]) expect(after(asked, fact).unanswered).to.equal(3);
    for (const fact of [CANCELLED, told("void")]) expect(after(asked, fact).unanswered).to.equal(0);
  });
});
