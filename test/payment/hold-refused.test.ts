import { expect } from "chai";
import { isAtRest } from "../../lib/payment/at-rest.js";
import type { Fact } from "../../lib/payment/observation.js";
import { isHeldInVain } from "../../lib/payment/payment.js";
import { after, DAY, eventsOf, MINUTE, newPayment, step, T0 } from "./a-payment.js";
import { CANCELLED, DECLINED, requested, SUCCESS, told } from "./facts.js";
import { essence } from "./essence.js";
import { answer, capture, OFTEN, refund, VOID } from "./permit-rows.js";

const held = after(newPayment("MANUAL"), SUCCESS);
const refused = (code: string, nth = 1): Fact => told("capture", "10000", { nth, outcome: "failed", code });

/** Antom: capture, AUTH_EXPIRED and AUTH_CANCELLED; core.md 5.1 and appendix B. */
describe("a capture that is refused because nothing is held any more", () => {
  for (const [code, status, type] of [
    ["AUTH_EXPIRED", "expired", "payment.expired"],
    ["AUTH_CANCELLED", "voided", "payment.voided"],
  ] as const) {
    const facts = [requested("capture", "10000"), refused(code)];

    it(`ends the payment as ${status}, though the hold had days left, and tells of it (${code})`, () => {
      expect(after(held, ...facts).status).to.equal(status);
      expect(eventsOf(held, ...facts)).to.deep.equal(["payment.capture_failed", type]);
    });

    it(`comes to the same before the authorization is heard of (${code})`, () => {
      const first = after(newPayment("MANUAL"), refused(code), SUCCESS);
      expect(essence(first)).to.deep.equal(essence(after(newPayment("MANUAL"), SUCCESS, refused(code))));
    });

    it(`stands whatever an inquiry calls authorized afterwards, and does not outrank a capture (${code})`, () => {
      const ended = after(held, ...facts);
      expect(after(ended, SUCCESS).status).to.equal(status);
      const done = told("capture", "10000", { code: "SUCCESS" });
      const late = after(ended, done);
      expect(late).to.include({ status: "captured", capturedAmount: "10000" });
      expect(late.conflicts.map((conflict) => conflict.code)).to.include("contradictory_result");
      const early = after(held, requested("capture", "10000"), done, refused(code));
      expect(essence(early)).to.deep.equal(essence(late));
    });

    it(`waits for another capture that is under way: that may have been in time (${code})`, () => {
      const under = after(held, requested("capture", "4000"), requested("capture", "6000", 2));
      const waiting = after(under, told("capture", "6000", { nth: 2, outcome: "failed", code }));
      expect(waiting.status).to.equal("authorized");
      expect(after(waiting, told("capture", "4000")).status).to.equal("captured");
      expect(after(waiting, told("capture", "4000", { outcome: "failed", code: "PROCESS_FAIL" })).status).to.equal(
        status,
      );
    });
  }

  it("leaves nothing to capture or void, in words that name no end that is yet to come", () => {
    const ended = after(held, requested("capture", "10000"), refused("AUTH_EXPIRED"));
    expect(answer(ended, capture())).to.equal("! authorization_expired new_payment");
    expect(answer(ended, VOID)).to.equal("! void_too_late none");
  });

  for (const code of ["AUTH_EXPIRED", "AUTH_CANCELLED"]) {
    it(`leaves what was captured in time, contradicts nothing, and leaves nothing more to capture (${code})`, () => {
      const facts = [
        requested("capture", "4000"),
        told("capture", "4000"),
        requested("capture", "6000", 2),
        told("capture", "6000", { nth: 2, outcome: "failed", code }),
      ];
      const payment = after(held, ...facts);
      expect(payment).to.deep.include({ status: "captured", capturedAmount: "4000", conflicts: [] });
      expect(eventsOf(held, ...facts)).to.deep.equal(["payment.captured", "payment.capture_failed"]);
      expect(answer(payment, capture("1000"), { contract: OFTEN })).to.equal("! authorization_expired new_payment");
      expect(answer(payment, VOID)).to.equal("! operation_refused refund_instead");
      expect(answer(payment, refund())).to.equal("R1 4000");
    });

    it(`comes to the same where it is heard of before what was captured in time (${code})`, () => {
      const facts = [told("capture", "4000"), told("capture", "6000", { nth: 2, outcome: "failed", code })];
      const [first, second] = [after(held, ...facts), after(held, ...facts.reverse())];
      expect(essence(second)).to.deep.equal(essence(first));
      expect(second).to.deep.include({ status: "captured", conflicts: [] });
    });
  }

  it("is marked still where Antom says of the payment itself that it is cancelled", () => {
    const facts = [
      told("capture", "4000"),
      told("capture", "6000", { nth: 2, outcome: "failed", code: "AUTH_CANCELLED" }),
    ];
    const payment = after(held, ...facts, CANCELLED);
    expect(payment.conflicts.map(({ code }) => code)).to.deep.equal(["captured_after_void"]);
  });

  it("lets go of what a payment held that another one had taken the place of", () => {
    const late = step(after(newPayment("MANUAL"), DECLINED), SUCCESS, { otherIsLive: true })?.payment ?? held;
    const refusedVoid = told("void", undefined, { outcome: "failed", code: "ACCESS_DENIED" });
    const gone = after(late, refusedVoid, refused("AUTH_CANCELLED"));
    expect(gone.status).to.equal("voided");
    expect(isHeldInVain(gone)).to.equal(false);
    expect(isAtRest(after(gone, { kind: "reviewed", count: 1 }))).to.equal(true);
  });

  it("is not the last word where an increase turns out to have put the end off: that is marked, and can be voided", () => {
    const end = T0 + 8 * DAY;
    const raising = after(held, requested("increase", "12500"), requested("capture", "10000"), refused("AUTH_EXPIRED"));
    expect(raising.status).to.equal("expired");
    const raised = after(raising, told("increase", "12500", { authorizationExpiresAt: end }));
    expect(raised.status).to.equal("expired");
    expect(raised.conflicts.map(({ code, seen }) => [code, seen])).to.deep.equal([
      ["late_success", `held until ${new Date(end).toISOString()}`],
    ]);
    expect(answer(raised, capture())).to.equal("! authorization_expired new_payment");
    expect(answer(raised, VOID)).to.equal("V1");
    expect(answer(raised, VOID, { now: end })).to.equal("! void_too_late none");
  });

  it("is told of once, though the hold's end and an inquiry say the same later", () => {
    const ended = after(held, requested("capture", "10000"), refused("AUTH_EXPIRED"));
    const at = T0 + 8 * DAY;
    expect(step(ended, { kind: "deadline", which: "hold" }, { source: "clock", at })).to.be.undefined;
    const voided = after(held, requested("capture", "10000"), refused("AUTH_CANCELLED"));
    expect(step(voided, CANCELLED, { source: "inquiry", at: T0 + 2 * MINUTE })?.events ?? []).to.deep.equal([]);
  });
});
