import type { Change, CommitOutcome } from "../storage.js";
import { AGAIN, type BatchTrial, type Work } from "./batch.js";
import { CHANGING, changingValues, type Value } from "./columns.js";
import type { Statement } from "./database.js";
import { bringInNamed } from "./deferred.js";
import { type Entries, entriesOf, entrySql, newToken } from "./journal-rows.js";
import { isMisplaced, isUnique } from "./errors.js";
import { isFit } from "../ids.js";
import { misplaced } from "../task-words.js";
import type { Names } from "./names.js";
import { type Puts, putsOf, putSql } from "./task-rows.js";
import { integer, isTrue } from "./row.js";
import { Values } from "./values.js";
import { IS_WRITTEN_SAFELY } from "./write-settings.js";

const CHANGING_NAMES = Object.keys(CHANGING);

/** A `commit`, with everything that needs no database done beforehand. */
export interface CommitRequest extends Entries {
  readonly id: string;
  readonly version: number;
  readonly expected: number;
  readonly token: number;
  readonly values: readonly Value[];
  readonly puts: Puts;
}

export const commitRequest = ({ payment, isLive, expectedVersion, entries, tasks }: Change): CommitRequest => {
  const token = newToken();
  return {
    id: payment.id,
    version: payment.version,
    expected: expectedVersion,
    token,
    values: [payment.id, expectedVersion, ...changingValues(payment, isLive, token, JSON.stringify(payment))],
    entries: entriesOf(entries),
    puts: putsOf(payment.id, tasks),
  };
};

/**
 * The payments are locked in one order, that in which the ends of tasks lock them too (held-tasks-sql.ts): otherwise two statements of many payments
 * end in a deadlock. Which of them still have the version that was expected is looked at once more as they are locked.
 */
const commitStatement = (names: Names, requests: readonly CommitRequest[], isPassingOver: boolean): Statement => {
  const values = new Values();
  const rows = values.rows(
    ["text", "integer", ...Object.values(CHANGING)],
    requests.map((request) => request.values),
  );
  const parts = [
    `change AS MATERIALIZED (
  SELECT c.* FROM ${rows} WITH ORDINALITY AS c(id, expected, ${CHANGING_NAMES.join(", ")}, nth)
)`,
    `locked AS MATERIALIZED (
  SELECT p.number, c.nth FROM ${names.payments} p JOIN change c ON p.id = c.id AND p.version = c.expected
  WHERE ${IS_WRITTEN_SAFELY} ORDER BY p.number FOR NO KEY UPDATE OF p ${isPassingOver ? "SKIP LOCKED" : ""}
)`,
    `made AS (
  UPDATE ${names.payments} p SET ${CHANGING_NAMES.map((column) => `${column} = c.${column}`).join(", ")}
  FROM change c JOIN locked l ON l.nth = c.nth WHERE p.number = l.number RETURNING c.nth - 1 AS nth, p.number
)`,
    entrySql(names, values, requests),
    ...putSql(
      names,
      values,
      requests.map(({ puts }) => puts),
    ),
  ];
  const passedOver = `
UNION ALL SELECT c.nth - 1, FALSE FROM change c JOIN ${names.payments} p ON p.id = c.id AND p.version = c.expected
WHERE c.nth <> ALL (ARRAY(SELECT nth FROM locked))`;
  return {
    text: `WITH ${parts.join(",\n")}\nSELECT nth, TRUE AS made FROM made${isPassingOver ? passedOver : ""}`,
    values: values.list,
  };
};

export const commitWork = (names: Names): Work<CommitRequest, CommitOutcome> => ({
  keysOf: ({ id }) => [id],
  run: async (trial, unsorted) => {
    // In one order everywhere, so that two batches that put the same tasks do not wait for each other.
    const requests = [...unsorted].sort((a, b) => (a.id < b.id ? -1 : 1));
    await bringInNamed(
      trial.run,
      names,
      requests.flatMap(({ puts }) => puts.ids),
    );
    const made = await committed(trial, names, requests);
    const stale = requests.filter((_request, nth) => made[nth] === "stale");
    const ours = trial.isInDoubt && stale.length > 0 ? await tokensOf(trial, names, stale) : new Set<CommitRequest>();
    const outcomes = new Map<CommitRequest, CommitOutcome | typeof AGAIN | undefined>(
      requests.map((request, nth) => [request, ours.has(request) ? "committed" : made[nth]]),
    );
    return unsorted.map((request) => outcomes.get(request) ?? AGAIN);
  },
});

const committed = async (
  { run, isPassingOver }: BatchTrial,
  names: Names,
  requests: readonly CommitRequest[],
): Promise<readonly (CommitOutcome | typeof AGAIN)[]> => {
  const [request] = requests;
  // No payment is stored with such an id.
  const fit = requests.filter(({ id }) => isFit(id));
  try {
    const rows = fit.length === 0 ? [] : await run(commitStatement(names, fit, isPassingOver));
    const found = new Map(rows.map((row) => [fit[integer(row, "nth")], isTrue(row, "made")]));
    return requests.map((each) => (found.has(each) ? (found.get(each) === true ? "committed" : AGAIN) : "stale"));
  } catch (error) {
    if (request === undefined || requests.length > 1) throw error;
    if (isUnique(error, "payments_live")) return ["occupied"];
    if (isMisplaced(error)) throw misplaced(request.puts.puts.map(([id]) => id).join(", "));
    throw error;
  }
};

/** Those that an earlier try has committed after all: the payment bears their token, or its journal holds their entries. */
const tokensOf = async (
  { run }: BatchTrial,
  names: Names,
  requests: readonly CommitRequest[],
): Promise<ReadonlySet<CommitRequest>> => {
  const values = new Values();
  const asked = requests.map(({ id, version, token, entries }, nth): Value[] => [
    nth,
    id,
    version,
    token,
    entries[0]?.[2] ?? null,
  ]);
  const rows = await run({
    text: `SELECT a.nth FROM ${values.rows(["integer", "text", "integer", "bigint", "text"], asked)} AS a(nth, id, version, token, entry)
JOIN ${names.payments} p ON p.id = a.id
WHERE (p.version = a.version AND p.token = a.token) OR (p.version > a.version AND EXISTS (
  SELECT 1 FROM ${names.journal} j
  WHERE j.payment = p.number AND j.version = a.version AND j.position = 0 AND j.data = a.entry
))`,
    values: values.list,
  });
  return new Set(rows.flatMap((row) => requests[integer(row, "nth")] ?? []));
};
