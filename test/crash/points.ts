/** Where a run's shops keep their payments. */
export const STORAGES = ["sqlite", "postgres"] as const;
export type StorageKind = (typeof STORAGES)[number];

/** Everything a shop does that may be cut short: a process can be killed just before it, and just after it. */
const STEPS = [
  "storage:start",
  "storage:open",
  "storage:commit",
  "storage:defer",
  "storage:get",
  "storage:find",
  "storage:claim",
  "storage:settle",
  "antom:pay",
  "antom:inquiryPayment",
  "antom:capture",
  "antom:cancel",
  "antom:refund",
  "hook",
  "order",
  "answer:checkout",
  "answer:notify",
  "answer:capture",
  "answer:void",
  "answer:refund",
] as const;

/** Those that are seldom come to, and so are tried more often. */
const SELDOM = [
  "storage:cards.put",
  "antom:inquiryRefund",
  "antom:updateAmount",
  "answer:return",
  "answer:status",
  "answer:increase",
] as const;
const TRIES = 3;

/** Inside the database. */
const INSIDE: Readonly<Record<StorageKind, readonly string[]>> = {
  /** A transaction begun, a statement of it done, all done but the commit, committed with nobody told. */
  sqlite: ["sql:begin:after", "sql:statement:after", "sql:commit:before", "sql:commit:after"],
  /** A statement about to be sent, on its way, and answered; the same of a commit; and the hook's own transaction. */
  postgres: [
    "sql:statement:before",
    "sql:statement:sent",
    "sql:statement:after",
    "sql:commit:before",
    "sql:commit:sent",
    "sql:commit:after",
    "storage:settleWithin:before",
    "storage:settleWithin:after",
    "transaction:before",
    "transaction:after",
  ],
};

const around = (steps: readonly string[]): string[] => steps.flatMap((step) => [`${step}:before`, `${step}:after`]);

/** Every point at which a process kills itself, by name. */
export const pointsOf = (storage: StorageKind): readonly string[] => [
  ...around([...STEPS, ...SELDOM]),
  ...INSIDE[storage],
];

/** The same in the order in which processes are sent to them. */
export const turnsOf = (storage: StorageKind): readonly [string, ...string[]] => [
  "storage:commit:after",
  ...around(STEPS).filter((point) => point !== "storage:commit:after"),
  ...INSIDE[storage],
  ...Array.from({ length: TRIES }, () => around(SELDOM)).flat(),
];

/** What a process is to die of: the nth time it comes to a point. */
export interface Death {
  readonly point: string;
  readonly nth: number;
}
