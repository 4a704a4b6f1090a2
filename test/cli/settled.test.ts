import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { startShopAtWork, type ShopAtWork } from "./shop-at-work.js";

const NEVER = "new Promise(() => undefined)";

/** What is over before the program gives up, and keeps no process alive. */
const SLOW = "new Promise((resolve) => setTimeout(resolve, 500).unref())";

describe("a promise of the shop's modules", function () {
  this.timeout(90_000);
  let shop: ShopAtWork;

  before(async () => {
    shop = await startShopAtWork({ worker: false });
  });
  after(() => shop.stop());

  const migrated = (name: string) => shop.run("migrate", "--config", name);

  it("that never settles is a failure, and no success, where nothing else keeps the program going", async () => {
    shop.write("never.mjs", `export default () => ${NEVER};`);
    shop.write("never-loaded.mjs", `await ${NEVER}; export default {};`);
    const memory = pathToFileURL(path.join(__dirname, "../../lib/storage/memory.ts")).href;
    const start = `Object.assign((await import("${memory}")).memoryStorage(), { start: () => ${NEVER} })`;
    shop.configure("never-started.mjs", {}, `storage: ${start},`);
    const [made, loaded, json, started, checked] = await Promise.all([
      migrated("never.mjs"),
      migrated("never-loaded.mjs"),
      shop.json("check", "--config", "never.mjs"),
      migrated("never-started.mjs"),
      shop.run("check", "--config", "never-started.mjs"),
    ]);
    for (const [{ status, err }, file] of [
      [made, "never.mjs"],
      [loaded, "never-loaded.mjs"],
    ] as const) {
      expect(status, err).to.equal(3);
      expect(err).to.include(`${file} could not be loaded: a promise it waits for never settled`);
    }
    expect(json.status).to.equal(3);
    expect(json.document).to.have.nested.property("error.code", "not_configured");
    for (const { status, err } of [started, checked]) {
      expect(status, err).to.equal(5);
      expect(err).to.include("look before giving the command again");
    }
  });

  it("is waited for, though nothing keeps the program going but a timer that does not", async () => {
    shop.write(
      "slow.mjs",
      `import options from "./antom.config.mjs"; await ${SLOW};\nexport default async () => { await ${SLOW}; return options; };`,
    );
    const { status, out, err } = await migrated("slow.mjs");
    expect(status, err).to.equal(0);
    expect(out).to.include("The storage is ready");
  });
});
