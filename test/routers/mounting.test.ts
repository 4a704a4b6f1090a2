import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import express from "express";
import { createAntom, type AntomOptions } from "../../lib/index.js";
import { VALID } from "../configuration/options.js";
import { MOUNTINGS, startShop } from "../support/shop.js";

/** What is logged when a page of the shop's loads the script from where the router is mounted. */
async function warnings(mountedAt: string, options: Partial<AntomOptions>, app = express()): Promise<string[]> {
  const said: string[] = [];
  const nothing = (): void => undefined;
  const antom = createAntom({
    ...VALID,
    worker: false,
    logger: { debug: nothing, info: nothing, error: nothing, warn: (_fields, message) => said.push(message) },
    ...options,
  });
  app.use(mountedAt, antom.router);
  const server = http.createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const path = mountedAt === "/" ? "" : mountedAt;
  for (const route of ["checkout.js", "methods", "checkout.js"]) {
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect((await fetch(`${origin}${path}/${route}`)).status).to.not.equal(404);
  }
  server.close();
  await antom.stop();
  return said;
}

describe("a router that is mounted elsewhere than publicUrl says", () => {
  it("says so once", async () => {
    const [said, ...more] = await warnings("/pay", { publicUrl: "https://shop.example/payments/" });
    expect(said).to.contain("antom.router is mounted at /pay, but publicUrl says /payments");
    expect(more).to.deep.equal([]);
  });

  for (const [mountedAt, publicUrl] of [
    ["/payments", "https://shop.example"],
    ["/v1/payments", "https://shop.example/payments"],
    ["/payments", "https://shop.example/payments/v1"],
  ] as const) {
    it(`is noticed at ${mountedAt} of ${publicUrl}`, async () => {
      expect(await warnings(mountedAt, { publicUrl })).to.have.lengthOf(1);
    });
  }

  for (const [mountedAt, publicUrl] of [
    ["/payments", "https://shop.example/payments"],
    ["/Payments", "https://shop.example/payments/"],
    ["/", "https://shop.example"],
    ["/", "https://pay.example/behind/a/proxy"],
    ["/payments", "https://shop.example/shop/payments"],
  ] as const) {
    it(`is none at ${mountedAt} of ${publicUrl}`, async () => {
      expect(await warnings(mountedAt, { publicUrl })).to.deep.equal([]);
    });
  }

  it("is none where each route that is asked for has a URL of its own", async () => {
    const urls = { script: "https://cdn.example/pay.js", methods: "https://shop.example/ways" };
    expect(await warnings("/pay", { urls })).to.deep.equal([]);
  });

  for (const mounting of MOUNTINGS) {
    it(`is none where it is mounted as ${mounting}`, async () => {
      const shop = await startShop({ mounting, worker: false });
      await fetch(shop.urls.script);
      await shop.stop();
      expect(shop.log.filter(({ fields }) => fields["event"] === "router.misplaced")).to.deep.equal([]);
    });
  }
});
