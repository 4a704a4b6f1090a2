import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { writeWhole } from "../../lib/cli/standard-output.js";
import type { Operation } from "../../lib/index.js";
import { newWorkplace, PROGRAM, type Workplace } from "./program.js";
import { startShopAtWork, type ShopAtWork } from "./shop-at-work.js";

/** Runs the program with nobody who reads what it writes; gives its exit status. */
async function unread(place: Workplace, ...args: readonly string[]): Promise<number | null> {
  const child = place.start(...args);
  child.stdout.destroy();
  child.stderr.resume();
  child.stdin.end();
  return new Promise((resolve) => child.once("close", resolve));
}

describe("the program's standard output", function () {
  this.timeout(60_000);
  let shop: ShopAtWork;

  before(async () => {
    shop = await startShopAtWork();
    const url = (name: string): string => pathToFileURL(require.resolve(name)).href;
    shop.write(
      "talkative.mjs",
      `import options from "./antom.config.mjs";
import { createAntom } from "${url("../../lib/index.ts")}";
import { pino } from "${url("pino")}";
pino({ name: "of-the-shop" }).info("the shop's own logger");
process.stdout.write("straight to standard output\\n");
// With the logger that it has where none is given.
export default createAntom({ ...options, worker: false });
`,
    );
  });
  after(() => shop.stop());

  it("is left to the document, whatever the shop's modules and its kit write there", async () => {
    const id = await shop.authorized();
    const { status, out, err } = await shop.run("payments", "capture", id, "--config", "talkative.mjs", "--json");
    expect(status, err).to.equal(0);
    expect(() => JSON.parse(out) as unknown, out).to.not.throw();
    expect((JSON.parse(out) as { operation: Operation }).operation).to.include({
      kind: "capture",
      status: "succeeded",
    });
    expect(err)
      .to.include('"event":"payment.recorded"')
      .and.include("the shop's own logger")
      .and.include("straight to standard output")
      .and.include("the shop's own modules talk");
  });

  it("has what people are told, too", async () => {
    const id = await shop.authorized();
    const { status, out, err } = await shop.run("payments", "show", id, "--config", "talkative.mjs");
    expect([status, out.split("\n")[0]], err).to.deep.equal([0, `payment     ${id}`]);
    expect(out).to.not.include("standard output").and.not.include("logger");
  });

  it("hides nothing of how a command ended from whoever does not read it", async () => {
    const id = await shop.authorized();
    const capture = ["payments", "capture", id, "--config", "antom.config.mjs"];
    expect(await unread(shop, "payments", "show", id, "--json")).to.equal(0);
    expect(await unread(shop, ...capture, "--amount", "99.00", "--json")).to.equal(1);
    expect(await unread(shop, ...capture, "--amount", "10.00")).to.equal(0);
    expect(await unread(shop, "payments", "refund", id, "--amount", "1.00", "--json")).to.equal(4);
    const { operations } = await shop.shop.antom.payments.get(id);
    expect(operations.map(({ kind }) => kind)).to.deep.equal(["capture", "refund"]);
  });
});

describe("standard output that cannot be written", function () {
  this.timeout(60_000);
  let place: Workplace;
  before(() => {
    place = newWorkplace();
  });
  after(() => {
    place.remove();
  });

  /** Runs the program with a file as its standard output. */
  const into = async (file: string, ...args: readonly string[]): Promise<{ status: number | null; err: string }> => {
    const [node, ...before] = PROGRAM;
    const out = openSync(file, "w");
    const child = spawn(node, [...before, ...args], {
      cwd: place.folder,
      env: { ...process.env, NODE_NO_WARNINGS: "1" },
      stdio: ["ignore", out, "pipe"],
    });
    closeSync(out);
    let err = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (err += text));
    const status = await new Promise<number | null>((resolve) => child.once("close", resolve));
    return { status, err };
  };

  for (const args of [["--help", "--json"], ["--help"], ["--version"], ["nonsense", "--json"], ["keys"]]) {
    it(`is no success where the disk is full: ${args.join(" ")}`, async function () {
      if (process.platform !== "linux") this.skip();
      const { status, err } = await into("/dev/full", ...args);
      expect(status, err).to.equal(5);
      expect(err)
        .to.include("standard output could not be written")
        .and.include("ENOSPC")
        .and.not.match(/\n\s+at /);
      expect(err.match(/could not be written/g)).to.have.length(1);
    });
  }

  for (const [args, status] of [
    [["--help"], 0],
    [["--version"], 0],
    [["nonsense", "--json"], 2],
    [["payments", "list", "--json"], 3],
  ] as const) {
    it(`is dropped where whoever reads has seen enough, and the exit status is the command's own: ${args.join(" ")}`, async () => {
      const child = place.start(...args);
      child.stdout.destroy();
      let err = "";
      child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
      const ended = await new Promise<number | null>((resolve) => child.once("close", resolve));
      expect([ended, err]).to.deep.equal([status, ""]);
    });
  }

  it("is dropped together with what goes wrong where nobody reads either", async () => {
    const child = place.start("nonsense");
    child.stdout.destroy();
    child.stderr.destroy();
    expect(await new Promise<number | null>((resolve) => child.once("close", resolve))).to.equal(2);
  });

  it("takes all of a document into a file", async () => {
    const file = join(place.folder, "help.json");
    expect(await into(file, "--help", "--json")).to.deep.equal({ status: 0, err: "" });
    const { out } = await place.run("--help", "--json");
    expect(readFileSync(file, "utf8")).to.equal(out);
    expect(() => JSON.parse(out) as unknown).to.not.throw();
  });

  it("is known for such where a file takes a part of a text and no more", () => {
    const taken: Buffer[] = [];
    const taking = (room: number) => (bytes: Buffer) => {
      const left = room - taken.reduce((sum, { length }) => sum + length, 0);
      if (left <= 0) throw new Error("ENOSPC: no space left on device, write");
      const part = bytes.subarray(0, Math.min(left, 3));
      taken.push(part);
      return part.length;
    };
    expect(writeWhole(taking(5), "0123456789"))
      .to.be.an("error")
      .with.property("message")
      .that.includes("ENOSPC");
    expect(Buffer.concat(taken).toString()).to.equal("01234");
    taken.length = 0;
    expect(writeWhole(taking(99), "0123456789")).to.equal(undefined);
    expect(Buffer.concat(taken).toString()).to.equal("0123456789");
  });
});
