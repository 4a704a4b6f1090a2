import { Readable } from "node:stream";
import { expect } from "chai";
import { systemClock, systemRandom } from "../../../lib/ports.js";
import { createJobs, type Jobs, type Work } from "../../../lib/routers/operations/jobs.js";
import { manualClock } from "../../../lib/testing.js";

const logger = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

const jobsOf = (work: Work, clock = systemClock): Jobs =>
  createJobs({ works: { "redeliver-all": work, "inquire-all-open": work }, clock, random: systemRandom, logger });

const until = async (holds: () => boolean): Promise<void> => {
  for (let times = 0; times < 500; times++) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error("It did not come about.");
};

/** Work that takes a step whenever it is told to. */
function stepwise(): Work & { step(error?: string): Promise<void>; end(): void } {
  let take = (_: { error?: string | undefined; isEnd: boolean }): void => undefined;
  return {
    async *steps() {
      for (;;) {
        const { error, isEnd } = await new Promise<{ error?: string | undefined; isEnd: boolean }>((resolve) => {
          take = resolve;
        });
        if (isEnd) return;
        yield error;
      }
    },
    step(error) {
      take({ error, isEnd: false });
      return new Promise((resolve) => setImmediate(resolve));
    },
    end() {
      take({ isEnd: true });
    },
  };
}

describe("long work", () => {
  it("goes on once of each kind, and two kinds at a time", () => {
    const work = stepwise();
    const jobs = jobsOf(work);
    const first = jobs.start("redeliver-all", "anna");
    expect(jobs.start("redeliver-all", "bert").id).to.equal(first.id);
    expect(jobs.start("inquire-all-open", "bert").id).not.to.equal(first.id);
    expect(jobs.list()).to.have.length(2);
  });

  it("counts what is done and what went wrong, and ends", async () => {
    const work = stepwise();
    const jobs = jobsOf({ ...work, total: () => Promise.resolve(3) });
    const { id } = jobs.start("redeliver-all", "anna");
    await new Promise((resolve) => setImmediate(resolve));
    await work.step();
    await work.step("that one is gone");
    expect(jobs.get(id)).to.deep.include({
      state: "running",
      done: 2,
      total: 3,
      errors: 1,
      lastError: "that one is gone",
    });
    work.end();
    await until(() => jobs.get(id)?.state === "done");
    expect(jobs.start("redeliver-all", "anna").id).not.to.equal(id);
  });

  it("stops after the step it is at, and takes no other", async () => {
    const work = stepwise();
    const jobs = jobsOf(work);
    const { id } = jobs.start("redeliver-all", "anna");
    await new Promise((resolve) => setImmediate(resolve));
    await work.step();
    expect(jobs.stop(id)?.state).to.equal("stopping");
    await work.step();
    await until(() => jobs.get(id)?.state === "stopped");
    expect(jobs.get(id)?.done).to.equal(2);
    expect(jobs.stop(id)?.state).to.equal("stopped");
  });

  it("gives up after twenty errors in a row, and when nothing can be read at all", async () => {
    const failing = jobsOf({
      async *steps() {
        for (;;) yield await Promise.resolve("no route to host");
      },
    });
    const { id } = failing.start("redeliver-all", "anna");
    await until(() => failing.get(id)?.state === "failed");
    expect(failing.get(id)).to.deep.include({ done: 20, errors: 20 });

    const broken = jobsOf({ total: () => Promise.reject(new Error("the disk is full")), steps: stepwise().steps });
    const other = broken.start("redeliver-all", "anna");
    await until(() => broken.get(other.id)?.state === "failed");
    expect(broken.get(other.id)?.lastError).to.equal("the disk is full");
  });

  it("lets others have a turn, however long it takes", async () => {
    let turns = 0;
    const jobs = jobsOf({
      async *steps() {
        for (let step = 0; step < 200; step++) yield await Promise.resolve<string | undefined>(undefined);
      },
    });
    const { id } = jobs.start("redeliver-all", "anna");
    const count = setInterval(() => {
      turns++;
    }, 1);
    await until(() => jobs.get(id)?.state === "done");
    clearInterval(count);
    expect(turns).to.be.greaterThan(5);
  });

  it("is forgotten an hour after its end, and never more than fifty are remembered", async () => {
    const clock = manualClock();
    const jobs = jobsOf({ steps: () => Readable.from([]) as AsyncIterable<undefined> }, clock);
    const { id } = jobs.start("redeliver-all", "anna");
    await until(() => jobs.get(id)?.state === "done");
    await clock.advance(60 * 60_000);
    expect(jobs.get(id)).not.to.equal(undefined);
    await clock.advance(1);
    expect(jobs.get(id)).to.equal(undefined);
    for (let times = 0; times < 80; times++) {
      const job = jobs.start("redeliver-all", "anna");
      await until(() => job.state === "done");
    }
    expect(jobs.list().length).to.be.within(1, 50);
  });
});
