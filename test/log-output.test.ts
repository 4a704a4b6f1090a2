import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { createLogOutput, LOG_ROOM } from "../lib/log-output.js";

const SHOP = [process.execPath, "--import", "tsx", join(__dirname, "support", "logging-shop.ts")] as const;

/** The lines of a text, each of which has to be whole. */
const parsed = (text: string): { readonly event?: string; readonly order?: string }[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as { event?: string; order?: string });

describe("the kit's own log", function () {
  this.timeout(30_000);
  let child: ChildProcess | undefined;
  let errors = "";
  let folder: string;

  beforeEach(() => {
    errors = "";
    folder = mkdtempSync(join(tmpdir(), "antom-log-"));
  });
  afterEach(() => {
    child?.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });

  const start = async (
    stdout: number | "pipe",
    [command, ...args]: readonly string[] = SHOP,
  ): Promise<ChildProcess> => {
    const stdio = ["ignore", stdout, "pipe", "ipc"] as const;
    const made = spawn(command ?? "", args, { stdio: [...stdio], env: { ...process.env, NODE_NO_WARNINGS: "1" } });
    child = made;
    made.stderr?.setEncoding("utf8").on("data", (text: string) => (errors += text));
    await once(made, "message");
    return made;
  };
  /** So many checkouts, each of which is answered though Antom is away. */
  const checkOut = async (shop: ChildProcess, times: number): Promise<number> => {
    shop.send(times);
    const [answer] = (await Promise.race([
      once(shop, "message"),
      once(shop, "exit").then(() => {
        throw new Error(`the shop's process has ended: ${errors}`);
      }),
    ])) as [{ statuses: number[]; heap: number }];
    expect(answer.statuses, errors).to.deep.equal([200]);
    return answer.heap;
  };
  const stop = async (shop: ChildProcess): Promise<void> => {
    shop.send("stop");
    const [code] = (await once(shop, "exit")) as [number | null];
    expect([code, errors]).to.deep.equal([0, ""]);
  };

  it("does without its lines where the disk is full, and the shop goes on and can be stopped", async function () {
    if (process.platform !== "linux") this.skip();
    const full = openSync("/dev/full", "w");
    const shop = await start(full);
    closeSync(full);
    await checkOut(shop, 3);
    await checkOut(shop, 3);
    await stop(shop);
  });

  it("has lines again once there is room, each of them whole, though the first of those lost was written in part", async function () {
    if (process.platform === "win32") this.skip();
    const file = join(folder, "shop.log");
    // A file that may not grow is as good as a disk that is full. All there is room for is taken before the shop starts.
    const script = `trap '' XFSZ; ulimit -f 20480; head -c 99999999 /dev/zero >>"$0" 2>/dev/null; exec "$@" >>"$0"`;
    const shop = await start("pipe", ["sh", "-c", script, file, ...SHOP]);
    await checkOut(shop, 1);
    const { size } = statSync(file);
    truncateSync(file, size - 100);
    await checkOut(shop, 2);
    expect(statSync(file).size).to.equal(size);
    truncateSync(file, size - 5_000);
    await checkOut(shop, 2);
    await stop(shop);
    const text = readFileSync(file, "latin1").slice(size - 5_000);
    expect(text[0]).to.equal("\n");
    expect(parsed(text).filter(({ event }) => event === "payment.opened")).to.have.lengthOf(2);
  });

  it("waits for whoever reads it, and the shop does not", async () => {
    const shop = await start("pipe");
    const before = await checkOut(shop, 10);
    expect((await checkOut(shop, 600)) - before).to.be.lessThan(40e6);
    let text = "";
    shop.stdout?.setEncoding("utf8").on("data", (more: string) => (text += more));
    const closed = once(shop, "close");
    await stop(shop);
    await closed;
    expect(text.length).to.be.greaterThan(300_000);
    expect(parsed(text).filter(({ event }) => event === "payment.opened")).to.have.lengthOf(610);
  });

  it("is no matter where nobody reads it any more", async () => {
    const shop = await start("pipe");
    await checkOut(shop, 1);
    shop.stdout?.destroy();
    await checkOut(shop, 3);
    await checkOut(shop, 3);
    await stop(shop);
  });

  it("keeps no more than it has room for, and writes at once what is left when the process ends", () => {
    const file = join(folder, "whole.log");
    const fd = openSync(file, "a");
    const output = createLogOutput(fd);
    const line = `${"x".repeat(1023)}\n`;
    for (let nth = 0; nth < LOG_ROOM / 512; nth++) output.write(line);
    output.end();
    closeSync(fd);
    expect(statSync(file).size).to.equal(LOG_ROOM);
  });
});
