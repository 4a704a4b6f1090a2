import { expect } from "chai";
import fc from "fast-check";
import type { AuthorizationFact, Fact } from "../../lib/payment/observation.js";
import type { Conflict, Payment } from "../../lib/payment/payment.js";
import { transition } from "../../lib/payment/transition.js";
import { after, DAY, EUR, ID, newPayment, observation, opened, PAYMENT_ID, step, T0 } from "./a-payment.js";
import { plans, worldOf } from "./antom-model.js";
import { ACTION, dispute, requested, REVERSED, SUCCESS, told } from "./facts.js";
import { createHistory } from "./history.js";

/** Facts change nothing about the payment but the mark, which is told once. */
function expectNothingButTheMark(before: Payment, fact: Fact, conflict: Omit<Conflict, "at">): void {
  const at = before.updatedAt + DAY;
  const next = transition(before, observation("notification", [fact], at));
  expect(next?.events.map((event) => [event.type, "conflict" in event && event.conflict])).to.deep.equal([
    ["payment.conflict", { ...conflict, at }],
  ]);
  expect(next?.payment).to.deep.equal({
    ...before,
    conflicts: [...before.conflicts, { ...conflict, at }],
    version: before.version + 1,
    eventCount: before.eventCount + 1,
    updatedAt: at,
  });
  const again = observation("notification", [fact], at + DAY);
  expect(transition(next?.payment ?? before, again)).to.be.undefined;
}

const without = ({ amount: _amount, ...fact }: AuthorizationFact): AuthorizationFact => fact;
const FOREIGN = { paymentId: "SOMEBODY-ELSES" };

describe("a signed fact that cannot be about the payment", () => {
  const waiting = after(newPayment(), ACTION);
  const authorized = after(waiting, SUCCESS);
  const captured = after(authorized, told("capture", "10000"));
  const asked = after(authorized, requested("capture", "4000"));

  const cases: Readonly<Record<string, readonly [Payment, Fact, Omit<Conflict, "at">]>> = {
    "by another paymentId": [
      waiting,
      { ...SUCCESS, ...FOREIGN },
      { code: "payment_id_mismatch", expected: PAYMENT_ID, seen: "SOMEBODY-ELSES" },
    ],
    "by another paymentRequestId": [
      waiting,
      { ...SUCCESS, paymentRequestId: "SOMEBODY-ELSES-1" },
      { code: "payment_id_mismatch", expected: ID, seen: "SOMEBODY-ELSES-1" },
    ],
    "being a dispute of another paymentRequestId": [
      authorized,
      { ...dispute("A"), paymentRequestId: "SOMEBODY-ELSES-1" },
      { code: "payment_id_mismatch", expected: ID, seen: "SOMEBODY-ELSES-1" },
    ],
    "by an amount that is none": [
      waiting,
      { ...without(SUCCESS), malformedAmount: "1e3" },
      { code: "amount_mismatch", expected: "10000", seen: "1e3" },
    ],
    "being a capture of an amount that is none": [
      authorized,
      { ...told("capture"), malformedAmount: "-1" },
      { code: "amount_mismatch", expected: "10000", seen: "-1" },
    ],
    "being an increase to an amount that is none": [
      authorized,
      { ...told("increase"), malformedAmount: "eur 1" },
      { code: "amount_mismatch", expected: "10000", seen: "eur 1" },
    ],
    "by another currency": [
      waiting,
      { ...SUCCESS, amount: { currency: "USD", value: "10000" } },
      { code: "currency_mismatch", expected: "EUR", seen: "USD" },
    ],
    "by a cent": [
      waiting,
      { ...SUCCESS, amount: EUR("9999") },
      { code: "amount_mismatch", expected: "10000", seen: "9999" },
    ],
    "by a factor of 100": [
      waiting,
      { ...SUCCESS, amount: EUR("1000000") },
      { code: "amount_mismatch", expected: "10000", seen: "1000000" },
    ],
    "though it only says that the payment failed": [
      waiting,
      { ...SUCCESS, outcome: "failed", amount: EUR("1") },
      { code: "amount_mismatch", expected: "10000", seen: "1" },
    ],
    "being a capture of another payment": [
      authorized,
      { ...told("capture", "10000"), ...FOREIGN },
      { code: "payment_id_mismatch", expected: PAYMENT_ID, seen: "SOMEBODY-ELSES" },
    ],
    "being a void of another payment": [
      authorized,
      { ...told("void"), ...FOREIGN },
      { code: "payment_id_mismatch", expected: PAYMENT_ID, seen: "SOMEBODY-ELSES" },
    ],
    "being a dispute of another payment": [
      authorized,
      dispute("A", "D1", "SOMEBODY-ELSES"),
      { code: "payment_id_mismatch", expected: PAYMENT_ID, seen: "SOMEBODY-ELSES" },
    ],
    "being a reversal of another payment": [
      authorized,
      { kind: "reversal", ...FOREIGN },
      { code: "payment_id_mismatch", expected: PAYMENT_ID, seen: "SOMEBODY-ELSES" },
    ],
    "being a capture in another currency": [
      authorized,
      { ...told("capture"), amount: { currency: "JPY", value: "10000" } },
      { code: "currency_mismatch", expected: "EUR", seen: "JPY" },
    ],
    "being a capture of more than is held": [
      authorized,
      told("capture", "10001"),
      { code: "captured_too_much", expected: "10000", seen: "10001" },
    ],
    "being one capture too many": [
      captured,
      told("capture", "1", { nth: 2 }),
      { code: "captured_too_much", expected: "10000", seen: "10001" },
    ],
    "being one capture too many, of an amount that is not told": [
      captured,
      told("capture", undefined, { nth: 2 }),
      { code: "captured_too_much", expected: "10000", seen: "20000" },
    ],
    "being a refund of more than was ever held": [
      captured,
      told("refund", "10001"),
      { code: "refunded_too_much", expected: "10000", seen: "10001" },
    ],
    "being one refund too many": [
      after(captured, told("refund", "9999")),
      told("refund", "2", { nth: 2 }),
      { code: "refunded_too_much", expected: "10000", seen: "10001" },
    ],
    "being a capture of another amount than was asked for": [
      asked,
      told("capture", "4001"),
      { code: "amount_mismatch", expected: "4000", seen: "4001" },
    ],
    "being an increase to another total than was asked for": [
      after(authorized, requested("increase", "15000")),
      told("increase", "12000"),
      { code: "amount_mismatch", expected: "15000", seen: "12000" },
    ],
    "being an increase to another total, which is still under way": [
      after(authorized, requested("increase", "15000")),
      told("increase", "15001", { outcome: "pending" }),
      { code: "amount_mismatch", expected: "15000", seen: "15001" },
    ],
    "being an increase that leaves the total as it was": [
      after(authorized, requested("increase", "15000")),
      told("increase", "10000"),
      { code: "amount_mismatch", expected: "15000", seen: "10000" },
    ],
    "being an increase to less than was asked for, by a total that another has asked for": [
      after(authorized, told("increase", "15000"), requested("increase", "18000", 2)),
      told("increase", "15000", { nth: 2 }),
      { code: "amount_mismatch", expected: "18000", seen: "15000" },
    ],
    "being the same increase with another total": [
      after(authorized, requested("increase", "15000"), told("increase", "15000")),
      told("increase", "12000"),
      { code: "amount_mismatch", expected: "15000", seen: "12000" },
    ],
    "being the same capture with another amount": [
      captured,
      told("capture", "9999"),
      { code: "amount_mismatch", expected: "10000", seen: "9999" },
    ],
  };
  for (const [how, [before, fact, conflict]] of Object.entries(cases)) {
    it(`differs ${how}, and changes nothing but the mark`, () => {
      expectNothingButTheMark(before, fact, conflict);
    });
  }

  it("changes nothing but the mark wherever in its life the payment stands", () => {
    fc.assert(
      fc.property(plans, fc.nat(), fc.constantFrom(...FACTS), (plan, stop, [fact, conflict]) => {
        const { signed, commands } = worldOf(plan);
        const history = createHistory(opened({ value: String(plan.value), captureMode: plan.captureMode }));
        const heard = [...commands, ...signed].slice(0, commands.length + 1 + (stop % signed.length));
        for (const told of heard) history.record({ ...told, at: T0 + history.payment.version * 1000 });
        expectNothingButTheMark(history.payment, fact, conflict);
      }),
      { numRuns: 150 },
    );
  });

  it("is marked for each thing it says, so that none hides another", () => {
    const first = after(waiting, { ...SUCCESS, amount: EUR("1") });
    expect(after(first, { ...SUCCESS, amount: EUR("2") }).conflicts.map(({ seen }) => seen)).to.deep.equal(["1", "2"]);
  });

  it("does not keep what it says of Antom's id", () => {
    const { paymentId: _paymentId, ...anonymous } = SUCCESS;
    const payment = after(newPayment(), { ...SUCCESS, amount: EUR("1") }, anonymous);
    expect(payment).to.include({ status: "authorized" }).and.not.to.have.property("paymentId");
  });
});

const FACTS: readonly (readonly [Fact, Omit<Conflict, "at">])[] = [
  [
    { ...SUCCESS, ...FOREIGN },
    { code: "payment_id_mismatch", expected: PAYMENT_ID, seen: "SOMEBODY-ELSES" },
  ],
  [
    { ...REVERSED, ...FOREIGN },
    { code: "payment_id_mismatch", expected: PAYMENT_ID, seen: "SOMEBODY-ELSES" },
  ],
  [
    { ...SUCCESS, amount: { currency: "USD", value: "1" } },
    { code: "currency_mismatch", expected: "EUR", seen: "USD" },
  ],
  [
    { ...told("refund"), amount: { currency: "USD", value: "1" } },
    { code: "currency_mismatch", expected: "EUR", seen: "USD" },
  ],
];

describe("a signed fact that agrees", () => {
  const authorized = after(newPayment(), SUCCESS);

  it("may name the amount of an increase that was asked for, settled or not", () => {
    for (const increase of [requested("increase", "15000"), told("increase", "15000")]) {
      const raised = after(authorized, increase);
      expect(after(raised, { ...SUCCESS, amount: EUR("15000"), code: "SUCCESS" }).conflicts).to.deep.equal([]);
    }
  });

  it("may capture what an increase has added, also before the increase is confirmed", () => {
    const asked = after(authorized, requested("increase", "15000"));
    expect(after(asked, told("capture", "15000"))).to.deep.include({ capturedAmount: "15000", conflicts: [] });
    const refused = after(asked, told("increase", "15000", { outcome: "failed" }));
    expect(after(refused, told("capture", "15000")).capturedAmount).to.equal("0");
  });

  it("may name what an increase adds instead of the new total: Antom does not say which of them it tells", () => {
    const asked = after(authorized, requested("increase", "15000"));
    for (const outcome of ["pending", "succeeded"] as const) {
      expect(after(asked, told("increase", "5000", { outcome })).conflicts).to.deep.equal([]);
    }
    expect(after(asked, told("increase", "5000"))).to.deep.include({ authorizedAmount: "15000" });
  });

  it("may name what an increase adds to a total that another asked for, whatever came of that", () => {
    for (const outcome of ["pending", "failed", "succeeded"] as const) {
      const first = after(authorized, requested("increase", "15000"), told("increase", "15000", { outcome }));
      for (const added of ["3000", "8000"]) {
        const raised = after(first, requested("increase", "18000", 2), told("increase", added, { nth: 2 }));
        expect(raised, added).to.deep.include({ authorizedAmount: "18000", conflicts: [] });
      }
    }
  });

  it("may tell of an earlier increase after a later one, by its own total or by what is held since, and lowers nothing", () => {
    const both = after(
      authorized,
      requested("increase", "15000"),
      requested("increase", "18000", 2),
      told("increase", "18000", { nth: 2 }),
    );
    for (const total of ["15000", "18000"]) {
      const { authorizedAmount, conflicts, operations } = after(both, told("increase", total));
      expect([authorizedAmount, conflicts]).to.deep.equal(["18000", []]);
      expect(operations.map(({ status, amount }) => [status, amount?.value])).to.deep.equal([
        ["succeeded", "15000"],
        ["succeeded", "18000"],
      ]);
    }
  });

  it("may tell of an increase that was asked for elsewhere beside the total that this made, in whatever order", () => {
    const success = { ...SUCCESS, amount: EUR("16000") };
    const increase = told("increase", "16000", { requestId: "DASHBOARD-1" });
    const capture = told("capture", "16000");
    for (const payment of [newPayment(), authorized]) {
      for (const facts of [
        [success, increase],
        [increase, success],
        [capture, success, increase],
      ]) {
        const next = transition(payment, observation("inquiry", facts))?.payment;
        const status = facts.includes(capture) ? "captured" : "authorized";
        expect(next).to.deep.include({ status, authorizedAmount: "16000", conflicts: [] });
      }
    }
  });

  it("that is of another total than the payment's is still marked where the increase beside it is of yet another", () => {
    const facts = [{ ...SUCCESS, amount: EUR("17000") }, told("increase", "16000", { requestId: "DASHBOARD-1" })];
    const next = transition(authorized, observation("inquiry", facts))?.payment;
    expect(next?.conflicts.map(({ code, seen }) => [code, seen])).to.deep.equal([["amount_mismatch", "17000"]]);
  });

  it("may tell of an increase that was asked for elsewhere by whatever total, once and again", () => {
    const elsewhere = (value: string) => told("increase", value, { requestId: "DASHBOARD-1" });
    const raised = after(authorized, elsewhere("16000"));
    expect(raised).to.deep.include({ authorizedAmount: "16000", conflicts: [] });
    expect(after(raised, elsewhere("6000"))).to.deep.include({ authorizedAmount: "16000", conflicts: [] });
  });

  it("may say of an increase that is refused, or not decided yet, that as much is held as before", () => {
    const asked = after(authorized, requested("increase", "15000"));
    const undecided = after(asked, told("increase", "10000", { outcome: "pending" }));
    expect(undecided).to.deep.include({ authorizedAmount: "10000", conflicts: [] });
    const refused = after(asked, told("increase", "10000", { outcome: "failed" }));
    expect(refused).to.deep.include({ authorizedAmount: "10000", conflicts: [] });
    expect(refused.operations[0]).to.include({ status: "failed" });
  });

  it("may say of a refused capture whatever it likes about the amount", () => {
    const fact = told("capture", "99999", { outcome: "failed" });
    expect(after(authorized, fact).conflicts).to.deep.equal([]);
  });

  it("brings Antom's id, which stays", () => {
    expect(after(newPayment(), ACTION).paymentId).to.equal(PAYMENT_ID);
    expect(
      step(newPayment(), { kind: "void", outcome: "pending", requestId: "X", paymentId: "P" })?.payment,
    ).to.include({ paymentId: "P" });
  });
});
