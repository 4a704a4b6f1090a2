/**
 * How long a statement waits for a row that another transaction has locked, in milliseconds. Any number of them end in that time, where none is
 * frozen; and a statement that nobody waits for any more does not stay at the server, keeping what it has locked itself.
 */
const LOCK_WAIT = 500;

/**
 * How long a transaction of several statements may stand still with rows locked before the server ends it, in milliseconds: its process is frozen
 * then, or gone without a word. Shorter than others keep trying, so that these come through.
 */
const STANDSTILL = 3000;

const set = (name: string, value: string): string => `set_config('${name}', '${value}', true)`;

/** A shop's own `SET synchronous_commit = off` stays on a connection of the pool. Where a server does not know the setting there is nothing to set. */
const durable = `CASE current_setting('synchronous_commit', true) WHEN 'off' THEN ${set("synchronous_commit", "on")} ELSE '' END`;

const isSet = (...settings: readonly string[]): string => `(SELECT ${settings.join(" || ")}) IS NOT NULL`;

/**
 * A condition that always holds, and as it is looked at sets how its own transaction goes on: locks are waited for no longer than that, and the
 * commit is on the disk before it is answered. It stands where rows are found, before they are locked; a subquery that hangs on no row is looked at
 * once. The settings end with the transaction, which is the statement where there is no other. A lock on a whole table the statement waits for before
 * any of it is looked at: what is done about that says left-behind.ts.
 */
export const isWrittenSafely = (lockWait: number): string => isSet(set("lock_timeout", `${lockWait}ms`), durable);

/** The same, as almost every statement that writes has it. */
export const IS_WRITTEN_SAFELY = isWrittenSafely(LOCK_WAIT);

/** The same where other statements follow in the transaction: the server ends it where they do not come. */
export const isHeldSafely = (lockWait = LOCK_WAIT, standstill = STANDSTILL): string =>
  isSet(set("lock_timeout", `${lockWait}ms`), set("idle_in_transaction_session_timeout", `${standstill}ms`), durable);
