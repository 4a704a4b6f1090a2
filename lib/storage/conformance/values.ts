import assert from "node:assert/strict";
import type { Payment } from "../../payment/payment.js";
import type { JournalEntry } from "../../payment/journal.js";
import type { ClaimedTask } from "../storage.js";
import { same } from "./same.js";
import type { Suite } from "./suite.js";
import { TEXTS } from "./texts.js";
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

/** What a JavaScript object literal cannot say: a key of its own that is called `__proto__`. */
const withProto = JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":1}}') as Record<
  string,
  unknown
>;

const nested = (depth: number): Record<string, unknown> => {
  let value: Record<string, unknown> = { end: true };
  for (let i = 0; i < depth; i++) value = { inner: [value] };
  return value;
};

const STRANGE: Record<string, Partial<Payment>> = {
  "sixteen digits": { amount: { currency: "KRW", value: "9999999999999999" }, authorizedAmount: "9007199254740993" },
  "every script": {
    request: {
      goods:
        "\u{ae30}\u{d504}\u{d2b8} \u{ce74}\u{b4dc} \u00b7 \u{793c}\u{54c1}\u{5361} \u00b7 \u0647\u062f\u064a\u0629 \u00b7 \u{1f381} \u00b7 \u00dcn\u00efc\u00f6d\u00e9 \u00b7 \u202e \u00b7 \u2028",
      flag: "\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
    },
  },
  "half a surrogate pair": { request: { half: "\ud83c", other: "\udf81" } },
  "quotes and SQL": { request: { name: `'; DROP TABLE payments; -- " \\ \` $1 ? :a @b %s {}` } },
  "control characters": { request: { text: "a\u0000b\u0001\t\r\n\u001f\u007f" } },
  "strange keys": { request: { ...withProto, "": "", " ": 1, "a.b": [], 1: "one" } },
  "a __proto__ key": { request: withProto },
  "deep JSON": { request: nested(200) },
  "all of JSON": { request: { t: true, f: false, n: null, z: 0, big: 1e308, small: 5e-324, a: [], o: {}, e: "" } },
  "half a megabyte": { request: { text: "\u{e9}\u{6f22}\u{1f381}x".repeat(60_000) } },
  "an order's id of many scripts": { orderId: "\u{c8fc}\u{bb38}-\u{8ba2}\u{5355}-\u{1f381}-'\"\\%_" },
  "times far away": { expiresAt: 8_640_000_000_000_000, updatedAt: 0 },
};

/** With marks in place of what some databases cannot keep in a text. */
const marked = (text: string): string => text.replaceAll(/[\0\p{Surrogate}]/gu, "\ufffd");

/** Changes all that a value holds, however deep. */
const spoil = (value: unknown): void => {
  if (typeof value !== "object" || value === null) return;
  for (const member of Object.values(value)) spoil(member);
  for (const name of Object.keys(value)) Reflect.set(value, name, "spoilt");
  Reflect.set(value, "more", "spoilt");
};

export const valuesAreKept = ({ describe, it }: Suite): void => {
  describe("values", () => {
    for (const [name, changes] of Object.entries(STRANGE)) {
      it(`come back as they went in: ${name}`, async (current) => {
        const payment = samplePayment("a", changes);
        const answer = await current().open(opening(payment, [deliver(payment, 1)]));
        same(answer.payment, payment);
        same(await current().get("a"), payment);
        same(await current().findByOrder(payment.orderId), [payment]);
        same((await current().list({ limit: 5, orderId: payment.orderId })).items, [payment]);
        same((await claimOne(current())).task, deliver(payment, 1));
        assert(!("polluted" in Object.prototype));
      });
    }

    for (const [name, changes] of Object.entries(STRANGE)) {
      it(`come back as a commit has changed them: ${name}`, async (current) => {
        const { orderId, amount } = samplePayment("a", changes);
        const payment = await openNew(current(), samplePayment("a", { orderId, amount }));
        const next = change(payment, changes, [deliver(payment, 1)]);
        assert.equal(await current().commit(next), "committed");
        same(await current(1).get("a"), next.payment);
        same(await current(1).findByOrder(orderId), [next.payment]);
        same((await current(1).list({ limit: 5, orderId })).items, [next.payment]);
        same((await claimOne(current(1))).task, deliver(payment, 1));
      });
    }

    for (const [name, told] of Object.entries(TEXTS)) {
      it(`come back from the journal as they went in: ${name}`, async (current) => {
        const facts = [{ kind: "authorization", outcome: "processing", code: told }] as const;
        const entryOf = (payment: Payment): JournalEntry =>
          sampleEntry(payment, { observation: { source: "pay", at: NOW, facts } });
        const payment = samplePayment("a");
        await current().open({ ...opening(payment), entry: entryOf(payment) });
        const next = change(payment);
        const entries = [entryOf(next.payment), sampleEntry(next.payment), entryOf(next.payment)];
        assert.equal(await current().commit({ ...next, entries }), "committed");
        same(await current(1).journal("a"), [entryOf(payment), ...entries]);
      });

      it(`are readable as a task's error: ${name}`, async (current) => {
        for (const [nth, outcome] of [{ again: NOW + 5, error: told }, { dead: told }].entries()) {
          const payment = samplePayment(`p${nth}`);
          await openNew(current(), payment, [inquire(payment)]);
          assert.equal(await current().settle(await claimOne(current()), outcome), true);
          const [record] = (await current(1).tasks({ payment: payment.id, limit: 5 })).items;
          assert(record?.lastError === told || record?.lastError === marked(told), JSON.stringify(record?.lastError));
        }
      });
    }

    it("may be many: a thousand entries and three hundred tasks of one commit", async (current) => {
      const payment = await openNew(current(), samplePayment("a"));
      const tasks = Array.from({ length: 300 }, (_unused, nth) => inquire(payment, NOW + nth, `task-${nth}`));
      const next = change(payment, {}, tasks);
      const entries = Array.from({ length: 1000 }, (_unused, at) => sampleEntry(next.payment, { at }));
      assert.equal(await current().commit({ ...next, entries }), "committed");
      same(await current().journal("a"), [sampleEntry(payment), ...entries]);
      const claimed = await claimAll(current(), NOW + 300);
      same(
        claimed.map(({ task }) => task),
        tasks,
      );
    });

    it("may be ids with quotes, spaces and other scripts", async (current) => {
      for (const id of ["it's", 'a "b"', "100%", "_", "\u{c8fc}\u{bb38}", "a b", "A", "\u{e4}", "\u{1f381}"]) {
        const payment = samplePayment(id, { paymentId: `at Antom: ${id}` });
        await openNew(current(), payment, [inquire(payment)]);
        same(await current().get(id), payment);
        same(await current().find({ paymentId: `at Antom: ${id}` }), payment);
        const claimed = await claimOne(current());
        assert.equal(await current().settle(claimed, { dead: id }), true);
        assert.equal((await current().tasks({ payment: id, limit: 5 })).items[0]?.lastError, id);
      }
      assert.equal(await current().get("a"), undefined);
    });
  });

  describe("what is handed in or out", () => {
    it("is not changed in the storage when the caller changes it afterwards", async (current) => {
      const request = { nested: { value: 1 } };
      const payment = samplePayment("a", { request });
      const operations: unknown[] = [];
      const task = { ...inquire(payment) };
      const { payment: handedOut } = await current().open({
        ...opening({ ...payment, operations: operations as Payment["operations"] }, [task]),
        entry: sampleEntry(payment),
      });
      request.nested.value = 2;
      operations.push("pushed");
      task.dueAt = NOW + 1e9;
      Object.assign(handedOut, { status: "captured" });
      Object.assign(handedOut.request ?? {}, { nested: { value: 3 } });

      const expected = { ...payment, request: { nested: { value: 1 } } };
      same(await current().get("a"), expected);
      assert.equal((await claimOne(current())).task.dueAt, NOW);
    });

    it("is not changed before the write is made either", async (current) => {
      const payment = await openNew(current(), samplePayment("a"));
      const next = change(payment, { request: { value: 1 } }, [{ ...deliver(payment, 1) }]);
      const pending = current().commit(next);
      Object.assign(next.payment, { status: "captured" });
      Object.assign(next.payment.request ?? {}, { value: 2 });
      Object.assign(next.entries[0] ?? {}, { at: 0 });
      Object.assign(next.tasks[0] ?? {}, { dueAt: NOW + 1e9 });
      await pending;
      same(await current().get("a"), { ...payment, version: 2, request: { value: 1 } });
      assert.equal((await current().journal("a"))[1]?.at, NOW);
      assert.equal((await claimAll(current())).length, 1);
    });

    it("is not changed in the storage when a reader changes all of it", async (current) => {
      const request = { nested: { list: [{ deep: "as it was" }] } };
      const opened = await openNew(current(), samplePayment("a", { request }), [inquire(samplePayment("a"))]);
      const operations = [{ id: "V1", kind: "void", status: "pending", requestedAt: NOW }] as const;
      const next = change(opened, { paymentId: "2026", operations }, [deliver(opened, 1)]);
      assert.equal(await current().commit(next), "committed");
      const { payment } = structuredClone(next);
      const reads: Readonly<Record<string, () => Promise<unknown>>> = {
        get: () => current().get("a"),
        find: () => current().find({ paymentId: "2026" }),
        findByOrder: () => current().findByOrder(payment.orderId),
        list: () => current().list({ limit: 5 }),
        journal: () => current().journal("a"),
        tasks: () => current().tasks({ limit: 5 }),
        open: async () => (await current().open(opening(samplePayment("b", { orderId: payment.orderId })))).payment,
      };
      const read = async (): Promise<unknown> => {
        const values: Record<string, unknown> = {};
        for (const [name, step] of Object.entries(reads)) values[name] = await step();
        return values;
      };
      const before = structuredClone(await read());
      same(await current().get("a"), payment);
      for (const step of Object.values(reads)) {
        spoil(await step());
        same(await read(), before);
      }
    });

    it("is not changed in the storage when a worker changes what it has claimed", async (current) => {
      const payment = await openNew(current(), samplePayment("a"), [inquire(samplePayment("a"))]);
      await current().commit(change(payment, {}, [deliver(payment, 1)]));
      const claim = async (nth: number): Promise<ClaimedTask[]> =>
        (await claimAll(current(), NOW + nth, 1)).toSorted((a, b) => a.task.kind.localeCompare(b.task.kind));
      const first = await claim(0);
      same(
        first.map(({ task }) => task),
        [deliver(payment, 1), inquire(payment)],
      );
      for (const { task } of first) spoil(task);
      const again = await claim(1);
      same(
        again.map(({ task, attempts }) => ({ task, attempts })),
        [deliver(payment, 1), inquire(payment)].map((task) => ({ task, attempts: 2 })),
      );
      for (const task of again) assert.equal(await current().settle(task, { done: true }), true);
    });

    it("is not shared between two readers", async (current) => {
      const payment = await openNew(current(), samplePayment("a"), [inquire(samplePayment("a"))]);
      const read = async (): Promise<object[]> => [
        (await current().get("a")) ?? {},
        ...(await current().findByOrder(payment.orderId)),
        ...(await current().list({ limit: 5 })).items,
        ...(await current().journal("a")),
        ...(await current().tasks({ limit: 5 })).items.map(({ task }) => task),
      ];
      const before = structuredClone(await read());
      for (const value of await read()) Object.assign(value, { spoilt: true });
      same(await read(), before);
    });
  });
};
