import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import {
  storageConformance,
  type ConformanceOptions,
  type StorageUnderTest,
  type TestRunner,
} from "../../lib/storage/conformance.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import type { Storage } from "../../lib/storage/storage.js";
import { overlaid, roundTrip } from "./defects/defect.js";

const options: ConformanceOptions = {
  name: "memoryStorage",
  create: () => Promise.resolve({ storages: [memoryStorage()] }),
  without: { crashes: "It forgets all with the process.", instances: "It is one process's memory." },
};

/** Keeps what it is handed, in the order in which it is registered. */
const listening = (hasSkip: boolean) => {
  const tests = new Map<string, () => Promise<void>>();
  const skipped: string[] = [];
  const it = (title: string, body: () => Promise<void>): void => {
    tests.set(title, body);
  };
  const skip = (title: string): void => {
    skipped.push(title);
  };
  const runner: TestRunner = {
    describe: (_title, body) => {
      body();
    },
    it: hasSkip ? Object.assign(it, { skip }) : it,
  };
  return { runner, tests, skipped };
};

describe("storageConformance", () => {
  it("runs under node:test", async function () {
    this.timeout(60_000);
    const file = path.join(__dirname, "conformance/node-test.ts");
    const args = ["--import", "tsx", "--test", "--test-reporter", "tap", file];
    const env = { ...process.env };
    delete env["NODE_TEST_CONTEXT"];
    const { stdout } = await promisify(execFile)(process.execPath, args, { env, maxBuffer: 10_000_000 });
    expect(Number(/^# pass (\d+)$/m.exec(stdout)?.[1])).to.be.greaterThan(120);
    expect(/^# fail (\d+)$/m.exec(stdout)?.[1]).to.equal("0");
    expect(Number(/^# skipped (\d+)$/m.exec(stdout)?.[1])).to.be.greaterThan(8);
    expect(stdout).to.include("# SKIP It has no settleWithin, and that is allowed.");
  });

  it("shows what is left out, with the reason", () => {
    const { runner, skipped } = listening(true);
    const title = "has no next page when the last item is on this one";
    const skip = { [`list: ${title}`]: "Its pages are cut by the database." };
    storageConformance(runner, { ...options, skip });
    expect(skipped).to.include(`${title} (left out: Its pages are cut by the database.)`);
    expect(skipped).to.include("all that was answered is there (left out: It forgets all with the process.)");
  });

  it("shows it as a test with that title where the runner has no way to skip", async () => {
    const { runner, tests } = listening(false);
    storageConformance(runner, options);
    const body = tests.get("all that was answered is there (left out: It forgets all with the process.)");
    expect(body).to.be.a("function");
    await body?.();
  });

  it("tells how many tests there are", () => {
    const { runner, tests } = listening(false);
    let groups = 0;
    const counting: TestRunner = {
      describe: (title, body) => {
        groups++;
        runner.describe(title, body);
      },
      it: (title, body) => runner.it(`${groups} ${title}`, body),
    };
    storageConformance(counting, options);
    const told = /as a test: (\d+) of them/.exec(
      readFileSync(path.join(__dirname, "../../docs/conformance.md"), "utf8"),
    );
    expect(told?.[1]).to.equal(String(tests.size));
  });

  describe("of a storage without a step that it need not have", () => {
    const title = "settles the task once its work is done, and not before";
    const reason = "It has no settleWithin, and that is allowed.";

    for (const [name, run] of [
      ["this", (body, context) => body.call(context)],
      ["an argument", (body, context) => (body as (handed: object) => Promise<void>)(context)],
    ] as readonly (readonly [string, (body: () => Promise<void>, context: object) => Promise<void>])[]) {
      it(`skips the test by the runner's context, where that is ${name}`, async () => {
        const { runner, tests } = listening(true);
        storageConformance(runner, options);
        const told: unknown[] = [];
        const context = {
          skip(...words: unknown[]) {
            expect(this).to.equal(context);
            told.push(...words);
          },
        };
        await run(tests.get(title) ?? expect.fail(), context);
        expect(told).to.deep.equal([reason]);
      });
    }

    it("lets it pass where the runner has none", async () => {
      const { runner, tests } = listening(true);
      storageConformance(runner, options);
      await tests.get(title)?.();
    });

    it("stays silent of a test that was run", async () => {
      const { runner, tests } = listening(true);
      storageConformance(runner, options);
      const context = { skip: () => expect.fail("It was skipped.") };
      await tests.get("says what the storage is, and whether it keeps what it is given")?.call(context);
    });
  });

  describe("of a storage with settleWithin, and no rows of the shop's own", () => {
    const title = "keeps nothing of the work of a worker that had lost its lease";
    const create: ConformanceOptions["create"] = () => {
      const storage = memoryStorage();
      storage.settleWithin = () => Promise.resolve(true);
      return Promise.resolve({ storages: [storage] });
    };

    it("fails the tests that look at them, and says what to do", async () => {
      const { runner, tests } = listening(true);
      storageConformance(runner, { ...options, create });
      const error: unknown = await tests
        .get(title)?.()
        .catch((thrown: unknown) => thrown);
      expect(String(error)).to.include("create() offers no notes");
      expect(String(error)).to.include("without: { transactions: reason }");
    });

    it("leaves them out for a reason", () => {
      const { runner, tests, skipped } = listening(true);
      const without = { ...options.without, transactions: "Its own tests look at them." };
      storageConformance(runner, { ...options, create, without });
      expect(tests.has(title)).to.equal(false);
      expect(skipped).to.include(`${title} (left out: Its own tests look at them.)`);
    });
  });

  it("neither waits for what a crash has left without an answer, nor asks it to stop well", async () => {
    const { runner, tests } = listening(true);
    const create = (): StorageUnderTest => {
      const disk = memoryStorage();
      let isGone = false;
      const never = new Promise<never>(() => undefined);
      const dying = overlaid(disk, {
        open: async (opening) => {
          const opened = await disk.open(opening);
          if (opening.payment.id !== "p0") await roundTrip();
          return isGone ? never : opened;
        },
        stop: () => (isGone ? Promise.reject(new Error("It has crashed.")) : Promise.resolve()),
      });
      const hanging = overlaid(dying, { stop: () => (isGone ? never : Promise.resolve()) });
      const crash = (): Promise<Storage> => {
        isGone = true;
        return Promise.resolve(overlaid(disk, {}));
      };
      return { storages: [dying, hanging, dying], crash };
    };
    storageConformance(runner, { name: "a storage", create: () => Promise.resolve(create()) });
    for (const title of [
      "all that was answered is there",
      "of what was under way everything is there whole or not at all, and what was answered is",
    ]) {
      await tests.get(title)?.();
    }
  });

  for (const reason of ["", "  ", "no", undefined]) {
    it(`leaves out nothing for ${reason === undefined ? "no reason" : `the reason "${reason}"`}`, () => {
      const { runner, tests } = listening(true);
      const turnedOff = { crashes: reason } as NonNullable<ConformanceOptions["without"]>;
      expect(() => {
        storageConformance(runner, { ...options, without: turnedOff });
      }).to.throw(TypeError, /"crashes" needs a reason/);
      expect(() => {
        storageConformance(runner, { ...options, skip: { "races: lose no update": reason ?? "" } });
      }).to.throw(TypeError, /"races: lose no update" needs a reason/);
      expect(tests.size).to.equal(0);
    });
  }

  it("knows no part and no test but its own", () => {
    const { runner } = listening(true);
    const without = { durability: "There is none here at all." } as NonNullable<ConformanceOptions["without"]>;
    expect(() => {
      storageConformance(runner, { ...options, without });
    }).to.throw(TypeError, /no part "durability"/);
    expect(() => {
      storageConformance(runner, { ...options, skip: { "races: lose": "There is no such test." } });
    }).to.throw(TypeError, /no test "races: lose"/);
  });

  it("fails, and says what to do, where an adapter shows neither crashes nor instances nor why not", async () => {
    const { runner, tests } = listening(true);
    const told = async (title: string): Promise<string> => {
      const error: unknown = await tests
        .get(title)?.()
        .catch((thrown: unknown) => thrown);
      return String(error);
    };
    storageConformance(runner, { name: "memoryStorage", create: options.create });
    expect(await told("lose no update")).to.include("without: { instances: reason }");
    storageConformance(runner, { ...options, without: { instances: "It is one process's memory." } });
    expect(await told("all that was answered is there")).to.include("without: { crashes: reason }");
  });

  it("stops the storages and clears away what was made, also when a test fails", async () => {
    const { runner, tests } = listening(true);
    const calls: string[] = [];
    const create: ConformanceOptions["create"] = () => {
      const storage = memoryStorage();
      storage.get = () => Promise.reject(new Error("out of order"));
      storage.stop = () => {
        calls.push("stop");
        return Promise.resolve();
      };
      const dispose = (): Promise<void> => {
        calls.push("dispose");
        return Promise.resolve();
      };
      return Promise.resolve({ storages: [storage], dispose });
    };
    storageConformance(runner, { ...options, create });
    const error: unknown = await tests
      .get("lose no update")?.()
      .catch((thrown: unknown) => thrown);
    expect(String(error)).to.include("out of order");
    expect(calls).to.deep.equal(["stop", "dispose"]);
  });
});
