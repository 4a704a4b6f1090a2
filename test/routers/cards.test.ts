import { randomBytes } from "node:crypto";
import express, { type Express } from "express";
import { expect } from "chai";
import request from "supertest";
import { AntomError } from "../../lib/errors.js";
import { createCardSeal } from "../../lib/ledger/card-seal.js";
import { createCards, type Cards } from "../../lib/ledger/cards.js";
import { Secret } from "../../lib/payment/secret.js";
import { systemRandom } from "../../lib/ports.js";
import { cardsRoutes, type CardsRouterParts } from "../../lib/routers/cards.js";
import { routerOf } from "../../lib/routers/route.js";
import { createOriginCheck } from "../../lib/routers/origin.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import type { Storage } from "../../lib/storage/storage.js";
import { sampleCard } from "../../lib/storage/conformance/cards.js";

const SHOP = "https://shop.example";
const PARTNER = "https://partner.example";
const STRANGER = "https://stranger.example";
const TOKEN = "ALIPAYcanaryToken==";

describe("the router of stored cards", () => {
  const silent = (): void => undefined;
  let failures: unknown[];
  const logger = {
    debug: silent,
    info: silent,
    warn: silent,
    error: (fields: object) => {
      failures.push(fields);
    },
  };
  const seal = createCardSeal([randomBytes(32)], systemRandom);
  let storage: Storage;
  let cards: Cards;

  const parts = (): CardsRouterParts => ({
    cards,
    buyer: (req) => req.get("x-user"),
    mayCheckOut: createOriginCheck(SHOP, [PARTNER]),
    allowedOrigins: new Set([PARTNER]),
    ready: () => Promise.resolve(),
    logger,
    random: systemRandom,
  });
  const appOf = (given: CardsRouterParts): Express => express().use("/payments/cards", routerOf(cardsRoutes(given)));
  const appWith = (more: Partial<CardsRouterParts> = {}): Express => appOf({ ...parts(), ...more });

  const put = async (id: string, buyer: string, createdAt: number): Promise<void> => {
    const sealedToken = seal.seal(new Secret(TOKEN), { id, buyer });
    await storage.cards.put(sampleCard(id, { buyer, createdAt, sealedToken, networkTransactionId: "MCC-1" }));
  };

  const as = (user: string) => ({ "x-user": user });

  beforeEach(async () => {
    failures = [];
    storage = memoryStorage();
    await storage.start();
    cards = createCards({ storage, seal, logger });
    await put("CARD1", "ann", 1);
    await put("CARD2", "ann", 2);
    await put("CARD3", "bob", 3);
  });

  it("lists the buyer's own cards, newest first, and nothing of them that could be charged", async () => {
    const answer = await request(appWith()).get("/payments/cards").set(as("ann"));
    expect(answer.status).to.equal(200);
    expect(answer.body).to.deep.equal({
      cards: [
        { id: "CARD2", cardBrand: "VISA", lastFour: "1111" },
        { id: "CARD1", cardBrand: "VISA", lastFour: "1111" },
      ],
    });
    expect(answer.get("cache-control")).to.equal("no-store");
    expect(answer.get("x-content-type-options")).to.equal("nosniff");
    expect(answer.text).not.to.match(/MCC|v1\.|ALIPAY|ann/);
    expect((await request(appWith()).get("/payments/cards/").set(as("carol"))).body).to.deep.equal({ cards: [] });
    expect((await request(appWith()).head("/payments/cards").set(as("ann"))).status).to.equal(200);
  });

  it("forgets a card for good", async () => {
    const app = appWith();
    const answer = await request(app).delete("/payments/cards/CARD1").set(as("ann"));
    expect(answer.status).to.equal(204);
    expect(answer.text).to.equal("");
    expect(answer.get("cache-control")).to.equal("no-store");
    expect(await storage.cards.get("CARD1")).to.equal(undefined);
    expect((await cards.list("ann")).map(({ id }) => id)).to.deep.equal(["CARD2"]);
    expect((await request(app).delete("/payments/cards/CARD1").set(as("ann"))).status).to.equal(404);
  });

  it("forgets no other buyer's card, and does not tell that it exists", async () => {
    const theirs = await request(appWith()).delete("/payments/cards/CARD3").set(as("ann"));
    const nobodys = await request(appWith()).delete("/payments/cards/CARD9").set(as("ann"));
    expect(theirs.status).to.equal(404);
    expect(theirs.body).to.have.property("code", "card_not_found");
    expect(theirs.body).to.deep.equal(nobodys.body);
    expect(await storage.cards.get("CARD3")).not.to.equal(undefined);
  });

  it("answers strange ids like any that is not there", async () => {
    for (const id of [
      "%00",
      "CARD1%00",
      "..%2F..%2Fcards",
      "__proto__",
      "%F0%9F%8E%81",
      "A".repeat(2000),
      "CARD1.json",
    ]) {
      const answer = await request(appWith()).delete(`/payments/cards/${id}`).set(as("ann"));
      expect(answer.status, id).to.equal(404);
    }
    expect(await cards.list("ann")).to.have.lengthOf(2);
  });

  it("asks who is there first, for either", async () => {
    for (const call of [
      request(appWith()).get("/payments/cards"),
      request(appWith()).delete("/payments/cards/CARD1"),
    ]) {
      const answer = await call;
      expect(answer.status).to.equal(401);
      expect(answer.type).to.equal("application/problem+json");
      expect(answer.body).to.have.property("code", "buyer_unknown");
    }
    const { buyer: _buyer, ...nobodyAsks } = parts();
    const app = appOf(nobodyAsks);
    expect((await request(app).get("/payments/cards").set(as("ann"))).status).to.equal(401);
    expect((await request(app).delete("/payments/cards/CARD1").set(as("ann"))).status).to.equal(401);
    expect(await storage.cards.get("CARD1")).not.to.equal(undefined);
  });

  it("has no cards where the shop keeps none", async () => {
    const app = appWith({ cards: undefined });
    expect((await request(app).get("/payments/cards").set(as("ann"))).body).to.deep.equal({ cards: [] });
    expect((await request(app).delete("/payments/cards/CARD1").set(as("ann"))).status).to.equal(404);
    expect((await request(app).get("/payments/cards")).status).to.equal(401);
  });

  it("keeps to itself why the shop's function or the storage failed", async () => {
    const failing = appWith({ buyer: () => Promise.reject(new Error("a canary of the sessions")) });
    const first = await request(failing).get("/payments/cards").set("accept", "text/html");
    expect(first.status).to.equal(500);
    expect(first.type).to.equal("application/problem+json");
    expect(first.text).not.to.include("canary");
    const down = appWith({
      ready: () => Promise.reject(new AntomError("storage_unavailable", "a canary of the disk")),
    });
    const second = await request(down).get("/payments/cards").set(as("ann"));
    expect(second.status).to.equal(503);
    expect(second.text).not.to.include("canary");
    expect(failures).to.have.lengthOf(2);
  });

  it("takes no other method", async () => {
    const list = await request(appWith()).post("/payments/cards").set(as("ann"));
    expect(list.status).to.equal(405);
    expect(list.get("allow")).to.equal("GET, OPTIONS, HEAD");
    const one = await request(appWith()).get("/payments/cards/CARD1").set(as("ann"));
    expect(one.status).to.equal(405);
    expect(one.get("allow")).to.equal("DELETE, OPTIONS");
  });

  describe("for pages of other origins", () => {
    it("forgets a card for the shop's own pages and those it allows", async () => {
      for (const [id, headers] of [
        ["CARD1", { origin: SHOP, "sec-fetch-site": "same-origin" }],
        ["CARD2", { origin: PARTNER, "sec-fetch-site": "cross-site" }],
      ] as const) {
        const answer = await request(appWith()).delete(`/payments/cards/${id}`).set(as("ann")).set(headers);
        expect(answer.status).to.equal(204);
      }
    });

    it("forgets none for anybody else's, a sibling subdomain and a sandboxed frame included", async () => {
      let asked = 0;
      const app = appWith({
        buyer: () => {
          asked++;
          return "ann";
        },
      });
      const foreign: Record<string, string>[] = [
        { origin: STRANGER },
        { origin: "null" },
        { "sec-fetch-site": "cross-site" },
        { origin: "https://blog.shop.example", "sec-fetch-site": "same-site" },
        { referer: `${STRANGER}/page` },
      ];
      for (const headers of foreign) {
        const answer = await request(app).delete("/payments/cards/CARD1").set(headers);
        expect(answer.status).to.equal(403);
        expect(answer.body).to.have.property("code", "origin_refused");
      }
      expect(asked).to.equal(0);
      expect(await storage.cards.get("CARD1")).not.to.equal(undefined);
    });

    it("lets a script of an allowed origin read, with the buyer's cookies, and no other's", async () => {
      const allowed = await request(appWith()).get("/payments/cards").set(as("ann")).set("origin", PARTNER);
      expect(allowed.get("access-control-allow-origin")).to.equal(PARTNER);
      expect(allowed.get("access-control-allow-credentials")).to.equal("true");
      expect(allowed.get("vary")).to.match(/\bOrigin\b/);
      for (const origin of [STRANGER, "null", `${PARTNER}.stranger.example`, undefined]) {
        const call = request(appWith()).get("/payments/cards").set(as("ann"));
        const answer = await (origin === undefined ? call : call.set("origin", origin));
        expect(answer.get("access-control-allow-origin")).to.equal(undefined);
        expect(answer.get("access-control-allow-credentials")).to.equal(undefined);
        expect(answer.get("vary")).to.match(/\bOrigin\b/);
      }
      const refused = await request(appWith()).get("/payments/cards").set("origin", PARTNER);
      expect(refused.status).to.equal(401);
      expect(refused.get("access-control-allow-origin")).to.equal(PARTNER);
    });

    it("tells browsers beforehand what an allowed origin may send", async () => {
      for (const [path, method] of [
        ["", "GET"],
        ["/CARD1", "DELETE"],
      ] as const) {
        const preflight = (origin: string) =>
          request(appWith()).options(`/payments/cards${path}`).set({ origin, "access-control-request-method": method });
        const allowed = await preflight(PARTNER);
        expect(allowed.status).to.equal(204);
        expect(allowed.get("access-control-allow-methods")).to.equal(method);
        expect(allowed.get("access-control-allow-origin")).to.equal(PARTNER);
        expect((await preflight(STRANGER)).get("access-control-allow-origin")).to.equal(undefined);
      }
    });
  });
});
