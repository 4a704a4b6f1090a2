import { documentation } from "../../documentation.js";
import { AntomError } from "../../errors.js";
import type { StorageDescription } from "../storage.js";
import type { Database } from "./database.js";
import { badPool, unavailable } from "./errors.js";
import { integer, isTrue, text, textOrNull } from "./row.js";

/** Asked of a setting that a server does not have, `current_setting(..., true)` is null: such a server has its own way of keeping. */
const ASKED = `
SELECT pg_is_in_recovery() AS standby, current_setting('default_transaction_read_only', true) AS read_only,
  current_setting('array_nulls', true) AS array_nulls, current_setting('synchronous_commit', true) AS synchronous_commit, current_setting('fsync', true) AS fsync,
  current_setting('server_encoding', true) AS encoding, current_database() AS database`;

/** As the server spells it. */
const UTF8 = "UTF8";

/** Throws `configuration_invalid` where nothing can be written, or not every text, and `storage_not_durable` where a power cut would undo commits. */
export const checkDurable = async (database: Database, acceptsFsyncOff: boolean): Promise<void> => {
  const [row] = await database.read(ASKED);
  if (isTrue(row, "standby")) {
    throw badPool("The pool leads to a standby, which takes no writes: give it the primary's address.");
  }
  if (textOrNull(row, "read_only") === "on") {
    throw badPool(
      "The pool's connections are read-only: turn default_transaction_read_only off for its role and database.",
    );
  }
  if (textOrNull(row, "array_nulls") === "off") {
    throw badPool("The pool's connections take no NULL in an array: turn array_nulls on for its role and database.");
  }
  const encoding = textOrNull(row, "encoding") ?? UTF8;
  if (encoding !== UTF8) {
    throw badPool(
      `The database ${textOrNull(row, "database") ?? ""} keeps text as ${encoding}, which has no place for every name or message: give one that was ` +
        "made with ENCODING 'UTF8'.",
    );
  }
  if (textOrNull(row, "synchronous_commit") === "off") {
    throw notDurable(
      "synchronous_commit is off: turn it on for the pool's role and database (ALTER ROLE ... SET synchronous_commit = on)",
    );
  }
  if (textOrNull(row, "fsync") === "off" && !acceptsFsyncOff) {
    throw notDurable(
      "fsync is off: turn it on in postgresql.conf. Where the server keeps commits by other means, as Neon does, pass acceptFsyncOff: true",
    );
  }
};

/** Whether the server ends by itself what waits for a lock that nobody waits for any more. The interval came with PostgreSQL 14. */
const DESCRIBED = `
SELECT current_setting('server_version') AS version, quote_ident(session_user) AS role, pg_backend_pid() AS process,
  coalesce(current_setting('lock_timeout', true), '0') = '0'
  AND coalesce(current_setting('client_connection_check_interval', true), '0') = '0' AS waits_on`;

/** What the server is. `checkDurable` has refused one that does not wait for its disk. */
export const describe = async (database: Database, acceptsFsyncOff: boolean): Promise<StorageDescription> => {
  const { row, processID } = await database
    .attempt(async ({ run, client }) => {
      const [row] = await run({ text: DESCRIBED, values: [] });
      return { row, processID: client.processID };
    })
    .catch((error: unknown) => {
      throw unavailable(error);
    });
  const how = acceptsFsyncOff
    ? "which keeps commits by means of its own, as acceptFsyncOff says"
    : "which has each commit on its disk before it is answered";
  const description = {
    kind: "postgres",
    text: `PostgreSQL ${textOrNull(row, "version") ?? "of no version"}, ${how}`,
    isDurable: true,
  };
  const canCancel = processID === integer(row, "process");
  const advice = [
    ...(canCancel || !isTrue(row, "waits_on") ? [] : [adviceFor(text(row, "role"))]),
    ...(database.connectsForEver ? [WAITS_FOR_EVER] : []),
  ];
  return advice.length === 0 ? description : { ...description, advice: advice.join("; ") };
};

const WAITS_FOR_EVER =
  "the pool has no connectionTimeoutMillis, so that connections which a silent server never answers keep their places in it when the server is back: " +
  `give it 10 seconds (${documentation("postgres.md#the-pool")})`;

/** For where the kit cannot ask the server to cancel a statement (see left-behind.ts). */
const adviceFor = (role: string): string =>
  "the pool does not tell the server's own processes, as behind a pooler, so that statements which wait for a lock on a table stay at the server when " +
  `they are given up: let it end them, by ALTER ROLE ${role} SET lock_timeout = '4s' (${documentation("postgres.md#locks-on-tables")})`;

const notDurable = (why: string): AntomError =>
  new AntomError("storage_not_durable", `PostgreSQL would lose payments in a power cut, because ${why}.`);
