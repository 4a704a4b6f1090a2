import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { readArguments } from "./arguments.js";
import { Dice } from "./dice.js";
import { fateOf } from "./lives.js";
import { takeMarks } from "./marks.js";
import { pointsOf, STORAGES, turnsOf } from "./points.js";
import { reportOf } from "./report.js";
import { run, type RunOptions } from "./run.js";
import { readState, StateProblem, writeState } from "./state.js";
import { planOf } from "./stories/plan.js";
import { NOTHING } from "./tally.js";

const IDENTITY = { storage: "sqlite", seed: "1", breakage: "none" } as const;

describe("the crash run", function () {
  this.timeout(120_000);

  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "express-antom-crash-"));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("goes on where it ended, and is done when as many are dead as there should be", async () => {
    const own = join(folder, "resumed");
    const options: RunOptions = { storage: "sqlite", kills: 2, seed: "1", folder: own, within: 60_000, lanes: 1 };
    const first = await run(options);
    expect(first).to.include({ kills: 2, stretches: 1 });
    const second = await run({ ...options, kills: 4 });
    expect(second).to.include({ kills: 4, stretches: 2 });
    expect(second.payments).to.be.greaterThan(first.payments);
    expect(second.violations).to.deep.equal([]);
    expect(await run({ ...options, kills: 4 })).to.deep.equal(second);
    // Nothing is kept of what was as it should be.
    expect(readdirSync(own)).to.deep.equal(["state.json"]);
  });

  it("ends at once where something was found before, so that it is not lost among what comes after", async () => {
    const own = join(folder, "found");
    const violation = { what: "a payment is lost", stretch: 7, seed: "1/7" };
    readState(own, IDENTITY);
    writeState(own, IDENTITY, { tally: { ...NOTHING, violations: [violation] }, done: [7] });
    const options: RunOptions = { storage: "sqlite", kills: 2, seed: "1", folder: own, within: 60_000, lanes: 1 };
    const tally = await run(options);
    expect(tally.violations).to.deep.equal([violation]);
    expect(reportOf(tally, "sqlite", "1").join("\n"))
      .to.include("a payment is lost")
      .and.include("seed 1/7");
    const program = ["--import", "tsx", join(__dirname, "main.ts"), "--kills", "2", "--seed", "1", "--dir", own];
    const { status, stdout } = spawnSync(process.execPath, program, { encoding: "utf8" });
    expect(status).to.equal(1);
    expect(stdout).to.include("a payment is lost");
  });

  it("carries out one stretch again, once, and leaves what was found the first time as it is", async () => {
    const own = join(folder, "again");
    const tallied = { ...NOTHING, kills: 280, stretches: 7, violations: [{ what: "lost", stretch: 7, seed: "1/7" }] };
    const found = { tally: tallied, program: "of code that was mended since", done: [1, 2, 3, 4, 5, 6, 7] };
    readState(own, IDENTITY);
    writeState(own, IDENTITY, found);
    const told = { storage: "sqlite", seed: "1", folder: own, within: 60_000, lanes: 1, killsEach: 3 } as const;
    const tally = await run({ ...told, kills: 40, only: 7 });
    expect(tally.stretches).to.equal(1);
    // Two may die at the same moment.
    expect(tally.kills).to.be.within(3, 9);
    expect(tally.violations).to.deep.equal([]);
    expect(readState(own, IDENTITY)).to.deep.equal(found);
    expect(readdirSync(own)).to.deep.equal(["state.json"]);
  });

  it("does not go on in another run's folder", () => {
    const own = join(folder, "other");
    readState(own, IDENTITY);
    writeState(own, IDENTITY, { tally: NOTHING, done: [] });
    expect(() => readState(own, { ...IDENTITY, seed: "2" })).to.throw(StateProblem, "--seed 1");
    expect(() => readState(own, { ...IDENTITY, storage: "postgres" })).to.throw(StateProblem, "--storage sqlite");
    expect(() => readState(own, { ...IDENTITY, breakage: "overwrites" })).to.throw(StateProblem, "--breakage none");
  });

  it("counts no kills of other code", async () => {
    const own = join(folder, "other-code");
    readState(own, IDENTITY);
    writeState(own, IDENTITY, { tally: { ...NOTHING, kills: 2 }, program: "another", done: [1] });
    const options: RunOptions = { storage: "sqlite", kills: 2, seed: "1", folder: own, within: 60_000, lanes: 1 };
    const error = await run(options).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(StateProblem).and.have.property("message").that.includes("other code");
  });

  it("leaves out no stretch and does none twice, where a later one was done before an earlier one", async () => {
    const own = join(folder, "gap");
    const options: RunOptions = { storage: "sqlite", kills: 1, seed: "1", folder: own, within: 60_000, lanes: 1 };
    await run(options);
    const { tally, program } = readState(own, IDENTITY);
    if (program === undefined) throw new Error("nothing tells which program was killed");
    writeState(own, IDENTITY, { tally, program, done: [1, 3] });
    await run({ ...options, kills: 2 });
    expect(readState(own, IDENTITY).done).to.have.members([1, 2, 3]);
    await run({ ...options, kills: 3 });
    expect(readState(own, IDENTITY).done).to.have.members([1, 2, 3, 4]);
  });

  it("plans the same for the same seed, and something else for another", () => {
    const plans = (seed: string) =>
      Array.from({ length: 40 }, (_unused, index) => [
        planOf(`order-${index}`, new Dice(seed).of(`order-${index}`)),
        fateOf(index, "sqlite", new Dice(seed).of(index)),
      ]);
    expect(plans("1")).to.deep.equal(plans("1"));
    expect(plans("1")).to.not.deep.equal(plans("2"));
  });

  it("sends processes to every point by turns", () => {
    for (const storage of STORAGES) expect(new Set(turnsOf(storage))).to.deep.equal(new Set(pointsOf(storage)));
  });

  it("reads what a process had in hand from marks that end in the middle", () => {
    const file = join(folder, "marks");
    writeFileSync(file, "+1 storage:open PAYX\n+2 hook PAYY\n~PAYY.2\n-2\n!storage:open:after\n+3 storage:com");
    expect(takeMarks(file)).to.deep.equal({
      inHand: [{ name: "storage:open", payment: "PAYX" }, { name: "storage:com" }],
      again: ["PAYY.2"],
      point: "storage:open:after",
    });
    expect(takeMarks(file)).to.deep.equal({ inHand: [], again: [] });
  });

  describe("takes", () => {
    it("what it is told", () => {
      const told = ["--storage", "postgres", "--kills", "20", "--seed", "abc", "--minutes", "5", "--lanes", "3"];
      const more = ["--dir", "somewhere", "--stretch", "4", "--breakage", "overwrites", "--log"];
      expect(readArguments([...told, ...more])).to.deep.equal({
        storage: "postgres",
        kills: 20,
        seed: "abc",
        minutes: 5,
        lanes: 3,
        dir: "somewhere",
        only: 4,
        breakage: "overwrites",
        isLogged: true,
      });
    });

    it("no options that are none", () => {
      expect(readArguments(["--storage", "paper"])).to.equal("--storage must be sqlite or postgres");
      expect(readArguments(["--kills", "many"])).to.equal("--kills must be a whole number from 1");
      expect(readArguments(["--seed", "a b"])).to.include("--seed must be");
      expect(readArguments(["--breakage", "all"])).to.include("--breakage must be one of answers-early");
      expect(readArguments(["--speed", "9"])).to.include("--speed");
    });
  });
});
