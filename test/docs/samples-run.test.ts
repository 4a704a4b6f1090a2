import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { installedShop, outputOf, type InstalledShop } from "./installed.js";
import { page, ROOT } from "./pages.js";
import { sampleFiles } from "./sample-files.js";
import { sharedPostgres } from "../support/postgres.js";
import { shopKeys } from "./shop.js";

/** Samples that take a port, wait for a buyer or are the whole of a program are not for running side by side. */
const ALONE = /\blisten\(|\bfetch\(|\bwaitFor\(|\bdescribe\(|\bstorageConformance\(/;

describe("the samples of the pages, in a shop that has installed the package", () => {
  let shop: InstalledShop;

  before(() => {
    shop = installedShop();
  });
  after(() => {
    shop.remove();
  });

  it("run", async function () {
    this.timeout(60_000);
    const database = await (await sharedPostgres()).database();
    const DATABASE_URL = database.connectionString;
    const files = sampleFiles(pathToFileURL(path.join(ROOT, "test/docs/shop.ts")).href);
    const running = files.filter(({ sample }) => !ALONE.test(sample.code));
    expect(running.length).to.be.greaterThan(25);
    for (const { name, text } of running) shop.write(name, text);
    const steps = running.map(
      ({ name, sample }) =>
        `await import("./${name}").catch((error) => { failed = true; console.error("${sample.page}:${sample.line}", error); });`,
    );
    shop.write("all.mjs", ["let failed = false;", ...steps, "process.exit(failed ? 1 : 0);", ""].join("\n"));
    const output = outputOf(
      shop.run(["all.mjs"], { ANTOM_PRIVATE_KEY: shopKeys.privateKey, DATABASE_URL, OWNER_URL: DATABASE_URL }),
    );
    const code = await output.ended;
    await database.drop();
    expect(code, output.text).to.equal(0);
  });

  it("pass, where they are tests", async function () {
    this.timeout(60_000);
    const sample = page("docs/testing.md").samples.find(({ code }) => code.includes("describe("));
    shop.write("shop.test.mts", sample?.code ?? "");
    const output = outputOf(shop.run(["node_modules/mocha/bin/mocha.js", "--exit", "shop.test.mts"]));
    expect(await output.ended, output.text).to.equal(0);
    expect(output.text).to.include("2 passing");
  });
});
