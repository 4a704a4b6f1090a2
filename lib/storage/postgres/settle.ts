import type { ClaimedTask, TaskOutcome } from "../storage.js";
import { AGAIN, type Work } from "./batch.js";
import type { Value } from "./columns.js";
import type { Statement, Trial } from "./database.js";
import { heldSql, type HeldParts } from "./held-tasks-sql.js";
import { writable } from "../ids.js";
import type { Names } from "./names.js";
import { integer, isTrue, text } from "./row.js";
import { Values } from "./values.js";
import { IS_WRITTEN_SAFELY } from "./write-settings.js";

/** A `settle`, ready to be made. */
export interface SettleRequest {
  readonly id: string;
  readonly payment: string;
  readonly lease: string;
  readonly state: "waiting" | "done" | "dead";
  readonly error: string | null;
  readonly dueAt: number | null;
  /** How many of its attempts do not count. */
  readonly untried: 0 | 1;
}

export const settleRequest = ({ task, lease }: ClaimedTask, outcome: TaskOutcome): SettleRequest => {
  const { id, payment } = task;
  const base = { id, payment, lease, error: null, dueAt: null, untried: 0 } as const;
  if ("done" in outcome) return { ...base, state: "done" };
  if ("dead" in outcome) return { ...base, state: "dead", error: writable(outcome.dead) };
  const { again, error, isUntried } = outcome;
  return {
    ...base,
    state: "waiting",
    dueAt: again,
    error: error === undefined ? null : writable(error),
    untried: isUntried === true ? 1 : 0,
  };
};

const OUTCOME = ["text", "text", "text", "text", "bigint", "integer"] as const;

const outcomes = (values: Values, requests: readonly SettleRequest[]): string => {
  const rows = requests.map(({ id, lease, state, error, dueAt, untried }): Value[] => [
    id,
    lease,
    state,
    error,
    dueAt,
    untried,
  ]);
  return `${values.rows(OUTCOME, rows)} WITH ORDINALITY AS o(id, lease, state, error, due_at, untried, nth)`;
};

/** What it was put off for is of interest until it is done; the error before that too. */
const ERROR = "last_error = CASE o.state WHEN 'waiting' THEN o.error ELSE coalesce(o.error, t.last_error) END";

/** For `deliver` tasks, whose payment's next one takes their place; any other task is kept too. */
export const settleStatement = (
  names: Names,
  requests: readonly SettleRequest[],
  how: Pick<HeldParts, "settings" | "isPassingOver">,
): Statement => {
  const values = new Values();
  const rows = outcomes(values, requests);
  const ids = `${values.add(requests.map(({ id }) => id))}::text[]`;
  const held = `held AS MATERIALIZED (
  SELECT o.nth - 1 AS nth, t.number, t.payment, p.version, o.lease, o.state, o.error, o.untried, coalesce(o.due_at, t.due_at) AS due_at
  FROM ${rows} JOIN ${names.tasks} t ON t.id = o.id AND t.lease = o.lease JOIN ${names.payments} p ON p.number = t.payment
)`;
  const set = `settled = o.lease, attempts = t.attempts - o.untried, ${ERROR}`;
  return { text: heldSql(names, { ...how, held, isStill: "t.lease = h.lease", set, ids }), values: values.list };
};

/**
 * For the other tasks, of which no other waits. What is done is of no more use. A task that a commit is writing anew, or somebody claims, is not
 * waited for: a commit locks tasks in an order of its own, and each would wait for the other. Most likely the lease is lost then.
 */
const plainStatement = ({ tasks }: Names, requests: readonly SettleRequest[]): Statement => {
  const values = new Values();
  return {
    text: `WITH asked AS MATERIALIZED (SELECT o.* FROM ${outcomes(values, requests)} WHERE ${IS_WRITTEN_SAFELY}),
outcome AS MATERIALIZED (
  SELECT a.*, t.number FROM asked a JOIN ${tasks} t ON t.id = a.id AND t.lease = a.lease FOR UPDATE OF t SKIP LOCKED
),
gone AS (DELETE FROM ${tasks} t USING outcome o WHERE t.number = o.number AND o.state = 'done'),
changed AS (
  UPDATE ${tasks} t SET state = o.state, attempts = t.attempts - o.untried, ${ERROR}, due_at = coalesce(o.due_at, t.due_at), settled = o.lease,
    ready_at = CASE o.state WHEN 'waiting' THEN o.due_at END, leased_until = NULL, lease = NULL
  FROM outcome o WHERE t.number = o.number AND o.state <> 'done'
)
SELECT nth - 1 AS nth, TRUE AS changed FROM outcome
UNION ALL SELECT a.nth - 1, FALSE FROM asked a JOIN ${tasks} t ON t.id = a.id AND t.lease = a.lease
WHERE a.nth <> ALL (ARRAY(SELECT nth FROM outcome))`,
    values: values.list,
  };
};

const workBy = (
  names: Names,
  keyOf: (request: SettleRequest) => string,
  statement: (names: Names, requests: readonly SettleRequest[], how: { readonly isPassingOver: boolean }) => Statement,
): Work<SettleRequest, boolean> => ({
  keysOf: (request) => [keyOf(request)],
  run: async (trial, requests) => {
    const rows = await trial.run(statement(names, requests, trial));
    const byNth = new Map<number, true | typeof AGAIN>();
    for (const row of rows) byNth.set(integer(row, "nth"), isTrue(row, "changed") ? true : AGAIN);
    const answers = requests.map((_request, nth) => byNth.get(nth) ?? false);
    if (!trial.isInDoubt || !answers.includes(false)) return answers;
    const settled = await settledBefore(trial, names, requests);
    return answers.map((answer, nth) => answer || settled.has(requests[nth]));
  },
});

export const settleDeliverWork = (names: Names): Work<SettleRequest, boolean> =>
  workBy(names, ({ payment }) => payment, settleStatement);

export const settlePlainWork = (names: Names): Work<SettleRequest, boolean> =>
  workBy(names, ({ id }) => id, plainStatement);

/** Those that an earlier try has settled after all: they bear the lease as the one they were settled with, or are done and gone. */
const settledBefore = async (
  { run }: Pick<Trial, "run">,
  { tasks }: Names,
  requests: readonly SettleRequest[],
): Promise<ReadonlySet<SettleRequest | undefined>> => {
  const sql = `SELECT id, coalesce(settled, '') AS settled FROM ${tasks} WHERE id = ANY ($1)`;
  const rows = await run({ text: sql, values: [requests.map(({ id }) => id)] });
  const settled = new Map(rows.map((row) => [text(row, "id"), text(row, "settled")]));
  return new Set(
    requests.filter(({ id, lease, state }) => {
      const by = settled.get(id);
      return by === undefined ? state === "done" : by === lease;
    }),
  );
};
