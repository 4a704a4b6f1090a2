import { othersSql, readySql } from "./delivery-order-sql.js";
import type { Names } from "./names.js";
import { IS_WRITTEN_SAFELY } from "./write-settings.js";

export interface HeldParts {
  /** A relation `held` (nth, number, payment, version, ...) of the tasks that are to be changed, with their payment's version, as the statement sees them. */
  readonly held: string;
  /** What has to be so of a task `t` and its `held` row `h` still, once it is locked. */
  readonly isStill: string;
  /** What becomes of the task, in columns of `own`: `o.state` and `o.due_at` are those it is to have. */
  readonly set: string;
  /** The tasks' ids, as an array. */
  readonly ids: string;
  /** A condition that holds, and sets how the transaction goes on (see write-settings.ts). */
  readonly settings?: string;
  /** What another transaction has locked is not waited for: it is answered as overtaken. */
  readonly isPassingOver?: boolean;
}

/** Columns of the answer: `nth`, and whether the task was changed. One that was held and not changed has been overtaken: try again. */
export const heldSql = (
  names: Names,
  { held, isStill, set, ids, settings = IS_WRITTEN_SAFELY, isPassingOver = false }: HeldParts,
): string => `
WITH ${held},
locked AS MATERIALIZED (
  SELECT p.number FROM ${names.payments} p JOIN held h ON p.number = h.payment AND p.version = h.version
  WHERE ${settings} ORDER BY p.number FOR NO KEY UPDATE OF p ${isPassingOver ? "SKIP LOCKED" : ""}
),
own AS MATERIALIZED (
  SELECT h.*, t.kind, t.sequence FROM ${names.tasks} t JOIN held h ON t.number = h.number JOIN locked l ON l.number = h.payment
  WHERE ${isStill} ORDER BY t.number FOR NO KEY UPDATE OF t
),
${othersSql(names, "SELECT payment FROM own WHERE kind = 'deliver'", `t.id <> ALL (${ids})`)},
mine AS (
  SELECT number, NULL::bigint AS place, payment, sequence, due_at FROM own WHERE kind = 'deliver' AND state = 'waiting'
),
${readySql(names, "mine")},
changed AS (
  UPDATE ${names.tasks} t SET ${set}, state = o.state, due_at = o.due_at, leased_until = NULL, lease = NULL,
    ready_at = CASE WHEN o.kind = 'deliver' THEN r.ready_at WHEN o.state = 'waiting' THEN o.due_at END
  FROM own o LEFT JOIN ready r ON r.number = o.number WHERE t.number = o.number RETURNING o.nth
)
SELECT h.nth, c.nth IS NOT NULL AS changed FROM held h LEFT JOIN changed c ON c.nth = h.nth`;
