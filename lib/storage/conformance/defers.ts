import assert from "node:assert/strict";
import type { Storage } from "../storage.js";
import { failed, openDelivered, pruneAll } from "./resting.js";
import {
  change,
  claimAll,
  claimOne,
  deliver,
  inquire,
  NOW,
  openNew,
  recording,
  sampleEntry,
  samplePayment,
} from "./samples.js";
import { same } from "./same.js";
import type { Suite } from "./suite.js";

/** Ids that are nearly the one of the payment "a", and those that no payment has. */
const UNKNOWN: Readonly<Record<string, string>> = {
  "never was": "b",
  "is empty": "",
  "differs by a blank": "a ",
  "differs by its case": "A",
  "holds a NUL": "a\0",
  "holds half a surrogate pair": "a\ud83c",
  "is another half": "\udf81",
  "holds a pattern": "%",
  "holds SQL": "' OR 'a' = 'a",
  "is very long": "a".repeat(100_000),
};

/** How a task came to be as it is, by the payment's name; each leaves one task, of the id "record:a" unless told. */
const TAKEN: Readonly<Record<string, { readonly id?: string; readonly make: (storage: Storage) => Promise<unknown> }>> =
  {
    waits: { make: (storage) => storage.defer(recording(samplePayment("a"), NOW + 5)) },
    "was put off": {
      make: async (storage) => {
        await storage.defer(recording(samplePayment("a")));
        await storage.settle(await claimOne(storage), { again: NOW + 50, error: "no answer" });
      },
    },
    "was given up": {
      make: async (storage) => {
        await storage.defer(recording(samplePayment("a")));
        await storage.settle(await claimOne(storage), { dead: "too often" });
      },
    },
    "is another payment's": {
      make: (storage) => openNew(storage, samplePayment("b"), [inquire(samplePayment("b"), NOW, "record:a")]),
    },
    "is of another kind": {
      id: "inquire:a",
      make: (storage) => storage.commit(change(samplePayment("a"), {}, [inquire(samplePayment("a"))])),
    },
    "is an event that was delivered": {
      id: "a:1",
      make: async (storage) => {
        await storage.commit(change(samplePayment("a"), {}, [deliver(samplePayment("a"), 1)]));
        await storage.settle(await claimOne(storage), { done: true });
      },
    },
  };

export const deferralsAreKept = ({ describe, it }: Suite): void => {
  describe("defer", () => {
    it("stores a task, which is claimed once it is due and gone once it is done", async (current) => {
      const payment = await openNew(current(), samplePayment("a"));
      const task = recording(payment, NOW + 100);
      assert.equal(await current().defer(task), true);
      same((await current(1).tasks({ limit: 5 })).items, [{ task, state: "waiting", attempts: 0 }]);
      same((await current(1).tasks({ kind: "record", state: "waiting", payment: "a", limit: 5 })).items.length, 1);
      same(await claimAll(current(1), NOW + 99), []);
      const claimed = await claimOne(current(1), NOW + 100);
      same(claimed.task, task);
      assert.equal(claimed.attempts, 1);
      assert.equal(await current().settle(claimed, { done: true }), true);
      same(await claimAll(current(), NOW + 1e9), []);
      same((await current().tasks({ state: "waiting", limit: 5 })).items, []);
    });

    it("leaves the payment, its journal and its other tasks as they are", async (current) => {
      const payment = await openNew(current(), samplePayment("a"), [inquire(samplePayment("a"), NOW + 5)]);
      assert.equal(await current().defer(recording(payment)), true);
      same(await current(1).get("a"), payment);
      same(await current(1).journal("a"), [sampleEntry(payment)]);
      same((await claimOne(current())).task, recording(payment));
      same((await claimOne(current(), NOW + 5)).task, inquire(payment, NOW + 5));
      assert.equal(await current(1).commit(change(payment)), "committed");
    });

    it("stores tasks of one payment side by side, and of any kind but events", async (current) => {
      const payment = await openNew(current(), samplePayment("a"));
      const tasks = [recording(payment), inquire(payment), { ...recording(payment), id: "record:again" }];
      for (const task of tasks) assert.equal(await current().defer(task), true);
      const { items } = await current().tasks({ payment: "a", limit: 5 });
      same(
        items.map(({ task }) => task),
        tasks.toReversed(),
      );
    });

    for (const [name, id] of Object.entries(UNKNOWN)) {
      it(`says no, and stores nothing, for a payment whose id ${name}`, async (current) => {
        await openNew(current(), samplePayment("a"));
        assert.equal(await current().defer(recording({ id })), false);
        assert.equal(await current().defer({ ...recording({ id }), id: "record:a" }), false);
        same((await current().tasks({ limit: 5 })).items, []);
        same(await claimAll(current(), NOW + 1e9), []);
        assert.equal(await current().defer(recording({ id: "a" })), true);
      });
    }

    it("says no for a payment that was removed", async (current) => {
      await openDelivered(current(), failed("a"));
      assert.equal(await pruneAll(current()), 1);
      assert.equal(await current(1).defer(recording({ id: "a" })), false);
      same((await current().tasks({ limit: 5 })).items, []);
    });

    for (const [name, { id = "record:a", make }] of Object.entries(TAKEN)) {
      it(`says no where a task of that id ${name}, and leaves it as it was`, async (current) => {
        await openNew(current(), samplePayment("a"));
        await make(current());
        const { items } = await current().tasks({ limit: 5 });
        assert.equal(items.length, 1);
        for (const dueAt of [NOW - 100, NOW + 1e6]) {
          assert.equal(await current(1).defer({ ...recording({ id: "a" }, dueAt, "OTHER"), id }), false);
        }
        same((await current().tasks({ limit: 5 })).items, items);
      });
    }

    it("says no where a task of that id is out, and leaves it with its holder", async (current) => {
      const payment = await openNew(current(), samplePayment("a"));
      await current().defer(recording(payment));
      await claimOne(current(), NOW, 1000);
      assert.equal(await current(1).defer(recording(payment, NOW, "OTHER")), false);
      same(await claimAll(current(), NOW + 999), []);
      const again = await claimOne(current(), NOW + 1000);
      same({ ...again, lease: "" }, { task: recording(payment), attempts: 2, lease: "", isTakenOver: true });
      assert.equal(await current(1).defer(recording(payment, NOW, "OTHER")), false);
      assert.equal(await current().settle(again, { done: true }), true);
    });

    it("stores a task of the same id once the one before is done", async (current) => {
      const payment = await openNew(current(), samplePayment("a"));
      for (const code of ["FIRST", "SECOND", "THIRD"]) {
        assert.equal(await current().defer(recording(payment, NOW, code)), true);
        const claimed = await claimOne(current(1));
        same(claimed, { task: recording(payment, NOW, code), attempts: 1, lease: claimed.lease });
        assert.equal(await current().settle(claimed, { done: true }), true);
        assert.equal(await current().settle(claimed, { again: NOW }), false);
      }
    });

    it("stores what is claimed in the order in which it is due, whenever it came, and beside other tasks", async (current) => {
      const due = [50, 0, 90, -5, 60, 10];
      for (const [nth, offset] of due.entries()) {
        const payment = samplePayment(`p${nth}`);
        const isDeferred = nth % 3 < 2;
        await openNew(current(), payment, isDeferred ? [] : [inquire(payment, NOW + offset)]);
        if (isDeferred) assert.equal(await current(nth).defer(recording(payment, NOW + offset)), true);
      }
      const order: number[] = [];
      for (const now of [NOW - 6, NOW, NOW + 100]) {
        for (;;) {
          const [claimed] = await current().claim({ now, lease: 1000, limit: 1 });
          if (claimed === undefined) break;
          order.push(claimed.task.dueAt - NOW);
          await current().settle(claimed, { done: true });
        }
      }
      same(order, [-5, 0, 10, 50, 60, 90]);
    });

    it("stores what can be redriven, and what a commit may replace or remove, before anybody has claimed it", async (current) => {
      const payment = await openNew(current(), samplePayment("a"));
      await current().defer(recording(payment, NOW + 100));
      assert.equal(await current(1).redrive("record:a", NOW), true);
      same((await claimOne(current())).task, { ...recording(payment, NOW + 100), dueAt: NOW });
      const b = await openNew(current(), samplePayment("b"));
      await current().defer(recording(b));
      const replaced = change(b, {}, [recording(b, NOW, "LATER")]);
      assert.equal(await current(1).commit(replaced), "committed");
      same((await claimOne(current())).task, recording(b, NOW, "LATER"));
      const c = await openNew(current(), samplePayment("c"));
      await current().defer(recording(c));
      assert.equal(await current(1).commit(change(c, {}, [{ id: "record:c", obsolete: true }])), "committed");
      same((await current().tasks({ payment: "c", limit: 5 })).items, []);
      same(await claimAll(current()), []);
    });

    it("stores what can be looked for by each of its words", async (current) => {
      const payment = await openNew(current(), samplePayment("a"));
      await current().defer(recording(payment));
      same((await current(1).tasks({ state: "dead", limit: 5 })).items, []);
      same((await current(1).tasks({ kind: "inquire", limit: 5 })).items, []);
      same((await current(1).tasks({ payment: "b", limit: 5 })).items, []);
      same((await current(1).tasks({ state: "waiting", limit: 5 })).items.length, 1);
      same((await current().tasks({ kind: "record", limit: 5 })).items.length, 1);
    });

    it("stores what a commit may find no longer needed", async (current) => {
      const payment = await openNew(current(), samplePayment("a"));
      await current().defer(recording(payment));
      const held = await claimOne(current());
      const next = change(payment, {}, [{ id: "record:a", obsolete: true }]);
      assert.equal(await current(1).commit(next), "committed");
      assert.equal(await current().settle(held, { again: NOW }), false);
      same((await current().tasks({ limit: 5 })).items, []);
      assert.equal(await current().defer(recording(payment)), true);
    });

    it("keeps its payment from being removed until the task is done", async (current) => {
      await openDelivered(current(), failed("a"));
      assert.equal(await current().defer(recording({ id: "a" })), true);
      assert.equal(await pruneAll(current(1)), 0);
      const held = await claimOne(current());
      assert.equal(await pruneAll(current(1)), 0);
      await current().settle(held, { dead: "too often" });
      assert.equal(await pruneAll(current(1)), 0);
      assert.equal(await current().redrive("record:a", NOW), true);
      await current().settle(await claimOne(current()), { done: true });
      assert.equal(await pruneAll(current(1)), 1);
    });
  });
};
