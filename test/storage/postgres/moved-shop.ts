import { type Payment, PAYMENT_STATUSES } from "../../../lib/payment/payment.js";
import { sampleCard } from "../../../lib/storage/conformance/cards.js";
import { times } from "../../../lib/storage/conformance/chance.js";
import { captured, failed, openDelivered } from "../../../lib/storage/conformance/resting.js";
import {
  allPages,
  change,
  claimAll,
  deliver,
  inquire,
  NOW,
  opening,
  openNew,
  recording,
  sampleEntry,
  samplePayment,
  voiding,
} from "../../../lib/storage/conformance/samples.js";
import type { ClaimedTask, ListQuery, Storage, TaskOutcome, TaskQuery } from "../../../lib/storage/storage.js";

/** More than go in one batch, all of one millisecond. */
const MANY = 1100;

/** What only JSON can hold, as it is. */
const STRANGE = "\0 \ud800 \u{1f381} \\u0000 \"' \n \u2028";

/** All that a shop may have in its storage. Answers with the tasks that are out, whose leases end at `NOW + 60_000`. */
export const fillShop = async (storage: Storage): Promise<ClaimedTask[]> => {
  await Promise.all(times(MANY, (nth) => storage.open(opening(samplePayment(`many-${(nth * 7919) % MANY}`)))));
  await statuses(storage);
  await storage.open({ ...opening(samplePayment("not live")), isLive: false });
  await events(storage);
  await work(storage);
  await storage.defer(recording({ id: "many-1" }, NOW + 10));
  await storage.defer(recording({ id: "many-0" }, NOW + 20));
  await storage.defer(recording({ id: "at rest" }, NOW + 30));
  for (const [nth, id] of ["c", "a", "b"].entries()) {
    await storage.cards.put(sampleCard(id, { buyer: nth < 2 ? "ann" : "bob" }));
  }
  await storage.cards.put(sampleCard("a", { buyer: "ann", version: 2, updatedAt: NOW + 1, cardBrand: STRANGE }));
  const overtaken = samplePayment("overtaken");
  await openNew(storage, overtaken, [deliver(overtaken, 1, NOW - 9), deliver(overtaken, 2, NOW - 9)]);
  await settleAll(storage, NOW - 9, { dead: "overtaken" });
  const out = samplePayment("out");
  await openNew(storage, out, [inquire(out, NOW - 9), deliver(out, 1, NOW - 9)]);
  return storage.claim({ now: NOW - 9, lease: 60_009, limit: 3 });
};

/** A payment of each status, one after another of one order, with money in all sizes and all that is searched by. */
const statuses = async (storage: Storage): Promise<void> => {
  for (const [nth, status] of PAYMENT_STATUSES.entries()) {
    const first = samplePayment(`of ${status}`, {
      orderId: nth > 4 ? "one order" : `order ${status}`,
      buyer: nth % 2 === 0 ? "ann" : "bob \u{1f381}",
      amount: { currency: nth < 4 ? "EUR" : "KRW", value: "9007199254740993" },
      createdAt: NOW + nth,
    });
    const sums = nth === 4 ? "9007199254740993" : "0";
    const stored = await openNew(storage, first);
    await storage.commit(
      change(stored, {
        status,
        paymentId: `at Antom ${nth % 3}`,
        authorizedAmount: nth === 3 || nth === 4 ? "9007199254740993" : "0",
        capturedAmount: sums,
        unanswered: nth,
        evidence: nth > 2 && nth < 5 ? { succeeded: true, warned: true } : {},
        conflicts: nth % 2 === 0 ? [{ code: "amount_mismatch", at: NOW }] : [],
        ...(status === "failed" ? { failureCode: "DO_NOT_HONOR" } : {}),
        request: { paymentRequestId: first.id, note: STRANGE },
      }),
    );
  }
  await openDelivered(storage, failed("at rest"));
  await openDelivered(storage, captured("paid and at rest", { paymentId: "at Antom 1" }));
};

const settleAll = async (storage: Storage, now: number, outcome: TaskOutcome): Promise<void> => {
  for (const claimed of await claimAll(storage, now)) await storage.settle(claimed, outcome);
};

/** Events that are done, dead, put off and held up, and a journal of several entries. */
const events = async (storage: Storage): Promise<void> => {
  for (const [nth, id] of ["delivered", "given up", "put off"].entries()) {
    const payment = samplePayment(id);
    let stored = await openNew(
      storage,
      payment,
      times(4, (each) => deliver(payment, each + 1, NOW - 100)),
    );
    await settleAll(storage, NOW - 100, { done: true });
    const ending: TaskOutcome =
      nth === 1 ? { dead: "shut \ud800" } : nth === 2 ? { again: NOW + 7, error: "later" } : { done: true };
    await settleAll(storage, NOW - 100, ending);
    for (const status of ["processing", "authorized"] as const) {
      const next = change(stored, { status });
      const entries = [
        sampleEntry(next.payment),
        sampleEntry(next.payment, { at: NOW + 1, events: ["payment.authorized"] }),
      ];
      await storage.commit({ ...next, entries });
      stored = next.payment;
    }
    // What is left of the first of them has its turn after those of the others.
    if (nth < 2)
      for (let rounds = 0; rounds < 2; rounds++) await settleAll(storage, NOW - 100, { again: NOW + 5 + rounds });
  }
};

const work = async (storage: Storage): Promise<void> => {
  const payment = samplePayment("at work");
  await openNew(storage, payment, [voiding(payment, NOW - 50), inquire(payment, NOW - 40)]);
  const [first] = await claimAll(storage, NOW - 45);
  if (first !== undefined) await storage.settle(first, { dead: "no" });
  await settleAll(storage, NOW - 40, { again: NOW + 3 });
};

const QUERIES: readonly Omit<ListQuery, "limit">[] = [
  {},
  ...PAYMENT_STATUSES.map((status) => ({ status })),
  { conflict: true },
  { conflict: false, from: NOW + 1 },
  { buyer: "ann" },
  { buyer: "bob \u{1f381}", currency: "KRW" },
  { amount: "1999" },
  { orderId: "one order" },
  { attention: "conflict" },
  { attention: "unknown" },
  { attention: "expiring" },
  { search: "at Antom 1" },
  { search: "many-77" },
  { from: 0, to: NOW },
];

const TASKS: readonly Omit<TaskQuery, "limit">[] = [
  {},
  { kind: "deliver" },
  { kind: "deliver", state: "dead" },
  { kind: "deliver", state: "done" },
  { kind: "void" },
  { state: "waiting" },
  { payment: "given up" },
  { payment: "out", state: "waiting" },
];

/** All that a storage answers when it is read. */
export const answersOf = async (storage: Storage): Promise<Readonly<Record<string, unknown>>> => {
  const answers: Record<string, unknown> = {};
  const listed: Payment[] = [];
  for (const query of QUERIES) {
    const { items } = await allPages((after) =>
      storage.list({ ...query, limit: 190, ...(after === undefined ? {} : { after }) }),
    );
    answers[`list ${JSON.stringify(query)}`] = items;
    if (listed.length === 0) listed.push(...items);
  }
  answers["get"] = await Promise.all(listed.map(({ id }) => storage.get(id)));
  answers["journal"] = await Promise.all(listed.map(({ id }) => storage.journal(id)));
  answers["orders"] = await Promise.all(["one order", "order-of-many-3", "none"].map((id) => storage.findByOrder(id)));
  answers["find"] = await Promise.all(times(4, (nth) => storage.find({ paymentId: `at Antom ${nth}` })));
  answers["overview"] = await storage.overview({ from: NOW - 86_400_000, to: NOW + 86_400_000 });
  answers["cards"] = await Promise.all(["ann", "bob", "eve"].map((buyer) => storage.cards.list(buyer)));
  answers["card"] = await storage.cards.get("b");
  // Last, because these bring in what was deferred.
  for (const query of TASKS) {
    answers[`tasks ${JSON.stringify(query)}`] = (
      await allPages((after) => storage.tasks({ ...query, limit: 9, ...(after === undefined ? {} : { after }) }))
    ).items;
  }
  return answers;
};

const told = (claimed: readonly ClaimedTask[]): unknown => claimed.map(({ task, attempts }) => [task, attempts]);

/** Works on from there, and writes down all that it is answered. */
export const workOn = async (storage: Storage, out: readonly ClaimedTask[]): Promise<unknown[]> => {
  const answers: unknown[] = [];
  const work = async (now: number, outcome: TaskOutcome): Promise<void> => {
    const claimed = await storage.claim({ now, lease: 20, limit: 500 });
    answers.push(now, told(claimed));
    for (const each of claimed) answers.push(await storage.settle(each, outcome));
  };
  // What is out stays out until its lease ends.
  await work(NOW, { again: NOW + 25, error: "once more" });
  // Of these three one is done, and the last one waits for the lease of the event that has overtaken it.
  for (const id of ["given up:2", "delivered:1", "overtaken:1"]) answers.push(await storage.redrive(id, NOW + 1));
  for (const later of [6, 7, 8, 9, 10, 20, 21, 26, 30, 40]) await work(NOW + later, { done: true });
  answers.push(told(await storage.claim({ now: NOW + 59_999, lease: 20, limit: 500 })));
  const [mine, lost] = ["inquire:out", "out:1"].map((id) => out.find(({ task }) => task.id === id));
  if (mine !== undefined) answers.push(await storage.settle(mine, { done: true }));
  answers.push(told(await storage.claim({ now: NOW + 60_000, lease: 20, limit: 500 })));
  if (lost !== undefined) answers.push(await storage.settle(lost, { done: true }));
  for (const orderId of ["order authorized", "order-of-not live"]) {
    answers.push(await storage.open(opening(samplePayment(`rival of ${orderId}`, { orderId }))));
  }
  const many = await storage.get("many-5");
  if (many !== undefined)
    answers.push(await storage.commit(change(many, { status: "authorized" }, [deliver(many, 1, NOW)])));
  const occupied = await storage.get("of expired");
  if (occupied !== undefined) {
    answers.push(
      await storage.commit({ ...change(occupied), isLive: true }),
      await storage.commit(change(occupied, { version: 9 })),
    );
  }
  for (const limit of [1, 10]) answers.push(await storage.prune({ unpaidBefore: NOW, paidBefore: NOW, limit }));
  answers.push(
    await storage.cards.remove("b", "bob"),
    await storage.cards.put(sampleCard("a", { buyer: "ann", version: 3 })),
  );
  return answers;
};
