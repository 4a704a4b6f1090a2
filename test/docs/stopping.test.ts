import { once } from "node:events";
import { connect } from "node:net";
import { expect } from "chai";
import { ANTOM_KEYS, SHOP_KEYS } from "../support/keys.js";
import { installedShop, outputOf, type InstalledShop } from "./installed.js";
import { PAGES, page, section } from "./pages.js";

/** From the first line of the handler to its last. */
const HANDLER = /^process\.once\("SIGTERM".*?^\}\);$/ms;
/** After how long it closes what is left. */
const BOUND = /closeAllConnections\(\), ([\d_]+)\)/;

const handlers = PAGES.flatMap(({ name, samples }) =>
  samples.flatMap(({ code }) => (HANDLER.exec(code) ?? []).map((handler) => ({ name, handler }))),
);
const boundOf = (handler: string): number => Number(BOUND.exec(handler)?.[1]?.replaceAll("_", ""));

const shopWith = (handler: string): string => `
import express from "express";
import { createAntom } from "express-antom";
import { memoryStorage } from "express-antom/storage/memory";

const antom = createAntom({
  clientId: "SANDBOX_X",
  privateKey: ${JSON.stringify(SHOP_KEYS.privateKey)},
  antomPublicKey: ${JSON.stringify(ANTOM_KEYS.publicKey)},
  gateway: "http://127.0.0.1:9",
  publicUrl: "http://127.0.0.1:3000/payments",
  secret: "a secret of the tests, long enough",
  storage: memoryStorage(),
  order: () => undefined,
  hooks: {},
  logger: false,
});
const pool = { end: () => undefined };
const app = express();
app.use("/payments", antom.router);
app.get("/slow", (_req, res) => {
  setTimeout(() => res.send("answered"), 400);
  console.log("asked");
});
await antom.start();
const server = app.listen(0, "127.0.0.1", () => console.log("port " + server.address().port));
${handler}
process.once("exit", () => console.log("ended"));
`;

describe("the way to stop that the pages show", () => {
  let folder: InstalledShop;

  before(() => {
    folder = installedShop();
  });
  after(() => {
    folder.remove();
  });

  it("is the same everywhere, and leaves a call to Antom the longest time that it may take", () => {
    expect(handlers.map(({ name }) => name)).to.have.members(["docs/instances.md", "docs/options.md"]);
    const [, longest] = /to (\d+)`/.exec(section(page("docs/options.md"), "gatewayTimeout")) ?? [];
    for (const { name, handler } of handlers) expect(boundOf(handler), name).to.be.greaterThan(Number(longest));
    const alike = handlers.map(({ handler }) => handler.match(/^ {2}set.*$/gm));
    expect(alike[0]).to.have.lengthOf(2);
    for (const timers of alike) expect(timers).to.deep.equal(alike[0]);
  });

  for (const { name, handler } of handlers) {
    it(`(${name}) ends the shop though somebody is connected who says nothing, and answers who is being answered`, async () => {
      folder.write("shop.mjs", shopWith(handler.replace(BOUND, "closeAllConnections(), 1_500)")));
      const shop = folder.run(["shop.mjs"]);
      const output = outputOf(shop);
      const said = async (what: RegExp): Promise<string> => {
        for (;;) {
          const found = what.exec(output.text)?.[0];
          if (found !== undefined) return found;
          if (shop.exitCode !== null) throw new Error(output.text);
          await Promise.race([once(shop.stdout, "data"), output.ended]);
        }
      };
      try {
        const port = Number((await said(/port \d+/)).split(" ")[1]);
        const silent = connect(port, "127.0.0.1");
        silent.on("error", () => undefined);
        await once(silent, "connect");
        const answered = fetch(`http://127.0.0.1:${port}/slow`).then((response) => response.text());
        await said(/asked/);
        shop.kill("SIGTERM");
        expect(await answered).to.equal("answered");
        expect(await output.ended, output.text).to.equal(0);
        expect(output.text).to.match(/ended\n$/);
        silent.destroy();
      } finally {
        shop.kill("SIGKILL");
      }
    });
  }
});
