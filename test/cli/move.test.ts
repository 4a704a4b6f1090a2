import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { run } from "../../lib/cli/run.js";
import { times } from "../../lib/storage/conformance/chance.js";
import { sampleCard } from "../../lib/storage/conformance/cards.js";
import { deliver, opening, samplePayment } from "../../lib/storage/conformance/samples.js";
import { postgresStorage } from "../../lib/storage/postgres.js";
import { sqliteStorage } from "../../lib/storage/sqlite.js";
import { resolveDriver } from "../../lib/storage/sqlite/driver.js";
import { type PostgresDatabase, sharedPostgres } from "../support/postgres.js";
import { startShop } from "../support/shop.js";
import { fakeTerminal } from "./fake-terminal.js";
import { endOf } from "./program.js";
import { startShopAtWork, type ShopAtWork } from "./shop-at-work.js";

const CONFIG = ["--config", "postgres.mjs"] as const;

describe("express-antom move", function () {
  this.timeout(60_000);
  let database: PostgresDatabase;
  let shop: ShopAtWork;

  beforeEach(async () => {
    database = await (await sharedPostgres()).database();
    shop = await startShopAtWork({ worker: false });
    shop.configure("postgres.mjs", {}, `storage: ${postgresIn("antom")}`);
  });
  afterEach(async () => {
    await shop.stop();
    await database.drop();
  });

  const urlOf = (file: string): string => pathToFileURL(file).href;
  /** The code of a storage on a pool that hears the errors of its idle connections, as `drop` makes some. */
  const postgresIn = (schema: string): string => {
    const adapter = urlOf(path.join(__dirname, "../../lib/storage/postgres.ts"));
    return `await (async () => {
      const { Pool } = (await import("${urlOf(require.resolve("pg"))}")).default;
      const pool = new Pool({ connectionString: "${database.connectionString}", allowExitOnIdle: true });
      pool.on("error", () => undefined);
      return (await import("${adapter}")).postgresStorage(pool, { schema: "${schema}" });
    })()`;
  };
  const fileOf = async (name: string, payments: number): Promise<string> => {
    const file = path.join(shop.folder, name);
    const storage = sqliteStorage(file);
    await storage.start();
    await Promise.all(
      times(payments, (nth) => storage.open(opening(samplePayment(`p${nth}`), [deliver(samplePayment(`p${nth}`), 1)]))),
    );
    await storage.cards.put(sampleCard("c"));
    await storage.stop();
    return file;
  };
  const count = async (): Promise<number> => {
    const { rows } = await database.pool().query<{ count: string }>("SELECT count(*) FROM antom.payments");
    return Number(rows[0]?.count);
  };

  it("brings a shop over that goes on from there, and keeps the processes of before from writing", async () => {
    const id = await shop.authorized();
    const storage = sqliteStorage(shop.file);
    await storage.start();
    const claimed = await storage.claim({ now: Date.now() + 1000, lease: 1000, limit: 9 });
    for (const each of claimed) {
      if (each.task.kind === "deliver") await storage.settle(each, { dead: "the warehouse is shut" });
    }
    await storage.stop();

    const { status, document } = await shop.json("move", "payments.db", ...CONFIG);
    const { entries, ...counts } = document as { readonly entries: number };
    expect([status, counts]).to.deep.equal([
      0,
      { stopped: false, repeated: false, payments: 1, events: 1, tasks: 1, cards: 0 },
    ]);
    const refused = await shop.shop.antom.payments.capture(id).catch((error: unknown) => error);
    expect(refused).to.include({ code: "storage_unavailable" });
    expect(await shop.pay()).to.include({ status: 503 });
    const checked = await shop.run("check");
    expect(checked.out).to.match(/^FAIL {2}storage .* were moved to PostgreSQL .* give postgresStorage/m);

    const redelivered = await shop.json("hooks", "redeliver", "--all-dead", ...CONFIG);
    expect([redelivered.status, redelivered.document]).to.deep.equal([0, { redelivered: 1, stopped: false }]);
    const pool = database.pool();
    const there = postgresStorage(pool);
    const moved = await startShop({
      storage: there,
      gateway: shop.simulator.credentials.gateway,
      contract: { partialCapture: true, multipleCaptures: true },
      worker: false,
    });
    await moved.antom.runDue();
    // Three, or two where the notification was faster than the pay call's answer.
    expect(entries).to.be.within(2, 3);
    expect(await there.journal(id)).to.have.lengthOf(entries);
    expect(moved.recorder.events.map(({ type, payment }) => [type, payment.id])).to.deep.equal([
      ["payment.authorized", id],
    ]);
    const captured = await shop.run("payments", "capture", id, "--amount", "5.00", ...CONFIG);
    expect(captured.status, captured.err).to.equal(0);
    expect((await moved.antom.payments.get(id)).capturedAmount).to.equal("500");
    await moved.stop();

    const again = await shop.run("move", "payments.db", ...CONFIG);
    expect([again.status, again.out]).to.deep.equal([
      0,
      `All that is in payments.db had been moved to PostgreSQL before: 1 payment with ${entries} journal entries, 1 event, 1 other task; 0 cards. Nothing was done.\n` +
        "payments.db is closed and stays as a copy. End what still runs on it, and start the shop with postgresStorage.\n",
    ]);
    const undone = await shop.json("move", "payments.db", "--undo", ...CONFIG);
    expect(undone.status).to.equal(3);
    expect(undone.document).to.have.nested.property("error.message").that.includes("the shop goes on there");
  });

  it("asks first on a terminal, shows how far it is, and stops where Ctrl-C is pressed", async () => {
    await fileOf("many.db", 1500);
    const asked = fakeTerminal(shop.folder, true);
    expect(await run(["move", "many.db", ...CONFIG], asked)).to.equal(1);
    expect(asked.questions).to.deep.equal(["Close many.db for good, and move all that is in it to PostgreSQL? [y/N] "]);
    expect(asked.written.err).to.include("Nothing was done.");

    const stopped = fakeTerminal(shop.folder, true);
    stopped.answer = "y";
    stopped.onErr = () => {
      stopped.interrupter.abort();
    };
    expect(await run(["move", "many.db", ...CONFIG], stopped)).to.equal(130);
    expect(stopped.written.err).to.match(/\rrows moved \[#+-+\] 500 of 4501\n$/);
    expect(stopped.written.out).to.equal("Stopped: nothing was moved, and many.db can be written as before.\n");
    expect(await count()).to.equal(0);

    const moved = fakeTerminal(shop.folder, true);
    expect(await run(["move", "many.db", "--yes", ...CONFIG], moved)).to.equal(0);
    expect([moved.questions, moved.written.out]).to.deep.equal([
      [],
      "Moved to PostgreSQL: 1500 payments with 1500 journal entries, 1500 events, 0 other tasks; 1 card.\n" +
        "many.db is closed and stays as a copy. End what still runs on it, and start the shop with postgresStorage.\n",
    ]);
    expect(moved.written.err).to.match(/\rrows moved \[#{30}\] 4501 of 4501\n$/);
  });

  it("is settled by itself given again, where it was killed while it copied", async () => {
    const file = await fileOf("many.db", 4000);
    const child = shop.start("move", "many.db", ...CONFIG);
    child.stdin.end();
    const ended = endOf(child);
    const reader = new (resolveDriver(undefined))(file);
    const closed = reader.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'antom_moved'");
    while (closed.get() === undefined && child.exitCode === null) await pause(2);
    child.kill("SIGKILL");
    expect((await ended).status).to.equal(null);
    reader.close();
    expect(await count()).to.equal(0);
    const started = await sqliteStorage(file)
      .start()
      .catch((error: unknown) => error);
    expect(started)
      .to.have.property("message")
      .that.matches(/begun and broken off.*`npx express-antom move`/);

    const { status, document } = await shop.json("move", "many.db", ...CONFIG);
    expect([status, document]).to.deep.equal([
      0,
      { stopped: false, repeated: false, payments: 4000, entries: 4000, events: 4000, tasks: 0, cards: 1 },
    ]);
    expect(await count()).to.equal(4000);
  });

  it("is undone where nothing has come to PostgreSQL, or where the tables are gone for good", async () => {
    const file = await fileOf("many.db", 1);
    const open = await shop.json("move", "many.db", "--undo", ...CONFIG);
    expect([open.status, open.document]).to.deep.equal([0, { opened: false }]);
    expect(await run(["move", "many.db", ...CONFIG], fakeTerminal(shop.folder))).to.equal(0);
    await database.pool().query("DROP SCHEMA antom CASCADE");
    const other = await shop.json("move", "many.db", "--undo", ...CONFIG);
    expect(other.status).to.equal(3);
    expect(other.document).to.have.nested.property("error.message").that.includes("--undo --target-gone");

    const asked = fakeTerminal(shop.folder, true);
    expect(await run(["move", "many.db", "--undo", "--target-gone"], asked)).to.equal(1);
    expect(asked.questions[0]).to.include("though a shop may go on with its payments in PostgreSQL?");
    // Without a configuration: there may be none any more.
    const gone = await shop.run("move", "many.db", "--undo", "--target-gone", "--config", "none.mjs");
    expect([gone.status, gone.out]).to.deep.equal([
      0,
      "many.db can be written again. Start the shop with sqliteStorage.\n",
    ]);
    const storage = sqliteStorage(file);
    await storage.start();
    await storage.stop();
  });

  it("refuses what cannot be moved, and what cannot be understood", async () => {
    for (const [args, status, words] of [
      [[], 2, "move needs FILE"],
      [["payments.db", "--target-gone"], 2, "--target-gone goes with --undo"],
      [["payments.db"], 3, "The configured storage is not postgresStorage"],
      [["none.db", ...CONFIG], 3, "There is no file"],
    ] as const) {
      const terminal = fakeTerminal(shop.folder);
      expect(await run(["move", ...args], terminal)).to.equal(status);
      expect(terminal.written.err).to.include(words);
    }
    await shop.authorized();
  });
});
