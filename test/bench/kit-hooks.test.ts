import { expect } from "chai";
import { kitHooks } from "../../bench/shops/kit-hooks.js";
import type { HookContext, PaymentEvent } from "../../lib/index.js";

const eventOf = (id: string) => ({ payment: { id } }) as PaymentEvent;
const contextOf = (signal: AbortSignal) => ({ signal }) as HookContext;
const inTime = contextOf(new AbortController().signal);

describe("bench: the shop's hook", () => {
  it("is quick, and counts what it has done", () => {
    const { hook, take, done, misbehaved } = kitHooks();
    for (const id of ["a", "b"]) expect(hook(eventOf(id), inTime)).to.equal(undefined);
    expect(done()).to.equal(2);
    expect(misbehaved()).to.deep.equal({ failed: 0, hanging: 0 });
    expect(take()).to.deep.equal({ hooks: 2, badHooks: 0 });
    expect(take()).to.deep.equal({ hooks: 0, badHooks: 0 });
  });

  it("fails for so many payments, each time it is called for them, until it is told otherwise", () => {
    const { hook, misbehave, misbehaved, take } = kitHooks();
    misbehave({ fail: 2 });
    for (const id of ["a", "b", "a"]) expect(() => hook(eventOf(id), inTime)).to.throw("the shop's own work failed");
    expect(hook(eventOf("c"), inTime)).to.equal(undefined);
    expect(misbehaved()).to.deep.equal({ failed: 2, hanging: 0 });
    expect(take()).to.deep.equal({ hooks: 1, badHooks: 3 });
    misbehave({});
    expect(hook(eventOf("a"), inTime)).to.equal(undefined);
    expect(misbehaved()).to.deep.equal({ failed: 0, hanging: 0 });
  });

  it("hangs until it is let go, and counts as failed once its time is up", async () => {
    const { hook, misbehave, misbehaved, take } = kitHooks();
    const timeIsUp = new AbortController();
    misbehave({ hang: true });
    void hook(eventOf("a"), contextOf(timeIsUp.signal));
    const hanging = hook(eventOf("b"), inTime);
    expect(misbehaved()).to.deep.equal({ failed: 0, hanging: 2 });
    timeIsUp.abort();
    expect(misbehaved()).to.deep.equal({ failed: 0, hanging: 1 });
    expect(take()).to.deep.equal({ hooks: 0, badHooks: 2 });
    misbehave({});
    await hanging;
    expect(misbehaved()).to.deep.equal({ failed: 0, hanging: 0 });
  });
});
