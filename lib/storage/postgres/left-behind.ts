import type { Bounds, Statement, Trial } from "./database.js";
import type { PostgresClient } from "./pool.js";

/** How long to try for a connection to ask on, in milliseconds: all of the pool's may be waiting for one lock. */
const PATIENCE = 30_000;

/** Of a statement's text the server tells as many letters at least (the smallest `track_activity_query_size`, less its end). */
const BEGINNING = 90;

/**
 * Only what waits for a lock, and is that very statement: the number may be another's by now, or a pooler's own. What has its lock goes on, as it may be
 * at its commit, whose wait for a replica must not be ended.
 */
const CANCEL = `
SELECT pg_cancel_backend(a.pid) AS cancelled
FROM unnest($1::integer[], $2::text[]) AS l(pid, beginning) JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
WHERE a.state = 'active' AND a.wait_event_type = 'Lock' AND left(a.query, ${BEGINNING}) = l.beginning`;

interface Left {
  readonly pid: number;
  readonly beginning: string;
}

/**
 * Statements that were given up on, and may wait at the server for a lock on a table. A server does not notice by itself that nobody waits for them:
 * each would keep a connection, and be carried out once the lock ends. So the server is asked to cancel them, as well as that can be done.
 */
export class LeftBehind {
  readonly #attempt: (work: (trial: Trial) => Promise<void>, bounds: Bounds) => Promise<void>;
  #left: Left[] = [];
  #isAsking = false;

  /** @param attempt does work on another connection, as `Database.attempt` does */
  constructor(attempt: (work: (trial: Trial) => Promise<void>, bounds: Bounds) => Promise<void>) {
    this.#attempt = attempt;
  }

  /** A connection is closed with this statement unanswered. */
  add({ processID: pid }: Pick<PostgresClient, "processID">, { text }: Statement): void {
    // Where this very question is not answered either there is no use in asking on.
    if (typeof pid !== "number" || text === CANCEL) return;
    this.#left.push({ pid, beginning: text.slice(0, BEGINNING) });
    if (!this.#isAsking) void this.#ask();
  }

  async #ask(): Promise<void> {
    this.#isAsking = true;
    while (this.#left.length > 0) {
      try {
        await this.#attempt(({ run }) => this.#cancel(run), { patience: PATIENCE });
      } catch {
        this.#left = [];
      }
    }
    this.#isAsking = false;
  }

  /** More may be left behind while the connection is waited for, and while the answer is. */
  async #cancel(run: Trial["run"]): Promise<void> {
    const asked = [...this.#left];
    await run({ text: CANCEL, values: [asked.map(({ pid }) => pid), asked.map(({ beginning }) => beginning)] });
    this.#left.splice(0, asked.length);
  }
}
