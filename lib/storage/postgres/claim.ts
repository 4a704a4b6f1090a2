import { randomBytes } from "node:crypto";
import { AntomError } from "../../errors.js";
import type { Task } from "../../payment/task.js";
import { boundedLimit } from "../page.js";
import type { ClaimedTask, ClaimRequest } from "../storage.js";
import { checkLease } from "../task-words.js";
import type { Database } from "./database.js";
import { bringInNamed, bringInSql, isAnyDue, isFreeSql, onDeferred } from "./deferred.js";
import { heldSql } from "./held-tasks-sql.js";
import { isFit } from "../ids.js";
import type { Names } from "./names.js";
import { pause } from "./back-off.js";
import { integer, isTrue, text } from "./row.js";

/** A task as it stands: due when the row says, which may be later than when it was made. */
export const taskIn = (row: unknown): Task => ({
  ...(JSON.parse(text(row, "data")) as Task),
  dueAt: integer(row, "due_at"),
});

/**
 * What another takes at the same moment is passed over, not waited for. The tasks are found by an array: for a join the server, which does not know
 * how many there will be, may read the whole table. A claim that a power cut undoes does no harm: its tasks can be claimed again.
 */
const claimSql = ({ tasks }: Names): string => `
WITH ready AS MATERIALIZED (
  SELECT ${READY} FROM ${tasks} WHERE ready_at <= $1 ORDER BY ready_at, number LIMIT $2 FOR UPDATE SKIP LOCKED
),
claimed AS (
  UPDATE ${tasks} t SET ${LEASE} WHERE t.number = ANY (ARRAY(SELECT number FROM ready)) RETURNING ${CLAIMED}
)
SELECT c.*, r.ready_at AS since, r.taken_over FROM claimed c JOIN ready r ON r.number = c.number`;

/** Of what was deferred, and of the tasks, those that could be claimed first. */
const claimBothSql = (names: Names): string => `
WITH ready AS MATERIALIZED (
  SELECT ${READY} FROM ${names.tasks} WHERE ready_at <= $1 ORDER BY ready_at, number LIMIT $2 FOR UPDATE SKIP LOCKED
),
off AS MATERIALIZED (
  SELECT d.payment, d.due_at, d.data FROM ${names.deferred} d WHERE d.due_at <= $1 AND ${isFreeSql(names)}
  ORDER BY d.due_at, d.payment LIMIT $2 FOR UPDATE OF d SKIP LOCKED
),
first AS MATERIALIZED (
  SELECT number, NULL::bigint AS payment, ready_at AS due_at, NULL::text AS data, taken_over FROM ready
  UNION ALL SELECT NULL, payment, due_at, data, FALSE FROM off ORDER BY due_at, number, payment LIMIT $2
),
claimed AS (
  UPDATE ${names.tasks} t SET ${LEASE} WHERE t.number = ANY (ARRAY(SELECT number FROM first WHERE number IS NOT NULL))
  RETURNING ${CLAIMED}
),
${bringInSql(names, "first", LEASED, `t.payment, ${CLAIMED}`)}
SELECT c.*, f.due_at AS since, f.taken_over FROM claimed c JOIN first f ON f.number = c.number
UNION ALL SELECT number, due_at, attempts, lease, data, due_at, FALSE FROM brought`;

/** Of what is ready: what was settled has no lease any more. */
const READY = "number, ready_at, lease IS NOT NULL AS taken_over";

const LEASE =
  "attempts = t.attempts + 1, lease = (t.attempts + 1)::text || '.' || $3::text, leased_until = $4, ready_at = $4";
const LEASED = { attempts: "1", lease: "'1.' || $3::text", leased_until: "$4", ready_at: "$4" };
const CLAIMED = "t.number, t.due_at, t.attempts, t.lease, t.data";

/** If the answer to a claim is lost, what was claimed waits for the end of its lease. */
export const claim = async (database: Database, names: Names, request: ClaimRequest): Promise<ClaimedTask[]> => {
  const { now, lease } = request;
  const limit = boundedLimit(request.limit);
  checkLease(lease);
  // With the number of attempts before it no two claims of a task share a token, in whatever process.
  const token = randomBytes(16).toString("hex");
  const rows = await claimed(database, names, [now, limit, token, now + lease]);
  return rows
    .map((row) => ({ row, since: integer(row, "since"), number: integer(row, "number") }))
    .sort((a, b) => a.since - b.since || a.number - b.number)
    .map(({ row }) => {
      const taken = { task: taskIn(row), attempts: integer(row, "attempts"), lease: text(row, "lease") };
      return isTrue(row, "taken_over") ? { ...taken, isTakenOver: true } : taken;
    });
};

const claimed = async (
  database: Database,
  names: Names,
  values: readonly [number, number, string, number],
): Promise<readonly unknown[]> => {
  const [now] = values;
  const isBoth = await isAnyDue(database.ask, names, now);
  if (!isBoth) return database.read(claimSql(names), ...values);
  const both = onDeferred(claimBothSql(names), [...values]);
  const rows = await database.ask(both);
  // Another that claimed both at the same moment kept more from being seen than it took.
  return rows.length > 0 ? rows : database.ask(both);
};

const redriveSql = (names: Names): string =>
  heldSql(names, {
    held: `held AS MATERIALIZED (
  SELECT 0 AS nth, t.number, t.payment, p.version, 'waiting'::text AS state, $2::bigint AS due_at
  FROM ${names.tasks} t JOIN ${names.payments} p ON p.number = t.payment WHERE t.id = $1 AND t.state <> 'done'
)`,
    isStill: "t.state <> 'done'",
    set: "attempts = 0",
    ids: "ARRAY[$1]::text[]",
  });

/** How often a redrive may be overtaken by commits of the same payment. */
const MOST_TRIES = 50;

export const redrive = async (database: Database, names: Names, id: string, now: number): Promise<boolean> => {
  if (!isFit(id)) return false;
  await bringInNamed(database.ask, names, [id]);
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const [row] = await database.read(redriveSql(names), id, now);
    if (row === undefined) return false;
    if (isTrue(row, "changed")) return true;
    await pause(tries);
  }
  throw new AntomError("storage_unavailable", "Other transactions were in the way for too long.");
};
