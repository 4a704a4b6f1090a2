import { expect } from "chai";
import express, { type ErrorRequestHandler, type Express } from "express";
import request from "supertest";
import { anOrder, MOUNTINGS, startShop, type TestShop } from "../support/shop.js";
import { startBackOffice, type BackOffice } from "./operations/back-office.js";

const JSON_ONLY = { accept: "application/json" };
const HTML = { accept: "text/html" };
const STACK = /URIError|node_modules|\bat \w/;

/** What a shop does with its own errors. */
const shopsOwn: ErrorRequestHandler = (error: unknown, _req, res, _next) => {
  res.status(418).json({ told: error instanceof Error ? error.message : "" });
};

describe("an id that cannot be decoded", () => {
  for (const mounting of MOUNTINGS) {
    it(`is answered by the kit: ${mounting}`, async () => {
      const shop = await startShop({ mounting, worker: false });
      for (const name of ["status", "return", "redirect", "cards"] as const) {
        for (const id of ["%ZZ", "PAY%", "%E0%A4%A"]) {
          const method = name === "cards" ? "DELETE" : "GET";
          const answer = await fetch(`${shop.urls[name]}/${id}?token=x`, { method, headers: JSON_ONLY });
          const text = await answer.text();
          expect(answer.status, `${name} ${text}`).to.equal(400);
          expect(answer.headers.get("content-type")).to.contain("application/problem+json");
          expect(JSON.parse(text)).to.include({ code: "request_invalid", status: 400 });
          expect(text).to.not.match(STACK);
        }
      }
      const page = await fetch(`${shop.urls.return}/%ZZ`, { headers: HTML });
      expect(page.status).to.equal(400);
      expect(page.headers.get("content-security-policy")).to.contain("default-src 'none'");
      expect(await page.text())
        .to.contain("<!doctype html>")
        .and.not.match(STACK);
      await shop.stop();
    });
  }

  describe("leaves the shop its own errors", () => {
    let shop: TestShop;
    before(async () => {
      shop = await startShop({ worker: false });
      shop.orders.set("order-1", anOrder("order-1"));
    });
    after(() => shop.stop());

    const get = (app: Express, path: string) => request(app).get(path).set(JSON_ONLY);

    it("raised before the kit's routers", async () => {
      const app = express()
        .use((_req, _res, next) => {
          next(new URIError("the shop's own"));
        })
        .use("/payments", shop.antom.router)
        .use("/standing", shop.antom.status)
        .use("/admin/payments", shop.antom.operations)
        .use(shopsOwn);
      for (const path of ["/payments/status/PAY1", "/payments/status/%ZZ", "/standing/%ZZ", "/admin/payments/%ZZ"]) {
        const answer = await get(app, path);
        expect(answer.status, path).to.equal(418);
        expect(answer.body, path).to.deep.equal({ told: "the shop's own" });
      }
    });

    it("of its own routes, beside the kit's", async () => {
      const app = express()
        .use("/payments", shop.antom.router)
        .use("/admin", shop.antom.operations)
        .use(shop.antom.router)
        .get(["/articles/:id", "/payments/invoices/:id", "/admin/articles/:id"], (_req, res) => res.json({}))
        .use(shopsOwn);
      for (const path of ["/articles", "/payments/invoices", "/admin/articles"]) {
        expect((await get(app, `${path}/%ZZ`)).status, path).to.equal(418);
        expect((await get(app, `${path}/1`)).status, path).to.equal(200);
      }
    });
  });

  describe("in the back office", () => {
    let office: BackOffice;
    before(async () => {
      office = await startBackOffice();
    });
    after(() => office.stop());

    it("is answered with a problem document to scripts, and with words to people", async () => {
      for (const path of ["/%ZZ", "/%ZZ/confirm?kind=void", "/jobs/%ZZ"]) {
        const answer = await office.ask(path);
        const text = await answer.text();
        expect(answer.status, path).to.equal(400);
        expect(answer.headers.get("content-type")).to.contain("application/problem+json");
        expect(JSON.parse(text)).to.include({ code: "request_invalid" });
        const page = await office.page(path);
        const words = await page.text();
        expect(page.status, path).to.equal(400);
        expect(page.headers.get("content-security-policy")).to.contain("default-src 'none'");
        for (const told of [text, words]) expect(told).to.not.match(STACK);
      }
      for (const path of ["/%ZZ/capture", "/events/%ZZ/redeliver", "/jobs/%ZZ/stop"]) {
        expect((await office.ask(path, { method: "POST" })).status, path).to.equal(400);
      }
    });

    it("tells strangers nothing", async () => {
      for (const path of ["/%ZZ", "/%ZZ/capture", "/jobs/%ZZ"]) {
        const answer = await office.ask(path, { staff: "nobody" });
        expect(answer.status, path).to.equal(403);
        expect(await answer.json()).to.include({ code: "operations_forbidden" });
      }
    });
  });
});
