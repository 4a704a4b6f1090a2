import { expect } from "chai";
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { sqliteStorage } from "../../../lib/storage/sqlite.js";
import { opening, openNew, change, inquire, samplePayment } from "../../../lib/storage/conformance/samples.js";
import { type Folder, makeFolder } from "./folder.js";
import { codeOf } from "./rejection.js";

/** Another process, at work on a file. */
class Child {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #exit: Promise<unknown>;
  readonly #lines: AsyncIterator<string>;

  constructor(action: string, path: string, argument = "") {
    this.#process = spawn(process.execPath, ["--import", "tsx", join(__dirname, "child.ts"), action, path, argument], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#exit = new Promise((resolve) => this.#process.once("exit", resolve));
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  /** The next line it says; undefined when it has ended. */
  async hears(): Promise<string | undefined> {
    const next = await this.#lines.next();
    return next.done === true ? undefined : next.value;
  }

  async hearsAll(): Promise<string[]> {
    const lines = [];
    for (let line = await this.hears(); line !== undefined; line = await this.hears()) lines.push(line);
    return lines;
  }

  tell(line: string): void {
    this.#process.stdin.write(`${line}\n`);
  }

  kill(): void {
    this.#process.kill("SIGKILL");
  }

  /** Its exit code; null when it was killed. */
  ends(): Promise<unknown> {
    return this.#exit;
  }
}

/** The longest that the event loop stood still while something was awaited, in milliseconds. */
const standstill = async (work: Promise<unknown>): Promise<number> => {
  let last = performance.now();
  let longest = 0;
  const tick = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last - 5);
    last = now;
  };
  const timer = setInterval(tick, 5);
  await work;
  clearInterval(timer);
  tick();
  return longest;
};

describe("several processes on one file of sqliteStorage", function () {
  this.timeout(60_000);

  let folder: Folder;
  let path: string;
  let children: Child[];

  beforeEach(() => {
    folder = makeFolder();
    path = folder.path("payments.db");
    children = [];
  });

  afterEach(async () => {
    for (const child of children) child.kill();
    await Promise.all(children.map((child) => child.ends()));
    folder.remove();
  });

  const child = (action: string, argument?: string): Child => {
    const made = new Child(action, path, argument);
    children.push(made);
    return made;
  };

  it("may all start at once where there is no file yet", async () => {
    const starters = Array.from({ length: 6 }, (_, i) => child("start", `p${String(i)}`));
    for (const starter of starters) expect(await starter.hears()).to.equal("ready");
    for (const starter of starters) starter.tell("go");
    for (const starter of starters) {
      expect(await starter.hearsAll()).to.deep.equal(["opened"]);
      expect(await starter.ends()).to.equal(0);
    }
    const storage = sqliteStorage(path);
    await storage.start();
    expect((await storage.list({ limit: 100 })).items).to.have.lengthOf(6);
    await storage.stop();
  });

  it("share the tasks, each to one of them", async () => {
    const storage = sqliteStorage(path);
    await storage.start();
    const expected = await Promise.all(
      Array.from({ length: 300 }, async (_, i) => {
        const payment = samplePayment(`p${String(i)}`);
        await openNew(storage, payment, [inquire(payment)]);
        return `inquire:${payment.id}`;
      }),
    );
    const claimers = [child("claim"), child("claim")];
    for (const claimer of claimers) expect(await claimer.hears()).to.equal("ready");
    for (const claimer of claimers) claimer.tell("go");
    const heard = await Promise.all(claimers.map((claimer) => claimer.hearsAll()));
    // One of them may have been so much quicker that nothing was left for the other.
    const claimed = heard.flat().flatMap((line) => (line === "" ? [] : line.split(" ")));
    expect(claimed.toSorted()).to.deep.equal(expected.toSorted());
    expect((await storage.tasks({ limit: 1 })).items).to.deep.equal([]);
    await storage.stop();
  });

  it("wait for each other's lock without stopping the event loop, and write when it is free", async function () {
    // Another program may take the processor for longer than the event loop may stand still here.
    this.retries(3);
    const storage = sqliteStorage(path);
    await storage.start();
    const payment = await openNew(storage, samplePayment("a"));
    const locker = child("lock", "1000");
    expect(await locker.hears()).to.equal("locked");
    const since = performance.now();
    const writes = Promise.all([
      storage.commit(change(payment, { status: "authorized" })),
      ...Array.from({ length: 200 }, (_, i) => storage.open(opening(samplePayment(`p${String(i)}`)))),
    ]);
    expect(await storage.get("a")).to.include({ version: 1 });
    expect(performance.now() - since).to.be.lessThan(500);
    const longest = await standstill(writes);
    expect(performance.now() - since).to.be.greaterThan(700);
    expect((await writes)[0]).to.equal("committed");
    expect(await storage.get("a")).to.include({ version: 2 });
    expect((await storage.list({ limit: 1000 })).items).to.have.lengthOf(201);
    await storage.stop();
    expect(longest).to.be.lessThan(50);
  });

  it("give up when the lock is held for longer than busyTimeout, with nothing changed, and work again afterwards", async () => {
    const storage = sqliteStorage(path, { busyTimeout: 200 });
    await storage.start();
    const payment = await openNew(storage, samplePayment("a"));
    const locker = child("lock", "1500");
    expect(await locker.hears()).to.equal("locked");
    const since = performance.now();
    const codes = await Promise.all([
      codeOf(storage.commit(change(payment, { status: "failed" }))),
      codeOf(storage.open(opening(samplePayment("b")))),
    ]);
    expect(codes).to.deep.equal(["storage_unavailable", "storage_unavailable"]);
    expect(performance.now() - since).to.be.within(200, 1300);
    expect(await locker.hears()).to.equal("unlocked");
    expect(await storage.get("a")).to.deep.equal(payment);
    expect(await storage.get("b")).to.equal(undefined);
    expect(await storage.commit(change(payment, { status: "failed" }))).to.equal("committed");
    await storage.stop();
  });

  it("lose nothing that was acknowledged when one is killed in the midst of writing", async () => {
    for (let round = 0; round < 2; round++) {
      const writer = child("write");
      const acknowledged: string[] = [];
      while (acknowledged.length < 300) {
        const line = await writer.hears();
        if (line === undefined) throw new Error("the writer ended by itself");
        acknowledged.push(line);
      }
      writer.kill();
      acknowledged.push(...(await writer.hearsAll()).filter((line) => /^[abcd]-\d+$/.test(line)));
      await writer.ends();

      const storage = sqliteStorage(path);
      await storage.start();
      for (const id of acknowledged) {
        expect(await storage.get(id), id).to.include({ id, version: 2, status: "authorized" });
        expect(await storage.journal(id), id).to.have.lengthOf(2);
      }
      const { items } = await storage.list({ limit: 1000 });
      for (const { id, version } of items) expect(await storage.journal(id), id).to.have.lengthOf(version);
      await storage.stop();
      folder.remove();
      folder = makeFolder();
      path = folder.path("payments.db");
    }
  });
});
