import { expect } from "chai";
import { run } from "../../lib/cli/run.js";
import type { Storage } from "../../lib/index.js";
import { captured, failed } from "../../lib/storage/conformance/resting.js";
import { opening } from "../../lib/storage/conformance/samples.js";
import { sqliteStorage } from "../../lib/storage/sqlite.js";
import { fakeTerminal } from "./fake-terminal.js";
import { startShopAtWork, type ShopAtWork } from "./shop-at-work.js";

const DAY = 86_400_000;

describe("express-antom prune", function () {
  this.timeout(60_000);
  let shop: ShopAtWork;
  let storage: Storage;

  before(async () => {
    shop = await startShopAtWork({ worker: false });
    storage = sqliteStorage(shop.file);
    await storage.start();
  });
  after(async () => {
    await storage.stop();
    await shop.stop();
  });

  const old = async (make: typeof failed, days: number, many = 1): Promise<void> => {
    const at = Date.now() - days * DAY;
    const times = { createdAt: at, updatedAt: at, expiresAt: at };
    await Promise.all(
      Array.from({ length: many }, (_unused, nth) => storage.open(opening(make(`${make.name}-${days}-${nth}`, times)))),
    );
  };
  const left = async (): Promise<string[]> => (await storage.list({ limit: 500 })).items.map(({ id }) => id).sort();

  it("removes what is old enough beside the shop at work, and nothing else", async () => {
    const held = await shop.authorized();
    for (const [make, days] of [
      [failed, 91],
      [failed, 89],
      [captured, 401],
      [captured, 399],
    ] as const)
      await old(make, days);
    const { status, document } = await shop.json("prune", "--unpaid", "90", "--paid", "400");
    expect([status, document]).to.deep.equal([0, { removed: 2, stopped: false }]);
    expect(await left()).to.deep.equal([held, "captured-399-0", "failed-89-0"].sort());
    const again = await shop.run("prune", "--unpaid", "90");
    // Standard error was no terminal, so there is no count in it.
    expect([again.status, again.out]).to.deep.equal([0, "0 payments were removed.\n"]);
    expect(again.err).to.not.include("removed");
    expect((await shop.shop.antom.payments.get(held)).status).to.equal("authorized");
  });

  it("refuses what cannot be understood, and what is too soon", async () => {
    await old(captured, 5000);
    for (const [args, words] of [
      [[], "needs --unpaid DAYS, --paid DAYS or both"],
      [["--unpaid", "29"], '--unpaid "29" is not a number of days from 30 on'],
      [["--paid", "90"], '--paid "90" is not a number of days from 365 on'],
      [["--paid", "1y"], '--paid "1y" is not a number of days from 365 on'],
    ] as const) {
      const terminal = fakeTerminal(shop.folder);
      expect(await run(["prune", ...args], terminal)).to.equal(2);
      expect(terminal.written.err).to.include(words);
    }
    expect(await left()).to.include("captured-5000-0");
  });

  it("asks first on a terminal, shows how far it is there, and stops where Ctrl-C is pressed", async () => {
    await old(failed, 200, 120);
    const asked = fakeTerminal(shop.folder, true);
    expect(await run(["prune", "--unpaid", "100", "--paid", "4000"], asked)).to.equal(1);
    expect(asked.questions).to.deep.equal([
      "Remove the unpaid payments of more than 100 days ago and the paid payments of more than 4000 days ago, for good? [y/N] ",
    ]);
    expect(asked.written.err).to.include("Nothing was removed.");

    const stopped = fakeTerminal(shop.folder, true);
    stopped.answer = "y";
    stopped.onErr = () => {
      stopped.interrupter.abort();
    };
    expect(await run(["prune", "--unpaid", "100"], stopped)).to.equal(130);
    const [, count = ""] = /^\rpayments removed: (\d+)\n$/.exec(stopped.written.err) ?? [];
    expect(Number(count)).to.be.within(1, 100);
    expect(stopped.written.out).to.equal(`${count} payments were removed; stopped before the rest.\n`);

    const again = fakeTerminal(shop.folder, true);
    expect(await run(["prune", "--unpaid", "100", "--yes", "--json"], again)).to.equal(0);
    expect(again.questions).to.deep.equal([]);
    expect(JSON.parse(again.written.out)).to.deep.equal({ removed: 120 - Number(count), stopped: false });
  });
});
