import { setTimeout as delay } from "node:timers/promises";
import type { Storage, TaskRecord } from "../../lib/storage/storage.js";

/** How often it is looked whether everything is done, in milliseconds. */
const LOOK = 10;

/** How often those that were put off meanwhile are looked for, in milliseconds. */
const LOOK_AT_ALL = 100;

/** As many as come at once. */
const PAGE = 1_000;

/** Waits until nothing that was acknowledged is left to be done: effects, and hooks that are to be called for the first time. */
export async function atRest(storage: Storage): Promise<void> {
  while (await isAnyNew(storage)) await delay(LOOK);
}

/** Waits until no event waits for a hook any more. Those that were put off are not waited for, but tried again at once. */
export async function calm(storage: Storage): Promise<void> {
  for (;;) {
    const waiting = await waitingEvents(storage);
    if (waiting.length === 0) return;
    const now = Date.now();
    await Promise.all(waiting.filter(isPutOff(now)).map(({ task }) => storage.redrive(task.id, now)));
    await delay(LOOK_AT_ALL);
  }
}

/** Has the events that were put off tried again from that time on, evenly over so long: milliseconds from now. Answers how many there are. */
export async function retry(storage: Storage, from: number, over: number): Promise<number> {
  const now = Date.now();
  const putOff = (await waitingEvents(storage)).filter(isPutOff(now));
  const dueAt = (index: number): number => now + from + Math.floor((over * index) / putOff.length);
  await Promise.all(putOff.map(({ task }, index) => storage.redrive(task.id, dueAt(index))));
  return putOff.length;
}

const isPutOff =
  (now: number) =>
  ({ task }: TaskRecord): boolean =>
    task.dueAt > now;

async function waitingEvents(storage: Storage): Promise<TaskRecord[]> {
  const all: TaskRecord[] = [];
  for (let after: string | undefined, isFirst = true; isFirst || after !== undefined; isFirst = false) {
    const { items, next } = await storage.tasks({
      kind: "deliver",
      state: "waiting",
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    });
    all.push(...items);
    after = next;
  }
  return all;
}

/**
 * Whether a hook is to be called for the first time, or a notification still to take effect: the last that was stored is the last to be taken. What
 * is deferred is looked for only where no hook waits, since whoever looks for it has the storage bring it in.
 */
async function isAnyNew(storage: Storage): Promise<boolean> {
  const last = async (kind: "deliver" | "record") =>
    (await storage.tasks({ kind, state: "waiting", limit: 1 })).items[0];
  const isHookNew = async () => (await last("deliver"))?.attempts === 0;
  return (await isHookNew()) || (await last("record")) !== undefined || isHookNew();
}
