import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import express, { type Express } from "express";
import type { Antom } from "../../lib/index.js";
import { signedNotification } from "../../lib/testing.js";
import { ANTOM_KEYS, CLIENT_ID } from "../support/keys.js";
import { startOperations, type OperationsShop } from "./operations-shop.js";

const MOUNTED: Readonly<Record<string, (app: Express, antom: Antom) => void>> = {
  "antom.notify": (app, antom) => app.use("/hooks/notify", antom.notify),
  "antom.router": (app, antom) => app.use("/hooks", antom.router),
};

describe("a notify URL with a slash at its end, the same on Antom's dashboard", function () {
  this.timeout(20_000);
  let server: Server;
  let shop: OperationsShop;
  let app: Express;
  let notify: string;

  beforeEach(async () => {
    app = express();
    server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    notify = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/notify/`;
    shop = await startOperations({ urls: { notify } }, { notifyUrl: notify });
  });
  afterEach(async () => {
    await shop.stop();
    server.closeAllConnections();
    server.close();
  });

  for (const [what, mount] of Object.entries(MOUNTED)) {
    it(`brings the dashboard's notifications and those of each payment to ${what}`, async () => {
      const { payments, simulator, later, told } = shop;
      mount(app, shop.shop.antom);
      const id = await shop.authorized();
      await payments.capture(id);
      await later(0);
      simulator.dispute(id);
      await later(0);
      expect(told(id)).to.include("dispute.opened");
      const sent = simulator.notifications();
      expect(new Set(sent.map(({ url }) => url))).to.deep.equal(new Set([notify]));
      for (const { body } of sent) {
        const parts = { clientId: CLIENT_ID, privateKey: ANTOM_KEYS.privateKey, body: Object(body) as object };
        const signed = await signedNotification({ url: notify, ...parts });
        expect((await fetch(notify, signed)).status).to.equal(200);
      }
    });
  }
});
