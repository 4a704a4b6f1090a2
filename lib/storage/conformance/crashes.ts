import assert from "node:assert/strict";
import type { Payment } from "../../payment/payment.js";
import type { Storage } from "../storage.js";
import { sampleCard } from "./cards.js";
import { times } from "./chance.js";
import { settledOrLeft } from "./in-time.js";
import {
  change,
  claimAll,
  claimOne,
  deliver,
  inquire,
  NOW,
  opening,
  openNew,
  sampleEntry,
  samplePayment,
} from "./samples.js";
import { same } from "./same.js";
import type { Suite } from "./suite.js";

/** That a payment is there with its journal and its task, each as often as its version says; or that nothing of it is. */
const isWhole = async (storage: Storage, id: string): Promise<Payment | undefined> => {
  const payment = await storage.get(id);
  const versions = (await storage.journal(id)).map(({ version }) => version);
  const tasks = (await storage.tasks({ payment: id, limit: 100 })).items;
  const many = payment?.version ?? 0;
  // What the crashed one had sent may have come about between these reads: they are made again.
  if (((await storage.get(id))?.version ?? 0) !== many) return isWhole(storage, id);
  same(
    versions,
    times(many, (nth) => nth + 1),
  );
  assert.equal(tasks.length, many);
  return payment;
};

/** Marks what has been answered, as the caller sees it. */
const whenDone = async <T>(step: Promise<T>, done: () => void): Promise<void> => {
  await step.then(done, () => undefined);
};

export const crashesAreSurvived = ({ describe, itNeeds }: Suite): void => {
  const it = (title: string, body: Parameters<typeof itNeeds>[2]): void => {
    itNeeds("crashes", title, body);
  };

  describe("after a crash", () => {
    it("all that was answered is there", async (current, crash) => {
      const first = await openNew(current(), samplePayment("a"), [inquire(samplePayment("a"))]);
      const next = change(first, { status: "authorized", paymentId: "2026" }, [deliver(first, 1), deliver(first, 2)]);
      assert.equal(await current().commit(next), "committed");
      await current().cards.put(sampleCard("kept"));
      await current().cards.put(sampleCard("erased"));
      await current().cards.remove("erased", "buyer");

      const again = await crash();
      same(await again.get("a"), next.payment);
      same(await again.find({ paymentId: "2026" }), next.payment);
      same((await again.list({ limit: 5 })).items, [next.payment]);
      same(await again.journal("a"), [sampleEntry(first), ...next.entries]);
      assert.equal((await again.tasks({ payment: "a", limit: 5 })).items.length, 3);
      same(await again.cards.list("buyer"), [sampleCard("kept")]);
    });

    it("of what was under way everything is there whole or not at all, and what was answered is", async (current, crash) => {
      const answered = new Set<string>();
      const under = times(40, (nth) => {
        const payment = samplePayment(`p${nth}`);
        return whenDone(current(nth).open(opening(payment, [inquire(payment)])), () => answered.add(payment.id));
      });
      await Promise.race(under);
      const known = [...answered];
      const again = await crash();
      for (const nth of times(40, (each) => each)) {
        const id = `p${nth}`;
        const payment = await isWhole(again, id);
        if (known.includes(id)) same(payment, samplePayment(id));
      }
      await settledOrLeft(under);
    });

    it("a change that was under way has been made with its entries and tasks, or not", async (current, crash) => {
      const opened = [];
      for (const id of times(20, (nth) => `p${nth}`)) {
        opened.push(await openNew(current(), samplePayment(id), [inquire(samplePayment(id))]));
      }
      const answered = new Set<string>();
      const under = opened.map((payment, nth) =>
        whenDone(current(nth).commit(change(payment, { status: "authorized" }, [deliver(payment, 1)])), () =>
          answered.add(payment.id),
        ),
      );
      await Promise.race(under);
      const known = [...answered];
      const again = await crash();
      for (const { id } of opened) {
        const payment = await isWhole(again, id);
        assert(payment);
        if (known.includes(id)) assert.equal(payment.version, 2);
        // Whether it was made is found out by making it again.
        const outcome = await again.commit(change(samplePayment(id), { status: "authorized" }, [deliver(payment, 1)]));
        assert.equal(outcome, payment.version === 2 ? "stale" : "committed");
        assert.equal((await isWhole(again, id))?.version, 2);
      }
      await settledOrLeft(under);
    });

    it("an order's live payment is still the only one", async (current, crash) => {
      const live = await openNew(current(), samplePayment("a", { orderId: "order" }));
      const gone = await openNew(current(), samplePayment("b"));
      await current().commit(change(gone, { status: "failed" }));
      const again = await crash();
      const answer = await again.open(opening(samplePayment("c", { orderId: "order" })));
      same(answer, { payment: live, isNew: false });
      assert.equal(await again.commit(change(gone)), "stale");
      assert.equal((await again.open(opening(samplePayment("d", { orderId: gone.orderId })))).isNew, true);
    });

    it("a task that was out is given again when its lease ends, and not before", async (current, crash) => {
      const payment = samplePayment("a");
      await openNew(current(), payment, [inquire(payment), deliver(payment, 1), deliver(payment, 2)]);
      const lost = await claimAll(current(), NOW, 1000);
      const again = await crash();
      same(await claimAll(again, NOW + 999), []);
      const taken = await claimAll(again, NOW + 1000);
      same(taken.map(({ task, attempts }) => `${task.id} ${attempts}`).toSorted(), ["a:1 2", "inquire:a 2"]);
      const leases = [...lost, ...taken].map(({ task, lease }) => `${task.id} ${lease}`);
      assert.equal(new Set(leases).size, 4);
      for (const task of lost) assert.equal(await again.settle(task, { done: true }), false);
      for (const task of taken) assert.equal(await again.settle(task, { done: true }), true);
    });

    it("what became of tasks is known", async (current, crash) => {
      const ids = ["done", "again", "dead", "redriven"];
      for (const id of ids) await openNew(current(), samplePayment(id), [deliver(samplePayment(id), 1)]);
      for (const task of await claimAll(current())) {
        const { payment } = task.task;
        if (payment === "done") await current().settle(task, { done: true });
        else if (payment === "again") await current().settle(task, { again: NOW + 50, error: "no answer" });
        else await current().settle(task, { dead: "too often" });
      }
      assert.equal(await current().redrive("redriven:1", NOW + 20), true);
      const before = (await current().tasks({ limit: 10 })).items;
      const again = await crash();
      same((await again.tasks({ limit: 10 })).items, before);
      assert.equal(await again.redrive("done:1", NOW), false);
      assert.equal((await claimOne(again, NOW + 20)).task.id, "redriven:1");
    });

    it("a card's version still counts", async (current, crash) => {
      const card = sampleCard("a");
      await current().cards.put(card);
      await current().cards.put({ ...card, version: 2 });
      const again = await crash();
      assert.equal(await again.cards.put({ ...card, version: 2 }), false);
      assert.equal(await again.cards.put({ ...card, version: 3 }), true);
    });
  });

  describe("a storage that is stopped", () => {
    it("has made what was asked of it before, and is found so by the next", async (current, crash) => {
      const payments = times(10, (nth) => samplePayment(`p${nth}`));
      const opened = Promise.all(payments.map((payment) => current().open(opening(payment))));
      await Promise.all([opened, current().stop()]);
      const again = await crash();
      for (const payment of payments) same(await again.get(payment.id), payment);
    });
  });
};
