import assert from "node:assert/strict";
import type { ClaimedTask, Storage } from "../storage.js";
import { pause, settledOrLeft } from "./in-time.js";
import { change, claimAll, claimOne, deliver, idsOf, NOW, openNew, samplePayment } from "./samples.js";
import { same } from "./same.js";
import type { Case, Current, Suite } from "./suite.js";

/** An event that is due, in the hands of a worker. */
const heldEvent = async (storage: Storage, lease = 60_000): Promise<ClaimedTask> => {
  const payment = await openNew(storage, samplePayment("a"));
  await storage.commit(change(payment, {}, [deliver(payment, 1)]));
  return claimOne(storage, NOW, lease);
};

const statesOf = async (storage: Storage): Promise<string[]> => {
  const { items } = await storage.tasks({ limit: 5 });
  return items.map(({ state }) => state);
};

const nothing = (): Promise<void> => Promise.resolve();

/** How long a hint may be under way, in milliseconds. */
const UNDER_WAY = 200;
/** How long to go on giving occasion for a hint, since one may get lost, in milliseconds. */
const PATIENCE = 5000;

/** Stores what is due until it is heard of. */
const isHeard = async (storage: Storage, name: string, hints: () => number): Promise<boolean> => {
  const before = hints();
  for (let nth = 0; nth * 50 < PATIENCE; nth++) {
    const payment = samplePayment(`${name}-${nth}`);
    await openNew(storage, payment, [deliver(payment, 1)]);
    await pause(50);
    if (hints() > before) return true;
  }
  return false;
};

/** Counts how often a storage says that something may be due. */
const watchOf = (storage: Storage) => {
  let count = 0;
  const end = storage.watch?.(() => {
    count++;
  });
  assert(end);
  return { end, hints: () => count };
};

const startAll = (current: Current): Promise<unknown> => Promise.all([0, 1, 2].map((nth) => current(nth).start()));

/** What a storage may leave out, it may not do wrongly. */
export const extrasAreKept = ({ describe, itWith }: Suite): void => {
  describe("settleWithin, where there is one", () => {
    const it = (title: string, body: Case): void => {
      itWith({ step: "settleWithin" }, title, body);
    };
    const itNotes = (title: string, body: Case): void => {
      itWith({ step: "settleWithin", part: "transactions" }, title, body);
    };

    it("settles the task once its work is done, and not before", async (current) => {
      const held = await heldEvent(current());
      const during: string[] = [];
      const work = async (): Promise<void> => {
        during.push(...(await statesOf(current(1))));
      };
      assert.equal(await current().settleWithin?.(held, work), true);
      same(during, ["waiting"]);
      same(await statesOf(current(1)), ["done"]);
      same(await claimAll(current(1), NOW + 1e9), []);
    });

    it("rejects with what its work rejects with, and leaves the task with its holder", async (current) => {
      const held = await heldEvent(current());
      const reason = new Error("the shop's own");
      const rejected = await current()
        .settleWithin?.(held, () => Promise.reject(reason))
        .then(
          () => undefined,
          (error: unknown) => error,
        );
      assert.equal(rejected, reason);
      same(await statesOf(current(1)), ["waiting"]);
      same(await claimAll(current(1)), []);
      assert.equal(await current().settle(held, { done: true }), true);
    });

    it("says no to a worker that has lost its lease, and changes nothing", async (current) => {
      const lost = await heldEvent(current(), 10);
      const held = await claimOne(current(1), NOW + 10);
      assert.equal(await current().settleWithin?.(lost, nothing), false);
      same(await statesOf(current(1)), ["waiting"]);
      assert.equal(await current(1).settleWithin?.(held, nothing), true);
      assert.equal(await current(1).settleWithin?.(held, nothing), false);
    });

    it("brings on the payment's next event", async (current) => {
      const payment = await openNew(current(), samplePayment("a"));
      await current().commit(change(payment, {}, [deliver(payment, 1), deliver(payment, 2)]));
      const held = await claimOne(current());
      assert.equal(held.task.id, "a:1");
      assert.equal(await current().settleWithin?.(held, nothing), true);
      same(idsOf(await claimAll(current(1))), ["a:2"]);
    });

    itNotes(
      "keeps what its work has written, and nothing of what it wrote before it failed",
      async (current, _crash, notes) => {
        const held = await heldEvent(current());
        const failing = current().settleWithin?.(held, async (transaction) => {
          await notes.write(transaction, "of work that fails");
          throw new Error("the shop's own");
        });
        await assert.rejects(async () => failing, /the shop's own/);
        same(await notes.read(), []);
        const isSettled = await current().settleWithin?.(held, async (transaction) => {
          await notes.write(transaction, "one");
          await notes.write(transaction, "two");
        });
        assert.equal(isSettled, true);
        same((await notes.read()).toSorted(), ["one", "two"]);
        same(await statesOf(current(1)), ["done"]);
      },
    );

    itNotes("keeps nothing of the work of a worker that had lost its lease", async (current, _crash, notes) => {
      const lost = await heldEvent(current(), 10);
      await claimOne(current(1), NOW + 10);
      const work = (transaction: unknown): Promise<void> => notes.write(transaction, "too late");
      assert.equal(await current().settleWithin?.(lost, work), false);
      same(await notes.read(), []);
    });

    itNotes(
      "keeps nothing of what is written after the work has failed by what it was handed",
      async (current, _crash, notes) => {
        const held = await heldEvent(current());
        const ended: unknown[] = [];
        // Such a write may be refused, or lead nowhere and never be answered.
        const writeLate = async (): Promise<void> => {
          const writes = ended.map(async (transaction) => notes.write(transaction, "too late"));
          await settledOrLeft(writes, UNDER_WAY);
        };
        const late: Promise<void>[] = [];
        const failing = current().settleWithin?.(held, (transaction) => {
          ended.push(transaction);
          late.push(pause(0).then(writeLate));
          return Promise.reject(new Error("the shop's own"));
        });
        await assert.rejects(async () => failing, /the shop's own/);
        await Promise.all(late);
        await writeLate();
        same(await notes.read(), []);
        const isSettled = await current().settleWithin?.(held, async (transaction) => {
          await writeLate();
          await notes.write(transaction, "in time");
        });
        assert.equal(isSettled, true);
        same(await notes.read(), ["in time"]);
      },
    );

    itNotes(
      "keeps both or neither where the task is redriven while its work is under way",
      async (current, _crash, notes) => {
        const held = await heldEvent(current());
        let redriven = Promise.resolve(false);
        const isSettled = await current().settleWithin?.(held, async (transaction) => {
          await notes.write(transaction, "written");
          redriven = current(1).redrive(held.task.id, NOW);
          // Where the transaction has locked the task, the other one has to wait for its end.
          await settledOrLeft([redriven], UNDER_WAY);
        });
        assert.equal(await redriven, !isSettled);
        same(await notes.read(), isSettled === true ? ["written"] : []);
        same(await statesOf(current(1)), [isSettled === true ? "done" : "waiting"]);
      },
    );
  });

  describe("watch, where there is one", () => {
    itWith(
      { step: "watch", part: "instances" },
      "tells that another instance has stored what is due",
      async (current) => {
        const { end, hints } = watchOf(current());
        // Some tell at once, for what came before.
        await pause(UNDER_WAY);
        assert(await isHeard(current(1), "a", hints), `nothing was told in ${PATIENCE} ms`);
        end();
      },
    );

    itWith(
      { step: "watch", part: "instances", isUnstarted: true },
      "may be asked for before the start, and tells once it is started",
      async (current) => {
        const { end, hints } = watchOf(current());
        await startAll(current);
        await pause(UNDER_WAY);
        assert(await isHeard(current(1), "a", hints), `nothing was told in ${PATIENCE} ms`);
        end();
      },
    );

    itWith({ step: "watch" }, "tells nobody any more once it is ended, which may be done twice", async (current) => {
      const { end, hints } = watchOf(current());
      const other = watchOf(current());
      await pause(UNDER_WAY);
      end();
      end();
      const before = hints();
      await current(1).settle(await heldEvent(current(1)), { again: NOW });
      assert.equal(await current(1).redrive("a:1", NOW), true);
      await pause(UNDER_WAY);
      assert.equal(hints(), before);
      other.end();
    });

    itWith(
      { step: "watch", part: "instances" },
      "tells nobody any more once the storage is stopped",
      async (current) => {
        const { end, hints } = watchOf(current());
        await pause(UNDER_WAY);
        await current().stop();
        const before = hints();
        await heldEvent(current(1));
        await pause(UNDER_WAY);
        assert.equal(hints(), before);
        end();
      },
    );
  });

  describe("describe, where there is one", () => {
    itWith({ step: "describe" }, "says what the storage is, and whether it keeps what it is given", async (current) => {
      const { kind = "", text = "", isDurable } = (await current().describe?.()) ?? {};
      assert.match(kind, /^[a-z][a-z0-9-]*$/);
      assert.match(text, /\S.*[^.]$/);
      assert.equal(typeof isDurable, "boolean");
    });
  });
};
