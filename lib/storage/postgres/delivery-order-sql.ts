import type { Names } from "./names.js";

/**
 * Of a payment's waiting `deliver` tasks only the earliest, the head, has a `ready_at`: when it is due, or when the lease of a later
 * one ends that is out because the head was redriven meanwhile. All others are held up until they are the head, so that a claim
 * reads one index, however many are held up.
 *
 * A statement sees the rows as they were when it began, though others may be at work on the same payment. So whatever may change which task
 * is the head first locks the payment (a commit by changing it, all others as `locked` in held-tasks-sql.ts), and finds out whether a commit
 * has come between, for only commits add tasks; then it locks the payment's other tasks, which gives them as they are now.
 */

/**
 * The other `deliver` tasks of some payments, as they are now; no other kind has a sequence. One that was given up may have been redriven
 * meanwhile.
 */
export const othersSql = ({ tasks }: Names, payments: string, except: string): string => `
others AS MATERIALIZED (
  SELECT t.number, t.payment, t.sequence, t.due_at, t.ready_at, t.leased_until, t.state FROM ${tasks} t
  WHERE t.payment IN (${payments}) AND t.sequence IS NOT NULL AND t.state <> 'done' AND ${except}
  ORDER BY t.number FOR NO KEY UPDATE OF t
)`;

/**
 * Who of `others` and of `own` (number, place, payment, sequence, due_at) may be claimed, and when; and sets it for the others. What
 * is asked of them is asked of `others`: a condition on the table itself is looked at as it was first, and as it is now only if it held then.
 */
export const readySql = ({ tasks }: Names, own: string): string => `
lined AS (
  SELECT number, NULL::bigint AS place, payment, sequence, due_at, leased_until FROM others WHERE state = 'waiting'
  UNION ALL SELECT number, place, payment, sequence, due_at, NULL::bigint FROM ${own}
),
ready AS MATERIALIZED (
  SELECT number, place, CASE row_number() OVER (PARTITION BY payment ORDER BY sequence, number, place)
    WHEN 1 THEN greatest(due_at, max(leased_until) OVER (PARTITION BY payment)) END AS ready_at
  FROM lined
),
arranged AS (
  UPDATE ${tasks} t SET ready_at = r.ready_at FROM ready r, others o
  WHERE t.number = r.number AND o.number = r.number AND o.ready_at IS DISTINCT FROM r.ready_at
)`;
