import { AntomError } from "../../errors.js";
import type { Payment } from "../../payment/payment.js";
import type { StoredCard } from "../../payment/stored-card.js";
import type { Task } from "../../payment/task.js";
import { isFit, writable } from "../ids.js";
import { integer, isNull, text, textOrNull } from "../sqlite/row.js";
import { CHANGING, changingValues, FIXED, fixedValues, type Value } from "./columns.js";
import { newToken } from "./journal-rows.js";
import type { Names } from "./names.js";

/** One of the tables: how its rows are read from the file, and how they are written. Those of the file are from lib/storage/sqlite/schema.ts, named as in a closed one. */
export interface MovedTable {
  /** Takes the place to go on after and how many rows to give at most. */
  readonly read: string;
  /** The columns that make up a place. */
  readonly place: readonly string[];
  /** The columns that are written, with their types. */
  readonly columns: Readonly<Record<string, string>>;
  /** The values of those. Throws for what PostgreSQL cannot keep as it is. */
  readonly valuesOf: (row: unknown) => readonly Value[];
}

const CONFLICT = Object.keys({ ...FIXED, ...CHANGING }).indexOf("conflict");

const PAYMENTS: MovedTable = {
  read: "SELECT number, live, conflict, data FROM antom_moved_payments WHERE number > ? ORDER BY number LIMIT ?",
  place: ["number"],
  columns: { ...FIXED, ...CHANGING },
  valuesOf: (row) => {
    const json = jsonOf(row);
    const payment = JSON.parse(json) as Payment;
    const { id, orderId, buyer = "" } = payment;
    checkFit(`payment ${id}`, { id, orderId, buyer });
    const values = [...fixedValues(payment), ...changingValues(payment, isSet(row, "live"), newToken(), json)];
    return values.with(CONFLICT, isSet(row, "conflict"));
  },
};

/** Their payments are found by their ids, because PostgreSQL gives them numbers of its own, in the same order. */
const WITH_PAYMENT = { payment: "text" } as const;

const JOURNAL: MovedTable = {
  read: `
SELECT j.payment AS number, p.id AS payment, j.version, j.position, j.data
FROM antom_moved_journal j CROSS JOIN antom_moved_payments p ON p.number = j.payment
WHERE (j.payment, j.version, j.position) > (?, ?, ?) ORDER BY j.payment, j.version, j.position LIMIT ?`,
  place: ["number", "version", "position"],
  columns: { ...WITH_PAYMENT, version: "integer", position: "integer", data: "json" },
  valuesOf: (row) => [text(row, "payment"), integer(row, "version"), integer(row, "position"), jsonOf(row)],
};

const TASKS: MovedTable = {
  read: `
SELECT t.number, p.id AS payment, t.kind, t.sequence, t.state, t.due_at, t.ready_at, t.leased_until, t.lease, t.attempts,
  t.last_error, t.data
FROM antom_moved_tasks t CROSS JOIN antom_moved_payments p ON p.number = t.payment WHERE t.number > ? ORDER BY t.number LIMIT ?`,
  place: ["number"],
  columns: {
    ...WITH_PAYMENT,
    id: "text",
    kind: "text",
    sequence: "integer",
    state: "text",
    due_at: "bigint",
    ready_at: "bigint",
    leased_until: "bigint",
    lease: "text",
    attempts: "integer",
    last_error: "text",
    data: "json",
  },
  valuesOf: (row) => {
    const payment = text(row, "payment");
    const json = jsonOf(row);
    // Drivers may end the column's text at a NUL.
    const { id } = JSON.parse(json) as Task;
    checkFit(`task of payment ${payment}`, { id });
    const error = textOrNull(row, "last_error");
    return [
      ...[payment, id, text(row, "kind"), integerOrNull(row, "sequence"), text(row, "state")],
      ...[integer(row, "due_at"), integerOrNull(row, "ready_at"), integerOrNull(row, "leased_until")],
      ...[textOrNull(row, "lease"), integer(row, "attempts"), error === null ? null : writable(error), json],
    ];
  },
};

const DEFERRED: MovedTable = {
  read: `
SELECT d.number, p.id AS payment, d.due_at, d.data
FROM antom_moved_deferred d CROSS JOIN antom_moved_payments p ON p.number = d.payment WHERE d.number > ? ORDER BY d.number LIMIT ?`,
  place: ["number"],
  columns: { ...WITH_PAYMENT, due_at: "bigint", data: "json" },
  valuesOf: (row) => [text(row, "payment"), integer(row, "due_at"), jsonOf(row)],
};

const CARDS: MovedTable = {
  read: "SELECT number, data FROM antom_moved_cards WHERE number > ? ORDER BY number LIMIT ?",
  place: ["number"],
  columns: { id: "text", buyer: "text", version: "integer", created_at: "bigint", data: "json" },
  valuesOf: (row) => {
    const json = jsonOf(row);
    const { id, buyer, version, createdAt } = JSON.parse(json) as StoredCard;
    checkFit(`card ${id}`, { id, buyer });
    return [id, buyer, version, createdAt, json];
  },
};

/** Every table, the payments before all that belongs to them. */
export const movedTables = (names: Names): readonly (readonly [string, MovedTable])[] => [
  [names.payments, PAYMENTS],
  [names.journal, JOURNAL],
  [names.tasks, TASKS],
  [names.deferred, DEFERRED],
  [names.cards, CARDS],
];

const isSet = (row: unknown, name: string): boolean => integer(row, name) === 1;

const integerOrNull = (row: unknown, name: string): number | null => (isNull(row, name) ? null : integer(row, name));

/** As `JSON.stringify` writes it, in one line: only somebody else than the kit can have written it otherwise. */
const jsonOf = (row: unknown): string => {
  const json = text(row, "data");
  return /[\n\r]/.test(json) ? JSON.stringify(JSON.parse(json)) : json;
};

/** No id is changed on the way: it would be another's. */
const checkFit = (what: string, ids: Readonly<Record<string, string>>): void => {
  for (const [at, id] of Object.entries(ids)) {
    if (isFit(id)) continue;
    throw new AntomError(
      "configuration_invalid",
      `The ${at} of ${writable(what)} holds a NUL character or half of a surrogate pair, which PostgreSQL cannot keep: it cannot be moved.`,
    );
  }
};
