import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect } from "chai";
import { sqliteStorage } from "../lib/storage/sqlite.js";
import { makeFolder } from "./storage/sqlite/folder.js";
import { startScriptedAntom } from "./support/scripted-antom.js";
import { anOrder, answerOf, paymentResult, startShop } from "./support/shop.js";

describe("a process that has the worker and no port", () => {
  it("stays, hears of what others stored, and ends when it is stopped", async () => {
    const folder = makeFolder();
    const file = folder.path("shop.db");
    const gateway = await startScriptedAntom();
    const shop = await startShop({ gateway: gateway.url, storage: sqliteStorage(file), worker: false });
    const script = join(__dirname, "support/worker-process.ts");
    const worker = spawn(process.execPath, ["--import", "tsx", script, file], { stdio: ["ignore", "pipe", "inherit"] });
    const ended = once(worker, "exit");
    const lines = createInterface({ input: worker.stdout })[Symbol.asyncIterator]();
    try {
      expect((await lines.next()).value).to.equal("started");
      shop.orders.set("order-1", anOrder("order-1"));
      const { payment } = await answerOf(await shop.checkout("order-1"));
      await shop.notify(paymentResult(payment));
      expect((await lines.next()).value).to.equal(payment.id);
      worker.kill("SIGTERM");
      expect(await ended).to.deep.equal([0, null]);
    } finally {
      worker.kill("SIGKILL");
      await shop.stop();
      await gateway.stop();
      folder.remove();
    }
  });
});
