import { expect } from "chai";
import fc from "fast-check";
import { sum, units } from "../../lib/payment/amount.js";
import { heldAmount, underWay } from "../../lib/payment/money.js";
import type { OperationFact } from "../../lib/payment/observation.js";
import type { Operation, OperationKind } from "../../lib/payment/operation.js";
import type { Payment } from "../../lib/payment/payment.js";
import { permitted, type CaptureContract, type Command } from "../../lib/payment/permit.js";
import { after, EUR, MINUTE, newPayment, PAYMENT_ID, T0 } from "./a-payment.js";
import { DECLINED, SUCCESS } from "./facts.js";

/** What is done next: somebody asks for something, or Antom says what became of it. */
type Move =
  | { readonly do: "ask"; readonly kind: OperationKind; readonly value?: number; readonly key?: string }
  | { readonly do: "tell"; readonly which: number; readonly outcome: OperationFact["outcome"] };

const kinds = fc.constantFrom<OperationKind>("capture", "capture", "refund", "refund", "increase", "void");
const ask: fc.Arbitrary<Move> = fc
  .record(
    {
      kind: kinds,
      value: fc.oneof(fc.integer({ min: 1, max: 13_000 }), fc.constantFrom(2_500, 5_000, 10_000, 10_001, 12_000)),
      key: fc.constantFrom("a", "b", "c"),
    },
    { requiredKeys: ["kind"] },
  )
  .map((asked) => ({ do: "ask", ...asked }));
const tell: fc.Arbitrary<Move> = fc
  .record({
    which: fc.nat(20),
    outcome: fc.constantFrom<OperationFact["outcome"]>("succeeded", "succeeded", "failed", "pending"),
  })
  .map((told) => ({ do: "tell", ...told }));
const moves = fc.array(fc.oneof({ weight: 3, arbitrary: ask }, { weight: 2, arbitrary: tell }), {
  minLength: 1,
  maxLength: 30,
});
const contracts: fc.Arbitrary<CaptureContract> = fc.record({
  partialCapture: fc.boolean(),
  multipleCaptures: fc.boolean(),
});
const beginnings = fc.constantFrom(
  newPayment("MANUAL"),
  newPayment("AUTOMATIC"),
  after(newPayment("MANUAL"), DECLINED),
  ...(["MANUAL", "MANUAL", "MANUAL", "AUTOMATIC"] as const).map((mode) =>
    after(newPayment(mode), { ...SUCCESS, resultInfo: { incrementalAuthorizationAvailable: true } }),
  ),
);

const valueOf = (payment: Payment, kind: OperationKind): bigint =>
  units(sum(underWay(payment, kind).map(({ amount }) => amount?.value ?? "0")));

/** What must hold of a payment at every moment, with all that is under way counted as done. */
function checkSums(payment: Payment): void {
  const claimed = valueOf(payment, "capture");
  expect(claimed <= units(heldAmount(payment)), `captures of ${claimed} out of ${heldAmount(payment)}`).to.be.true;
  const given = valueOf(payment, "refund");
  expect(given <= units(payment.capturedAmount), `refunds of ${given} out of ${payment.capturedAmount}`).to.be.true;
  const decided = payment.operations.filter(({ kind, status }) => kind !== "refund" && status === "pending");
  expect(new Set(decided.map(({ kind }) => kind)).size, "kinds that wait for Antom at once").to.be.at.most(1);
  const ids = payment.operations.map(({ id }) => id);
  expect(new Set(ids).size, "ids are never given twice").to.equal(ids.length);
}

const tellOf = (operation: Operation, outcome: OperationFact["outcome"]): OperationFact => ({
  kind: operation.kind,
  outcome,
  paymentId: PAYMENT_ID,
  requestId: operation.id,
  ...(operation.amount === undefined ? {} : { amount: operation.amount }),
});

/** Asks as the ledger does: what is permitted anew is written down. */
function asked(payment: Payment, { kind, value, key }: Move & { do: "ask" }, contract: CaptureContract): Payment {
  const amount = value === undefined || kind === "void" ? {} : { amount: EUR(String(value)) };
  const command: Command = { kind, ...amount, ...(key === undefined ? {} : { key }) };
  const permit = permitted(payment, command, T0 + 5 * MINUTE, contract);
  const known = key === undefined ? undefined : payment.operations.find((operation) => operation.key === key);
  if ("refusal" in permit) {
    expect(permit.refusal.message).not.to.equal("");
    if (known !== undefined) expect(permit.refusal.code).to.equal("idempotency_key_reused");
    return payment;
  }
  const { operation, isNew } = permit;
  if (known !== undefined) expect([operation, isNew]).to.deep.equal([known, false]);
  if (operation === undefined) {
    const { status, authorizedAmount, capturedAmount, refundedAmount } = payment;
    if (kind === "void") expect(status).to.equal("voided");
    else {
      expect([value, key]).to.deep.equal([undefined, undefined]);
      expect(status).to.equal("captured");
      if (kind === "capture") expect(Number(capturedAmount)).to.be.at.least(Number(authorizedAmount));
      else expect([kind, refundedAmount]).to.deep.equal(["refund", capturedAmount]);
    }
    return payment;
  }
  expect(operation.kind).to.equal(kind);
  if (!isNew) {
    expect(payment.operations).to.include(operation);
    if (known === undefined) expect(operation.status).to.equal("pending");
    return payment;
  }
  expect(payment.operations.map(({ id }) => id)).not.to.include(operation.id);
  if (value !== undefined && kind !== "void") expect(operation.amount).to.deep.equal(EUR(String(value)));
  const next = after(payment, { kind: "requested", operation });
  expect(next.operations).to.have.lengthOf(payment.operations.length + 1);
  if (key !== undefined) {
    expect(permitted(next, command, T0 + 6 * MINUTE, contract)).to.deep.equal({ operation, isNew: false });
  }
  return next;
}

const play = (begin: Payment, contract: CaptureContract, all: readonly Move[]): Payment =>
  all.reduce((payment, move) => {
    if (move.do === "ask") {
      const next = asked(payment, move, contract);
      checkSums(next);
      return next;
    }
    const pending = payment.operations.filter(({ status }) => status === "pending");
    const operation = pending[move.which % Math.max(1, pending.length)];
    const next = operation === undefined ? payment : after(payment, tellOf(operation, move.outcome));
    checkSums(next);
    return next;
  }, begin);

describe("permitted, whatever is asked for in whatever order", function () {
  this.timeout(30_000);

  it("captures no more than is held and gives back no more than was captured, what is under way included", () => {
    fc.assert(
      fc.property(beginnings, contracts, moves, (begin, contract, all) => void play(begin, contract, all)),
      { numRuns: 2_000 },
    );
  });

  it("makes one operation of what everybody asks for at once", () => {
    fc.assert(
      fc.property(beginnings, contracts, moves, kinds, (begin, contract, all, kind) => {
        let payment = play(begin, contract, all);
        const amount = kind === "increase" ? { amount: EUR("20000") } : {};
        const before = payment.operations.length;
        const ids = new Set<string>();
        for (let person = 0; person < 5; person++) {
          const permit = permitted(payment, { kind, ...amount }, T0 + 7 * MINUTE, contract);
          if ("refusal" in permit) continue;
          if (permit.operation !== undefined) ids.add(permit.operation.id);
          if (permit.isNew) payment = after(payment, { kind: "requested", operation: permit.operation });
        }
        expect(payment.operations.length - before, [...ids].join()).to.be.at.most(1);
      }),
      { numRuns: 500 },
    );
  });

  it("never lets more be captured than one full capture where the contract says so", () => {
    const contract = { partialCapture: false, multipleCaptures: false };
    fc.assert(
      fc.property(beginnings, moves, (begin, all) => {
        const payment = play(begin, contract, all);
        const captures = underWay(payment, "capture");
        expect(captures.length).to.be.at.most(1);
        for (const { amount } of captures) expect(amount?.value).to.equal(heldAmount(payment));
      }),
      { numRuns: 500 },
    );
  });
});
