import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { createSimulator, type Simulator } from "../../lib/simulator.js";
import { KEYS } from "./support/keys.js";

describe("simulator: the lock on its data folder", () => {
  let folder: string;
  let opened: Simulator[];
  let child: ChildProcess | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "simulator-"));
    opened = [];
    child = undefined;
  });
  afterEach(async () => {
    child?.kill("SIGKILL");
    await Promise.all(opened.map((simulator) => simulator.close()));
    rmSync(folder, { recursive: true, force: true });
  });

  const open = (): Simulator => {
    const simulator = createSimulator({ ...KEYS, dataFolder: folder });
    opened.push(simulator);
    return simulator;
  };
  const lock = () => join(folder, "lock");
  const holder = (pid: number | undefined, more: object = {}) =>
    JSON.stringify({ pid, token: "00000000-0000-4000-8000-000000000000", ...more });
  /** A process that lives until it is killed. */
  const live = (): number | undefined => {
    child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    return child.pid;
  };

  it("keeps a second simulator out, with a sentence that names the folder", () => {
    open();
    expect(open).to.throw(`Another simulator (process ${process.pid}) is using ${folder}`);
  });

  it("is given back when the simulator closes, and leaves nothing behind", async () => {
    await open().close();
    expect(readdirSync(folder).filter((name) => name.startsWith("lock"))).to.be.empty;
    open();
  });

  it("keeps out whoever finds another live process in it", () => {
    const pid = live();
    writeFileSync(lock(), holder(pid));
    expect(open).to.throw(`Another simulator (process ${pid}) is using ${folder}`);
    expect(readFileSync(lock(), "utf8")).to.equal(holder(pid));
  });

  it("is taken over from a process that is no more", () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    writeFileSync(lock(), holder(pid));
    open();
    expect(readFileSync(lock(), "utf8")).to.include(`"pid":${process.pid}`);
  });

  it("is taken over from an earlier process that had the same number as this one", () => {
    writeFileSync(lock(), holder(process.pid, { began: "another boot/1" }));
    open();
    expect(readFileSync(lock(), "utf8")).not.to.include("another boot");
  });

  it("is taken over from a process whose number was given to another one", function () {
    // Only Linux tells when a process began.
    if (process.platform !== "linux") this.skip();
    writeFileSync(lock(), holder(live(), { began: "another boot/1" }));
    open();
  });

  for (const text of ["", "{", '{"pid":-1,"token":"x"}', '{"pid":"1"}', "null"]) {
    it(`is taken over when it says ${JSON.stringify(text)}, which nobody wrote`, () => {
      writeFileSync(lock(), text);
      open();
      expect(readFileSync(lock(), "utf8")).to.include(`"pid":${process.pid}`);
    });
  }

  it("is given back when the folder turns out to be of no use", () => {
    writeFileSync(join(folder, "journal.jsonl"), '{"payment":{}}\n{}\n');
    expect(open).to.throw("cannot be read");
    expect(existsSync(lock())).to.be.false;
  });

  it("lets one of many processes in that start at once over a dead lock", async function () {
    this.timeout(60_000);
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    writeFileSync(lock(), holder(pid));
    const program = `
      const { lockFolder } = require(${JSON.stringify(join(process.cwd(), "lib", "simulator", "state", "folder-lock.ts"))});
      let answer = "in";
      try { lockFolder(${JSON.stringify(folder)}); } catch { answer = "out"; }
      process.stdout.write(answer);
      setInterval(() => {}, 1000);
    `;
    const children = Array.from({ length: 4 }, () =>
      spawn(process.execPath, ["--import", "tsx", "-e", program], { stdio: ["ignore", "pipe", "inherit"] }),
    );
    try {
      const answers = await Promise.all(
        children.map(
          ({ stdout }) =>
            new Promise((resolve) =>
              stdout.once("data", (data) => {
                resolve(String(data));
              }),
            ),
        ),
      );
      expect(answers.filter((answer) => answer === "in")).to.have.length(1);
    } finally {
      for (const started of children) started.kill("SIGKILL");
    }
  });
});
