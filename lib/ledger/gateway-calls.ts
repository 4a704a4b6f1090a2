import type { Task, TaskKind } from "../payment/task.js";
import type { Clock, Random } from "../ports.js";
import type { TaskOutcome } from "../storage/storage.js";
import { jittered } from "./jitter.js";

/**
 * How many tasks that call Antom are carried out at once, however long Antom takes: a quarter of the sockets (gateway/transport.ts). The
 * others are for those who wait, and a backlog is not sent to Antom all at once.
 */
export const CALLS_AT_MOST = 64;

/**
 * How long a task that finds no room is put off, in milliseconds, give or take half: for so long again with each CALLS_AT_MOST others that
 * found none either, since they come back as well.
 */
const PUT_OFF = 2_000;
const PUT_OFF_AT_MOST = 60_000;

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
  /** Takes a task in, until it leaves. False where there is no room. */
  enter(task: Task): boolean;
  leave(task: Task): void;
  /** What becomes of a task that found no room. It does not wait here: its lease is running, and others may have room. */
  putOff(): TaskOutcome;
}

export function createCalls(clock: Clock, random: Random): Calls {
  let underWay = 0;
  /** How many found no room, less those that have been carried out since. */
  let turnedAway = 0;

  return {
    enter({ kind }) {
      if (!CALLS_ANTOM[kind]) return true;
      if (underWay >= CALLS_AT_MOST) return false;
      underWay++;
      return true;
    },
    leave({ kind }) {
      if (!CALLS_ANTOM[kind]) return;
      underWay--;
      turnedAway = underWay === 0 ? 0 : Math.max(0, turnedAway - 1);
    },
    putOff() {
      const times = 1 + Math.floor(turnedAway++ / CALLS_AT_MOST);
      const again = clock.now() + jittered(Math.min(PUT_OFF * times, PUT_OFF_AT_MOST), random);
      return { again, error: "There were too many calls to Antom under way.", isUntried: true };
    },
  };
}
