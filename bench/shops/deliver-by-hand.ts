import type { SqliteConnection } from "../../lib/storage/sqlite/driver.js";

/** The outbox one writes by hand: takes some, calls the hook for each, and marks each as delivered. Answers how many a second. */
export async function deliverByHand(database: SqliteConnection, count: number): Promise<number> {
  const waiting = database.prepare(
    "SELECT number, data FROM outbox WHERE delivered_at IS NULL ORDER BY number LIMIT 64",
  );
  const mark = database.prepare("UPDATE outbox SET delivered_at = ? WHERE number = ?");
  let done = 0;
  const began = performance.now();
  for (let rows = waiting.all(); rows.length > 0; rows = waiting.all()) {
    for (const row of rows) {
      const { number, data } = row as { number: number; data: string };
      await hook(JSON.parse(data));
      mark.run(Date.now(), number);
      done++;
    }
  }
  if (done !== count) throw new Error(`${done} events were delivered instead of ${count}`);
  return (count * 1000) / (performance.now() - began);
}

const hook = (_event: unknown): Promise<void> => Promise.resolve();
