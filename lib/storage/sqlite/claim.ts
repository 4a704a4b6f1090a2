import { randomBytes } from "node:crypto";
import type { Task } from "../../payment/task.js";
import { isFit, writable } from "../ids.js";
import { boundedLimit } from "../page.js";
import type { ClaimedTask, ClaimRequest, TaskOutcome } from "../storage.js";
import { checkLease } from "../task-words.js";
import type { Connection } from "./connection.js";
import { bringInDue, bringInNamed, isAnyDue } from "./deferred.js";
import type { Step } from "./queue.js";
import { integer, text } from "./row.js";
import { arrange, promote } from "./tasks.js";

const IS_ANY_READY = "SELECT 1 FROM antom_tasks WHERE ready_at <= ? LIMIT 1";

const READY_FIRST = "FROM antom_tasks WHERE ready_at <= ? ORDER BY ready_at, number LIMIT ?";
/** What was settled has no lease any more. */
const READY = `SELECT number, lease IS NOT NULL AS taken_over ${READY_FIRST}`;
const CLAIM = `
UPDATE antom_tasks SET attempts = attempts + 1, lease = (attempts + 1) || '.' || ?, leased_until = ?, ready_at = ?
WHERE number IN (SELECT number ${READY_FIRST})
RETURNING number, due_at, attempts, lease, data`;

const HELD = "WHERE id = ? AND lease = ?";
const FORGET = `DELETE FROM antom_tasks ${HELD}`;
const FINISH = `
UPDATE antom_tasks SET state = ?, last_error = coalesce(?, last_error), ready_at = NULL, leased_until = NULL, lease = NULL
${HELD} RETURNING payment`;
const AGAIN = `
UPDATE antom_tasks SET due_at = ?, last_error = ?, ready_at = ?, attempts = attempts - ?, leased_until = NULL, lease = NULL
${HELD} RETURNING payment`;

const REDRIVE = `
UPDATE antom_tasks SET state = 'waiting', attempts = 0, due_at = ?, ready_at = ?, leased_until = NULL, lease = NULL
WHERE id = ? AND state <> 'done' RETURNING payment, kind`;

/** A task as it stands: due when the row says, which may be later than when it was made. */
export const taskIn = (row: unknown): Task => ({
  ...(JSON.parse(text(row, "data")) as Task),
  dueAt: integer(row, "due_at"),
});

/** Whether there is anything to claim: spares an idle worker, and every other process, the lock that a claim takes. */
export const isAnyReady = (connection: Connection, now: number): boolean =>
  connection.get(IS_ANY_READY, now) !== undefined || isAnyDue(connection, now);

/** The step of `claim`. */
export const claimStep = (request: ClaimRequest): Step<ClaimedTask[]> => {
  const { now, lease } = request;
  const limit = boundedLimit(request.limit);
  checkLease(lease);
  // With the number of attempts before it no two claims of a task share a token, in whatever process.
  const token = randomBytes(16).toString("hex");
  return (connection) => {
    bringInDue(connection, now, limit);
    // Asked for beforehand: what an UPDATE returns is in no order, and it can only tell the new `ready_at` and `lease`.
    const ready = connection.all(READY, now, limit);
    const rows = connection.all(CLAIM, token, now + lease, now + lease, now, limit);
    const claimed = new Map(rows.map((row) => [integer(row, "number"), row]));
    return ready.map((before) => {
      const row = claimed.get(integer(before, "number"));
      const taken = { task: taskIn(row), attempts: integer(row, "attempts"), lease: text(row, "lease") };
      return integer(before, "taken_over") === 1 ? { ...taken, isTakenOver: true } : taken;
    });
  };
};

/** The step of `settle`. */
export const settleStep = (claimed: ClaimedTask, outcome: TaskOutcome): Step<boolean> => {
  const { task, lease } = claimed;
  const isDeliver = task.kind === "deliver";
  if ("again" in outcome) {
    const { again } = outcome;
    const untried = outcome.isUntried === true ? 1 : 0;
    const error = outcome.error === undefined ? null : writable(outcome.error);
    return (connection) => {
      const row = connection.get(AGAIN, again, error, isDeliver ? null : again, untried, task.id, lease);
      if (row !== undefined && isDeliver) promote(connection, integer(row, "payment"));
      return row !== undefined;
    };
  }
  // Delivered events are the shop's history; what else is done is of no more use.
  if ("done" in outcome && !isDeliver) {
    return (connection) => connection.run(FORGET, task.id, lease) > 0;
  }
  const [state, error] = "dead" in outcome ? ["dead", writable(outcome.dead)] : ["done", null];
  return (connection) => {
    const row = connection.get(FINISH, state, error, task.id, lease);
    if (row !== undefined && isDeliver) promote(connection, integer(row, "payment"));
    return row !== undefined;
  };
};

/** The step of `redrive`. A task that is out is taken from its holder. */
export const redriveStep = (id: string, now: number): Step<boolean> => {
  if (!isFit(id)) return () => false;
  return (connection) => {
    bringInNamed(connection, id);
    const row = connection.get(REDRIVE, now, now, id);
    if (row !== undefined && text(row, "kind") === "deliver") arrange(connection, integer(row, "payment"));
    return row !== undefined;
  };
};
