import assert from "node:assert/strict";
import type { Payment } from "../../payment/payment.js";
import type { ClaimedTask, Storage } from "../storage.js";
import { chance, times } from "./chance.js";
import { pause } from "./in-time.js";
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

/** Adds one to a count that the payment carries, as often as it takes: reading, and storing only on what was read. */
const addOne = async (storage: Storage, id: string): Promise<void> => {
  for (let tries = 0; tries < 1000; tries++) {
    const read = await storage.get(id);
    assert(read);
    const next = change(read, { unanswered: read.unanswered + 1 });
    if ((await storage.commit(next)) === "committed") return;
  }
  assert.fail("a change was stale a thousand times");
};

export const racesAreRun = ({ describe, it, itNeeds }: Suite): void => {
  describe("races", () => {
    it("lose no update", async (current) => {
      await openNew(current(), samplePayment("a"));
      await Promise.all(
        times(12, async (nth) => {
          for (let each = 0; each < 5; each++) await addOne(current(nth), "a");
        }),
      );
      const payment = await current().get("a");
      assert.equal(payment?.unanswered, 60);
      assert.equal(payment.version, 61);
      const versions = (await current().journal("a")).map(({ version }) => version);
      same(
        versions,
        times(61, (nth) => nth + 1),
      );
    });

    it("show no reader what is not committed", async (current) => {
      const first = await openNew(current(), samplePayment("a"));
      const other = await openNew(current(), samplePayment("b", { orderId: "other" }));
      const changes = times(20, (nth) => change(first, { updatedAt: NOW + 1 + nth, paymentId: `at-${nth}` }));
      const seen: (Payment | undefined)[] = [];
      const look = async (nth: number): Promise<void> => {
        seen.push(await current(nth).get("a"), ...(await current(nth).findByOrder(first.orderId)));
        seen.push(...(await current(nth).list({ limit: 5, orderId: first.orderId })).items);
        seen.push(await current(nth).find({ paymentId: `at-${nth}` }));
      };
      const outcomes = await Promise.all(
        changes.map(async (each, nth) => {
          const outcome = current(nth).commit(each);
          await Promise.all([look(nth), look(nth + 1)]);
          return outcome;
        }),
      );
      const committed = changes[outcomes.indexOf("committed")]?.payment;
      assert(committed);
      for (const payment of seen) {
        if (payment !== undefined) same(payment, payment.version === 1 ? first : committed);
      }
      same(await current().get("b"), other);
    });

    it("show a change with all that belongs to it, or nothing of it", async (current) => {
      const first = await openNew(current(), samplePayment("a"));
      const next = change(first, {}, [deliver(first, 1), inquire(first)]);
      const writer = { isDone: false };
      const looked = (async () => {
        for (let rounds = 0; rounds < 200; rounds++) {
          const payment = await current(1).get("a");
          if (payment?.version === 2) {
            assert.equal((await current(1).journal("a")).length, 2);
            assert.equal((await current(1).tasks({ payment: "a", limit: 5 })).items.length, 2);
          }
          if (writer.isDone) return;
        }
      })();
      const outcome = current()
        .commit(next)
        .finally(() => {
          writer.isDone = true;
        });
      await Promise.all([looked, outcome]);
      assert.equal(await outcome, "committed");
    });

    it("of many orders at once open each once and mix none up", async (current) => {
      const answers = await Promise.all(
        times(120, (nth) =>
          current(nth).open(
            opening(samplePayment(`p${nth}`, { orderId: `o${nth % 12}` }), [inquire(samplePayment(`p${nth}`))]),
          ),
        ),
      );
      assert.equal(answers.filter(({ isNew }) => isNew).length, 12);
      for (const [nth, { payment }] of answers.entries()) assert.equal(payment.orderId, `o${nth % 12}`);
      const tasks = await claimAll(current());
      const live = new Set(answers.map(({ payment }) => payment.id));
      same(new Set(tasks.map(({ task }) => task.payment)), live);
    });

    it("between an order's new payment and its old one's coming alive leave one live", async (current) => {
      for (let round = 0; round < 10; round++) {
        const orderId = `order-${round}`;
        const old = await openNew(current(), samplePayment(`old-${round}`, { orderId }));
        const failed = change(old, { status: "failed" });
        await current().commit(failed);
        const [outcome, { isNew }] = await Promise.all([
          current(round).commit(change(failed.payment, { status: "authorized" })),
          current(round + 1).open(opening(samplePayment(`new-${round}`, { orderId }))),
        ]);
        assert.equal(outcome === "committed", !isNew, `${outcome} beside ${isNew ? "a new one" : "none"}`);
      }
    });

    it("between workers settle each task once, whatever leases run out meanwhile", async (current) => {
      const ids = times(40, (nth) => `p${nth}`);
      for (const id of ids) await openNew(current(), samplePayment(id), [inquire(samplePayment(id))]);
      const by = chance(11);
      const done: string[] = [];
      const held: ClaimedTask[] = [];
      for (let now = NOW; now < NOW + 3000 && done.length < ids.length; now += 10) {
        const claims = await Promise.all(
          times(4, (nth) => current(nth).claim({ now, lease: 5 + by.upTo(40), limit: 1 + by.upTo(8) })),
        );
        held.push(...claims.flat());
        const settling = held.filter(() => by.upTo(2) === 0);
        const answers = await Promise.all(settling.map((task, nth) => current(nth).settle(task, { done: true })));
        for (const [nth, task] of settling.entries()) {
          if (answers[nth] === true) done.push(task.task.id);
          held.splice(held.indexOf(task), 1);
        }
      }
      same(done.toSorted(), ids.map((id) => `inquire:${id}`).toSorted());
    });

    it("between a commit that puts a task anew and its worker leave it to be done", async (current) => {
      for (let round = 0; round < 10; round++) {
        const id = `p${round}`;
        const payment = await openNew(current(), samplePayment(id), [inquire(samplePayment(id))]);
        const held = await claimOne(current(round));
        await Promise.all([
          current(round).settle(held, { done: true }),
          current(round + 1).commit(change(payment, {}, [inquire(payment, NOW + 5)])),
        ]);
        const again = await claimOne(current(), NOW + 5);
        assert.equal(again.attempts, 1);
        assert.equal(await current().settle(again, { done: true }), true);
      }
    });

    itNeeds("instances", "of several instances see at once what any of them has committed", async (current) => {
      for (let nth = 0; nth < 12; nth++) {
        const payment = samplePayment(`p${nth}`);
        await current(nth).open(opening(payment, [inquire(payment)]));
        same(await current(nth + 1).get(payment.id), payment);
        const next = change(payment, { status: "authorized" });
        const writer = { isDone: false };
        const looked = (async () => {
          for (let rounds = 0; rounds < 200 && !writer.isDone; rounds++) {
            await current(nth + 2).get(payment.id);
            await pause(0);
          }
        })();
        const written = current(nth + 1)
          .commit(next)
          .then(async (outcome) => {
            writer.isDone = true;
            assert.equal(outcome, "committed");
            // Also who has only just looked is shown what there is now.
            same(await current(nth + 2).get(payment.id), next.payment);
          });
        await Promise.all([looked, written]);
        same(await current(nth + 2).journal(payment.id), [sampleEntry(payment), ...next.entries]);
        const held = await claimOne(current(nth + 2));
        assert.equal(await current(nth).settle(held, { done: true }), true);
      }
    });

    itNeeds("instances", "of several instances go on when one of them stops", async (current) => {
      const payment = await openNew(current(0), samplePayment("a"));
      await current(0).stop();
      assert.equal(await current(1).commit(change(payment)), "committed");
      assert.equal((await current(2).get("a"))?.version, 2);
    });
  });
};
