import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";

const run = promisify(execFile);
const here = (name: string): string => path.join(__dirname, name);

interface Told {
  readonly isSame: boolean;
  readonly status: string;
  readonly loaded: boolean;
  readonly events: readonly string[];
}

const inProcess = async (...flags: string[]): Promise<Told> => {
  const { stdout } = await run(process.execPath, ["--import", "tsx", ...flags, here("shop-without.ts")]);
  return JSON.parse(stdout) as Told;
};

describe("a shop without @opentelemetry/api", () => {
  it("takes payments as every other, and hears nothing of what it does not have", async function () {
    this.timeout(30_000);
    const { events, ...told } = await inProcess("--require", here("hidden.cjs"));
    expect(told).to.deep.equal({ isSame: true, status: "captured", loaded: false });
    expect(events).to.include("payment.recorded").and.not.include("telemetry.unusable");
  });

  it("is told where the package is there and cannot be used, and takes payments all the same", async function () {
    this.timeout(30_000);
    const { events, ...told } = await inProcess("--require", here("broken.cjs"));
    expect(told).to.deep.equal({ isSame: true, status: "captured", loaded: false });
    expect(events.filter((event) => event === "telemetry.unusable")).to.have.lengthOf(1);
  });

  it("would have it loaded, were it there", async function () {
    this.timeout(30_000);
    expect((await inProcess()).loaded).to.equal(true);
  });
});
