import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { run } from "../../lib/cli/run.js";
import { failed } from "../../lib/storage/conformance/resting.js";
import { opening } from "../../lib/storage/conformance/samples.js";
import { sqliteStorage } from "../../lib/storage/sqlite.js";
import { fakeTerminal } from "./fake-terminal.js";
import { PROGRAM } from "./program.js";
import { startShopAtWork, type ShopAtWork } from "./shop-at-work.js";

const DAY = 86_400_000;
const REFUSED = "give --yes to do it without being asked";

/** Linux's, which gives a process a terminal of its own. */
const hasScript = (): boolean => spawnSync("script", ["--version"]).status === 0;

describe("a command that asks first", function () {
  this.timeout(60_000);
  let shop: ShopAtWork;

  before(async () => {
    shop = await startShopAtWork({ worker: false });
  });
  after(() => shop.stop());

  const captures = (id: string): number => shop.simulator.ledger(id).captures.length;

  it("moves no money where somebody is there who would not see the question, unless told not to ask", async () => {
    const id = await shop.authorized();
    for (const command of [
      ["capture", id],
      ["capture", id, "--json"],
      ["void", id],
      ["refund", id],
      ["increase", id, "--amount", "25.00"],
    ]) {
      const unseen = fakeTerminal(shop.folder, true, false);
      expect(await run(["payments", ...command], unseen), command.join(" ")).to.equal(2);
      expect(unseen.written.out + unseen.written.err).to.include(REFUSED);
      expect(unseen.questions).to.deep.equal([]);
    }
    const { status, operations } = await shop.shop.antom.payments.get(id);
    expect([status, operations]).to.deep.equal(["authorized", []]);
    expect(await run(["payments", "capture", id, "-y"], fakeTerminal(shop.folder, true, false))).to.equal(0);
    expect(captures(id)).to.equal(1);
  });

  it("removes nothing there either", async () => {
    const storage = sqliteStorage(shop.file);
    await storage.start();
    const at = Date.now() - 100 * DAY;
    await storage.open(opening(failed("old", { createdAt: at, updatedAt: at, expiresAt: at })));
    const unseen = fakeTerminal(shop.folder, true, false);
    expect(await run(["prune", "--unpaid", "90"], unseen)).to.equal(2);
    expect(unseen.written.err).to.include(REFUSED);
    expect(await storage.get("old")).to.not.equal(undefined);
    expect(await run(["prune", "--unpaid", "90", "--yes"], unseen)).to.equal(0);
    expect(await storage.get("old")).to.equal(undefined);
    await storage.stop();
  });

  it("goes on in a script, whose standard error may be a terminal", async () => {
    for (const hasScreen of [false, true]) {
      const id = await shop.authorized();
      const script = fakeTerminal(shop.folder, false, hasScreen);
      expect(await run(["payments", "capture", id], script)).to.equal(0);
      expect([script.questions, captures(id)]).to.deep.equal([[], 1]);
    }
  });

  it("moves no money on a terminal of which standard error alone is redirected", async function () {
    if (!hasScript()) this.skip();
    const id = await shop.authorized();
    const capture = async (...flags: readonly string[]): Promise<[number | null, string]> => {
      const words = [...PROGRAM, "payments", "capture", id, ...flags].map((word) => `'${word}'`).join(" ");
      const child = spawn("script", ["-qec", `${words} 2> err.txt`, "/dev/null"], {
        cwd: shop.folder,
        stdio: ["pipe", "ignore", "inherit"],
      });
      const status = await new Promise<number | null>((resolve) => child.once("close", resolve));
      child.stdin.end();
      return [status, readFileSync(path.join(shop.folder, "err.txt"), "utf8")];
    };
    const [status, err] = await capture();
    expect([status, captures(id)], err).to.deep.equal([2, 0]);
    expect(err).to.include(REFUSED);
    const [done, log] = await capture("--yes");
    expect([done, captures(id)], log).to.deep.equal([0, 1]);
  });
});
