import { expect } from "chai";
import type { PoolClient } from "pg";
import { HOOK_DELAYS, UNBEGUN_DELAY } from "../../lib/ledger/deliver.js";
import { TRANSACTION_GRACE } from "../../lib/ledger/hook-transaction.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import { AntomError, isAntomError, type Hook, type HookContext } from "../../lib/index.js";
import { manualClock, type ManualClock } from "../../lib/testing.js";
import { startScriptedAntom, type ScriptedAntom } from "../support/scripted-antom.js";
import { anOrder, answerOf, startShop, type ShopOptions, type TestShop } from "../support/shop.js";
import { transactionalStorage, type TableClient, type TransactionalStorage } from "../support/transactional-storage.js";

const TIMEOUT = 2_000;
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("the transaction of a hook", () => {
  let gateway: ScriptedAntom;
  let shop: TestShop | undefined;
  let storage: TransactionalStorage;
  let clock: ManualClock;

  beforeEach(async () => {
    gateway = await startScriptedAntom();
    storage = transactionalStorage();
    clock = manualClock();
  });
  afterEach(async () => {
    await shop?.stop();
    await gateway.stop();
  });

  /** A shop with a payment, the first event of which the hook is still to be told. */
  const open = async (hook: Hook, more: ShopOptions = {}): Promise<TestShop> => {
    shop = await startShop({
      gateway: gateway.url,
      worker: false,
      clock,
      storage,
      hookTimeout: TIMEOUT,
      hooks: { "payment.requires_action": hook },
      ...more,
    });
    shop.orders.set("order-1", anOrder("order-1"));
    await answerOf(await shop.checkout("order-1"));
    return shop;
  };
  const logged = (event: string) => shop?.log.filter(({ fields }) => fields["event"] === event) ?? [];
  const state = async () => (await storage.tasks({ kind: "deliver", limit: 10 })).items.at(-1);
  const insert =
    (row: string, after?: () => Promise<unknown>) =>
    async (client: TableClient): Promise<string> => {
      client.insert(row);
      await after?.();
      return `${row} is in`;
    };
  const codeOf = (error: unknown): string => (isAntomError(error) ? error.code : String(error));

  it("writes what the shop wrote and that the event is delivered, and gives back what the work gave", async () => {
    let given: unknown;
    const at = await open(async (event, { transaction }) => {
      given = await transaction(insert(event.id));
    });
    const before = storage.settles;
    expect(await at.antom.runDue()).to.equal(1);
    expect(storage.table).to.have.length(1);
    expect(given).to.equal(`${storage.table[0] ?? ""} is in`);
    expect(await state()).to.include({ state: "done", attempts: 1 });
    expect(storage.settles).to.equal(before);
    expect(await at.antom.runDue()).to.equal(0);
  });

  it("writes nothing of work that fails, and the event comes again until it has happened once", async () => {
    let calls = 0;
    const at = await open((_event, { transaction }) =>
      transaction(
        insert("row", () => (++calls < 3 ? Promise.reject(new Error("the row is locked")) : Promise.resolve())),
      ),
    );
    for (const delay of HOOK_DELAYS.slice(0, 2)) {
      await at.antom.runDue();
      expect(storage.table).to.deep.equal([]);
      expect((await state())?.lastError).to.equal("Error: the row is locked");
      await clock.advance(delay);
    }
    await at.antom.runDue();
    await clock.advance(HOOK_DELAYS[3]);
    await at.antom.runDue();
    expect(calls).to.equal(3);
    expect(storage.table).to.deep.equal(["row"]);
  });

  it("stands though the hook throws afterwards, and the log says so", async () => {
    const at = await open(async (_event, { transaction }) => {
      await transaction(insert("row"));
      throw new Error("the mail could not be sent");
    });
    await at.antom.runDue();
    await clock.advance(HOOK_DELAYS[0]);
    expect(await at.antom.runDue()).to.equal(0);
    expect(storage.table).to.deep.equal(["row"]);
    expect(await state()).to.include({ state: "done" });
    const [line] = logged("hook.failed_late");
    expect(line).to.include({ level: "warn" });
    expect(line?.fields).to.include({ type: "payment.requires_action", attempts: 1 });
    expect(logged("hook.failed")).to.deep.equal([]);
  });

  it("is for once in a call of the hook", async () => {
    let refusal: unknown;
    const at = await open(async (_event, { transaction }) => {
      await transaction(insert("first"));
      refusal = await transaction(insert("second")).catch((error: unknown) => error);
    });
    await at.antom.runDue();
    expect(refusal).to.include({ code: "transaction_unavailable" });
    expect(String(refusal)).to.contain("do all of its work in that one");
    expect(storage.table).to.deep.equal(["first"]);
  });

  it("is not to be had from a storage that has none, which is said plainly", async () => {
    const plain = memoryStorage();
    const at = await open((_event, { transaction }) => transaction(insert("row")), { storage: plain });
    await at.antom.runDue();
    const { items } = await plain.tasks({ kind: "deliver", limit: 1 });
    expect(items[0]).to.include({ state: "waiting" });
    expect(items[0]?.lastError).to.match(/^AntomError: this storage has no transactions for hooks: .+event\.id$/);
  });

  it("is not to be had once the hook has returned", async () => {
    let kept: HookContext["transaction"] | undefined;
    const at = await open((_event, { transaction }) => {
      kept = transaction;
    });
    await at.antom.runDue();
    const refusal: unknown = await kept?.(insert("row")).catch((error: unknown) => error);
    expect(codeOf(refusal)).to.equal("transaction_unavailable");
    expect(storage.table).to.deep.equal([]);
  });

  it("does nothing where another process has taken the event over meanwhile, and leaves the event to it", async () => {
    let refusal: unknown;
    let calls = 0;
    const at = await open(async (event, { transaction }) => {
      // As when the lease has run out: somebody else may claim it now.
      const overtaken = ++calls === 1 ? () => storage.redrive(event.id, clock.now()) : undefined;
      await transaction(insert(`row ${calls}`, overtaken)).catch((error: unknown) => {
        refusal = error;
        throw error;
      });
    });
    const before = storage.settles;
    await at.antom.runDue();
    expect(codeOf(refusal)).to.equal("lease_lost");
    expect(calls).to.equal(2);
    expect(storage.table).to.deep.equal(["row 2"]);
    expect(storage.settles).to.equal(before);
    expect(logged("hook.overtaken")).to.have.length(1);
    expect(logged("hook.failed")).to.deep.equal([]);
  });

  it("is waited for by a hook that does not, and fails it", async () => {
    let calls = 0;
    const at = await open((_event, { transaction }) => {
      calls++;
      void transaction(
        insert("row", () => (calls === 1 ? turn().then(() => Promise.reject(new Error("no"))) : turn())),
      );
    });
    await at.antom.runDue();
    expect(await state()).to.include({ state: "waiting", lastError: "Error: no" });
    await clock.advance(HOOK_DELAYS[0]);
    await at.antom.runDue();
    expect(storage.table).to.deep.equal(["row"]);
    expect(await state()).to.include({ state: "done" });
  });

  it("has the hook's time to itself when the hook fails beside it", async () => {
    let end: (() => void) | undefined;
    const at = await open(
      (_event, { transaction }) =>
        Promise.all([
          transaction(insert("row", () => new Promise<void>((resolve) => (end = resolve)))),
          Promise.reject(new Error("the mail could not be sent")),
        ]),
      { hookTimeout: 3 * TRANSACTION_GRACE },
    );
    const due = at.antom.runDue();
    while (end === undefined) await turn();
    await clock.advance(2 * TRANSACTION_GRACE);
    end();
    await due;
    expect(storage.table).to.deep.equal(["row"]);
    expect(await state()).to.include({ state: "done" });
    expect(String(logged("hook.failed_late")[0]?.fields["err"])).to.equal("Error: the mail could not be sent");
  });

  it("may be given up by a hook that knows what it does", async () => {
    const at = await open(async (_event, { transaction }) => {
      await transaction(insert("row", () => Promise.reject(new Error("there already")))).catch(() => undefined);
    });
    await at.antom.runDue();
    expect(storage.table).to.deep.equal([]);
    expect(await state()).to.include({ state: "done" });
  });

  describe("whose hook's time is up", () => {
    /** Runs what is due until the hook's transaction is under way. */
    const begin = async (at: TestShop, isUnderWay: () => boolean): Promise<{ due: Promise<number> }> => {
      const due = at.antom.runDue();
      while (!isUnderWay()) await turn();
      return { due };
    };

    it("is undone, by the work that heeds the signal, before the event is put off", async () => {
      let calls = 0;
      const at = await open((_event, { transaction, signal }) =>
        transaction(
          insert("row", () =>
            ++calls > 1
              ? Promise.resolve()
              : new Promise((_resolve, reject) => {
                  signal.addEventListener("abort", () => {
                    reject(new Error("broken off"));
                  });
                }),
          ),
        ),
      );
      const { due } = await begin(at, () => calls === 1);
      await clock.advance(TIMEOUT);
      await due;
      expect(await state()).to.include({
        state: "waiting",
        lastError: `Error: the hook took longer than ${TIMEOUT} ms`,
      });
      await clock.advance(HOOK_DELAYS[0]);
      await at.antom.runDue();
      expect(storage.table).to.deep.equal(["row"]);
    });

    it("is undone also when its work ends well after that, and the event is put off no earlier", async () => {
      let end = (): void => undefined;
      let calls = 0;
      const at = await open((_event, { transaction }) =>
        transaction(insert("row", () => (++calls > 1 ? turn() : new Promise<void>((resolve) => (end = resolve))))),
      );
      const { due } = await begin(at, () => calls === 1);
      const before = storage.settles;
      await clock.advance(TIMEOUT + TRANSACTION_GRACE - 1);
      expect(storage.settles).to.equal(before);
      end();
      await due;
      expect(storage.table).to.deep.equal([]);
      expect(storage.settles).to.equal(before + 1);
      await clock.advance(HOOK_DELAYS[0]);
      await at.antom.runDue();
      expect(storage.table).to.deep.equal(["row"]);
    });

    it("is undone though its work never ends, and holds the event up for the grace only", async () => {
      let calls = 0;
      let refusal: unknown;
      const at = await open((_event, { transaction }) =>
        transaction(insert("row", () => (++calls > 1 ? turn() : new Promise(() => undefined)))).catch(
          (error: unknown) => (refusal = error),
        ),
      );
      const { due } = await begin(at, () => calls === 1);
      await clock.advance(TIMEOUT + TRANSACTION_GRACE);
      await due;
      expect(await state()).to.include({ state: "waiting" });
      await turn();
      expect(String(refusal)).to.equal("Error: the hook's transaction did not end in time");
      await clock.advance(HOOK_DELAYS[0]);
      await at.antom.runDue();
      expect(storage.table).to.deep.equal(["row"]);
    });

    it("stands if it was being committed, and the event does not come again", async () => {
      let commit = (): void => undefined;
      let isCommitting = false;
      storage.beforeCommit = () => {
        isCommitting = true;
        return new Promise((resolve) => (commit = resolve));
      };
      const at = await open((_event, { transaction }) => transaction(insert("row")));
      const { due } = await begin(at, () => isCommitting);
      await clock.advance(TIMEOUT);
      commit();
      await due;
      expect(storage.table).to.deep.equal(["row"]);
      expect(await state()).to.include({ state: "done" });
      expect(logged("hook.failed_late")).to.have.length(1);
    });

    it("is refused if its commit comes after the event was put off all the same", async () => {
      let commit = (): void => undefined;
      let isCommitting = false;
      storage.beforeCommit = () => {
        isCommitting = true;
        return new Promise((resolve) => (commit = resolve));
      };
      const at = await open((_event, { transaction }) => transaction(insert("row")));
      const { due } = await begin(at, () => isCommitting);
      await clock.advance(TIMEOUT + TRANSACTION_GRACE);
      await due;
      expect(await state()).to.include({ state: "waiting" });
      commit();
      await turn();
      expect(storage.table).to.deep.equal([]);
      storage.beforeCommit = () => Promise.resolve();
      await clock.advance(HOOK_DELAYS[0]);
      await at.antom.runDue();
      expect(storage.table).to.deep.equal(["row"]);
    });

    it("is not begun once a connection comes, too late", async () => {
      let connect = (): void => undefined;
      let isWaiting = false;
      let calls = 0;
      const settleWithin = storage.settleWithin?.bind(storage);
      storage.settleWithin = async (task, work) => {
        isWaiting = true;
        await new Promise<void>((resolve) => (connect = resolve));
        return (await settleWithin?.(task, work)) ?? false;
      };
      const at = await open((_event, { transaction }) => transaction(insert("row", () => Promise.resolve(calls++))));
      const { due } = await begin(at, () => isWaiting);
      await clock.advance(TIMEOUT + TRANSACTION_GRACE);
      await due;
      connect();
      await turn();
      expect(calls).to.equal(0);
      expect(await state()).to.include({ state: "waiting" });
    });
  });

  describe("that cannot begin", () => {
    const LONGEST_WAIT = 1.5 * UNBEGUN_DELAY;
    const refusal = new AntomError("storage_unavailable", "all connections are taken");
    /** How many more times the storage refuses to begin one. */
    let refusals: number;
    const refusing = (): void => {
      const settleWithin = storage.settleWithin?.bind(storage);
      storage.settleWithin = (task, work) =>
        refusals-- > 0 ? Promise.reject(refusal) : (settleWithin?.(task, work) ?? Promise.resolve(false));
    };
    /** In how many milliseconds the event comes again. */
    const isDueIn = async (): Promise<number> => ((await state())?.task.dueAt ?? NaN) - clock.now();

    it("puts the event off for a moment however often, and it is not given up for that", async () => {
      refusals = 3 * HOOK_DELAYS.length;
      refusing();
      const at = await open((event, { transaction }) => transaction(insert(event.id)));
      const waits = new Set<number>();
      for (let times = refusals; times > 0; times--) {
        await at.antom.runDue();
        expect(await state()).to.include({ state: "waiting", lastError: "AntomError: all connections are taken" });
        expect(await isDueIn()).to.be.within(UNBEGUN_DELAY / 2, LONGEST_WAIT);
        waits.add(await isDueIn());
        await clock.advance(LONGEST_WAIT);
      }
      expect(waits.size).to.be.above(HOOK_DELAYS.length);
      expect(logged("hook.failed")[0]?.fields).to.include({ err: refusal, attempts: 1 });
      await at.antom.runDue();
      expect(await state()).to.include({ state: "done" });
      expect(storage.table).to.have.length(1);
    });

    it("does not count among the tries of a hook that fails afterwards", async () => {
      refusals = 20;
      refusing();
      const at = await open((_event, { transaction }) =>
        transaction(insert("row", () => Promise.reject(new Error("out of stock")))),
      );
      for (let times = refusals; times > 0; times--) {
        await at.antom.runDue();
        await clock.advance(LONGEST_WAIT);
      }
      for (const delay of HOOK_DELAYS) {
        await at.antom.runDue();
        expect(await isDueIn()).to.equal(delay);
        await clock.advance(delay);
      }
      await at.antom.runDue();
      expect(await state()).to.include({ state: "dead", lastError: "Error: out of stock" });
    });

    it("is the hook's failure where it makes another of it", async () => {
      refusals = 1;
      refusing();
      const at = await open(async (_event, { transaction }) => {
        await transaction(insert("row")).catch(() => {
          throw new Error("not booked");
        });
      });
      await at.antom.runDue();
      expect(await state()).to.include({ lastError: "Error: not booked" });
      expect(await isDueIn()).to.equal(HOOK_DELAYS[0]);
    });

    it("is another matter than one that cannot be committed", async () => {
      storage.beforeCommit = () => Promise.reject(refusal);
      const at = await open((_event, { transaction }) => transaction(insert("row")));
      await at.antom.runDue();
      expect(await state()).to.include({ lastError: "AntomError: all connections are taken" });
      expect(await isDueIn()).to.equal(HOOK_DELAYS[0]);
    });

    it("before the hook's time is up puts the event off for a moment too, and at once", async () => {
      const waiting = new Promise<void>((resolve) => {
        storage.settleWithin = () => {
          resolve();
          return new Promise(() => undefined);
        };
      });
      const at = await open((_event, { transaction }) => transaction(insert("row")));
      const due = at.antom.runDue();
      await waiting;
      await clock.advance(TIMEOUT);
      await due;
      expect(await state()).to.include({ lastError: `Error: the hook took longer than ${TIMEOUT} ms` });
      expect(await isDueIn()).to.be.within(UNBEGUN_DELAY / 2, LONGEST_WAIT);
    });
  });

  it("takes the type of the shop's own client, and else that of any PostgreSQL client", () => {
    const hooks: Hook[] = [
      (event, { transaction }) =>
        transaction(async (client: PoolClient) => {
          await client.query("update orders set paid = true where id = $1", [event.payment.orderId]);
        }),
      async (event, { transaction }) => {
        const count: number = await transaction(async (client) => {
          const { rows, rowCount } = await client.query("select id from orders where id = $1", [event.payment.orderId]);
          return rowCount ?? rows.length;
        });
        return count;
      },
    ];
    expect(hooks).to.have.length(2);
  });
});
