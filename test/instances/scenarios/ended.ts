import { setTimeout as delay } from "node:timers/promises";
import { HOOK_DELAYS } from "../../../lib/ledger/deliver.js";
import { LEASE } from "../../../lib/ledger/worker.js";
import type { Storage, TaskRecord } from "../../../lib/storage/storage.js";
import { textAt, type Violation } from "../../crash/records.js";
import { checkout, paymentIn } from "../buyer.js";
import type { Fleet } from "../fleet.js";
import type { InstanceCall } from "../receiver.js";
import { reckon, type Outcome } from "../reckoning.js";
import { until } from "../until.js";
import { isThrough } from "./held.js";

const ORDER = "deadly";
const TYPE = "payment.authorized";
/** How often a hook is tried at most. */
const TRIES = HOOK_DELAYS.length + 1;

/** Of the machine, in milliseconds: between one look at the event and the next, and how long a payment may take to be through. */
const LOOK_EVERY = 120;
const SOON = 10_000;
const MOST_LOOKS = 250;

const HOUR = 3_600_000;
/** The tries of an event take three days; where each wait is but half as long, it is still more than this, in hours. */
const LEAST = 24;

/**
 * A hook ends its process whenever it is called for one event, and each process is started again. The event does not end one after the other
 * without a pause, and is given up in the end; then the next one of its payment is told. Those of other payments do not wait.
 */
export async function ended(fleet: Fleet): Promise<Outcome> {
  const { receiver, clock, instances } = fleet;
  const violations: Violation[] = [];
  /** When processes were ended, by the fleet's clock. */
  const times: number[] = [];
  let starting = Promise.resolve();
  const startAgain = async (slot: number): Promise<void> => {
    await instances[slot]?.kill();
    await instances[slot]?.start();
  };
  receiver.isDeadly = (call) => {
    if (!isDeadly(call)) return false;
    times.push(clock.now());
    starting = Promise.all([starting, startAgain(call.slot)]).then(() => undefined);
    return true;
  };

  const storage = fleet.database.storage();
  await storage.start();
  let id: string;
  let given: TaskRecord | undefined;
  try {
    // Its answer may be lost with the process.
    await checkout(fleet.choose()?.port ?? 0, { order: ORDER, isByCard: true });
    if (!(await until(() => times.length > 0, SOON))) throw new Error("the hook was not called");
    id = (await storage.findByOrder(ORDER))[0]?.id ?? "";
    await starting;
    violations.push(...(await isDelivered(fleet, "beside")));
    for (let looks = 0; looks < MOST_LOOKS && times.length <= TRIES; looks++) {
      await starting;
      given = await eventOf(storage, id);
      if (given?.state !== "waiting") break;
      const wait = given.task.dueAt - clock.now();
      // It is put off, or the process that had it is dead: nobody has it in hand.
      if (wait > 0 || given.attempts === times.length) {
        clock.leap(wait > 0 ? wait : LEASE);
        fleet.follow();
      }
      await delay(LOOK_EVERY);
    }
    await starting;
  } finally {
    await storage.stop();
  }

  const hours = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / HOUR;
  if (given?.state !== "dead") {
    violations.push({ what: `the event is not given up after ${times.length} tries`, payment: id, seen: given });
  } else {
    if (hours < LEAST)
      violations.push({ what: `it ended ${times.length} processes within ${hours} hours`, payment: id });
    if (!(await until(() => isThrough(fleet, id), SOON))) {
      violations.push({ what: "the event after the one that was given up is not told", payment: id });
    }
  }
  receiver.isDeadly = () => false;
  violations.push(...(await isDelivered(fleet, "afterwards")), ...(await reckon(fleet)));
  return {
    violations,
    figures: {
      instances: instances.length,
      "processes ended": times.length,
      "hours until given up": Math.round(hours),
    },
  };
}

const isDeadly = ({ type, event }: InstanceCall): boolean =>
  type === TYPE && textAt(JSON.parse(event), "payment", "orderId") === ORDER;

async function eventOf(storage: Storage, payment: string): Promise<TaskRecord | undefined> {
  const { items } = await storage.tasks({ kind: "deliver", payment, limit: 20 });
  return items.find(({ task }) => task.kind === "deliver" && task.event.type === TYPE);
}

/** Another payment goes through; an instance that is ended answers nobody, and the next one is asked. */
async function isDelivered(fleet: Fleet, order: string): Promise<Violation[]> {
  let id: string | undefined;
  for (let tries = 0; id === undefined && tries < fleet.instances.length; tries++) {
    id = paymentIn(await checkout(fleet.choose()?.port ?? 0, { order, isByCard: true }));
  }
  if (id !== undefined && (await until(() => isThrough(fleet, id), SOON))) return [];
  return [{ what: "another payment is not through in time", order }];
}
