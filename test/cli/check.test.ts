import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import express from "express";
import { run } from "../../lib/cli/run.js";
import { opening, samplePayment } from "../../lib/storage/conformance/samples.js";
import { sqliteStorage } from "../../lib/storage/sqlite.js";
import { SHOP_KEYS, STRANGER_KEYS } from "../support/keys.js";
import { fakeTerminal } from "./fake-terminal.js";
import { startShopAtWork, type ShopAtWork } from "./shop-at-work.js";

interface Report {
  readonly ok: boolean;
  readonly checks: readonly { readonly check: string; readonly level: string; readonly message: string }[];
}

describe("express-antom check", function () {
  this.timeout(60_000);
  let shop: ShopAtWork;
  let count = 0;

  before(async () => {
    shop = await startShopAtWork();
  });
  after(() => shop.stop());

  /** Looks at a configuration; what it found by the name of the check, each as "level: message". */
  const look = async (
    options: Readonly<Record<string, unknown>> = {},
    code = "",
  ): Promise<{ status: number; found: Readonly<Record<string, string>> }> => {
    const name = `check-${++count}.mjs`;
    shop.configure(name, options, code);
    const terminal = fakeTerminal(shop.folder);
    const status = await run(["check", "--json", "--config", name], terminal);
    const report = JSON.parse(terminal.written.out) as Report;
    expect(report.ok).to.equal(status === 0);
    const found: Record<string, string> = {};
    for (const { check, level, message } of report.checks) {
      found[check] = `${found[check] === undefined ? "" : `${found[check]}\n`}${level}: ${message}`;
    }
    return { status, found };
  };

  /** Serves something at a local address for as long as it is looked at. */
  const at = async <T>(server: Server, action: (origin: string) => Promise<T>): Promise<T> => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      return await action(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  };

  it("says ok of everything, a line each, where everything fits", async () => {
    const { status, out } = await shop.run("check");
    expect(status, out).to.equal(0);
    const lines = out.trimEnd().split("\n");
    expect(lines.map((line) => line.slice(6, 16).trimEnd())).to.deep.equal([
      "options",
      "keys",
      "card key",
      "hooks",
      "authorize",
      "storage",
      "work",
      "clock",
      "gateway",
      "notify URL",
    ]);
    expect(lines.filter((line) => !line.startsWith("ok  "))).to.deep.equal([]);
  });

  it("tells every problem at once and ends with 1, and never prints a key or a secret", async () => {
    shop.configure("broken.mjs", {
      gatway: "asia",
      antomPublicKey: SHOP_KEYS.publicKey,
      cardKey: "too short",
      secret: "too short as well",
    });
    const { status, out } = await shop.run("check", "--config", "broken.mjs");
    expect(status).to.equal(1);
    expect(out).to.match(/^FAIL {2}options +gatway is not an option; did you mean "gateway"\?$/m);
    expect(out).to.match(/^FAIL {2}options +secret must be at least 32 characters/m);
    expect(out).to.match(/^FAIL {2}keys +antomPublicKey is the public half of privateKey/m);
    expect(out).to.match(/^FAIL {2}card key +cardKey must be base64 of exactly 32 bytes/m);
    expect(out).to.match(/^warn {2}gateway +not looked at: put the options right first$/m);
    expect(out).to.match(/^ok {4}storage/m);
    expect(out).to.not.include("too short");
  });

  it("warns of what a shop can live without", async () => {
    const memory = new URL("../../lib/storage/memory.ts", `file://${__filename}`).href;
    const { status, found } = await look(
      {},
      `storage: (await import("${memory}")).memoryStorage(), hooks: { "payment.failed": () => undefined }, authorize: undefined`,
    );
    expect(status).to.equal(0);
    expect(found["storage"]).to.include("warn: memoryStorage() forgets every payment");
    expect(found["hooks"]).to.include("warn: none for payment.captured (there are payment.failed)");
    expect(found["authorize"]).to.include("warn: is missing");
  });

  it("says which SQLite it is, and warns of one that several processes had better not share", async () => {
    const of = (options: string) =>
      look(
        {},
        `storage: (await import("${sqlite}")).sqliteStorage(${JSON.stringify(join(shop.folder, "checked.db"))}, ${options})`,
      );
    const sqlite = new URL("../../lib/storage/sqlite.ts", `file://${__filename}`).href;
    const libsql = pathToFileURL(require.resolve("libsql")).href;
    const old = await of(`{ driver: (await import("${libsql}")).default }`);
    expect(old.status).to.equal(0);
    expect(old.found["storage"]).to.match(
      /^ok: SQLite 3\.45.*synced to the disk.*\nwarn: SQLite 3\.45.*several processes/,
    );
    const { found } = await of("{}");
    expect(found["storage"]).to.match(/^ok: SQLite 3\.\d+\.\d+/);
  });

  it("fails a storage with payments of another client id, with which the shop does not start", async () => {
    const file = join(shop.folder, "of-another.db");
    const storage = sqliteStorage(file);
    await storage.start();
    await storage.open(opening(samplePayment("of-another", { clientId: "SANDBOX_5Y00ELSE" })));
    await storage.stop();
    const sqlite = new URL("../../lib/storage/sqlite.ts", `file://${__filename}`).href;
    const theirs = `storage: (await import("${sqlite}")).sqliteStorage(${JSON.stringify(file)})`;
    const { status, found } = await look({}, theirs);
    const { storage: told = "", ...others } = found;
    expect(status).to.equal(1);
    expect(told).to.match(/^ok: SQLite .*\nfail: .*holds payments of SANDBOX_5Y00ELSE.*a storage of its own/);
    expect(Object.values(others).filter((finding) => !finding.startsWith("ok: "))).to.deep.equal([]);

    shop.configure("of-another.mjs", {}, theirs);
    const started = await shop.run("payments", "list", "--config", "of-another.mjs");
    expect(started.status).to.equal(3);
    expect(started.err).to.include("holds payments of SANDBOX_5Y00ELSE");
    expect((await look({ clientId: "SANDBOX_5Y00ELSE" }, theirs)).found["storage"]).to.match(/^ok: [^\n]*$/);
    expect((await look({ secret: "too short" }, theirs)).found["storage"]).to.match(/^ok: [^\n]*$/);
  });

  it("tells a clock that is off from one that is right", async () => {
    const clockOff = (ms: number) =>
      look(
        {},
        `clock: { now: () => Date.now() + ${ms}, after: (ms, action) => { const t = setTimeout(action, ms); t.unref(); return () => clearTimeout(t); } }`,
      );
    const [ahead, behind] = [await clockOff(600_000), await clockOff(-30_000)];
    expect(ahead.status).to.equal(1);
    expect(ahead.found["clock"]).to.match(/^fail: is (599|600|601) s ahead of the gateway's: set it right/);
    expect(behind.found["clock"]).to.match(/^warn: is (29|30|31) s behind the gateway's/);
  });

  it("explains why the gateway does not take the shop's signature, or is not believed", async () => {
    const [stranger, other, nobody] = [
      await look({ privateKey: STRANGER_KEYS.privateKey }),
      await look({ antomPublicKey: STRANGER_KEYS.publicKey }),
      await look({ gateway: "http://127.0.0.1:9" }),
    ];
    expect(stranger.found["gateway"])
      .to.include("fail: ")
      .and.include("it says INVALID_SIGNATURE; upload the public half");
    expect(other.found["gateway"]).to.include("fail: ").and.include("is antomPublicKey the one the dashboard shows");
    expect(nobody.found["gateway"]).to.include("fail: ").and.include("nobody listens there");
    expect([stranger.status, other.status, nobody.status]).to.deep.equal([1, 1, 1]);
    expect(nobody.found["clock"]).to.include("warn: not looked at");
  });

  it("passes on what Antom says of the account", async () => {
    shop.simulator.addFault({
      operation: "inquiryPayment",
      fault: "result",
      resultCode: "CLIENT_FORBIDDEN_ACCESS_API",
    });
    shop.simulator.addFault({ operation: "inquiryPayment", fault: "result", resultCode: "UNKNOWN_EXCEPTION" });
    const [forbidden, busy] = [await look(), await look()];
    expect([forbidden.status, forbidden.found["gateway"]?.slice(0, 5)]).to.deep.equal([1, "fail:"]);
    expect(forbidden.found["gateway"]).to.include("may not call the payment API");
    expect([busy.status, busy.found["gateway"]?.slice(0, 5)]).to.deep.equal([0, "warn:"]);
  });

  it("sees whether notifications reach the kit, and through what", async () => {
    const parsing = express().use(express.json()).use("/payments", shop.shop.antom.router);
    const parsed = await at(createServer(parsing), (origin) => look({ publicUrl: `${origin}/payments` }));
    expect([parsed.status, parsed.found["notify URL"]?.slice(0, 5)]).to.deep.equal([0, "warn:"]);
    expect(parsed.found["notify URL"]).to.include("after a body parser");

    const guarded = express().use((_req, res) => {
      res.redirect("/login");
    });
    const redirected = await at(createServer(guarded), (origin) => look({ publicUrl: `${origin}/payments` }));
    expect(redirected.status).to.equal(1);
    expect(redirected.found["notify URL"]).to.include("answers 302. It is redirected to /login");

    const nobody = await look({ publicUrl: "http://127.0.0.1:9/payments" });
    expect(nobody.found["notify URL"])
      .to.include("fail: ")
      .and.include("nobody listens there; ")
      .and.include("is the shop running?");
    const lost = await look({ publicUrl: `${shop.shop.origin}/elsewhere` });
    expect(lost.found["notify URL"]).to.include("answers 404. Nothing is mounted there");
  });

  it("warns of events that were given up and of work that nobody does", async () => {
    // Behind a shop without a worker, so that nobody but the test takes what is due.
    const idle = await startShopAtWork({ worker: false });
    try {
      const first = await idle.authorized();
      await idle.authorized();
      const storage = sqliteStorage(idle.file);
      await storage.start();
      for (const claimed of await storage.claim({ now: Date.now() + 1_000, lease: 60_000, limit: 10 })) {
        const outcome = claimed.task.payment === first ? { dead: "no" } : { again: Date.now() - 600_000 };
        await storage.settle(claimed, outcome);
      }
      await storage.stop();
      const { status, out } = await idle.run("check");
      expect(status).to.equal(0);
      expect(out).to.match(/^warn {2}work +1 event was given up; see hooks list --state dead/m);
      expect(out).to.match(/^warn {2}work +1 task has been due for minutes/m);
    } finally {
      await idle.stop();
    }
  });
});
