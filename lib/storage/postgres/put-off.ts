import { isFit } from "../ids.js";
import type { Work } from "./batch.js";
import { LostInWork, type Run, type Statement } from "./database.js";
import { type DeferRequest, storedBefore } from "./defer.js";
import { idSql } from "./deferred.js";
import type { Names } from "./names.js";
import { text } from "./row.js";
import { Values } from "./values.js";
import { IS_WRITTEN_SAFELY } from "./write-settings.js";

/** A payment at rest may be about to be removed: what it puts off goes among the tasks, and keeps it. */
const putOffStatement = ({ payments, tasks, deferred }: Names, requests: readonly DeferRequest[]): Statement => {
  const values = new Values();
  const rows = values.rows(
    ["text", "bigint", "json"],
    requests.map(([payment, , , dueAt, json]) => [payment, dueAt, json]),
  );
  return {
    text: `INSERT INTO ${deferred} (payment, due_at, data)
SELECT p.number, d.due_at, d.data FROM ${rows} WITH ORDINALITY AS d(payment, due_at, data, nth)
JOIN ${payments} p ON p.id = d.payment
WHERE ${IS_WRITTEN_SAFELY} AND p.rests_since IS NULL AND (SELECT t.number FROM ${tasks} t WHERE t.id = ${idSql("d.payment")}) IS NULL
ORDER BY d.nth ON CONFLICT (payment) DO NOTHING RETURNING payment`,
    values: values.list,
  };
};

/** For tasks that may be in the table `deferred`. Whether each was stored there; what was not may still be deferred among the tasks. */
export const putOffWork = (names: Names): Work<DeferRequest, boolean> => ({
  keysOf: ([, id]) => [id],
  run: async ({ run, isInDoubt }, requests) => {
    // In one order everywhere, so that two batches that store the same do not wait for each other. No payment is stored with an unfit id.
    const fit = requests.filter(([payment]) => isFit(payment)).sort(([a], [b]) => (a < b ? -1 : 1));
    const rows = fit.length === 0 ? [] : await run(putOffStatement(names, fit));
    if (rows.length === requests.length) return requests.map(() => true);
    const stored = await storedOf(run, names, rows);
    const left = fit.filter(([payment]) => !stored.has(payment));
    if (isInDoubt) for (const { payment } of await storedBefore(run, names, left)) stored.add(payment);
    return requests.map(([payment]) => stored.has(payment));
  },
});

/**
 * The payments' ids. To ask for them where some are missing costs less than to have each statement tell. If that fails, the others are stored all
 * the same: as after a lost connection, the next try has to look.
 */
const storedOf = async (run: Run, { payments }: Names, rows: readonly unknown[]): Promise<Set<string>> => {
  if (rows.length === 0) return new Set();
  const numbers = rows.map((row) => text(row, "payment"));
  const asked = { text: `SELECT id FROM ${payments} WHERE number = ANY ($1)`, values: [numbers] };
  const found = await run(asked).catch((cause: unknown) => {
    throw new LostInWork("what was stored is not known", { cause });
  });
  return new Set(found.map((row) => text(row, "id")));
};
