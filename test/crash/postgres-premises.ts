import type { Observation } from "../../lib/payment/observation.js";
import type { RecordTask } from "../../lib/payment/task.js";
import { postgresStorage } from "../../lib/storage/postgres.js";
import type { Storage } from "../../lib/storage/storage.js";
import { startPostgres, type PostgresServer } from "../support/postgres.js";
import { MAKE_BOOKS, READ_BOOKS, type BookLine } from "./books.js";
import type { Dice } from "./dice.js";
import type { Database, Premises } from "./premises.js";

/** Milliseconds between one end of a connection and the next, at most; between one end of the whole server and the next. */
const BREAK = 900;
const CRASH = { least: 4_000, most: 20_000 } as const;

/** The run itself waits longer than any shop, in milliseconds: it has to see. */
const PATIENCE = 60_000;

const END_ONE = `
SELECT count(pg_terminate_backend(pid)) AS ended FROM (
  SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'shop' ORDER BY random() LIMIT 1
) AS one`;

const PUT_OFF = `
WITH named (payment) AS (SELECT number FROM antom.payments WHERE id = $1)
SELECT data FROM antom.deferred JOIN named USING (payment)
UNION ALL SELECT data FROM antom.tasks JOIN named USING (payment) WHERE kind = 'record'`;

const observationIn = (data: string): Observation => (JSON.parse(data) as RecordTask).observation;

/** A real server, that is killed now and then with all of its processes. */
export async function postgresPremises(dice: Dice): Promise<Premises> {
  const server = await startPostgres();
  let crashes = 0;
  let crashing: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const crashLater = (): void => {
    timer = setTimeout(
      () => {
        crashes++;
        crashing = server.crash().finally(() => {
          crashing = undefined;
          crashLater();
        });
      },
      dice.between(CRASH.least, CRASH.most),
    );
  };
  crashLater();
  const upAgain = async (): Promise<void> => {
    while (crashing !== undefined) await crashing;
  };
  return {
    get crashes() {
      return crashes;
    },
    // It may be killed in the middle of it.
    database: () => patiently(() => databaseOf(server)),
    async close() {
      clearTimeout(timer);
      await upAgain();
      clearTimeout(timer);
      await server.stop();
    },
  };
}

async function databaseOf(server: PostgresServer): Promise<Database> {
  const database = await server.database();
  const connectionString = `${database.connectionString}?application_name=shop`;
  const pool = database.pool({ max: 6 });
  try {
    await pool.query(MAKE_BOOKS);
  } catch (error) {
    await pool.end();
    throw error;
  }
  const storage = postgresStorage(pool, { timeout: PATIENCE });
  let starting: Promise<void> | undefined;
  const started = async (): Promise<Storage> => {
    starting ??= storage.start().catch((error: unknown) => {
      starting = undefined;
      throw error;
    });
    await starting;
    return storage;
  };
  return {
    keeping: { kind: "postgres", url: connectionString },
    payment: async (id) => (await started()).get(id),
    // The tables themselves: to ask the storage would bring in what the shops are to find as they left it.
    putOff: (id) =>
      patiently(async () =>
        (await pool.query<{ data: string }>(PUT_OFF, [id])).rows.map(({ data }) => observationIn(data)),
      ),
    storage: () => postgresStorage(pool, { timeout: PATIENCE }),
    books: () => patiently(async () => (await pool.query<Line>(READ_BOOKS)).rows.map(lineOf)),
    spoil(dice) {
      let count = 0;
      let isOver = false;
      let timer: NodeJS.Timeout | undefined;
      const next = (): void => {
        timer = setTimeout(
          () => {
            pool
              .query<{ ended: string }>(END_ONE)
              .then(
                ({ rows }) => {
                  count += Number(rows[0]?.ended ?? 0);
                },
                () => undefined,
              )
              .finally(() => {
                if (!isOver) next();
              });
          },
          dice.between(1, BREAK),
        );
      };
      next();
      return () => {
        isOver = true;
        clearTimeout(timer);
        return count;
      };
    },
    async close() {
      if (starting !== undefined) await storage.stop();
      await patiently(() => database.drop());
    },
  };
}

type Line = Readonly<Record<"event" | "payment", string>> & { readonly sequence: number };
const lineOf = ({ event, payment, sequence }: Line): BookLine => ({ event, payment, sequence });

/** Does it again while the server is away. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  const until = Date.now() + PATIENCE;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
