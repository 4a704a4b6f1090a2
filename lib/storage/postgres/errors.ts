import { AntomError, isAntomError } from "../../errors.js";
import { errorCode, isError, messageOf } from "../../thrown.js";

/**
 * PostgreSQL's own code of an error, five letters and digits (https://www.postgresql.org/docs/current/errcodes-appendix.html). Node's EPIPE and the
 * like have no digit.
 */
export const sqlState = (error: unknown): string | undefined =>
  /^(?=.*\d)[\dA-Z]{5}$/.exec(errorCode(error) ?? "")?.[0];

/** The name of the constraint or index that was violated, or of the column that may not be null. */
const violated = (error: unknown): string | undefined => {
  if (!isError(error)) return undefined;
  for (const name of ["constraint", "column"]) {
    const value: unknown = Reflect.get(error, name);
    if (typeof value === "string") return value;
  }
  return undefined;
};

/** The server is going, or is not there yet: administrators' shutdowns, crashes, start-up, too many connections; or has ended a transaction that stood still. */
const GONE = /^(?:08...|57P0[1-5]|53300|25P03)$/;
/** This server is a standby now, or takes no writes for the moment: after a failover another connection may reach the new primary. */
const READ_ONLY = "25006";
/** A transaction on it has failed, and nobody has ended it. */
const SPOILT = "25P02";
/** A row was locked by another transaction for longer than the statement may wait. */
const LOCKED = "55P03";
/** A statement took longer than the shop's `statement_timeout` lets it, or somebody cancelled it. */
const CANCELLED = "57014";
const NOT_NULL = "23502";
const UNIQUE = "23505";
const FULL = /^53(?:100|200)$/;

/** The shop gave the connection back with a transaction on it. What was asked of the connection is not committed, though it was answered. */
export class LeftOpen extends Error {
  constructor() {
    super("the connection came with a transaction on it");
  }
}

/** Whether another transaction was in the way, so that nothing has happened and the same may be tried again. */
export const isContended = (error: unknown): boolean => {
  const state = sqlState(error);
  return state === "40001" || state === "40P01" || state === LOCKED;
};

/**
 * Whether a row stayed locked for longer than is waited for; nothing has happened. Where the shop's `statement_timeout` is shorter than that wait,
 * the server says no more than that it was cancelled.
 */
export const isHeldUp = (error: unknown): boolean => {
  const state = sqlState(error);
  return state === LOCKED || state === CANCELLED;
};

/**
 * Whether the connection does not have the plan that it was to have, or one of another table than there is now. Behind a pooler the
 * connection may be another than before.
 */
export const isPlanForgotten = (error: unknown): boolean => {
  const state = sqlState(error);
  if (state === "26000" || state === "42P05") return true;
  return state === "0A000" && isError(error) && error.message.includes("cached plan");
};

/** Whether the connection is of no more use. What it was asked for has happened or not: only the server knows. */
export const isLost = (error: unknown): boolean => {
  if (isAntomError(error) || !isError(error)) return false;
  const state = sqlState(error);
  if (state !== undefined) return GONE.test(state) || state === READ_ONLY || state === SPOILT;
  // Those of the network, and `pg`'s own, which bear no code; a RangeError or the like is a mistake in a program.
  return error.name === "Error" || error.name === "AggregateError";
};

/** Whether a statement was refused because one before it had failed in the same transaction. */
export const isSpoilt = (error: unknown): boolean => sqlState(error) === SPOILT;

export const isUnique = (error: unknown, constraint: string): boolean =>
  sqlState(error) === UNIQUE && violated(error)?.endsWith(constraint) === true;

/** Whether a task's id is another payment's: the statement then writes a null where none may be (see task-rows.ts). */
export const isMisplaced = (error: unknown): boolean => sqlState(error) === NOT_NULL && violated(error) === "payment";

const reason = (error: unknown): string => {
  const state = sqlState(error) ?? "";
  if (state === READ_ONLY) return "PostgreSQL takes no writes here: it is a standby, or read-only for the moment.";
  if (state === SPOILT || error instanceof LeftOpen)
    return "A connection of the pool came with a transaction on it: look for what does not end its own.";
  if (state === "53300") return "PostgreSQL has no connection left: lower the pool's `max`, or raise max_connections.";
  if (isLost(error)) return `PostgreSQL cannot be reached: ${reasonOf(error)}.`;
  if (isContended(error)) return "Other transactions were in the way for too long.";
  if (FULL.test(state)) return "PostgreSQL's disk or memory is full.";
  if (state === "42501") return `The pool's role lacks a privilege: ${reasonOf(error)}.`;
  if (state === "42P01" || state === "3F000" || state === "42703") {
    return `The kit's tables are not as they were: ${reasonOf(error)}. Start again, which makes them anew if they are gone.`;
  }
  return `PostgreSQL refused: ${reasonOf(error)}.`;
};

/** Without a full stop, for a sentence that goes on. */
const reasonOf = (error: unknown): string => messageOf(error).replace(/\.$/, "");

/** What a step rejects with when `pg` threw; the kit's own errors pass as they are. */
export const unavailable = (error: unknown): AntomError =>
  isAntomError(error) ? error : new AntomError("storage_unavailable", reason(error), { cause: error });

/** Something about the pool, its role or its database that the shop has to put right. */
export const badPool = (message: string, cause?: unknown): AntomError =>
  new AntomError("configuration_invalid", message, { problems: [{ at: "pool", message }], cause });

export const notStarted = (): AntomError =>
  new AntomError("storage_unavailable", "The PostgreSQL storage is not started, or was stopped.");
