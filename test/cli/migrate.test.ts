import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { startShopAtWork, type ShopAtWork } from "./shop-at-work.js";

describe("express-antom migrate", function () {
  this.timeout(60_000);
  let shop: ShopAtWork;

  before(async () => {
    shop = await startShopAtWork();
  });
  after(() => shop.stop());

  it("makes the tables of a new file, and says that it is durable and what it holds", async () => {
    const file = path.join(shop.folder, "new.db");
    const sqlite = pathToFileURL(path.join(__dirname, "../../lib/storage/sqlite.ts")).href;
    const code = `storage: (await import("${sqlite}")).sqliteStorage(${JSON.stringify(file)})`;
    shop.configure("new.mjs", {}, code);
    const made = await shop.run("migrate", "--config", "new.mjs");
    expect(made.status, made.err).to.equal(0);
    expect(made.out).to.include("The storage is ready").and.include("synced to the disk").and.include("no payment yet");
    expect(existsSync(file)).to.equal(true);

    const id = await shop.authorized();
    const { status, document } = await shop.json("migrate");
    expect([status, document]).to.deep.equal([0, { storage: "sqlite", ready: true, durable: true, newestPayment: id }]);
  });

  it("ends with 3 where the storage cannot be used, or forgets", async () => {
    writeFileSync(path.join(shop.folder, "text.db"), "this is not SQLite\n".repeat(100));
    const at = (name: string) => pathToFileURL(path.join(__dirname, `../../lib/storage/${name}.ts`)).href;
    shop.configure("text.mjs", {}, `storage: (await import("${at("sqlite")}")).sqliteStorage("text.db")`);
    shop.configure("memory.mjs", {}, `storage: (await import("${at("memory")}")).memoryStorage()`);
    const [text, memory] = await Promise.all([
      shop.json("migrate", "--config", "text.mjs"),
      shop.json("migrate", "--config", "memory.mjs"),
    ]);
    expect([text.status, memory.status]).to.deep.equal([3, 3]);
    expect(text.document).to.have.nested.property("error.code", "configuration_invalid");
    expect(memory.document).to.have.nested.property("error.code", "storage_not_durable");
  });
});
