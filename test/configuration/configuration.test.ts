import { expect } from "chai";
import { configure, OPTION_NAMES } from "../../lib/configuration/configuration.js";
import { AntomError } from "../../lib/errors.js";
import type { AntomOptions } from "../../lib/options.js";
import { ANTOM_KEYS, SHOP_KEYS, STRANGER_KEYS } from "../support/keys.js";
import { configured, problemsWith, VALID } from "./options.js";

const SHORT = "too short";
const SECRET = "0123456789abcdef0123456789abcdef";

/** Each option with what may be wrong with it, and what is said then. */
const WRONG: Readonly<Record<string, readonly (readonly [unknown, RegExp])[]>> = {
  clientId: [
    [undefined, /client id from Antom's dashboard/],
    ["", /client id/],
    [5, /client id/],
    ["with space", /client id/],
    ["5X\r\nx: y", /client id/],
    ["x".repeat(129), /client id/],
    ['"5Y00SHOP"', /^this has a quote mark around it/],
    ["'SANDBOX_5Y00SHOP'", /^this has a quote mark around it/],
    ["\u201c5Y00SHOP\u201d", /^this has a quote mark around it/],
    ["5Y00SHOP`", /^this has a quote mark around it/],
    ["sandbox_5Y00shop", /in capitals.*did you mean "SANDBOX_5Y00shop"\?$/],
    ["Sandbox_5Y00SHOP", /in capitals.*did you mean "SANDBOX_5Y00SHOP"\?$/],
  ],
  beforeHoldEnds: [
    ["refund", /"capture" or "void"/],
    [true, /"capture" or "void"/],
  ],
  authorize: [
    ["manage", /function of a request/],
    [true, /function of a request/],
  ],
  privateKey: [
    [undefined, /private key is empty.*environment variable/],
    ["", /empty/],
    ["nonsense!", /neither PEM nor base64/],
    [ANTOM_KEYS.publicKey, /this is a public key/],
    [SHOP_KEYS.privateKey.slice(0, 400), /cut short/],
  ],
  antomPublicKey: [
    [undefined, /public key is empty/],
    [7, /must be text/],
    [Buffer.from("key"), /must be text/],
    [{ "1": Buffer.from("key") }, /^version 1: .*must be text/],
    ["nonsense!", /neither PEM nor base64/],
    [SHOP_KEYS.privateKey, /this is a private key/],
    [SHOP_KEYS.publicKey, /public half of privateKey/],
    [{}, /by their version/],
    [[ANTOM_KEYS.publicKey], /by their version/],
    [{ latest: ANTOM_KEYS.publicKey }, /by their version/],
    [{ "1": ANTOM_KEYS.publicKey, "2": "nonsense!" }, /version 2: this is neither PEM/],
    [{ "1": ANTOM_KEYS.publicKey, "2": undefined }, /version 2: the public key is empty/],
    [{ "1": ANTOM_KEYS.publicKey, "2": SHOP_KEYS.publicKey }, /public half of privateKey/],
  ],
  keyVersion: [
    [1, /number in digits/],
    ["", /number in digits/],
    ["one", /number in digits/],
    ["1234567890", /number in digits/],
  ],
  gateway: [
    [undefined, /one of "asia", "europe", "north-america", or an https URL/],
    ["asian", /did you mean "asia"/],
    ["Europe", /did you mean "europe"/],
    ["http://127.antom.example", /must be one of/],
    ["north america", /did you mean "north-america"/],
    ["constructor", /must be one of/],
    ["http://open-sea-global.alipay.com", /https URL/],
    ["https://open-sea-global.alipay.com/ams/api", /without a path/],
    ["https://open-sea-global.alipay.com/?x=1", /without a path/],
    ["https://user:pass@open-sea-global.alipay.com", /https URL/],
  ],
  publicUrl: [
    [undefined, /https URL where antom.router is mounted/],
    ["shop.example/payments", /https URL/],
    ["/payments", /https URL/],
    ["http://shop.example/payments", /https URL/],
    ["https://shop.example/payments?x=1", /https URL/],
    ["https://shop.example/payments#x", /https URL/],
    ["https://user:pass@shop.example/", /https URL/],
    ["javascript:alert(1)", /https URL/],
  ],
  secret: [
    [undefined, /at least 32 characters.*environment variable/],
    ["", /at least 32/],
    [SHORT, /at least 32/],
    [[], /at least 32/],
    [[SECRET, SHORT], /at least 32/],
    [[SECRET, undefined], /at least 32/],
    [{ length: 40 }, /at least 32/],
  ],
  storage: [
    [undefined, /must say where payments are kept/],
    ["payments.db", /must say where payments are kept/],
    [{}, /must say where payments are kept/],
    [Object.assign(Object.create(VALID.storage), { claim: undefined, settle: true }), /lacks claim, settle/],
  ],
  order: [
    [undefined, /must be a function/],
    [{ orderId: "1" }, /must be a function/],
  ],
  hooks: [
    [[() => undefined], /./],
    ["x", /object of functions/],
    [null, /object of functions/],
    [() => undefined, /object of functions/],
  ],
  resultPage: [["https://shop.example/done", /must be a function/]],
  shopUrl: [
    ["shop.example", /https URL/],
    ["http://shop.example", /https URL/],
    ["javascript:alert(1)", /https URL/],
    [null, /https URL/],
  ],
  allowedOrigins: [
    ["https://shop.example", /array of origins/],
    [["https://shop.example/"], /without a path/],
    [["https://shop.example/path"], /without a path/],
    [["*"], /array of origins/],
    [["null"], /array of origins/],
    [["http://shop.example"], /array of origins/],
    [[undefined], /array of origins/],
    [["https://shop.example", null], /array of origins/],
  ],
  settlementCurrency: [
    ["eur", /three upper-case letters/],
    ["EURO", /three upper-case letters/],
    [978, /three upper-case letters/],
  ],
  merchantAccountId: [
    ["", /at most 32/],
    ["x".repeat(33), /at most 32/],
    ["店", /characters of ASCII/],
    [5, /at most 32/],
  ],
  agentToken: [
    ["", /at most 128/],
    ["x".repeat(129), /at most 128/],
    ["with\nline", /characters of ASCII/],
    [5, /at most 128/],
  ],
  worker: [
    ["false", /true or false/],
    [0, /true or false/],
  ],
  pollInterval: [
    ["1000", /milliseconds from 10 to 60000/],
    [9, /from 10/],
    [60_001, /to 60000/],
    [NaN, /milliseconds/],
    [Infinity, /milliseconds/],
    [-1, /milliseconds/],
  ],
  rushAt: [
    [0, /whole number from 1, or Infinity/],
    [1.5, /whole number/],
    [NaN, /whole number/],
    [-Infinity, /whole number/],
    ["16", /whole number/],
    [16n, /whole number/],
  ],
  hookTimeout: [
    [9, /from 10 to 20000/],
    [20_001, /from 10 to 20000/],
    ["10s", /milliseconds/],
  ],
  gatewayTimeout: [
    [999, /from 1000 to 18000/],
    [18_001, /from 1000 to 18000/],
    [null, /milliseconds/],
  ],
  logger: [
    [true, /pino logger/],
    [{ info: () => undefined }, /debug, info, warn and error/],
    ["pino", /pino logger/],
  ],
  clock: [
    ["noon", /now and after/],
    [{ now: () => 0 }, /now and after/],
  ],
  pciQualified: [
    ["true", /true or false/],
    [1, /true or false/],
    [null, /true or false/],
  ],
  buyer: [
    ["ann", /must be a function/],
    [null, /must be a function/],
  ],
  cardKey: [
    ["", /base64 of exactly 32 bytes/],
    [[], /holds no key/],
    [null, /base64 of exactly 32 bytes/],
  ],
  account: [
    ["pop", /must be "antom" or "apo"/],
    ["APO", /must be "antom" or "apo"/],
    [null, /must be "antom" or "apo"/],
  ],
  merchantRegion: [
    ["sg", /two upper-case letters/],
    ["SGP", /two upper-case letters/],
    [65, /two upper-case letters/],
  ],
  contract: [
    ["US", /must be an object/],
    [[], /must be an object/],
    [null, /must be an object/],
    [{ koreanManualCapture: "yes" }, /true or false/],
    [{ koreanCapture: true }, /is not known/],
    [{ issuerAuthenticationIn: "env" }, /must be "paymentMethodMetaData" or "paymentMethod"/],
  ],
  random: [[42, /must be a function/]],
  transport: [[{ send: () => undefined }, /must be a function/]],
};

const CARD_KEY = Buffer.alloc(32, 7).toString("base64");

/** Options that are nothing without one another. */
const BESIDE: Readonly<Record<string, object>> = { buyer: { cardKey: CARD_KEY }, cardKey: { buyer: () => "ann" } };

describe("configure", () => {
  it("finds nothing wrong with what is right, and works it out", () => {
    const { origin, secrets, privateKey, keyRing } = configured();
    expect(origin).to.equal("https://open-sea-global.alipay.com");
    expect(secrets).to.deep.equal([VALID.secret]);
    expect(privateKey.asymmetricKeyType).to.equal("rsa");
    expect(keyRing.keys).to.have.length(1);
  });

  it("accepts every option at its best", () => {
    expect(
      problemsWith({
        keyVersion: "2",
        antomPublicKey: { "1": ANTOM_KEYS.publicKey, "2": STRANGER_KEYS.publicKey },
        secret: [SECRET, `${SECRET}2`],
        hooks: { "payment.captured": () => undefined },
        resultPage: () => undefined,
        shopUrl: "https://shop.example/",
        allowedOrigins: ["https://www.shop.example", "http://localhost:3000"],
        routes: { checkout: "/pay", script: false },
        urls: { notify: "https://hooks.example/antom?shop=1" },
        settlementCurrency: "EUR",
        merchantAccountId: "M1",
        agentToken: "token",
        pciQualified: true,
        buyer: () => "ann",
        cardKey: [CARD_KEY, Buffer.alloc(32, 8).toString("base64")],
        account: "apo",
        merchantRegion: "SG",
        contract: { koreanManualCapture: true, issuerAuthenticationIn: "paymentMethod", multipleCaptures: true },
        beforeHoldEnds: "capture",
        authorize: () => "view",
        worker: false,
        pollInterval: 10,
        hookTimeout: 20_000,
        gatewayTimeout: 18_000,
        logger: false,
        clock: { now: () => 0, after: () => () => undefined },
        random: (length: number) => Buffer.alloc(length),
        transport: () => Promise.reject(new Error("no network")),
      }),
    ).to.deep.equal([]);
  });

  for (const [option, cases] of Object.entries(WRONG)) {
    for (const [index, [value, message]] of cases.entries()) {
      it(`says what is wrong with ${option}, case ${index + 1}`, () => {
        const problems = problemsWith({ ...BESIDE[option], [option]: value });
        expect(problems.map(({ at }) => at.replace(/\..*/, ""))).to.deep.equal([option]);
        expect(problems[0]?.message).to.match(message);
      });
    }
  }

  it("has a wrong case for every option but those that go by route", () => {
    const tried = new Set([...Object.keys(WRONG), "routes", "urls"]);
    expect(OPTION_NAMES.filter((name) => !tried.has(name))).to.deep.equal([]);
  });

  it("reports all that is wrong at once, in the message too", () => {
    const wrong = Object.fromEntries(Object.entries(WRONG).map(([option, [first]]) => [option, first?.[0]]));
    try {
      configured(wrong);
      expect.fail("nothing was thrown");
    } catch (error) {
      expect(error).to.be.instanceOf(AntomError).and.include({ code: "configuration_invalid" });
      const { problems, message } = error as AntomError;
      expect(new Set(problems.map(({ at }) => at.replace(/\..*/, "")))).to.deep.equal(new Set(Object.keys(WRONG)));
      for (const problem of problems) expect(message).to.contain(`${problem.at}: ${problem.message}`);
    }
  });

  it("says so of everything that is missing when it is given nothing", () => {
    for (const nothing of [undefined, null, {}]) {
      expect(() => configure(nothing as AntomOptions))
        .to.throw(AntomError)
        .with.property("problems")
        .that.satisfies((problems: AntomError["problems"]) =>
          ["clientId", "privateKey", "antomPublicKey", "gateway", "publicUrl", "secret", "storage", "order"].every(
            (at) => problems.some((problem) => problem.at === at),
          ),
        );
    }
  });

  for (const [misspelt, meant] of [
    ["clientID", "clientId"],
    ["privatekey", "privateKey"],
    ["publicURL", "publicUrl"],
    ["secrets", "secret"],
    ["hook", "hooks"],
    ["antomPublicKeys", "antomPublicKey"],
  ] as const) {
    it(`takes the option ${misspelt} for ${meant}, and asks`, () => {
      expect(problemsWith({ [misspelt]: "x" })).to.deep.equal([
        { at: misspelt, message: `is not an option; did you mean "${meant}"?` },
      ]);
    });
  }

  it("knows no option of a name every object has", () => {
    expect(problemsWith({ constructor: 1 })).to.deep.equal([
      {
        at: "constructor",
        message: "is not an option; see https://github.com/express-antom/express-antom/blob/main/docs/options.md",
      },
    ]);
  });

  it("takes a region, or the URL of a gateway such as the simulator's", () => {
    for (const [gateway, origin] of [
      ["europe", "https://open-de-global.alipay.com"],
      ["north-america", "https://open-na-global.alipay.com"],
      ["https://antom.example", "https://antom.example"],
      ["https://antom.example:8443/", "https://antom.example:8443"],
      ["http://localhost:9000", "http://localhost:9000"],
      ["http://127.0.0.1:9000", "http://127.0.0.1:9000"],
      ["http://antom.test:9000", "http://antom.test:9000"],
    ] as const) {
      expect(configured({ gateway }).origin).to.equal(origin);
    }
  });

  it("shows no key and no secret, whatever is wrong", () => {
    const values = [SHOP_KEYS.privateKey, SHOP_KEYS.publicKey, ANTOM_KEYS.publicKey, SECRET, SHORT, "4111111111111111"];
    const told: string[] = [];
    for (const option of OPTION_NAMES) {
      for (const value of values) {
        const problems = problemsWith({ [option]: value, secret: option === "secret" ? value : SHORT });
        told.push(JSON.stringify(problems));
      }
    }
    for (const value of values) {
      const shown = value.length > 60 ? value.slice(60, 90) : value;
      expect(
        told.some((text) => text.includes(shown)),
        shown,
      ).to.be.false;
    }
  });
});
