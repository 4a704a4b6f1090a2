import { ok, warn, type Check, type Finding } from "./finding.js";

/** How long something may be overdue before nobody seems to carry it out, in milliseconds: longer than a lease. */
const LATE = 120_000;

/** Pages of tasks that are looked through at most, and how many each has. */
const PAGES = 20;
const PAGE = 500;

/** Whether what is to be done is being done: hooks that were given up, and work that nobody takes. */
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
  let late = 0;
  let after: string | undefined;
  for (let page = 0; page < PAGES; page++) {
    const waiting = await storage.tasks({ state: "waiting", limit: PAGE, ...(after === undefined ? {} : { after }) });
    late += waiting.items.filter(({ task }) => task.dueAt < clock.now() - LATE).length;
    after = waiting.next;
    if (after === undefined) break;
  }
  if (late > 0) {
    findings.push(
      warn("work", `${late} tasks have been due for minutes: does a process of the shop run with worker not false?`),
    );
  }
  return findings.length === 0 ? [ok("work", "nothing is overdue, and no event was given up")] : findings;
};
