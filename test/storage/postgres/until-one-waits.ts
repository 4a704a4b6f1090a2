import { setTimeout as wait } from "node:timers/promises";
import type { Pool } from "pg";

/** Until a statement on the database waits for another transaction. */
export const untilOneWaits = async (pool: Pool): Promise<void> => {
  const waiting =
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND state = 'active'";
  while ((await pool.query(waiting)).rows.length === 0) await wait(5);
};
