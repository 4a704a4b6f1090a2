import { expect } from "chai";
import { existsSync, readFileSync } from "node:fs";
import { sqliteStorage } from "../../../lib/storage/sqlite.js";
import type { Storage } from "../../../lib/storage/storage.js";
import { sampleCard } from "../../../lib/storage/conformance/cards.js";
import { type Folder, makeFolder } from "./folder.js";
import { codeOf } from "./rejection.js";
import { sqliteError, watch } from "./watched.js";

describe("the cards of sqliteStorage", () => {
  let folder: Folder;
  let path: string;

  beforeEach(() => {
    folder = makeFolder();
    path = folder.path("payments.db");
  });

  afterEach(() => {
    folder.remove();
  });

  const started = async (driver?: Parameters<typeof sqliteStorage>[1]): Promise<Storage> => {
    const storage = sqliteStorage(path, driver);
    await storage.start();
    return storage;
  };

  /** How often a text stands in the file and in its log. */
  const traces = (text: string): number =>
    ["", "-wal"]
      .map((suffix) => path + suffix)
      .filter((name) => existsSync(name))
      .map((name) => readFileSync(name, "latin1").split(text).length - 1)
      .reduce((sum, count) => sum + count, 0);

  it("are there again after a restart, and those that were erased are not", async () => {
    const first = await started();
    await first.cards.put(sampleCard("a"));
    await first.cards.put(sampleCard("a", { version: 2, lastFour: "2222" }));
    await first.cards.put(sampleCard("b"));
    await first.cards.remove("b", "buyer");
    await first.stop();
    const second = await started();
    expect(await second.cards.list("buyer")).to.deep.equal([sampleCard("a", { version: 2, lastFour: "2222" })]);
    await second.stop();
  });

  it("leave no trace in the file or its log once they are erased, whatever their number and size", async () => {
    const storage = await started();
    const cards = Array.from({ length: 60 }, (_unused, nth) =>
      sampleCard(`card-${(nth * 37) % 60}`, {
        buyer: `CANARY-${nth % 3}`,
        sealedToken: `CANARY${"x".repeat((nth * 131) % 3000)}`,
        createdAt: nth,
      }),
    );
    for (const card of cards) await storage.cards.put(card);
    for (const card of cards)
      await storage.cards.put({ ...card, version: 2, sealedToken: `${card.sealedToken}CANARY` });
    expect(traces("CANARY")).to.be.greaterThan(60);
    for (const { id, buyer } of cards) expect(await storage.cards.remove(id, buyer)).to.equal(true);
    expect(traces("CANARY")).to.equal(0);
    await storage.stop();
    expect(traces("CANARY")).to.equal(0);
  });

  it("leave no trace of one that is erased among others, nor of a token that was replaced", async () => {
    const storage = await started();
    await storage.cards.put(sampleCard("a", { sealedToken: "CANARY-a" }));
    await storage.cards.put(sampleCard("b", { sealedToken: "CANARY-b", lastFour: "CANARY" }));
    await storage.cards.put(sampleCard("a", { version: 2, sealedToken: "a" }));
    await storage.cards.put(sampleCard("c"));
    await storage.cards.remove("b", "buyer");
    expect(traces("CANARY")).to.equal(0);
    expect((await storage.cards.list("buyer")).map(({ id }) => id)).to.deep.equal(["a", "c"]);
    await storage.stop();
  });

  it("are erased also while another connection reads, and leave no trace after it", async () => {
    const storage = await started();
    const other = await started();
    await storage.cards.put(sampleCard("a", { sealedToken: "CANARY" }));
    expect(await other.cards.list("buyer")).to.have.lengthOf(1);
    await storage.cards.remove("a", "buyer");
    expect(await other.cards.list("buyer")).to.deep.equal([]);
    await other.stop();
    await storage.stop();
    expect(traces("CANARY")).to.equal(0);
  });

  it("are written with everything else, through the same queue", async () => {
    const watched = watch();
    const storage = await started({ driver: watched.driver });
    watched.executed.length = 0;
    const puts = Array.from({ length: 20 }, (_unused, nth) => storage.cards.put(sampleCard(`card-${nth}`)));
    expect(await Promise.all(puts)).to.deep.equal(puts.map(() => true));
    expect(watched.executed).to.deep.equal(["BEGIN IMMEDIATE", "COMMIT"]);
    await storage.stop();
  });

  it("are neither stored nor erased when the write does not come about", async () => {
    const watched = watch();
    const storage = await started({ driver: watched.driver });
    await storage.cards.put(sampleCard("a"));
    watched.before = (sql, run) => {
      if (sql === "COMMIT") throw sqliteError("SQLITE_IOERR");
      run(sql);
    };
    expect(await codeOf(storage.cards.put(sampleCard("b")))).to.equal("storage_unavailable");
    expect(await codeOf(storage.cards.remove("a", "buyer"))).to.equal("storage_unavailable");
    watched.before = (sql, run) => {
      run(sql);
    };
    expect(await storage.cards.list("buyer")).to.deep.equal([sampleCard("a")]);
    await storage.stop();
  });

  it("are refused with ids that SQLite would mix up", async () => {
    const storage = await started();
    for (const id of ["a\0b", "a\ud800"]) {
      expect(await codeOf(storage.cards.put(sampleCard(id)))).to.equal("request_invalid");
      expect(await codeOf(storage.cards.put(sampleCard("a", { buyer: id })))).to.equal("request_invalid");
    }
    await storage.stop();
  });

  it("are out of reach before the start and after the stop", async () => {
    const storage = sqliteStorage(path);
    expect(await codeOf(storage.cards.list("buyer"))).to.equal("storage_unavailable");
    await storage.start();
    await storage.stop();
    for (const step of [
      storage.cards.put(sampleCard("a")),
      storage.cards.get("a"),
      storage.cards.remove("a", "buyer"),
    ]) {
      expect(await codeOf(step)).to.equal("storage_unavailable");
    }
  });
});
