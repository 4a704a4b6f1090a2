import type { JournalEntry } from "../../../lib/payment/journal.js";
import type { Payment } from "../../../lib/payment/payment.js";
import type { StoredCard } from "../../../lib/payment/stored-card.js";
import type { Simulator } from "../../../lib/simulator.js";
import type { Storage, TaskRecord } from "../../../lib/storage/storage.js";
import type { BookLine } from "../books.js";
import type { Reasons } from "../crew.js";
import type { Answered, Exchange, HookCall } from "../records.js";

/** Everything that is known at the end of a stretch, from four sides that know nothing of each other. */
export interface Evidence {
  /** The database. */
  readonly payments: readonly Payment[];
  readonly journals: ReadonlyMap<string, readonly JournalEntry[]>;
  readonly tasks: readonly TaskRecord[];
  readonly cards: readonly StoredCard[];
  /** Antom. */
  readonly ledger: ReturnType<Simulator["ledger"]>;
  readonly atAntom: ReturnType<Simulator["payments"]>;
  readonly notifications: ReturnType<Simulator["notifications"]>;
  /** The receiver of the hooks. */
  readonly calls: readonly HookCall[];
  /** The events that were dead and redriven, by id, with how often they had been claimed: what came after them did not wait. */
  readonly redriven: ReadonlyMap<string, number>;
  /** Why events came again; absent where nobody took note of it. */
  readonly reasons?: Reasons;
  /** What the hooks wrote in transactions of their events; absent where there are none. */
  readonly books: readonly BookLine[] | undefined;
  /** What went over HTTP. */
  readonly exchanges: readonly Exchange[];
  readonly answered: readonly Answered[];
}

const PAGE = 100;

/** Reads all of the database. */
export async function readDatabase(
  storage: Storage,
  buyers: readonly string[],
): Promise<Pick<Evidence, "payments" | "journals" | "tasks" | "cards">> {
  const payments = await all((after) => storage.list({ limit: PAGE, ...after }));
  const tasks = await all((after) => storage.tasks({ limit: PAGE, ...after }));
  const journals = new Map<string, readonly JournalEntry[]>();
  for (const { id } of payments) journals.set(id, await storage.journal(id));
  const cards = await Promise.all(buyers.map((buyer) => storage.cards.list(buyer)));
  return { payments, tasks, journals, cards: cards.flat() };
}

interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

export async function all<T>(page: (from: { after?: string }) => Promise<Page<T>>): Promise<T[]> {
  const found: T[] = [];
  let after: string | undefined;
  do {
    const { items, next } = await page(after === undefined ? {} : { after });
    found.push(...items);
    after = next;
  } while (after !== undefined);
  return found;
}
