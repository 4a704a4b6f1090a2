import { expect } from "chai";
import {
  change,
  claimAll,
  claimOne,
  inquire,
  NOW,
  openNew,
  recording,
  samplePayment,
} from "../../lib/storage/conformance/samples.js";
import type { Storage } from "../../lib/storage/storage.js";

/** A storage that has a table for what it defers, and a look into its tables past it. */
export interface Apart {
  readonly storage: Storage;
  count(table: "deferred" | "tasks"): Promise<number>;
  /** Puts a task among the tasks as an express-antom from before the table does. */
  older(task: ReturnType<typeof recording>): Promise<void>;
  close(): Promise<void>;
}

/** What such a storage promises beyond the contract. */
export const keepsDeferredApart = (open: () => Promise<Apart>): void => {
  let apart: Apart;
  let storage: Storage;

  beforeEach(async () => {
    apart = await open();
    ({ storage } = apart);
  });

  afterEach(() => apart.close());

  const where = async (): Promise<{ deferred: number; tasks: number }> => ({
    deferred: await apart.count("deferred"),
    tasks: await apart.count("tasks"),
  });

  const defer = async (count: number, dueAt = (_nth: number): number => NOW): Promise<string[]> => {
    const ids = Array.from({ length: count }, (_, nth) => `p${String(nth).padStart(4, "0")}`);
    await Promise.all(ids.map((id) => openNew(storage, samplePayment(id))));
    const deferred = await Promise.all(ids.map((id, nth) => storage.defer(recording({ id }, dueAt(nth)))));
    expect(deferred).not.to.include(false);
    expect(await storage.defer(recording({ id: ids[0]! }))).to.equal(false);
    return ids;
  };

  it("pays for the tasks' indexes only once somebody wants tasks", async () => {
    await defer(3);
    expect(await where()).to.deep.equal({ deferred: 3, tasks: 0 });
    await storage.get("p0000");
    await storage.tasks({ kind: "deliver", limit: 5 });
    expect(await where()).to.deep.equal({ deferred: 3, tasks: 0 });
    expect(await storage.claim({ now: NOW, lease: 1000, limit: 2 })).to.have.length(2);
    expect(await where()).to.deep.equal({ deferred: 1, tasks: 2 });
    await storage.tasks({ limit: 5 });
    expect(await where()).to.deep.equal({ deferred: 0, tasks: 3 });
  });

  it("is of the one kind only, also where another kind's task has that id", async () => {
    await openNew(storage, samplePayment("a"));
    const task = inquire(samplePayment("a"), NOW, "record:a");
    expect(await storage.defer(task)).to.equal(true);
    expect(await where()).to.deep.equal({ deferred: 0, tasks: 1 });
    expect(await storage.defer(recording({ id: "a" }))).to.equal(false);
    expect((await storage.tasks({ kind: "inquire", limit: 5 })).items.map((record) => record.task)).to.deep.equal([
      task,
    ]);
  });

  it("is brought in for one payment without the others", async () => {
    await defer(3);
    const { items } = await storage.tasks({ payment: "p0001", kind: "record", state: "waiting", limit: 5 });
    expect(items).to.deep.equal([{ task: recording({ id: "p0001" }), state: "waiting", attempts: 0 }]);
    expect(await storage.redrive("record:p0002", NOW)).to.equal(true);
    expect(await where()).to.deep.equal({ deferred: 1, tasks: 2 });
  });

  it("is claimed in the order in which it came, and shown in it, however much it is", async () => {
    const ids = await defer(450, (nth) => NOW - 450 + nth);
    const first = await storage.claim({ now: NOW, lease: 1000, limit: 10 });
    expect(first.map(({ task }) => task.payment)).to.deep.equal(ids.slice(0, 10));
    const { items } = await storage.tasks({ limit: 1000 });
    expect(items.map(({ task }) => task.payment)).to.deep.equal(ids.toReversed());
    expect(await claimAll(storage)).to.have.length(440);
  });

  it("is claimed as it is due, also where the clock was set back meanwhile", async () => {
    for (const [nth, dueAt] of [NOW + 9, NOW + 50, NOW, NOW - 5, NOW + 60, NOW + 9, NOW + 55].entries()) {
      await openNew(storage, samplePayment(`a${nth}`));
      expect(await storage.defer(recording({ id: `a${nth}` }, dueAt))).to.equal(true);
      expect(await storage.defer(recording({ id: `a${nth}` }, dueAt - 100))).to.equal(false);
    }
    const order: number[] = [];
    for (const now of [NOW, NOW + 9, NOW + 100]) {
      for (;;) {
        const [claimed] = await storage.claim({ now, lease: 1000, limit: 1 });
        if (claimed === undefined) break;
        order.push(claimed.task.dueAt - NOW);
        await storage.settle(claimed, { done: true });
      }
    }
    expect(order).to.deep.equal([-5, 0, 9, 9, 50, 55, 60]);
  });

  it("is listed though more and more comes meanwhile", async () => {
    await storage.tasks({ limit: 5 });
    const ids = await defer(30);
    const progress = { isListed: false };
    const listed = storage.tasks({ limit: 1000 }).finally(() => (progress.isListed = true));
    let later = 0;
    while (!progress.isListed) {
      const id = `q${later++}`;
      await openNew(storage, samplePayment(id));
      await storage.defer(recording({ id }));
    }
    expect(later).to.be.lessThan(20);
    expect((await listed).items.filter(({ task }) => ids.includes(task.payment))).to.have.length(30);
  });

  it("is not brought in by whoever asks for what it cannot be", async () => {
    await defer(3);
    await storage.tasks({ state: "dead", limit: 5 });
    await storage.tasks({ kind: "record", state: "done", limit: 5 });
    await storage.tasks({ kind: "inquire", limit: 5 });
    await storage.tasks({ after: "5", limit: 5 }).catch(() => undefined);
    expect(await storage.tasks({ limit: 0 }).catch((error: unknown) => error)).to.have.property(
      "code",
      "request_invalid",
    );
    expect(await where()).to.deep.equal({ deferred: 3, tasks: 0 });
  });

  it("gives way to a task of its id that a commit puts, as one among the tasks does", async () => {
    const payment = await openNew(storage, samplePayment("a"));
    await storage.defer(recording(payment));
    await storage.commit(change(payment, {}, [recording(payment, NOW + 5, "LATER")]));
    expect((await storage.tasks({ limit: 5 })).items.map(({ task }) => task)).to.deep.equal([
      recording(payment, NOW + 5, "LATER"),
    ]);
  });

  it("is found by a commit that needs it no longer", async () => {
    const payment = await openNew(storage, samplePayment("a"));
    await storage.defer(recording(payment));
    await storage.commit(change(payment, {}, [{ id: "record:a", obsolete: true }]));
    expect(await where()).to.deep.equal({ deferred: 0, tasks: 0 });
  });

  it("stands in the way of nothing behind it, where tasks of an earlier express-antom hold it up", async () => {
    const ids = await defer(260);
    for (const id of ids.slice(0, 200)) await apart.older(recording({ id }, NOW + 5000, "OLDER"));
    const claimed = await storage.claim({ now: NOW, lease: 1000, limit: 50 });
    claimed.push(...(await storage.claim({ now: NOW, lease: 1000, limit: 50 })));
    expect(claimed.map(({ task }) => task.payment).toSorted()).to.deep.equal(ids.slice(200));
    expect((await storage.tasks({ limit: 1000 })).items).to.have.length(260);
    expect(await where()).to.deep.equal({ deferred: 200, tasks: 260 });
  });

  it("is not lost where an earlier express-antom puts off the same payment: one waits for the other", async () => {
    const payment = await openNew(storage, samplePayment("a"));
    await storage.defer(recording(payment, NOW, "NEWER"));
    await apart.older(recording(payment, NOW, "OLDER"));
    const done: unknown[] = [];
    for (let turn = 0; turn < 2; turn++) {
      const claimed = await claimOne(storage);
      expect(await claimAll(storage)).to.deep.equal([]);
      done.push(claimed.task);
      await storage.settle(claimed, { done: true });
    }
    expect(done).to.deep.equal([recording(payment, NOW, "OLDER"), recording(payment, NOW, "NEWER")]);
    expect(await claimAll(storage)).to.deep.equal([]);
    expect(await where()).to.deep.equal({ deferred: 0, tasks: 0 });
  });
};
