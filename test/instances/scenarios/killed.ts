import { LEASE } from "../../../lib/ledger/worker.js";
import type { Violation } from "../../crash/records.js";
import type { Fleet } from "../fleet.js";
import { reckon, type Outcome } from "../reckoning.js";
import { until } from "../until.js";
import { inHandOfFirst, isThrough, takeovers } from "./held.js";

export interface KilledPlan {
  /** How many events the instance has in hand when it is killed. */
  readonly events: number;
}

/** How often a worker looks by itself, in milliseconds: the default. */
const POLL = 1_000;
/** What the machine may be late, in its own milliseconds. */
const LATE = 1_000;
const MINUTE = 60_000;

/** An instance is killed with leases in hand and not started again: the others take over all of it when its leases end. */
export async function killed(fleet: Fleet, { events }: KilledPlan): Promise<Outcome> {
  const { speed } = fleet.clock.timeline;
  const violations: Violation[] = [];
  const inHand = await inHandOfFirst(fleet, "killed", events);
  const since = Date.now();
  await fleet.instances[0]?.kill();
  await until(() => inHand.payments.every((id) => isThrough(fleet, id)), (3 * MINUTE) / speed);
  const { waits, lost } = takeovers(fleet, inHand, since);
  violations.push(...lost);
  const last = Math.max(...waits);
  if (last > LEASE + POLL + LATE * speed) {
    violations.push({ what: `what was in hand was taken over ${last} ms after the kill`, seen: waits });
  }
  violations.push(...(await reckon(fleet)));
  return {
    violations,
    figures: {
      instances: fleet.instances.length,
      "events in hand": inHand.calls.length,
      "taken over after s, first": Math.round(Math.min(...waits) / 100) / 10,
      "taken over after s, last": Math.round(last / 100) / 10,
    },
  };
}
