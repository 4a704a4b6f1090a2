import { setTimeout as delay } from "node:timers/promises";
import { LEASE } from "../../../lib/ledger/worker.js";
import type { Violation } from "../../crash/records.js";
import { isLocked } from "../file.js";
import type { Fleet } from "../fleet.js";
import type { Instance } from "../instance.js";
import { reckon, type Outcome } from "../reckoning.js";
import { until } from "../until.js";
import { inHandOfFirst, isThrough, takenOver, takeovers, type InHand } from "./held.js";

export interface FrozenPlan {
  /** How many events the instance has in hand when it freezes. */
  readonly events: number;
}

/** A lease has begun a little before the hook was called: by so much, in milliseconds of the machine, at most. */
const BEFORE = 500;
const SOON = 4_000;
const MINUTE = 60_000;
const MOST_TRIES = 10;
/** A hook that has waited for longer may have been given up before the freeze: in milliseconds of the machine, and of the fleet's clock. */
const FRESH = 2_000;
const FRESH_BY_CLOCK = 15_000;

/**
 * An instance stands still (SIGSTOP) with leases in hand for longer than they last. The others take over what it had, once its leases have
 * ended; when it goes on, what it says of it is refused.
 */
export async function frozen(fleet: Fleet, { events }: FrozenPlan): Promise<Outcome> {
  const { receiver, clock } = fleet;
  const { speed } = clock.timeline;
  const violations: Violation[] = [];
  const [instance] = fleet.instances;
  if (instance === undefined) throw new Error("there is no instance");
  const { inHand, tries } = await freezeWithLeases(fleet, instance, events);
  await until(() => inHand.payments.every((id) => isThrough(fleet, id)), (3 * MINUTE) / speed);
  const { waits, lost } = takeovers(fleet, inHand);
  violations.push(...lost);
  if (waits.some((wait) => wait < LEASE - BEFORE * speed)) {
    violations.push({ what: "an event was taken over before its lease had ended", seen: waits });
  }

  // Some hooks have their answer before the instance goes on, the others afterwards.
  const told = receiver.calls.length;
  receiver.release(Math.ceil(receiver.held.length / 2));
  instance.thaw();
  receiver.release();
  await until(() => inHand.calls.every(({ eventId }) => isRefused(instance.refused, eventId)), SOON);
  for (const { eventId, payment } of inHand.calls) {
    if (isRefused(instance.refused, eventId) || takenOver(fleet, { eventId }) === undefined) continue;
    violations.push({ what: `the late word about the event ${eventId} was not refused`, payment });
  }
  // What had been put off by that word would come now.
  await delay(MINUTE / speed / 4);
  const settled = new Set(inHand.calls.map(({ eventId }) => eventId));
  for (const { eventId, slot, payment } of receiver.calls.slice(told)) {
    if (settled.has(eventId)) {
      violations.push({ what: `the event ${eventId} came again, from instance ${slot}, after the thaw`, payment });
    }
  }
  const refused = instance.refused.length;
  violations.push(...(await reckon(fleet)));
  return {
    violations,
    figures: {
      instances: fleet.instances.length,
      "frozen at try": tries,
      "events in hand": inHand.calls.length,
      "taken over after s, first": seconds(Math.min(...waits)),
      "taken over after s, last": seconds(Math.max(...waits)),
      "late words refused": refused,
    },
  };
}

/**
 * Freezes it with leases in hand; again, if that was in the middle of a write: such a process keeps a SQLite file to itself for as long as it
 * stands still, and nobody can take over anything (docs/instances.md).
 */
async function freezeWithLeases(
  fleet: Fleet,
  instance: Instance,
  events: number,
): Promise<{ readonly inHand: InHand; readonly tries: number }> {
  const { receiver, database, clock } = fleet;
  const fresh = Math.min(FRESH, FRESH_BY_CLOCK / clock.timeline.speed);
  for (let tries = 1; tries <= MOST_TRIES; tries++) {
    const { calls, payments } = await inHandOfFirst(fleet, `frozen-${tries}`, events);
    instance.freeze();
    const now = Date.now();
    const leased = calls.filter((call) => now - call.at < fresh);
    if (leased.length > 0 && !isLocked(database.keeping)) return { inHand: { calls: leased, payments }, tries };
    instance.thaw();
    receiver.release();
    await delay(FRESH);
  }
  throw new Error("the instance could not be frozen between its writes");
}

const isRefused = (refused: readonly string[], event: string): boolean => refused.some((task) => task.endsWith(event));
const seconds = (ms: number): number => Math.round(ms / 100) / 10;
