import type { JobKind } from "../../pages/operations/job-view.js";
import type { PaymentStatus } from "../../payment/payment.js";
import { isAntomError } from "../../errors.js";
import { askAntom } from "./ask-antom.js";
import { wordsOf, type Work } from "./jobs.js";
import type { OperationsRouterParts } from "./parts.js";

const PAGE = 100;

/** Payments of which Antom has not said yet how they end. */
const OPEN = ["created", "requires_action", "processing"] as const satisfies readonly PaymentStatus[];

type WorkParts = Pick<OperationsRouterParts, "storage" | "payments" | "inquirer" | "clock" | "wake">;

/** The long work of the back office. Each step can be done twice without harm. */
export const jobKinds = (parts: WorkParts): Readonly<Record<JobKind, Work>> => ({
  "redeliver-all": {
    total: async () => {
      const now = parts.clock.now();
      return (await parts.storage.overview({ from: now, to: now })).waiting.dead;
    },
    steps: () => redeliverAll(parts),
  },
  "inquire-all-open": { steps: () => inquireAll(parts) },
});

/** Makes each event that was given up due now. Those given up meanwhile are newer, and stay. */
async function* redeliverAll({ storage, clock, wake }: WorkParts): AsyncGenerator<string | undefined> {
  let after: string | undefined;
  do {
    const page = await storage.tasks({
      kind: "deliver",
      state: "dead",
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    });
    for (const { task } of page.items) yield await outcomeOf(() => storage.redrive(task.id, clock.now()));
    wake();
    after = page.next;
  } while (after !== undefined);
}

/** Asks Antom about each open payment, once: what it answers may move a payment on to where it would be met again. */
async function* inquireAll(parts: WorkParts): AsyncGenerator<string | undefined> {
  const asked = new Set<string>();
  for (const query of [...OPEN.map((status) => ({ status })), { attention: "unknown" as const }]) {
    let after: string | undefined;
    do {
      const page = await parts.storage.list({ ...query, limit: PAGE, ...(after === undefined ? {} : { after }) });
      for (const { id } of page.items) {
        if (asked.has(id)) continue;
        asked.add(id);
        yield await outcomeOf(() => askAntom(parts, id));
      }
      after = page.next;
    } while (after !== undefined);
  }
}

/** One that cannot be done does not hold up the others; a storage that is away does. */
async function outcomeOf(step: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await step();
    return undefined;
  } catch (error) {
    if (isAntomError(error) && (error.code === "storage_unavailable" || error.code === "not_started")) throw error;
    return wordsOf(error);
  }
}
