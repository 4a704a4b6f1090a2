import { NO_HOOKS_HERE } from "../../ledger/deliver.js";
import type { DeliverTask } from "../../payment/task.js";
import type { Storage, TaskQuery, TaskRecord } from "../../storage/storage.js";
import { ok, warn, type Check, type Finding } from "./finding.js";

/** How long something may be overdue before nobody seems to carry it out, in milliseconds: longer than a lease. */
const LATE = 120_000;

/** Pages of tasks that are looked through at most, and how many each has. */
const PAGES = 20;
const PAGE = 500;

/** Whether what is to be done is being done: hooks that fail or were given up, and work that nobody takes. */
export const checkWork: Check = async ({ options: { storage }, problems, clock }) => {
  if (problems.some(({ at }) => at === "storage")) return [];
  const findings: Finding[] = [];
  const { items: dead, next } = await storage.tasks({ kind: "deliver", state: "dead", limit: PAGE });
  if (dead.length > 0) {
    const count = next === undefined ? String(dead.length) : `more than ${PAGE}`;
    findings.push(
      warn(
        "work",
        `${count} ${count === "1" ? "event was" : "events were"} given up; see hooks list --state dead, mend the hook, then hooks redeliver --all-dead`,
      ),
    );
  }
  const turns = await atTurn(storage);
  const errors = turns.flatMap(({ task, lastError = [] }) => (task.kind === "deliver" ? lastError : []));
  const left = errors.filter((error) => error === NO_HOOKS_HERE).length;
  if (left > 0) {
    findings.push(
      warn(
        "work",
        `${left} ${left === 1 ? "event waits" : "events wait"} for a process that has hooks: give the shop's createAntom its hooks, or hooks: {} if nobody is to be told`,
      ),
    );
  }
  const failing = errors.length - left;
  if (failing > 0) {
    findings.push(
      warn(
        "work",
        `${failing} ${failing === 1 ? "hook is failing and waits for its" : "hooks are failing and wait for their"} next try, and the later events of the payment with it; ` +
          "see hooks list --state waiting for the error and mend the hook: it is called again by itself, or at once after hooks redeliver ID",
      ),
    );
  }
  const late = turns.filter(({ task }) => task.dueAt < clock.now() - LATE).length;
  if (late > 0) {
    findings.push(
      warn(
        "work",
        `${late} ${late === 1 ? "task has" : "tasks have"} been due for minutes: does a process of the shop run with worker not false?`,
      ),
    );
  }
  return findings.length === 0 ? [ok("work", "nothing is overdue, and no hook fails or was given up")] : findings;
};

/** The waiting tasks that somebody may take once they are due: of a payment's events the earliest alone, which holds up the others. */
async function atTurn(storage: Storage): Promise<TaskRecord[]> {
  const { records, isAll } = await waiting(storage, {}, PAGES);
  const turns = records.filter((record) => !isDelivery(record));
  for (const [payment, head] of earliest(records)) {
    // The newest come first, so that what was not looked at may hold up what was.
    const isSure = isAll || head.task.sequence === 1;
    const looked = isSure ? undefined : await waiting(storage, { kind: "deliver", payment });
    turns.push(earliest(looked?.records ?? []).get(payment) ?? head);
  }
  return turns;
}

/** Of each payment's events the earliest. */
function earliest(records: readonly TaskRecord[]): ReadonlyMap<string, Delivery> {
  const heads = new Map<string, Delivery>();
  for (const record of records.filter(isDelivery)) {
    const { payment, sequence } = record.task;
    const head = heads.get(payment);
    if (head === undefined || sequence < head.task.sequence) heads.set(payment, record);
  }
  return heads;
}

async function waiting(
  storage: Storage,
  query: Pick<TaskQuery, "kind" | "payment">,
  pages = Infinity,
): Promise<{ readonly records: TaskRecord[]; readonly isAll: boolean }> {
  const records: TaskRecord[] = [];
  let after: string | undefined;
  for (let page = 0; page < pages; page++) {
    const more = after === undefined ? {} : { after };
    const { items, next } = await storage.tasks({ ...query, state: "waiting", limit: PAGE, ...more });
    records.push(...items);
    after = next;
    if (after === undefined) break;
  }
  return { records, isAll: after === undefined };
}

type Delivery = TaskRecord & { readonly task: DeliverTask };

const isDelivery = (record: TaskRecord): record is Delivery => record.task.kind === "deliver";
