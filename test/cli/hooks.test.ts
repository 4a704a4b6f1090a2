import { expect } from "chai";
import { run } from "../../lib/cli/run.js";
import { sqliteStorage } from "../../lib/storage/sqlite.js";
import { fakeTerminal } from "./fake-terminal.js";
import { startShopAtWork, type ShopAtWork } from "./shop-at-work.js";

interface Events {
  readonly events: readonly {
    readonly id: string;
    readonly type: string;
    readonly state: string;
    readonly lastError?: string;
  }[];
  readonly next?: string;
}

describe("express-antom hooks", function () {
  this.timeout(60_000);
  let shop: ShopAtWork;

  before(async () => {
    // Nobody delivers but the test.
    shop = await startShopAtWork({ worker: false });
  });
  after(() => shop.stop());

  /** Gives up every event there is, as though its hook had failed to the last. */
  const giveUp = async (error = "the warehouse\u001b[31m is shut"): Promise<string[]> => {
    const storage = sqliteStorage(shop.file);
    await storage.start();
    const given: string[] = [];
    for (;;) {
      const claimed = await storage.claim({ now: Date.now() + 1_000, lease: 60_000, limit: 50 });
      for (const one of claimed) {
        const isEvent = one.task.kind === "deliver";
        await storage.settle(one, isEvent ? { dead: error } : { done: true });
        if (isEvent) given.push(one.task.id);
      }
      if (claimed.length === 0) break;
    }
    await storage.stop();
    return given;
  };
  const list = async (...args: readonly string[]): Promise<Events> =>
    (await shop.json("hooks", "list", ...args)).document as Events;

  it("lists what was given up, and makes one event or all of them due again", async () => {
    const ids = [await shop.authorized(), await shop.authorized(), await shop.authorized()];
    const dead = await giveUp();
    expect(dead).to.have.lengthOf(3);
    const [all, ofOne, text] = await Promise.all([
      list("--state", "dead"),
      list("--payment", ids[0] ?? "", "--state", "dead"),
      shop.run("hooks", "list", "--limit", "2"),
    ]);
    expect(all.events.map(({ id }) => id)).to.have.members(dead);
    expect(ofOne.events).to.have.lengthOf(1);
    expect(ofOne.events[0]).to.include({ type: "payment.authorized", state: "dead" });
    expect(text.out).to.include("the warehouse [31m is shut").and.include("More with --after ");
    expect(text.out).to.not.include("\u001b");

    const one = await shop.json("hooks", "redeliver", dead[0] ?? "");
    expect([one.status, one.document]).to.deep.equal([0, { redelivered: 1 }]);
    const rest = await shop.run("hooks", "redeliver", "--all-dead");
    expect([rest.status, rest.out]).to.deep.equal([
      0,
      "2 events are due now. The shop's running process calls the hooks.\n",
    ]);
    // Standard error was no terminal, so there is no bar in it.
    expect(rest.err).to.not.include("redelivering");

    expect((await list("--state", "dead")).events).to.deep.equal([]);
    await shop.shop.antom.runDue();
    expect(shop.shop.recorder.events.map(({ id }) => id)).to.include.members(dead);
  });

  it("refuses an event that is done or never was, and what cannot be understood", async () => {
    const done = (await list("--state", "done")).events[0]?.id ?? "";
    const id = await shop.authorized();
    await shop.shop.antom.runDue();
    for (const [args, status, words] of [
      [["redeliver", done], 1, "or it has been delivered"],
      [["redeliver", "no-such-event"], 1, "there is no event no-such-event"],
      [["redeliver", `expire:${id}`], 1, `there is no event expire:${id}`],
      [["redeliver", `inquire:${id}`], 1, `there is no event inquire:${id}`],
      [["redeliver"], 2, "needs an event's id, or --all-dead"],
      [["redeliver", done, "--all-dead"], 2, "needs an event's id, or --all-dead"],
      [["list", "--state", "deed"], 2, "did you mean dead?"],
    ] as const) {
      const terminal = fakeTerminal(shop.folder);
      expect(await run(["hooks", ...args], terminal)).to.equal(status);
      expect(terminal.written.err).to.include(words);
    }
  });

  it("shows on a terminal how far it is, and stops between two steps where Ctrl-C is pressed", async () => {
    const orders = Array.from({ length: 60 }, (_unused, index) => `many-${index}`);
    for (const orderId of orders) await shop.authorized({ orderId });
    await giveUp();
    const terminal = fakeTerminal(shop.folder, true);
    terminal.onErr = () => {
      terminal.interrupter.abort();
    };
    expect(await run(["hooks", "redeliver", "--all-dead"], terminal)).to.equal(130);
    expect(terminal.written.err).to.match(/\rredelivering \[#+-+\] 50 of 60\n$/);
    expect(terminal.written.out).to.include("50 events are due now; stopped before the rest.");

    const again = fakeTerminal(shop.folder, true);
    expect(await run(["hooks", "redeliver", "--all-dead", "--json"], again)).to.equal(0);
    expect(again.written.err).to.match(/\rredelivering \[#{30}\] 10 of 10\n$/);
    expect(JSON.parse(again.written.out)).to.deep.equal({ redelivered: 10, stopped: false });
  });
});
