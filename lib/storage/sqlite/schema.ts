/**
 * The tables, as steps from one version to the next; a step that has been released is never changed. Names begin with
 * `antom_`, so that the file may hold tables of the shop's too.
 *
 * A task's `ready_at` is when it can be claimed: its due time, or the end of its lease if that is later. It is null for
 * what nobody may claim: done, dead, or a `deliver` with an earlier one of its payment still waiting. So a claim
 * reads one index, however many events are held up (see tasks.ts).
 *
 * A payment's `rests_since` is null while it is needed, whoever asks to have old ones removed (see prune.ts).
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
  `
ALTER TABLE antom_payments ADD COLUMN buyer TEXT;
ALTER TABLE antom_payments ADD COLUMN currency TEXT NOT NULL DEFAULT '';
ALTER TABLE antom_payments ADD COLUMN amount INTEGER NOT NULL DEFAULT 0;
ALTER TABLE antom_payments ADD COLUMN day INTEGER NOT NULL DEFAULT 0;
ALTER TABLE antom_payments ADD COLUMN succeeded INTEGER NOT NULL DEFAULT 0;
ALTER TABLE antom_payments ADD COLUMN failure_code TEXT;
ALTER TABLE antom_payments ADD COLUMN authorized INTEGER NOT NULL DEFAULT 0;
ALTER TABLE antom_payments ADD COLUMN captured INTEGER NOT NULL DEFAULT 0;
ALTER TABLE antom_payments ADD COLUMN refunded INTEGER NOT NULL DEFAULT 0;
ALTER TABLE antom_payments ADD COLUMN attention_conflict INTEGER NOT NULL DEFAULT 0;
ALTER TABLE antom_payments ADD COLUMN attention_unknown INTEGER NOT NULL DEFAULT 0;
ALTER TABLE antom_payments ADD COLUMN attention_expiring INTEGER NOT NULL DEFAULT 0;
UPDATE antom_payments SET
  buyer = json_extract(data, '$.buyer'),
  currency = coalesce(json_extract(data, '$.amount.currency'), ''),
  amount = CAST(coalesce(json_extract(data, '$.amount.value'), 0) AS INTEGER),
  day = created_at / 86400000,
  succeeded = json_extract(data, '$.evidence.succeeded') IS 1,
  failure_code = json_extract(data, '$.failureCode'),
  authorized = CAST(coalesce(json_extract(data, '$.authorizedAmount'), 0) AS INTEGER),
  captured = CAST(coalesce(json_extract(data, '$.capturedAmount'), 0) AS INTEGER),
  refunded = CAST(coalesce(json_extract(data, '$.refundedAmount'), 0) AS INTEGER),
  attention_conflict = conflict,
  attention_unknown = coalesce(json_extract(data, '$.unanswered'), 0) >= 3 AND (
    status IN ('created', 'requires_action', 'processing')
    OR EXISTS (SELECT 1 FROM json_each(data, '$.operations') WHERE json_extract(value, '$.status') = 'pending')
  ),
  attention_expiring = status = 'authorized' AND json_extract(data, '$.evidence.warned') IS 1;
DROP INDEX antom_payments_by_payment_id;
CREATE INDEX antom_payments_by_payment_id ON antom_payments (payment_id, created_at) WHERE payment_id IS NOT NULL;
CREATE INDEX antom_payments_by_buyer ON antom_payments (buyer, created_at) WHERE buyer IS NOT NULL;
CREATE INDEX antom_payments_by_amount ON antom_payments (amount, created_at);
CREATE INDEX antom_payments_by_currency ON antom_payments (currency, created_at);
CREATE INDEX antom_payments_by_money ON antom_payments (currency, amount, created_at);
CREATE INDEX antom_payments_attention_conflict ON antom_payments (created_at) WHERE attention_conflict = 1;
CREATE INDEX antom_payments_attention_unknown ON antom_payments (created_at) WHERE attention_unknown = 1;
CREATE INDEX antom_payments_attention_expiring ON antom_payments (created_at) WHERE attention_expiring = 1;
CREATE INDEX antom_payments_by_day ON antom_payments
  (day, currency, status, failure_code, succeeded, created_at, captured, refunded);
CREATE INDEX antom_payments_held ON antom_payments (currency, authorized) WHERE status = 'authorized';
CREATE INDEX antom_tasks_waiting_deliveries ON antom_tasks (attempts) WHERE kind = 'deliver' AND state = 'waiting';
`,
  `
ALTER TABLE antom_payments ADD COLUMN rests_since INTEGER;
ALTER TABLE antom_payments ADD COLUMN paid INTEGER NOT NULL DEFAULT 0;
UPDATE antom_payments SET
  paid = captured <> 0
    OR coalesce(json_array_length(data, '$.conflicts'), 0) > 0
    OR coalesce(json_array_length(data, '$.disputes'), 0) > 0,
  rests_since = CASE WHEN
    status NOT IN ('created', 'requires_action', 'processing', 'authorized')
    AND NOT (
      json_type(data, '$.saving') IS 'object'
      AND json_extract(data, '$.evidence.succeeded') IS 1
      AND json_extract(data, '$.evidence.cardStored') IS NOT 1
      AND json_extract(data, '$.evidence.cardMissed') IS NOT 1
    )
    AND coalesce(json_array_length(data, '$.conflicts'), 0) <= coalesce(json_extract(data, '$.reviewed'), 0)
    AND NOT EXISTS (SELECT 1 FROM json_each(data, '$.operations') WHERE json_extract(value, '$.status') = 'pending')
    AND NOT EXISTS (
      SELECT 1 FROM json_each(data, '$.disputes') AS dispute WHERE NOT EXISTS (
        SELECT 1 FROM json_each(dispute.value, '$.steps') AS step
        WHERE step.value IN ('DISPUTE_JUDGED', 'DISPUTE_ACCEPTED', 'DISPUTE_CANCELLED', 'RDR_RESOLVED')
      )
    )
    AND (
      json_extract(data, '$.evidence.superseded') IS NOT 1
      OR CASE WHEN captured > 0 THEN refunded >= captured ELSE json_extract(data, '$.evidence.cancelled') IS 1 END
    )
    AND refunded = (
      SELECT coalesce(sum(CAST(coalesce(json_extract(value, '$.amount.value'), antom_payments.amount) AS INTEGER)), 0)
      FROM json_each(data, '$.operations')
      WHERE json_extract(value, '$.kind') = 'refund' AND json_extract(value, '$.status') = 'succeeded'
    )
  THEN max(
    json_extract(data, '$.updatedAt'),
    json_extract(data, '$.expiresAt'),
    coalesce(json_extract(data, '$.authorizationExpiresAt'), 0)
  ) END;
CREATE INDEX antom_payments_at_rest ON antom_payments (paid, rests_since) WHERE rests_since IS NOT NULL;
`,
  // An index less that each event pays for, and a journal that is written at its end only.
  `
ALTER TABLE antom_journal RENAME TO antom_journal_before;
CREATE TABLE antom_journal (
  payment INTEGER NOT NULL REFERENCES antom_payments (number),
  version INTEGER NOT NULL,
  position INTEGER NOT NULL,
  data TEXT NOT NULL
) STRICT;
INSERT INTO antom_journal SELECT payment, version, position, data FROM antom_journal_before;
DROP TABLE antom_journal_before;
CREATE UNIQUE INDEX antom_journal_by_payment ON antom_journal (payment, version, position);
DROP INDEX antom_tasks_by_kind;
DROP INDEX antom_tasks_waiting_deliveries;
CREATE INDEX antom_tasks_by_kind ON antom_tasks (kind, state, number, attempts);
`,
  // For what is put off in a flood: one index, where a task pays for four.
  `
CREATE TABLE antom_deferred (
  number INTEGER PRIMARY KEY,
  payment INTEGER NOT NULL UNIQUE REFERENCES antom_payments (number),
  due_at INTEGER NOT NULL,
  data TEXT NOT NULL
) STRICT;
`,
];
