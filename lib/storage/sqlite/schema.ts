/**
 * The tables, as steps from one version to the next; a step that has been released is never changed. Names begin with
 * `antom_`, so that the file may hold tables of the shop's too.
 *
 * A task's `ready_at` is when it can be claimed: its due time, or the end of its lease if that is later. It is null for
 * what nobody may claim: done, dead, or a `deliver` with an earlier one of its payment still waiting. So a claim
 * reads one index, however many events are held up (see tasks.ts).
 */
export const MIGRATIONS: readonly string[] = [
  `
CREATE TABLE antom_payments (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  order_id TEXT NOT NULL,
  payment_id TEXT,
  status TEXT NOT NULL,
  live INTEGER NOT NULL,
  conflict INTEGER NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  data TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX antom_payments_live ON antom_payments (order_id) WHERE live = 1;
CREATE INDEX antom_payments_by_order ON antom_payments (order_id, created_at);
CREATE INDEX antom_payments_by_payment_id ON antom_payments (payment_id) WHERE payment_id IS NOT NULL;
CREATE INDEX antom_payments_by_time ON antom_payments (created_at);
CREATE INDEX antom_payments_by_status ON antom_payments (status, created_at);
CREATE INDEX antom_payments_in_conflict ON antom_payments (created_at) WHERE conflict = 1;

CREATE TABLE antom_journal (
  payment INTEGER NOT NULL REFERENCES antom_payments (number),
  version INTEGER NOT NULL,
  position INTEGER NOT NULL,
  data TEXT NOT NULL,
  PRIMARY KEY (payment, version, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE antom_tasks (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  payment INTEGER NOT NULL REFERENCES antom_payments (number),
  kind TEXT NOT NULL,
  sequence INTEGER,
  state TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  ready_at INTEGER,
  leased_until INTEGER,
  lease TEXT,
  attempts INTEGER NOT NULL,
  last_error TEXT,
  data TEXT NOT NULL
) STRICT;
CREATE INDEX antom_tasks_ready ON antom_tasks (ready_at) WHERE ready_at IS NOT NULL;
CREATE INDEX antom_tasks_by_payment ON antom_tasks (payment, kind, state, sequence);
CREATE INDEX antom_tasks_by_kind ON antom_tasks (kind, state);
`,
  `
CREATE TABLE antom_cards (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  buyer TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  data TEXT NOT NULL
) STRICT;
CREATE INDEX antom_cards_by_buyer ON antom_cards (buyer, created_at DESC, id);
`,
];
