import assert from "node:assert/strict";
import type { JournalEntry } from "../../payment/journal.js";
import {
  change,
  claimAll,
  deliver,
  inquire,
  opening,
  openNew,
  recording,
  sampleEntry,
  samplePayment,
} from "./samples.js";
import { same } from "./same.js";
import type { Current, Suite } from "./suite.js";

/** An entry, or a task, that no storage can write down. */
const unwritable = <T extends Pick<JournalEntry, "observation">>(entry: T): T =>
  Object.defineProperty({ ...entry }, "observation", {
    enumerable: true,
    get: () => {
      throw new Error("This cannot be written down.");
    },
  });

/** As it is called, so that a step may throw as well as reject. */
const isRefused = async (step: () => Promise<unknown>): Promise<boolean> => {
  try {
    await step();
    return false;
  } catch {
    return true;
  }
};

const isEmpty = async (current: Current, id: string): Promise<void> => {
  assert.equal(await current().get(id), undefined);
  same(await current().journal(id), []);
  same(await claimAll(current()), []);
};

export const refusalsAreWhole = ({ describe, it }: Suite): void => {
  describe("a step that is refused", () => {
    it("has opened nothing when a task is of another payment", async (current) => {
      const payment = samplePayment("a");
      const foreign = deliver(samplePayment("b"), 1);
      assert(await isRefused(() => current().open(opening(payment, [inquire(payment), foreign]))));
      await isEmpty(current, "a");
      assert.equal((await current().open(opening(payment))).isNew, true);
    });

    it("has opened nothing when its entry cannot be written down", async (current) => {
      const payment = samplePayment("a");
      const entry = unwritable(sampleEntry(payment));
      assert(await isRefused(() => current().open({ ...opening(payment, [inquire(payment)]), entry })));
      await isEmpty(current, "a");
      assert.equal((await current().open(opening(payment))).isNew, true);
    });

    it("has changed nothing when a task is of another payment", async (current) => {
      const first = await openNew(current(), samplePayment("a"));
      const foreign = inquire(samplePayment("b"));
      assert(await isRefused(() => current().commit(change(first, {}, [deliver(first, 1), foreign]))));
      same(await current().get("a"), first);
      assert.equal((await current().journal("a")).length, 1);
      same(await claimAll(current()), []);
      assert.equal(await current().commit(change(first)), "committed");
    });

    it("has changed nothing when its last entry cannot be written down", async (current) => {
      const first = await openNew(current(), samplePayment("a"));
      const next = change(first, {}, [deliver(first, 1)]);
      const entries = [...next.entries, unwritable(sampleEntry(next.payment))];
      assert(await isRefused(() => current().commit({ ...next, entries })));
      same(await current().get("a"), first);
      assert.equal((await current().journal("a")).length, 1);
      same(await claimAll(current()), []);
      assert.equal(await current().commit(next), "committed");
    });

    it("takes no task's id away from another payment", async (current) => {
      const other = samplePayment("b");
      await openNew(current(), other, [inquire(other)]);
      const first = await openNew(current(), samplePayment("a"));
      const taking = { ...inquire(first), id: inquire(other).id };
      assert(await isRefused(() => current().commit(change(first, {}, [taking]))));
      same(await current().get("a"), first);
      same(
        (await claimAll(current())).map(({ task }) => task),
        [inquire(other)],
      );
    });

    it("has deferred nothing when the task cannot be written down", async (current) => {
      const payment = await openNew(current(), samplePayment("a"));
      assert(await isRefused(() => current().defer(unwritable(recording(payment)))));
      same((await current().tasks({ limit: 5 })).items, []);
      assert.equal(await current().defer(recording(payment)), true);
    });

    it("does not stop those that are made beside it", async (current) => {
      const payments = Array.from({ length: 10 }, (_unused, nth) => samplePayment(`p${nth}`));
      const refused = await Promise.all(
        payments.map((payment, nth) =>
          isRefused(() => {
            const entry = nth % 3 === 1 ? unwritable(sampleEntry(payment)) : sampleEntry(payment);
            return current(nth).open({ ...opening(payment, [inquire(payment)]), entry });
          }),
        ),
      );
      same(
        refused,
        payments.map((_unused, nth) => nth % 3 === 1),
      );
      for (const [nth, payment] of payments.entries()) {
        same(await current().get(payment.id), nth % 3 === 1 ? undefined : payment);
      }
      assert.equal((await claimAll(current())).length, 7);
    });
  });
};
