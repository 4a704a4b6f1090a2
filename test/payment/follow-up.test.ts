import { expect } from "chai";
import { RECOVERY, SILENCE } from "../../lib/payment/follow-up.js";
import type { AuthorizationFact } from "../../lib/payment/observation.js";
import type { Payment } from "../../lib/payment/payment.js";
import type { TaskChange } from "../../lib/payment/task.js";
import type { Transition } from "../../lib/payment/transition.js";
import { after, DAY, ID, MINUTE, newPayment, opened, step, T0 } from "./a-payment.js";
import {
  ACTION,
  AUTHORIZED_AT,
  CANCELLED,
  CLOSING,
  deadline,
  DECLINED,
  PROCESSING,
  requested,
  SUCCESS,
  told,
  UNANSWERED,
  UNNEEDED,
} from "./facts.js";

const AT = T0 + MINUTE;
/** A success that tells until when the amount is held. */
const HELD: AuthorizationFact = { ...SUCCESS, authorizationExpiresAt: AUTHORIZED_AT + 7 * DAY };
const INQUIRE = `inquire:${ID}`;
const WATCH = `expire:${ID}`;

/** What becomes of the inquiry: when it is due, "obsolete", or undefined where it is left as it was. */
function inquiry(next: Transition | undefined): number | "obsolete" | undefined {
  const task = next?.tasks.find(({ id }) => id === INQUIRE);
  if (task === undefined) return undefined;
  return "obsolete" in task ? "obsolete" : task.dueAt;
}
const others = (next: Transition | undefined): TaskChange[] =>
  (next?.tasks ?? []).filter(
    (task) => task.id !== INQUIRE && task.id !== WATCH && ("obsolete" in task || task.kind !== "deliver"),
  );
/** When the watch over the hold is due, "obsolete", or undefined where it is left as it was. */
function watch(next: Transition | undefined): number | "obsolete" | undefined {
  const task = next?.tasks.find(({ id }) => id === WATCH);
  if (task === undefined) return undefined;
  return "obsolete" in task ? "obsolete" : task.dueAt;
}

describe("the work that follows from a change", () => {
  it("is, of an opening, an inquiry should whoever opened it hear nothing", () => {
    expect(opened().tasks).to.deep.equal([{ kind: "inquire", id: INQUIRE, payment: ID, dueAt: T0 + RECOVERY }]);
  });

  it("delivers each event at once, in order", () => {
    const next = step(newPayment(), told("capture", "10000"));
    expect(next?.events).to.have.length(2);
    expect(next?.tasks.slice(0, 2)).to.deep.equal(
      next?.events.map((event, index) => ({
        kind: "deliver",
        id: `${ID}.${index + 1}`,
        payment: ID,
        dueAt: AT,
        sequence: index + 1,
        event,
      })),
    );
  });

  describe("asks Antom", () => {
    const automatic = newPayment("AUTOMATIC");

    it("a minute after a change that leaves the end open, the first answer too", () => {
      expect(inquiry(step(newPayment(), ACTION, { source: "pay", at: T0 + 300 }))).to.equal(T0 + 300 + SILENCE);
      for (const fact of [ACTION, PROCESSING]) expect(inquiry(step(newPayment(), fact))).to.equal(AT + SILENCE);
      expect(inquiry(step(automatic, SUCCESS)), "the capture is still to come").to.equal(AT + SILENCE);
    });

    it("soon where a capture that was waited for beyond the hold is told to have failed: the hold can be called over", () => {
      const untold = after(automatic, SUCCESS, deadline("hold"));
      const failed = told("capture", "10000", { outcome: "failed" });
      expect(inquiry(step(after(automatic, SUCCESS), failed))).to.be.undefined;
      expect(inquiry(step(untold, failed))).to.equal(AT + SILENCE);
    });

    it("no sooner and no later for what does not change the status", () => {
      const before = after(newPayment(), ACTION);
      expect(inquiry(step(before, { ...ACTION, resultInfo: { cardBrand: "VISA" } }))).to.be.undefined;
    });

    it("no more once nothing is owed", () => {
      for (const fact of [DECLINED, CANCELLED, deadline("payment"), told("capture", "10000"), HELD]) {
        expect(inquiry(step(after(newPayment(), ACTION), fact)), fact.kind).to.equal("obsolete");
      }
      expect(inquiry(step(after(automatic, SUCCESS), told("capture", "10000")))).to.equal("obsolete");
    });

    it("once more where it has not told until when it holds what waits for the shop, and not once it has", () => {
      const before = after(newPayment(), ACTION);
      const untold = after(before, SUCCESS);
      expect(inquiry(step(before, SUCCESS))).to.equal(AT + SILENCE);
      expect(inquiry(step(untold, { ...SUCCESS, resultInfo: { cardBrand: "VISA" } }))).to.be.undefined;
      for (const fact of [HELD, told("capture", "10000"), CANCELLED]) {
        expect(inquiry(step(untold, fact)), fact.kind).to.equal("obsolete");
      }
      const [part, rest] = [told("capture", "4000"), told("capture", "6000", { nth: 2 })];
      const inParts: Payment = { ...untold, multipleCaptures: true };
      expect(inquiry(step(inParts, part))).to.be.undefined;
      expect(inquiry(step(after(inParts, part), rest))).to.equal("obsolete");
    });

    it("of its end still where something else that was owed has come", () => {
      const asked = after(newPayment(), SUCCESS, requested("increase", "12000"));
      expect(inquiry(step(asked, told("increase", "12000")))).to.be.undefined;
      expect(inquiry(step(asked, told("increase", "12000", { authorizationExpiresAt: AT + DAY })))).to.equal(
        "obsolete",
      );
    });

    it("again when something is owed anew", () => {
      const authorized = after(newPayment(), SUCCESS);
      expect(inquiry(step(authorized, requested("void"), { source: "command" }))).to.equal(AT + SILENCE);
      expect(inquiry(step(authorized, requested("capture", "1"), { source: "command" }))).to.equal(AT + SILENCE);
    });

    it("soon after a silence, and less and less soon as the silence lasts", () => {
      let payment: Payment = newPayment();
      const waits: number[] = [];
      for (let call = 0; call < 12; call++) {
        const next = step(payment, UNANSWERED, { source: "pay" });
        const due = inquiry(next);
        waits.push((typeof due === "number" ? due : 0) - AT);
        payment = next?.payment ?? payment;
      }
      const seconds = [2, 4, 8, 16, 32, 60, 60, 60, 60, 60, 60, 60];
      expect(waits).to.deep.equal(seconds.map((second) => second * 1000));
    });

    it("of a cancel that is not answered, or refused, less and less soon for longer", () => {
      let payment: Payment = after(newPayment(), ACTION, CLOSING);
      const waits: number[] = [];
      for (let call = 0; call < 13; call++) {
        // What Antom says of the payment itself in between is no answer to the cancel.
        const next = step(after(payment, ACTION), { ...UNANSWERED, operation: "void" }, { source: "void" });
        const due = inquiry(next);
        waits.push((typeof due === "number" ? due : 0) - AT);
        payment = next?.payment ?? payment;
      }
      const seconds = [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600, 3600];
      expect(waits).to.deep.equal(seconds.map((second) => second * 1000));
    });

    it("still after more silences than a number could double", () => {
      const payment = { ...newPayment(), unanswered: 5000 };
      expect(inquiry(step(payment, UNANSWERED))).to.equal(AT + 60_000);
    });

    it("at once when a refund is told before the capture it gives back", () => {
      const authorized = after(newPayment(), SUCCESS);
      expect(inquiry(step(authorized, told("refund", "1")))).to.equal(AT);
      const asked = after(authorized, requested("refund", "1"));
      expect(inquiry(step(asked, told("refund", "1")))).to.equal(AT);
    });

    it("shortly after a void was refused, for something must have happened meanwhile", () => {
      const asked = after(automatic, SUCCESS, requested("void"));
      expect(inquiry(step(asked, told("void", undefined, { outcome: "failed" }), { source: "void" }))).to.equal(
        AT + 2000,
      );
    });
  });

  describe("watches a hold that waits for the shop", () => {
    const authorized = after(newPayment(), SUCCESS);
    const end = authorized.authorizationExpiresAt ?? 0;

    it("from a day before its end", () => {
      expect(authorized.captureMode).to.equal("MANUAL");
      expect(watch(step(newPayment(), SUCCESS))).to.equal(end - DAY);
    });

    it("to its last hour, once the shop is warned, and then to its end", () => {
      expect(watch(step(authorized, deadline("warning")))).to.equal(end - 60 * MINUTE);
      expect(watch(step(after(authorized, deadline("warning")), deadline("last")))).to.equal(end);
    });

    it("at once where the day before its end has passed already", () => {
      const at = end - 1000;
      expect(watch(step(newPayment(), SUCCESS, { at }))).to.equal(at);
    });

    it("to another end when one is told, and is left alone when none is", () => {
      expect(watch(step(authorized, { ...SUCCESS, authorizationExpiresAt: end + DAY }))).to.equal(end);
      expect(watch(step(authorized, { ...SUCCESS, resultInfo: { cardBrand: "VISA" } }))).to.be.undefined;
    });

    it("no more once it was captured, voided or let go", () => {
      for (const fact of [told("capture", "10000"), CANCELLED, deadline("hold")]) {
        expect(watch(step(authorized, fact))).to.equal("obsolete");
      }
    });

    it("on, where the contract has several captures, until all of it is captured, gone, or given back", () => {
      const inParts: Payment = { ...authorized, multipleCaptures: true };
      const [part, rest] = [told("capture", "4000"), told("capture", "6000", { nth: 2 })];
      expect(watch(step(inParts, part))).to.be.undefined;
      const left = after(inParts, part);
      const refused = told("capture", "6000", { nth: 2, outcome: "failed", code: "AUTH_EXPIRED" });
      for (const fact of [rest, refused, deadline("hold"), CANCELLED, requested("refund", "4000")]) {
        expect(watch(step(left, fact)), fact.kind).to.equal("obsolete");
      }
      expect(watch(step(left, requested("refund", "3999")))).to.be.undefined;
      const refunding = after(left, requested("refund", "4000"));
      expect(watch(step(refunding, told("refund", "4000", { outcome: "failed" })))).to.equal(end - DAY);
      expect(watch(step(newPayment(), part)), "never seen held").to.be.undefined;
      expect(watch(step({ ...newPayment(), multipleCaptures: true }, part)), "heard of first").to.be.a("number");
    });

    it("not where Antom captures by itself: such a payment is inquired about anyway", () => {
      expect(watch(step({ ...newPayment(), captureMode: "AUTOMATIC" }, SUCCESS))).to.equal(undefined);
    });
  });

  describe("carries a void through", () => {
    const void1 = { kind: "void", id: `void:${ID}V1`, payment: ID, operation: `${ID}V1` };
    const authorized = after(newPayment(), SUCCESS);

    it("once whoever asked for it has had the time to do so", () => {
      for (const source of ["command", "clock"] as const) {
        expect(others(step(authorized, requested("void"), { source }))).to.deep.equal([
          { ...void1, dueAt: AT + 20_000 },
        ]);
      }
    });

    it("at once where nobody asked: a superseded payment is let go by the worker", () => {
      const expired = after(newPayment(), deadline("payment"));
      expect(others(step(expired, SUCCESS, { otherIsLive: true }))).to.deep.equal([{ ...void1, dueAt: AT }]);
    });

    it("no more once its outcome is known", () => {
      const asked = after(authorized, requested("void"));
      for (const fact of [told("void"), told("void", undefined, { outcome: "failed" }), CANCELLED]) {
        expect(others(step(asked, fact))).to.deep.equal([{ id: `void:${ID}V1`, obsolete: true }]);
      }
    });

    it("not at all where the payment is cancelled already", () => {
      const voided = after(newPayment(), CANCELLED);
      const next = step(voided, requested("void"), { source: "command" });
      expect(others(next)).to.deep.equal([]);
      expect(next?.payment.operations.map(({ status }) => status)).to.deep.equal(["succeeded"]);
    });

    it("of the kit's own again as soon as it may be of no more need, but to whoever has just asked for it its time", () => {
      const closing = after(newPayment(), ACTION, CLOSING);
      for (const fact of [SUCCESS, PROCESSING, DECLINED]) {
        const later = CLOSING.operation.requestedAt + 60 * MINUTE;
        expect(others(step(closing, fact))).to.deep.equal([{ ...void1, dueAt: AT + RECOVERY }]);
        expect(others(step(closing, fact, { at: later }))).to.deep.equal([{ ...void1, dueAt: later }]);
      }
      expect(others(step(after(closing, PROCESSING), SUCCESS))).to.deep.equal([]);
    });

    it("of the kit's own no more once it is not needed, and Antom is not asked for that", () => {
      const next = step(after(newPayment(), ACTION, CLOSING, HELD), UNNEEDED, { source: "clock" });
      expect(others(next)).to.deep.equal([{ id: `void:${ID}V1`, obsolete: true }]);
      expect(inquiry(next)).to.equal("obsolete");
    });

    it("anew once the shop wants one that was the kit's own", () => {
      const wanted = step(after(newPayment(), ACTION, CLOSING), requested("void"), { source: "command" });
      expect(others(wanted)).to.deep.equal([{ ...void1, dueAt: AT + RECOVERY }]);
    });

    it("not twice", () => {
      const asked = after(authorized, requested("void"));
      expect(others(step(asked, { ...UNANSWERED, operation: "void" }, { source: "void" }))).to.deep.equal([]);
    });
  });
});
