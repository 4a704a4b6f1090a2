import { expect } from "chai";
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lmdbStorage } from "./storage.js";

interface Word {
  readonly opened?: string;
  readonly done?: string;
}

describe("several processes on one folder of lmdbStorage", function () {
  this.timeout(60_000);

  let folder: string;
  let children: ChildProcess[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "express-antom-lmdb-"));
    children = ["a", "b"].map((name) =>
      fork(join(__dirname, "child.ts"), [name, folder], { execArgv: ["--import", "tsx"] }),
    );
    await Promise.all(children.map((child) => once(child, "message")));
  });

  afterEach(() => {
    for (const child of children) child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });

  /** Lets them all work until they have ended, and gives what they tell. */
  const working = async (hears: (word: Word, child: ChildProcess) => void = () => undefined): Promise<Word[]> => {
    const words: Word[] = [];
    for (const child of children) {
      child.on("message", (word: Word) => {
        words.push(word);
        hears(word, child);
      });
    }
    const ended = children.map((child) => once(child, "exit"));
    for (const child of children) child.send("go");
    await Promise.all(ended);
    return words;
  };

  it("open one payment of each order, and do each task once", async () => {
    const words = await working();
    const opened = words.flatMap((word) => word.opened ?? []);
    expect(new Set(opened.map((id) => id.replace(/.*-/, ""))).size).to.equal(40);
    expect(opened).to.have.lengthOf(40);
    const done = words.flatMap((word) => word.done ?? []);
    expect(done.toSorted()).to.deep.equal(opened.map((id) => `inquire:${id}`).toSorted());
  });

  it("lose nothing that was answered when one is killed, and the other goes on", async () => {
    let heard = 0;
    const words = await working((word, child) => {
      if (word.opened !== undefined && ++heard === 10) child.kill("SIGKILL");
    });
    const storage = lmdbStorage(folder);
    await storage.start();
    const { items } = await storage.list({ limit: 200 });
    expect(new Set(items.map(({ orderId }) => orderId)).size).to.equal(40);
    expect(items).to.have.lengthOf(40);
    expect(items.map(({ id }) => id)).to.include.members(words.flatMap((word) => word.opened ?? []));
    for (const { id } of items) expect(await storage.journal(id), id).to.have.lengthOf(1);
    await storage.stop();
  });
});
