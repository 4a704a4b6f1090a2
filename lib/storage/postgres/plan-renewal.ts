import type { Database } from "./database.js";
import type { Names } from "./names.js";
import type { Plans } from "./plans.js";
import { integer } from "./row.js";

/** At most one look in so many milliseconds, and only while the tables are used. */
const GAP = 1000;

/** Where the tables have grown by this, a plan of before may read what is a large table now as a whole. */
const FACTOR = 4;

/** Bytes. Below it a table is read as quickly whole; beyond it the server plans by indexes, and goes on to. */
const SMALL = 256 * 1024;
const LARGE = 64 * 1024 * 1024;

const sizeSql = ({ payments, tasks }: Names): string =>
  `SELECT coalesce(pg_relation_size('${payments}'::regclass) + pg_relation_size('${tasks}'::regclass), 0) AS size`;

/**
 * Has statements planned anew as the tables grow from empty to large. The server keeps a plan until it next analyzes the table, by itself a minute
 * later or more: in a rush on new tables each statement would read a hundred thousand rows, since there were ten when it was planned.
 */
export class PlanRenewal {
  readonly #database: Database;
  readonly #names: Names;
  readonly #plans: Plans;
  #nextLook = -Infinity;
  #plannedFor: number | undefined;

  constructor(database: Database, names: Names, plans: Plans) {
    this.#database = database;
    this.#names = names;
    this.#plans = plans;
  }

  /** The tables are used: looks at how large they are, if it is time to; nobody waits for it. */
  touch(): void {
    const now = performance.now();
    if (now < this.#nextLook || this.#plans.areForgone) return;
    this.#nextLook = now + GAP;
    this.#look().catch(() => undefined);
  }

  async #look(): Promise<void> {
    const [row] = await this.#database.read(sizeSql(this.#names));
    const size = integer(row, "size");
    if (size > LARGE) this.#nextLook = Infinity;
    const before = Math.max(SMALL, this.#plannedFor ?? size);
    this.#plannedFor ??= size;
    if (size < before * FACTOR) return;
    this.#plannedFor = size;
    this.#plans.renew();
  }
}
