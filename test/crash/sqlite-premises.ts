import { join } from "node:path";
import type { Payment } from "../../lib/payment/payment.js";
import type { RecordTask } from "../../lib/payment/task.js";
import { resolveDriver } from "../../lib/storage/sqlite/driver.js";
import { sqliteStorage } from "../../lib/storage/sqlite.js";
import type { Premises } from "./premises.js";

const PAYMENT = "SELECT data FROM antom_payments WHERE id = ?";
const PUT_OFF = `
WITH named (payment) AS (SELECT number FROM antom_payments WHERE id = ?)
SELECT data FROM antom_tasks JOIN named USING (payment) WHERE kind = 'record'
UNION ALL SELECT data FROM antom_deferred JOIN named USING (payment)`;

export const sqlitePremises = (): Premises => ({
  crashes: 0,
  database(folder) {
    const file = join(folder, "payments.db");
    return Promise.resolve({
      keeping: { kind: "sqlite", file },
      payment: (id) => Promise.resolve(look(file, PAYMENT, id)[0] as Payment | undefined),
      putOff: (id) => Promise.resolve(look(file, PUT_OFF, id).map((task) => (task as RecordTask).observation)),
      storage: () => sqliteStorage(file),
      books: () => Promise.resolve(undefined),
      spoil: () => () => 0,
      close: () => Promise.resolve(),
    });
  },
  close: () => Promise.resolve(),
});

/**
 * Opens the file anew each time and closes it at once: were a connection of the run's own always open, no shop would ever be the first
 * to open the file after a kill, which is when SQLite has to recover it.
 */
function look(file: string, statement: string, id: string): unknown[] {
  const Driver = resolveDriver(undefined);
  const connection = new Driver(file);
  try {
    connection.exec("PRAGMA busy_timeout = 2000");
    const rows = connection.prepare(statement).all(id);
    return rows.map((row): unknown => JSON.parse(String(Reflect.get(Object(row), "data"))));
  } finally {
    connection.close();
  }
}
