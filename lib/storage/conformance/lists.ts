import assert from "node:assert/strict";
import type { Payment } from "../../payment/payment.js";
import type { Task } from "../../payment/task.js";
import type { ListQuery, TaskQuery } from "../storage.js";
import { codeOf } from "./code-of.js";
import { same } from "./same.js";
import type { Current, Suite } from "./suite.js";
import { allPages, change, claimAll, deliver, inquire, NOW, openNew, samplePayment, voiding } from "./samples.js";

const idOf = ({ id }: Payment): string => id;

export const listsAreKept = ({ describe, it }: Suite): void => {
  describe("finding payments", () => {
    it("finds by Antom's id once it is stored", async (current) => {
      const payment = await openNew(current(), samplePayment("a"));
      assert.equal(await current().find({ paymentId: "2026" }), undefined);
      const next = change(payment, { paymentId: "2026" });
      await current().commit(next);
      same(await current().find({ paymentId: "2026" }), next.payment);
      assert.equal(await current().find({ paymentId: "a" }), undefined);
    });

    it("finds all payments of an order, newest first", async (current) => {
      for (const [i, id] of ["a", "b", "c"].entries()) {
        const payment = await openNew(current(), samplePayment(id, { orderId: "order", createdAt: NOW + i }));
        await current().commit(change(payment, { status: "failed" }));
      }
      await openNew(current(), samplePayment("other"));
      same((await current().findByOrder("order")).map(idOf), ["c", "b", "a"]);
      same(await current().findByOrder("nobody's"), []);
    });
  });

  describe("list", () => {
    const stored = async (current: Current): Promise<void> => {
      const fills: Partial<Payment>[] = [
        { status: "created" },
        { status: "authorized" },
        { status: "failed" },
        { status: "authorized", conflicts: [{ code: "amount_mismatch", at: NOW }] },
        { status: "failed", conflicts: [{ code: "reversed", at: NOW }] },
      ];
      for (let i = 0; i < 20; i++) {
        const payment = samplePayment(`p${String(i)}`, { createdAt: NOW + i, orderId: `o${String(i % 10)}` });
        const earlier = await current().get(`p${String(i - 10)}`);
        if (earlier !== undefined) await current().commit(change(earlier, { status: "expired" }));
        await openNew(current(), payment);
        await current().commit(change(payment, { ...fills[i % fills.length] }));
      }
    };

    const expected = async (current: Current, query: Omit<ListQuery, "limit">): Promise<string[]> => {
      const payments = [];
      for (let i = 19; i >= 0; i--) payments.push(await current().get(`p${String(i)}`));
      return payments
        .filter((payment) => payment !== undefined)
        .filter(({ status }) => query.status === undefined || status === query.status)
        .filter(({ conflicts }) => query.conflict === undefined || conflicts.length > 0 === query.conflict)
        .filter(({ orderId }) => query.orderId === undefined || orderId === query.orderId)
        .filter(({ createdAt }) => createdAt >= (query.from ?? 0) && createdAt < (query.to ?? Infinity))
        .map(idOf);
    };

    const queries: Omit<ListQuery, "limit">[] = [
      {},
      { status: "authorized" },
      { status: "processing" },
      { conflict: true },
      { conflict: false },
      { status: "failed", conflict: true },
      { status: "authorized", conflict: false },
      { orderId: "o3" },
      { orderId: "o3", status: "authorized" },
      { orderId: "o4", conflict: true },
      { from: NOW + 5 },
      { to: NOW + 5 },
      { from: NOW + 5, to: NOW + 5 },
      { from: NOW + 3, to: NOW + 17, status: "authorized" },
      { from: NOW + 3, to: NOW + 17, conflict: true, orderId: "o8" },
    ];

    it("gives what matches, newest first, in one page as in many", async (current) => {
      await stored(current);
      for (const query of queries) {
        const ids = await expected(current, query);
        for (const limit of [1, 3, 20]) {
          const { items, sizes } = await allPages((after) =>
            current().list({ ...query, limit, ...(after === undefined ? {} : { after }) }),
          );
          same(items.map(idOf), ids, JSON.stringify({ query, limit }));
          assert(Math.max(...sizes) <= limit);
        }
      }
    });

    it("has no next page when the last item is on this one", async (current) => {
      for (const id of ["a", "b"]) await openNew(current(), samplePayment(id));
      assert(!("next" in (await current().list({ limit: 2 }))));
      assert.equal(typeof (await current().list({ limit: 1 })).next, "string");
    });

    it("passes over none and repeats none of those created in the same millisecond", async (current) => {
      for (let i = 0; i < 25; i++) await openNew(current(), samplePayment(`p${String(i)}`));
      const { items } = await allPages((after) =>
        current().list({ limit: 4, ...(after === undefined ? {} : { after }) }),
      );
      assert.equal(items.length, 25);
      assert.equal(new Set(items.map(idOf)).size, 25);
    });

    it("keeps its place while payments are opened and changed between pages", async (current) => {
      for (let i = 0; i < 9; i++) await openNew(current(), samplePayment(`p${String(i)}`, { createdAt: NOW + i }));
      const first = await current().list({ limit: 4 });
      await openNew(current(), samplePayment("later", { createdAt: NOW + 100 }));
      await current().commit(change(samplePayment("p2", { createdAt: NOW + 2 }), { status: "failed" }));
      const second = await current().list({ limit: 10, ...(first.next === undefined ? {} : { after: first.next }) });
      same(first.items.map(idOf), ["p8", "p7", "p6", "p5"]);
      same(second.items.map(idOf), ["p4", "p3", "p2", "p1", "p0"]);
    });

    it("gives all there is for a limit larger than any page", async (current) => {
      for (let i = 0; i < 12; i++) await openNew(current(), samplePayment(`p${i}`));
      const { items } = await allPages((after) =>
        current().list({ limit: 1_000_000_000, ...(after === undefined ? {} : { after }) }),
      );
      assert.equal(new Set(items.map(idOf)).size, 12);
      assert.equal(items.length, 12);
    });

    it("refuses a limit or a place that is none", async (current) => {
      for (const limit of [0, -1, 1.5, NaN]) {
        assert.equal(await codeOf(() => current().list({ limit })), "request_invalid", `${limit}`);
        assert.equal(await codeOf(() => current().tasks({ limit })), "request_invalid", `${limit}`);
      }
      for (const after of ["", "x", "' OR 1=1", "1.2.3.4"]) {
        assert.equal(await codeOf(() => current().list({ limit: 1, after })), "request_invalid", after);
        assert.equal(await codeOf(() => current().tasks({ limit: 1, after })), "request_invalid", after);
      }
    });
  });

  describe("tasks", () => {
    const stored = async (current: Current): Promise<void> => {
      for (let i = 0; i < 6; i++) {
        const payment = await openNew(current(), samplePayment(`p${String(i)}`));
        const events = [deliver(payment, 1), deliver(payment, 2, NOW + 1e6)];
        await current().commit(change(payment, {}, [...events, inquire(payment), voiding(payment, NOW + 1e6)]));
      }
      for (const [i, claimed] of (await claimAll(current())).entries()) {
        if (i % 3 === 1) await current().settle(claimed, { dead: "gone" });
        else if (claimed.task.kind === "deliver") await current().settle(claimed, { done: true });
      }
    };

    const queries: Omit<TaskQuery, "limit">[] = [
      {},
      ...(["deliver", "inquire", "void"] as const).map((kind) => ({ kind })),
      ...(["waiting", "done", "dead"] as const).map((state) => ({ state })),
      ...(["waiting", "done", "dead"] as const).map((state) => ({ kind: "deliver" as const, state })),
      { payment: "p3" },
      { payment: "p3", kind: "deliver" },
      { payment: "p3", state: "waiting" },
      { payment: "p1", kind: "inquire", state: "dead" },
      { payment: "nobody" },
    ];

    it("gives what matches, newest first, in one page as in many", async (current) => {
      await stored(current);
      const all = (await current().tasks({ limit: 100 })).items;
      assert.equal(all.length, 24);
      same(new Set(all.map(({ state }) => state)), new Set(["waiting", "done", "dead"]));
      for (const query of queries) {
        const expected = all.filter(
          ({ task, state }) =>
            (query.kind === undefined || task.kind === query.kind) &&
            (query.state === undefined || state === query.state) &&
            (query.payment === undefined || task.payment === query.payment),
        );
        for (const limit of [1, 5, 100]) {
          const { items } = await allPages((after) =>
            current().tasks({ ...query, limit, ...(after === undefined ? {} : { after }) }),
          );
          same(items, expected, JSON.stringify({ query, limit }));
        }
      }
    });

    it("are of every kind there is", async (current) => {
      const payment = await openNew(current(), samplePayment("a"));
      const operations = (["capture", "void", "refund", "increase"] as const).map((kind) => ({
        ...voiding(payment),
        kind,
        id: kind,
      }));
      const all: Task[] = [
        deliver(payment, 1),
        inquire(payment),
        { ...inquire(payment), kind: "expire", id: "expire" },
        ...operations,
      ];
      await current().commit(change(payment, {}, all));
      const ids = all.map(({ id }) => id).reverse();
      for (const query of [{}, { state: "waiting" }, { payment: "a" }] as const) {
        const { items } = await current().tasks({ ...query, limit: 100 });
        same(
          items.map(({ task }) => task.id),
          ids,
        );
      }
      for (const { id, kind } of all) {
        same(
          (await current().tasks({ kind, limit: 5 })).items.map(({ task }) => task.id),
          [id],
        );
      }
    });

    it("puts later payments' tasks first", async (current) => {
      await stored(current);
      const payments = (await current().tasks({ limit: 100 })).items.map(({ task }) => task.payment);
      same(payments, payments.toSorted().reverse());
    });
  });
};
