import assert from "node:assert/strict";
import type { ClaimedTask, Storage } from "../storage.js";
import { change, claimAll, claimOne, deliver, NOW, openNew, samplePayment } from "./samples.js";
import { same } from "./same.js";
import type { Suite } from "./suite.js";

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

/** What a storage may leave out, it may not do wrongly. */
export const extrasAreKept = ({ describe, it }: Suite): void => {
  describe("settleWithin, where there is one", () => {
    it("settles the task once its work is done, and not before", async (current) => {
      if (current().settleWithin === undefined) return;
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
      if (current().settleWithin === undefined) return;
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
      if (current().settleWithin === undefined) return;
      const lost = await heldEvent(current(), 10);
      const held = await claimOne(current(1), NOW + 10);
      assert.equal(await current().settleWithin?.(lost, nothing), false);
      same(await statesOf(current(1)), ["waiting"]);
      assert.equal(await current(1).settleWithin?.(held, nothing), true);
      assert.equal(await current(1).settleWithin?.(held, nothing), false);
    });
  });

  describe("watch, where there is one", () => {
    it("tells nobody any more once it is ended, which may be done twice", async (current) => {
      let hints = 0;
      const end = current().watch?.(() => {
        hints++;
      });
      end?.();
      end?.();
      await current(1).settle(await heldEvent(current(1)), { again: NOW });
      same(await claimAll(current(), NOW - 1), []);
      assert.equal(hints, 0);
    });
  });

  describe("describe, where there is one", () => {
    it("says what the storage is, and whether it keeps what it is given", async (current) => {
      if (current().describe === undefined) return;
      const { kind = "", text = "", isDurable } = (await current().describe?.()) ?? {};
      assert.match(kind, /^[a-z][a-z0-9-]*$/);
      assert.match(text, /\S.*[^.]$/);
      assert.equal(typeof isDurable, "boolean");
    });
  });
};
