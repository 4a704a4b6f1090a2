import { checkAll } from "../crash/check/check.js";
import { readDatabase } from "../crash/check/evidence.js";
import type { Exchange, Violation } from "../crash/records.js";
import { comeToRest } from "../crash/rest.js";
import type { Fleet } from "./fleet.js";
import { until } from "./until.js";

/** What a scenario has come to. */
export interface Outcome {
  /** What was counted and measured, by name. */
  readonly figures: Readonly<Record<string, number>>;
  readonly violations: readonly Violation[];
}

export interface Sent {
  readonly exchanges?: readonly Exchange[];
  readonly buyers?: readonly string[];
}

/**
 * Lets time go on until nothing is left to do, and compares what the database, Antom's ledger, the hooks and the answers say: whether
 * anything was lost or doubled.
 */
export async function reckon(fleet: Fleet, { exchanges = [], buyers = [] }: Sent = {}): Promise<Violation[]> {
  const { database, simulator, clock, receiver, front } = fleet;
  const storage = database.storage();
  await storage.start();
  try {
    const onLeap = (): void => {
      fleet.follow();
    };
    const redriven = await comeToRest({ storage, simulator, clock, onLeap });
    const found = checkAll({
      ...(await readDatabase(storage, buyers)),
      ledger: simulator.ledger(),
      atAntom: simulator.payments(),
      notifications: simulator.notifications(),
      calls: receiver.calls,
      redriven,
      books: await database.books(),
      exchanges,
      answered: front.answered,
    });
    return [...fleet.violations, ...found];
  } finally {
    await storage.stop();
  }
}

/** Milliseconds of the machine: by then the last payment of a rush is captured, and its hooks have heard. */
const THROUGH_WITHIN = 60_000;

/** Waits until all payments are captured, and looks before time leaps: where nothing has gone wrong every event is told once. */
export async function toldOnce({ receiver, simulator }: Fleet): Promise<Violation[]> {
  const isOver = (): boolean => {
    const through = new Set(
      receiver.calls.flatMap(({ type, isTaken, payment }) => (type === "payment.captured" && isTaken ? [payment] : [])),
    );
    return simulator.payments().every(({ paymentRequestId }) => through.has(paymentRequestId));
  };
  if (!(await until(isOver, THROUGH_WITHIN))) return [{ what: "payments were not captured in time" }];
  const times = new Map<string, number>();
  for (const { eventId } of receiver.calls) times.set(eventId, (times.get(eventId) ?? 0) + 1);
  return [...times].flatMap(([event, count]) =>
    count === 1 ? [] : [{ what: `the event ${event} was told ${count} times, and nothing had gone wrong` }],
  );
}
