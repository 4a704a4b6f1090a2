import { pathToFileURL } from "node:url";
import { expect } from "chai";
import type { Operation } from "../../lib/index.js";
import { startShopAtWork, type ShopAtWork } from "./shop-at-work.js";

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
});
