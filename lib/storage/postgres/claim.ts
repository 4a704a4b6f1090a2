import { randomBytes } from "node:crypto";
import { AntomError } from "../../errors.js";
import type { Task } from "../../payment/task.js";
import { boundedLimit } from "../page.js";
import type { ClaimedTask, ClaimRequest } from "../storage.js";
import type { Database } from "./database.js";
import { heldSql } from "./held.js";
import { isFit } from "../ids.js";
import type { Names } from "./names.js";
import { pause } from "./patience.js";
import { integer, isTrue, text } from "./row.js";

/** A task as it stands: due when the row says, which may be later than when it was made. */
export const taskIn = (row: unknown): Task => ({
  ...(JSON.parse(text(row, "data")) as Task),
  dueAt: integer(row, "due_at"),
});

/** What another takes at the same moment is passed over, not waited for. */
const claimSql = ({ tasks }: Names): string => `
WITH ready AS MATERIALIZED (
  SELECT number FROM ${tasks} WHERE ready_at <= $1 ORDER BY ready_at, number LIMIT $2 FOR UPDATE SKIP LOCKED
)
UPDATE ${tasks} t SET attempts = t.attempts + 1, lease = (t.attempts + 1)::text || '.' || $3::text, leased_until = $4, ready_at = $4
FROM ready r WHERE t.number = r.number
RETURNING t.number, t.due_at, t.attempts, t.lease, t.data`;

/** If the answer to a claim is lost, what was claimed waits for the end of its lease. */
export const claim = async (database: Database, names: Names, request: ClaimRequest): Promise<ClaimedTask[]> => {
  const { now, lease } = request;
  const limit = boundedLimit(request.limit);
  if (!(lease > 0)) throw new AntomError("request_invalid", "A lease lasts at least a millisecond.");
  // With the number of attempts before it no two claims of a task share a token, in whatever process.
  const token = randomBytes(16).toString("hex");
  const rows = await database.read(claimSql(names), now, limit, token, now + lease);
  return rows
    .map((row) => ({ row, dueAt: integer(row, "due_at"), number: integer(row, "number") }))
    .sort((a, b) => a.dueAt - b.dueAt || a.number - b.number)
    .map(({ row }) => ({ task: taskIn(row), attempts: integer(row, "attempts"), lease: text(row, "lease") }));
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
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const [row] = await database.read(redriveSql(names), id, now);
    if (row === undefined) return false;
    if (isTrue(row, "changed")) return true;
    await pause(tries);
  }
  throw new AntomError("storage_unavailable", "Other transactions were in the way for too long.");
};
