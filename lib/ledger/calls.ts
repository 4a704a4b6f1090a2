import type { TaskKind } from "../payment/task.js";
import type { Clock, Random } from "../ports.js";
import type { ClaimedTask, TaskOutcome } from "../storage/storage.js";
import { scattered } from "./scattered.js";

/**
 * How many tasks that call Antom are carried out at once, however long Antom takes: a quarter of the sockets (gateway/transport.ts). The
 * others are for those who wait, and a backlog is not sent to Antom all at once.
 */
export const CALLS_AT_MOST = 64;

/** How long a task that finds no room is put off the first time, in milliseconds, give or take half; doubled with each of its attempts. */
const PUT_OFF = 2_000;
const PUT_OFF_AT_MOST = 60_000;

/** Of so many tasks at most it is known how often they were put off. */
const MOST_KNOWN = 10_000;

const CALLS_ANTOM: Readonly<Record<TaskKind, boolean>> = {
  deliver: false,
  record: false,
  inquire: true,
  expire: true,
  capture: true,
  void: true,
  refund: true,
  increase: true,
};

/** The worker's calls to Antom that are under way. Tasks that make none always find room. */
export interface Calls {
  /** Takes a task in, until it leaves: with the attempts in which it found room. Undefined where there is none. */
  enter(claimed: ClaimedTask): ClaimedTask | undefined;
  leave(claimed: ClaimedTask): void;
  /** What becomes of a task that found no room. It does not wait here: its lease is running, and others may have room. */
  putOff(claimed: ClaimedTask): TaskOutcome;
}

export function createCalls(clock: Clock, random: Random): Calls {
  let underWay = 0;
  /**
   * How often a task found no room, and at which attempt last: the storage counts those as well, and one that was only put off is not to
   * be tried the more rarely afterwards. Other processes do not know it.
   */
  const inVain = new Map<string, { readonly times: number; readonly attempts: number }>();

  const timesInVain = ({ task: { id }, attempts }: ClaimedTask): number => {
    const known = inVain.get(id);
    if (known === undefined) return 0;
    if (known.attempts < attempts) return known.times;
    // Another task has taken its place, which begins afresh.
    inVain.delete(id);
    return 0;
  };

  return {
    enter(claimed) {
      if (!CALLS_ANTOM[claimed.task.kind]) return claimed;
      if (underWay >= CALLS_AT_MOST) return undefined;
      underWay++;
      return { ...claimed, attempts: claimed.attempts - timesInVain(claimed) };
    },
    leave({ task }) {
      if (CALLS_ANTOM[task.kind]) underWay--;
    },
    putOff(claimed) {
      const { task, attempts } = claimed;
      const times = timesInVain(claimed) + 1;
      inVain.delete(task.id);
      inVain.set(task.id, { times, attempts });
      const [oldest] = inVain.keys();
      if (inVain.size > MOST_KNOWN && oldest !== undefined) inVain.delete(oldest);
      const delay = scattered(Math.min(PUT_OFF * 2 ** (attempts - 1), PUT_OFF_AT_MOST), random);
      return { again: clock.now() + delay, error: "There were too many calls to Antom under way." };
    },
  };
}
