import { memoryStorage } from "../../../lib/storage/memory.js";
import type { Change, DeferredTask, Storage } from "../../../lib/storage/storage.js";
import { overlaid, type Defect } from "./defect.js";

type Write<T> = (disk: Storage, what: T) => Promise<unknown>;

/** A storage whose disk is another one, to which what is committed and deferred goes by the ways that are given. */
const onDisk =
  (write: Write<Change>, defer: Write<DeferredTask> = (disk, task) => disk.defer(task)) =>
  () => {
    const memory = memoryStorage();
    const disk = memoryStorage();
    const storage = overlaid(
      memory,
      {
        open: async (opening) => {
          await disk.open(opening);
          return memory.open(opening);
        },
        commit: async (change) => {
          await write(disk, change);
          return memory.commit(change);
        },
        defer: async (task) => {
          await defer(disk, task);
          return memory.defer(task);
        },
        claim: async (request) => {
          await disk.claim(request);
          return memory.claim(request);
        },
      },
      {
        put: async (card) => {
          await disk.cards.put(card);
          return memory.cards.put(card);
        },
        remove: async (id, buyer) => {
          await disk.cards.remove(id, buyer);
          return memory.cards.remove(id, buyer);
        },
      },
    );
    return { storages: [storage, storage, storage] as const, crash: () => Promise.resolve(disk) };
  };

export const CRASH_DEFECTS: readonly Defect[] = [
  {
    name: "a commit is answered before it is durable",
    breaks: "after a crash: all that was answered is there",
    create: onDisk(() => Promise.resolve()),
  },
  {
    name: "a crash comes between a payment and its tasks",
    breaks: "after a crash: a change that was under way has been made with its entries and tasks, or not",
    create: onDisk(async (disk, change) => {
      await disk.commit({ ...change, tasks: [] });
    }),
  },
  {
    name: "what is deferred is answered before it is durable",
    breaks: "what is deferred: is there after a crash once it was answered, and stored once if not",
    create: onDisk(
      (disk, change) => disk.commit(change),
      () => Promise.resolve(),
    ),
  },
  {
    name: "a lease is known to its process only",
    breaks: "after a crash: a task that was out is given again when its lease ends, and not before",
    create: () => {
      const { storages, crash } = onDisk(async (disk, change) => {
        await disk.commit(change);
      })();
      const memory = storages[0];
      let open: Parameters<Storage["open"]>[0] | undefined;
      const storage = overlaid(memory, {
        open: (opening) => {
          open = opening;
          return memory.open(opening);
        },
      });
      return {
        storages: [storage, storage, storage],
        crash: async () => {
          if (open === undefined) return crash();
          const disk = memoryStorage();
          await disk.open(open);
          return disk;
        },
      };
    },
  },
];
