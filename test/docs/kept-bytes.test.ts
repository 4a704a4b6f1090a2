import { runInNewContext } from "node:vm";
import { expect } from "chai";
import express from "express";
import request from "supertest";
import { createAntom } from "../../lib/index.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import { signedNotification } from "../../lib/testing.js";
import { page } from "./pages.js";
import { antomKeys, shop } from "./shop.js";

describe("the express.json() of docs/options.md that keeps the bytes", () => {
  for (const path of ["/payments/notify", "/Payments/Notify", "/payments/NOTIFY/", "/payments/notify?from=antom"]) {
    it(`lets a notification be verified that comes to ${path}`, async () => {
      const sample = page("docs/options.md").samples.find(({ code }) => code.includes("rawBody: bytes"));
      const app = express();
      const antom = createAntom({ ...shop, storage: memoryStorage() });
      runInNewContext(sample?.code ?? "", { app, express, antom });
      // Acknowledged where it was verified; of one that was not nothing could be asked.
      const { headers, body } = await signedNotification({
        url: `${shop.publicUrl}/notify`,
        clientId: shop.clientId,
        privateKey: antomKeys.privateKey,
        body: { notifyType: "SOMETHING_NEW", paymentRequestId: "1" },
      });
      const answer = await request(app)
        .post(path)
        .set({ ...headers })
        .send(body);
      expect(answer.status, answer.text).to.equal(200);
      await antom.stop();
    });
  }
});
