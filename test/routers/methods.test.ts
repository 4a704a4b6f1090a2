import express, { type Express } from "express";
import { expect } from "chai";
import request from "supertest";
import { createMethods, type Methods, type Offer } from "../../lib/ledger/methods.js";
import type { WaysAllowed } from "../../lib/ledger/way-to-pay.js";
import { systemClock, systemRandom } from "../../lib/ports.js";
import { methodsRoutes, type MethodsRouterParts } from "../../lib/routers/methods.js";
import { routerOf } from "../../lib/routers/route.js";
import type { Amount } from "../../lib/payment/amount.js";
import { SILENCE } from "../gateway/answered.js";

const PARTNER = "https://partner.example";
const CONTRACT = {
  account: "antom",
  koreanManualCapture: false,
  issuerAuthenticationIn: "paymentMethodMetaData",
} as const;
const HOSTED_ONLY: WaysAllowed = { pciQualified: false, storesCards: false, contract: CONTRACT };
const OFFER: Offer = {
  source: "antom",
  cardBrands: [{ cardBrand: "VISA", logoUrl: "https://cdn.example/visa.png" }],
  installments: { cardBrands: [], plans: [{ installmentNum: 3, interval: "MONTH", isInterestFree: false }] },
};

describe("the router of ways to pay", () => {
  const silent = (): void => undefined;
  let asked: Amount[];
  let offer: Offer;

  const parts = (): MethodsRouterParts => ({
    methods: (amount) => {
      asked.push(amount);
      return Promise.resolve(offer);
    },
    ways: HOSTED_ONLY,
    allowedOrigins: new Set([PARTNER]),
    ready: () => Promise.resolve(),
    logger: { debug: silent, info: silent, warn: silent, error: silent },
    random: systemRandom,
  });
  const appWith = (more: Partial<MethodsRouterParts> = {}): Express =>
    express().use("/methods", routerOf(methodsRoutes({ ...parts(), ...more })));
  const get = (query: string, more: Partial<MethodsRouterParts> = {}) => request(appWith(more)).get(`/methods${query}`);

  beforeEach(() => {
    asked = [];
    offer = OFFER;
  });

  it("tells how an amount can be paid, and what Antom offers for it", async () => {
    const answer = await get("?currency=EUR&value=1999");
    expect(answer.status).to.equal(200);
    expect(answer.body).to.deep.equal({ methods: ["hosted"], ...OFFER });
    expect(asked).to.deep.equal([{ currency: "EUR", value: "1999" }]);
    expect(answer.headers).to.include({ "x-content-type-options": "nosniff" });
  });

  it("may be kept by the browser for a minute where Antom said so, and not at all otherwise", async () => {
    expect((await get("?currency=EUR&value=1999")).headers["cache-control"]).to.equal("private, max-age=60");
    for (const source of ["earlier", "none"] as const) {
      offer = { ...OFFER, source };
      expect((await get("?currency=EUR&value=1999")).headers["cache-control"]).to.equal("no-store");
    }
  });

  it("answers all the same when Antom is down", async () => {
    const refuse = (): never => {
      throw new Error("only consult is called here");
    };
    const methods: Methods = createMethods({
      gateway: {
        pay: refuse,
        inquire: refuse,
        cancel: refuse,
        capture: refuse,
        refund: refuse,
        inquireRefund: refuse,
        updateAmount: refuse,
        consult: () => Promise.resolve(SILENCE),
      },
      clock: systemClock,
    });
    const answer = await get("?currency=KRW&value=30000", { methods });
    expect(answer.status).to.equal(200);
    expect(answer.body).to.deep.equal({
      methods: ["hosted", "issuer-authentication"],
      source: "none",
      cardBrands: [],
      installments: { cardBrands: [], plans: [] },
    });
  });

  describe("lists", () => {
    const ALL: WaysAllowed = { pciQualified: true, storesCards: true, contract: CONTRACT };
    const APO: WaysAllowed = { ...ALL, contract: { ...CONTRACT, account: "apo" } };
    for (const [what, ways, currency, expected] of [
      ["Antom's page for every shop", HOSTED_ONLY, "EUR", ["hosted"]],
      ["cards for a shop that is PCI-qualified", { ...HOSTED_ONLY, pciQualified: true }, "EUR", ["hosted", "card"]],
      ["stored cards where they are kept", { ...HOSTED_ONLY, storesCards: true }, "EUR", ["hosted", "stored-card"]],
      ["Korean issuers' pages in won", HOSTED_ONLY, "KRW", ["hosted", "issuer-authentication"]],
      ["all of them", ALL, "KRW", ["hosted", "card", "stored-card", "issuer-authentication"]],
      ["no page of Antom's nor of an issuer's for an orchestration account", APO, "KRW", ["card", "stored-card"]],
    ] as const) {
      it(what, async () => {
        const answer = await get(`?currency=${currency}&value=30000`, { ways });
        expect(answer.body).to.have.property("methods").that.deep.equals(expected);
      });
    }
  });

  for (const [what, query, at] of [
    ["no amount", "", ["/currency", "/value"]],
    ["no value", "?currency=EUR", ["/value"]],
    ["no currency", "?value=1999", ["/currency"]],
    ["a currency in small letters", "?currency=eur&value=1999", ["/currency"]],
    ["a currency that is none", "?currency=EURO&value=1999", ["/currency"]],
    ["a value with a point", "?currency=EUR&value=19.99", ["/value"]],
    ["a value of nought", "?currency=EUR&value=0", ["/value"]],
    ["a value below nought", "?currency=EUR&value=-1", ["/value"]],
    ["a value with a nought before it", "?currency=EUR&value=01999", ["/value"]],
    ["a value of too many digits", `?currency=EUR&value=${"9".repeat(17)}`, ["/value"]],
    ["an empty value", "?currency=EUR&value=", ["/value"]],
    ["two values", "?currency=EUR&value=1&value=2", ["/value"]],
    ["two currencies", "?currency=EUR&currency=USD&value=1", ["/currency"]],
    ["a member it does not know", "?currency=EUR&value=1999&method=card", ["/method"]],
  ] as const) {
    it(`refuses ${what}, and asks nobody`, async () => {
      const answer = await get(query);
      expect(answer.status).to.equal(400);
      expect(answer.body).to.include({ code: "request_invalid" });
      const { problems } = answer.body as { problems: { at: string }[] };
      expect([...new Set(problems.map((problem) => problem.at))]).to.have.members([...at]);
      expect(answer.headers["cache-control"]).to.equal("no-store");
      expect(asked).to.deep.equal([]);
    });
  }

  it("reads a query that nests as one that is wrong", async () => {
    const app = express()
      .set("query parser", "extended")
      .use("/methods", routerOf(methodsRoutes(parts())));
    for (const query of [
      "?currency[a]=EUR&value=1",
      "?currency=EUR&value[]=1",
      "?amount[currency]=EUR&amount[value]=1",
    ]) {
      expect((await request(app).get(`/methods${query}`)).status, query).to.equal(400);
    }
    expect(asked).to.deep.equal([]);
  });

  for (const [what, parser] of [
    ["does not parse queries", false],
    ["parses queries into URLSearchParams", (text: string) => new URLSearchParams(text)],
  ] as const) {
    it(`reads the amount also where the app ${what}`, async () => {
      const app = express()
        .set("query parser", parser)
        .use("/methods", routerOf(methodsRoutes(parts())));
      expect((await request(app).get("/methods?currency=EUR&value=1999")).status).to.equal(200);
      expect((await request(app).get("/methods?currency=EUR&value=1&value=2")).status).to.equal(400);
      expect((await request(app).get("/methods?currency=EUR&value=1&__proto__=2")).status).to.equal(400);
      expect(asked).to.deep.equal([{ currency: "EUR", value: "1999" }]);
    });
  }

  it("lets scripts of allowed origins read the answer, and no others", async () => {
    const query = "?currency=EUR&value=1999";
    const theirs = await get(query).set("Origin", PARTNER);
    expect(theirs.headers).to.include({ "access-control-allow-origin": PARTNER, vary: "Origin" });
    const strange = await get(query).set("Origin", "https://stranger.example");
    expect(strange.headers).not.to.have.property("access-control-allow-origin");
    const before = await request(appWith()).options("/methods").set("Origin", PARTNER);
    expect(before.status).to.equal(204);
    expect(before.headers).to.include({
      "access-control-allow-methods": "GET",
      "access-control-allow-origin": PARTNER,
    });
  });

  it("accepts no other method of HTTP", async () => {
    const answer = await request(appWith()).post("/methods?currency=EUR&value=1999");
    expect(answer.status).to.equal(405);
    expect(answer.headers["allow"]).to.equal("GET, OPTIONS, HEAD");
    expect((await request(appWith()).head("/methods?currency=EUR&value=1999")).status).to.equal(200);
  });
});
