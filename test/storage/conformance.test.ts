import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { storageConformance, type ConformanceOptions, type TestRunner } from "../../lib/storage/conformance.js";
import { memoryStorage } from "../../lib/storage/memory.js";

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
