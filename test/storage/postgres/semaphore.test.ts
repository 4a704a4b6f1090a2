import { expect } from "chai";
import { deadlineIn } from "../../../lib/storage/postgres/back-off.js";
import { Semaphore } from "../../../lib/storage/postgres/semaphore.js";
import { rejection } from "./rejection.js";

/** Work that ends when it is told to. */
const held = () => {
  let end = (): void => undefined;
  const done = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { done, end };
};

describe("the turns of hooks that want a connection", () => {
  it("are so many at once, and come in order", async () => {
    const turns = new Semaphore(2);
    const begun: number[] = [];
    const works = [0, 1, 2, 3].map(() => held());
    const runs = works.map((work, nth) =>
      turns.run(deadlineIn(1_000), () => {
        begun.push(nth);
        return work.done;
      }),
    );
    await Promise.resolve();
    expect(begun).to.deep.equal([0, 1]);
    works[1]?.end();
    await runs[1];
    await new Promise((resolve) => setImmediate(resolve));
    expect(begun).to.deep.equal([0, 1, 2]);
    for (const { end } of works) end();
    await Promise.all(runs);
    expect(begun).to.deep.equal([0, 1, 2, 3]);
  });

  it("are not waited for longer than the deadline, and are not taken by who has gone", async () => {
    const turns = new Semaphore(1);
    const first = held();
    const running = turns.run(deadlineIn(1_000), () => first.done);
    let isBegun = false;
    const late = turns.run(deadlineIn(10), () => {
      isBegun = true;
      return Promise.resolve();
    });
    expect((await rejection(late)).code).to.equal("storage_unavailable");
    first.end();
    await running;
    expect(await turns.run(deadlineIn(10), () => Promise.resolve("mine"))).to.equal("mine");
    expect(isBegun).to.equal(false);
  });

  it("are passed on by work that fails, with what it fails with", async () => {
    const turns = new Semaphore(1);
    const reason = new Error("the hook's own");
    const failed = await turns.run(deadlineIn(10), () => Promise.reject(reason)).catch((error: unknown) => error);
    expect(failed).to.equal(reason);
    expect(await turns.run(deadlineIn(10), () => Promise.resolve(1))).to.equal(1);
  });
});
