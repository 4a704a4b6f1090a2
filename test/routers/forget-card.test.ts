import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import express, { type Request, type RequestHandler } from "express";
import { memoryStorage } from "../../lib/storage/memory.js";
import { startScriptedAntom, type ScriptedAntom } from "../support/scripted-antom.js";
import { anOrder, startShop, type ShopOptions, type TestShop } from "../support/shop.js";
import { GOOD_CARD } from "../support/simulated-shop.js";

type Kept = Request & { rawBody?: unknown };

const keepsBytes = express.json({
  verify: (req, _res, bytes) => {
    (req as Kept).rawBody = bytes;
  },
});

/** What may run before the kit, as the documents have it and otherwise. */
const PARSERS: Readonly<Record<string, RequestHandler>> = {
  "express.json()": express.json(),
  "an express.json() that keeps the bytes": keepsBytes,
  "express.urlencoded()": express.urlencoded({ extended: false }),
  "express.urlencoded({ extended: true })": express.urlencoded({ extended: true }),
  "express.text()": express.text({ type: () => true }),
  "express.raw()": express.raw({ type: () => true }),
};

const FORM = "application/x-www-form-urlencoded";
const CVV = "9173";
const card = { ...GOOD_CARD, cvv: CVV };

const typeFor = (parser: string): string => (parser.includes("urlencoded") ? FORM : "application/json");

const bodyFor = (parser: string, more: Record<string, unknown> = {}): string => {
  if (typeFor(parser) !== FORM) return JSON.stringify({ orderId: "order-1", method: "card", card, ...more });
  const named = { orderId: "order-1", method: "card", "card[cardNo]": card.cardNo, "card[cvv]": CVV };
  const rest = { "card[expiryMonth]": "12", "card[expiryYear]": "34" };
  return new URLSearchParams({ ...named, ...rest, ...(more as Record<string, string>) }).toString();
};

/** All that can be read from a request: its fields, what is kept of its bytes, and bytes that a parser's `verify` was given. */
const shownOf = (req: Kept, bytes: unknown): string =>
  [req.body, req.rawBody, bytes]
    .map((each) => (Buffer.isBuffer(each) ? each.toString("latin1") : JSON.stringify(each)))
    .join("\n");

for (const [name, parser] of Object.entries(PARSERS)) {
  describe(`a card in a checkout, after ${name}`, () => {
    let gateway: ScriptedAntom;
    let shop: TestShop;
    let server: http.Server | undefined;
    let origin: string;
    let seen: { readonly by: string; readonly what: string }[];

    const start = async (options: ShopOptions = {}): Promise<void> => {
      gateway = await startScriptedAntom();
      seen = [];
      shop = await startShop({
        gateway: gateway.url,
        pciQualified: true,
        order: (req) => {
          seen.push({ by: "order", what: shownOf(req as Kept, (req as Kept).rawBody) });
          return anOrder("order-1");
        },
        ...options,
      });
      const watch: RequestHandler = (req, res, next) => {
        const before: unknown = req.body;
        const bytes = (req as Kept).rawBody;
        res.on("finish", () => {
          seen.push({ by: "a logger", what: shownOf(req, bytes) });
          if (typeof before === "object") seen.push({ by: "who held the body", what: shownOf(req, before) });
        });
        const end = res.end.bind(res);
        res.end = ((...args: Parameters<typeof end>) => {
          seen.push({ by: "a logger in place of end", what: shownOf(req, bytes) });
          return end(...args);
        }) as typeof end;
        next();
      };
      const app = express().use(parser, watch).use("/payments", shop.antom.router);
      server = http.createServer(app).listen(0, "127.0.0.1");
      await new Promise((resolve) => server?.once("listening", resolve));
      origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    };
    afterEach(async () => {
      server?.closeAllConnections();
      server?.close();
      await shop.stop();
      await gateway.stop();
    });

    const post = async (init: { body: string; headers?: Record<string, string>; method?: string }): Promise<number> => {
      const { headers = {}, method = "POST", body } = init;
      const response = await fetch(`${origin}/payments/checkout`, {
        method,
        body,
        headers: { "content-type": typeFor(name), accept: "application/json", ...headers },
      });
      await response.text();
      return response.status;
    };
    const expectNothing = (): void => {
      expect(seen.map(({ by }) => by)).to.include("a logger");
      for (const { by, what } of seen) {
        expect(what, by).not.to.contain(card.cardNo.slice(0, 8));
        expect(what, by).not.to.contain(CVV);
      }
    };

    it("is nowhere on the request while the shop's own code runs, nor afterwards", async () => {
      await start();
      expect(await post({ body: bodyFor(name) })).to.equal(200);
      expect(gateway.calls.map(({ operation }) => operation)).to.include("pay");
      expect(seen.map(({ by }) => by)).to.include("order");
      expectNothing();
    });

    const refusals: Readonly<Record<string, readonly [number, Parameters<typeof post>[0]]>> = {
      "from another site's page": [403, { body: bodyFor(name), headers: { origin: "https://evil.example" } }],
      "for a field that is wrong": [400, { body: bodyFor(name, { installments: 1 }) }],
      "for the method that it lacks": [400, { body: bodyFor(name, { method: "" }) }],
      "with another method": [405, { body: bodyFor(name), method: "PUT" }],
    };
    for (const [why, [status, init]] of Object.entries(refusals)) {
      it(`is nowhere on a request that was refused: ${why}`, async () => {
        await start();
        expect(await post(init)).to.equal(status);
        expectNothing();
      });
    }

    it("is nowhere on a request that was refused: the storage is away", async () => {
      const storage = memoryStorage();
      storage.open = () => Promise.reject(new Error("the database is away"));
      await start({ storage });
      expect(await post({ body: bodyFor(name) })).to.be.within(500, 503);
      expectNothing();
    });
  });
}

describe("a card in a checkout that is too long, or of no kind that is read", () => {
  it("is nowhere on the request", async () => {
    const shop = await startShop({ pciQualified: true });
    const seen: string[] = [];
    const watch: RequestHandler = (req, res, next) => {
      const bytes = (req as Kept).rawBody;
      res.on("finish", () => seen.push(shownOf(req, bytes)));
      next();
    };
    const everything = express.json({
      type: () => true,
      verify: (req, _res, bytes) => {
        (req as Kept).rawBody = bytes;
      },
    });
    const app = express().use(everything, watch).use("/payments", shop.antom.router);
    const server = http.createServer(app).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/payments/checkout`;
    const send = async (type: string, body: object): Promise<number> =>
      (await fetch(url, { method: "POST", headers: { "content-type": type }, body: JSON.stringify(body) })).status;
    expect(await send("application/json", { method: "card", card, note: "x".repeat(17_000) })).to.equal(413);
    expect(await send("text/plain", { method: "card", card })).to.equal(415);
    expect(await send("application/json", [{ method: "card", card }])).to.equal(400);
    expect(seen).to.have.length(3);
    for (const what of seen) expect(what).not.to.contain(CVV).and.not.to.contain(card.cardNo.slice(0, 8));
    server.closeAllConnections();
    server.close();
    await shop.stop();
  });
});
