import { expect } from "chai";
import { createTransport } from "../../lib/gateway/transport.js";
import { OPERATIONS } from "../../lib/gateway/paths.js";
import { resolveDriver } from "../../lib/storage/sqlite/driver.js";
import { sqliteStorage } from "../../lib/storage/sqlite.js";
import { postgresStorage } from "../../lib/storage/postgres.js";
import type { Storage } from "../../lib/storage/storage.js";
import { makeFolder } from "../storage/sqlite/folder.js";
import { sharedPostgres } from "../support/postgres.js";
import { MINUTE, startOperations } from "./operations-shop.js";

/** What a transaction has locked is locked for as long as it is open, and Antom may take many seconds to answer. */
interface Looked {
  readonly storage: Storage;
  /** What of a transaction is open at this moment, if anything. */
  readonly open: () => Promise<readonly string[]>;
  readonly end: () => Promise<void>;
}

const OPEN = `
SELECT query AS open FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%'`;

const STORAGES: Readonly<Record<string, () => Promise<Looked>>> = {
  async postgresStorage() {
    const database = await (await sharedPostgres()).database();
    const beside = database.pool({ max: 1 });
    return {
      storage: postgresStorage(database.pool()),
      open: async () => (await beside.query<{ open: string }>(OPEN)).rows.map(({ open }) => open),
      end: () => database.drop(),
    };
  },
  sqliteStorage() {
    const folder = makeFolder();
    const path = folder.path("payments.db");
    const beside = new (resolveDriver(undefined))(path);
    beside.exec("PRAGMA busy_timeout = 0");
    return Promise.resolve({
      storage: sqliteStorage(path),
      open: () => {
        try {
          beside.exec("BEGIN IMMEDIATE; ROLLBACK");
          return Promise.resolve([]);
        } catch (error) {
          return Promise.resolve([String(error)]);
        }
      },
      end: () => {
        beside.close();
        folder.remove();
        return Promise.resolve();
      },
    });
  },
};

describe("a call of Antom's", () => {
  for (const [name, make] of Object.entries(STORAGES)) {
    it(`is made with no transaction open in ${name}, whichever it is`, async () => {
      const { storage, open, end } = await make();
      const calls: { readonly call: string; readonly open: readonly string[] }[] = [];
      const transport = createTransport();
      const started = await startOperations({
        storage,
        contract: { partialCapture: true },
        transport: async (request) => {
          calls.push({ call: request.url.pathname.split("/").at(-1) ?? "", open: await open() });
          return transport(request);
        },
      });
      const { shop, payments, authorized, later } = started;
      try {
        await fetch(`${shop.urls.methods}?currency=EUR&value=1999`);
        await started.paid();
        const id = await authorized("29024");
        await payments.increase(id, { amount: "30000" });
        await later(MINUTE);
        await payments.capture(id, { amount: "29024" });
        await payments.refund(id, { amount: "9024" });
        await payments.void(await authorized());
        for (let minute = 0; minute < 3; minute++) await later(MINUTE);
      } finally {
        await started.stop();
        transport.close();
        await end();
      }
      expect(calls.filter((call) => call.open.length > 0)).to.deep.equal([]);
      expect([...new Set(calls.map(({ call }) => call))]).to.have.members([...OPERATIONS]);
    });
  }
});
