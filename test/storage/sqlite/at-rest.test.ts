import { expect } from "chai";
import fc from "fast-check";
import { isPaid, restsSince } from "../../../lib/payment/at-rest.js";
import type { Conflict, Dispute, Evidence, Payment } from "../../../lib/payment/payment.js";
import { PAYMENT_STATUSES } from "../../../lib/payment/payment.js";
import type { Operation } from "../../../lib/payment/operation.js";
import { NOW, samplePayment } from "../../../lib/storage/conformance/samples.js";
import { Connection } from "../../../lib/storage/sqlite/connection.js";
import { resolveDriver } from "../../../lib/storage/sqlite/driver.js";
import { migrateStep } from "../../../lib/storage/sqlite/migrate.js";
import { integer, isNull } from "../../../lib/storage/sqlite/row.js";
import { MIGRATIONS } from "../../../lib/storage/sqlite/schema.js";
import { makeFolder } from "./folder.js";

/** Often what most payments have, so that some of what is made up is at rest. */
const mostly = <T>(usual: T, ...others: readonly T[]) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, fc.constantFrom(usual, ...others));

const amount = fc.constantFrom("0", "500", "1000", "9007199254740993");
const mark = mostly<true | undefined>(undefined, true);
const time = fc.integer({ min: NOW - 5, max: NOW + 5 });

const operation: fc.Arbitrary<Operation> = fc
  .record({
    kind: fc.constantFrom("capture", "refund", "void", "increase"),
    status: mostly<Operation["status"]>("succeeded", "failed", "pending"),
    value: fc.constantFrom("500", "1000", "9007199254740993", undefined),
  })
  .map(({ kind, status, value }) => ({
    id: "O",
    kind,
    status,
    requestedAt: NOW,
    ...(value === undefined ? {} : { amount: { currency: "EUR", value } }),
  }));

const dispute: fc.Arbitrary<Dispute> = fc.record({
  id: fc.constant("D"),
  steps: fc.array(fc.constantFrom("DISPUTE_CREATED", "DEFENSE_SUPPLIED", "DISPUTE_JUDGED", "RDR_RESOLVED"), {
    maxLength: 3,
  }),
});
const conflict: fc.Arbitrary<Conflict> = fc.constant({ code: "reversed", at: NOW });
const evidence: fc.Arbitrary<Evidence> = fc
  .record({ succeeded: mark, cancelled: mark, superseded: mark, cardStored: mark, cardMissed: mark, failed: mark })
  .map((marks) => Object.fromEntries(Object.entries(marks).filter(([, value]) => value !== undefined)));

/** Payments of every kind, also such as cannot come about. */
const payments = fc.record(
  {
    status: mostly("captured" as const, ...PAYMENT_STATUSES),
    captureMode: fc.constantFrom("AUTOMATIC" as const, "MANUAL" as const),
    evidence,
    saving: mostly(undefined, { buyer: "ann", by: "shop" as const, at: NOW }),
    operations: fc.array(operation, { maxLength: 3 }),
    disputes: fc.array(dispute, { maxLength: 2 }),
    conflicts: fc.array(conflict, { maxLength: 2 }),
    reviewed: mostly(undefined, 0, 1, 2),
    unanswered: mostly(0, 3),
    capturedAmount: amount,
    refundedAmount: amount,
    updatedAt: time,
    expiresAt: time,
    authorizationExpiresAt: fc.option(time, { nil: undefined }),
  },
  { noNullPrototype: true },
);

/** A file of the version before payments could be removed, as it was filled then. */
const fillOldFile = (path: string, all: readonly Payment[]): void => {
  const old = new Connection(resolveDriver(undefined), path);
  old.exec("CREATE TABLE antom_migrations (version INTEGER PRIMARY KEY, at TEXT NOT NULL DEFAULT '') STRICT; BEGIN");
  for (const [i, step] of MIGRATIONS.slice(0, 3).entries()) {
    old.exec(step);
    old.run("INSERT INTO antom_migrations (version) VALUES (?)", i + 1);
  }
  for (const payment of all) {
    const { id, status, amount, capturedAmount, refundedAmount } = payment;
    old.run(
      `INSERT INTO antom_payments (id, order_id, status, live, conflict, version, created_at, amount, captured, refunded, data)
      VALUES (?, ?, ?, 0, 0, 1, ?, ?, ?, ?, ?)`,
      ...[id, id, status, NOW, amount.value, capturedAmount, refundedAmount, JSON.stringify(payment)],
    );
  }
  old.exec("COMMIT");
  old.close();
};

describe("since when payments rest, in an SQLite file of the version before that was asked", () => {
  it("is what it would be had they been stored today", () => {
    const folder = makeFolder();
    const path = folder.path("payments.db");
    const all = fc
      .sample(payments, { numRuns: 3000, seed: 7 })
      .map(
        (changes, nth): Payment => JSON.parse(JSON.stringify({ ...samplePayment(`p${nth}`), ...changes })) as Payment,
      );
    fillOldFile(path, all);
    const file = new Connection(resolveDriver(undefined), path);
    while (migrateStep(file));
    const rows = file.all("SELECT id, rests_since, paid FROM antom_payments ORDER BY number");
    file.close();
    folder.remove();

    const expected = all.map((payment) => [restsSince(payment), isPaid(payment)]);
    const resting = expected.filter(([since]) => since !== undefined).length;
    expect(resting).to.be.within(100, 2900);
    for (const [nth, row] of rows.entries()) {
      const found = [isNull(row, "rests_since") ? undefined : integer(row, "rests_since"), integer(row, "paid") === 1];
      expect(found, JSON.stringify(all[nth])).to.deep.equal(expected[nth]);
    }
    expect(rows).to.have.lengthOf(all.length);
  });
});
