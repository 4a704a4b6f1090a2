import { createInterface } from "node:readline";
import { sqliteStorage } from "../../../lib/storage/sqlite.js";
import { resolveDriver } from "../../../lib/storage/sqlite/driver.js";
import { change, idsOf, NOW, openNew, samplePayment } from "../../../lib/storage/conformance/samples.js";

/** What another process does to a file, for processes.test.ts: `child.ts <action> <path> <argument>`. It says lines and is told lines. */

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const told = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

const actions: Record<string, (path: string, argument: string) => Promise<void>> = {
  /** Says "ready", and once told to, starts a storage and opens a payment. */
  async start(path, id) {
    const storage = sqliteStorage(path);
    say("ready");
    await told.next();
    await storage.start();
    await openNew(storage, samplePayment(id));
    say("opened");
    await storage.stop();
  },

  /** Holds the file's write lock from "locked" for so many milliseconds. */
  async lock(path, ms) {
    const connection = new (resolveDriver(undefined))(path);
    connection.exec("BEGIN IMMEDIATE");
    say("locked");
    await new Promise((resolve) => setTimeout(resolve, Number(ms)));
    connection.exec("COMMIT");
    say("unlocked");
  },

  /** Claims tasks, a few at a time, and says their ids, until there are none. */
  async claim(path) {
    const storage = sqliteStorage(path);
    await storage.start();
    say("ready");
    await told.next();
    for (;;) {
      const claimed = await storage.claim({ now: NOW, lease: 60_000, limit: 3 });
      if (claimed.length === 0) break;
      say(idsOf(claimed).join(" "));
      for (const task of claimed) await storage.settle(task, { done: true });
    }
    await storage.stop();
  },

  /** Opens and changes payments without end, in groups, and says the id of each once both are acknowledged. */
  async write(path) {
    const storage = sqliteStorage(path);
    await storage.start();
    const lane = async (name: string): Promise<never> => {
      for (let i = 0; ; i++) {
        const payment = await openNew(storage, samplePayment(`${name}-${String(i)}`));
        await storage.commit(change(payment, { status: "authorized" }));
        say(payment.id);
      }
    };
    await Promise.all(["a", "b", "c", "d"].map(lane));
  },
};

const [action = "", path = "", argument = ""] = process.argv.slice(2);
const act = actions[action];
if (act === undefined) throw new Error(`no such action: ${action}`);
void act(path, argument).then(() => {
  process.stdin.destroy();
});
