import { generateKeyPairSync } from "node:crypto";
import { expect } from "chai";
import { OPTION_NAMES } from "../../lib/configuration/configuration.js";
import { AntomError, createAntom } from "../../lib/index.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import { page, section } from "./pages.js";
import { antomKeys, shop, shopKeys } from "./shop.js";

const PEM = {
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
} as const;
const weak = generateKeyPairSync("rsa", { modulusLength: 1024, ...PEM });
const small = generateKeyPairSync("rsa", { modulusLength: 2048, publicExponent: 3, ...PEM });
const elliptic = generateKeyPairSync("ec", { namedCurve: "P-256", ...PEM });
const encrypted = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  ...PEM,
  privateKeyEncoding: { ...PEM.privateKeyEncoding, cipher: "aes-256-cbc", passphrase: "word" },
});
const CERTIFICATE = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----";

const CARD_KEY = Buffer.alloc(32, 1).toString("base64");

const storageWithout = (...steps: string[]): object => {
  const whole = memoryStorage();
  const given = ["start", "stop", "open", "commit", "defer", "get", "find", "findByOrder", "list", "journal", "claim"];
  const rest = [...given, "settle", "tasks", "redrive", "prune", "overview"].filter((step) => !steps.includes(step));
  return { ...Object.fromEntries(rest.map((step) => [step, Reflect.get(whole, step)])), cards: whole.cards };
};

/** Values that cannot be, by option. What `createAntom` says of them is what the page must print, and nothing else. */
const WRONG: Readonly<Record<string, readonly unknown[]>> = {
  clientId: ["", '"5YAB12345678"', "sandbox_5YAB12345678"],
  privateKey: [
    "",
    shopKeys.publicKey,
    CERTIFICATE,
    encrypted.privateKey,
    "!",
    Buffer.from(shopKeys.privateKey),
    `"${shopKeys.privateKey}"`,
    `ANTOM_PRIVATE_KEY=${shopKeys.privateKey}`,
    "/run/secrets/antomkey",
    "AAAA",
    elliptic.privateKey,
    weak.privateKey,
    small.privateKey,
  ],
  antomPublicKey: [
    "",
    shopKeys.privateKey,
    shopKeys.publicKey,
    CERTIFICATE,
    "!",
    Buffer.from(antomKeys.publicKey),
    `'${antomKeys.publicKey}`,
    `export ANTOM_PUBLIC_KEY=${antomKeys.publicKey}`,
    "./antom.pem",
    "AAAA",
    elliptic.publicKey,
    weak.publicKey,
    small.publicKey,
    { first: antomKeys.publicKey },
  ],
  gateway: ["moon", "https://gateway.example/path"],
  publicUrl: ["http://shop.example/payments"],
  secret: ["short"],
  storage: [{}, storageWithout("commit", "claim")],
  order: [undefined],
  keyVersion: ["v2"],
  hooks: ["none", { "payment.capture": () => undefined }, { "payment.captured": true }],
  resultPage: ["/thanks"],
  shopUrl: ["ftp://shop.example"],
  allowedOrigins: [["https://shop.example/"]],
  routes: ["all", { notifi: "/n" }, { checkout: "pay" }, { checkout: "/Notify" }, { methods: "/status/ways" }],
  urls: [
    "all",
    { notifi: "https://shop.example/n" },
    { notify: "http://shop.example/n" },
    { return: "https://shop.example/back?lang=en" },
    { status: "https://pay.example/status" },
  ],
  pciQualified: ["yes"],
  buyer: ["buyer-1"],
  cardKey: ["short", [], [CARD_KEY, CARD_KEY]],
  account: ["pop"],
  merchantRegion: ["Singapore"],
  contract: [
    "ours",
    { koreanManualCaptures: true },
    { koreanManualCapture: 1 },
    { issuerAuthenticationIn: "metadata" },
  ],
  beforeHoldEnds: ["refund"],
  authorize: ["manage"],
  settlementCurrency: ["euro"],
  merchantAccountId: ["1".repeat(33)],
  agentToken: [""],
  worker: ["yes"],
  pollInterval: [1],
  rushAt: [0.5],
  hookTimeout: [30_000],
  gatewayTimeout: [0],
  logger: [() => undefined],
  transport: ["fetch"],
  clock: [{ now: () => 0 }],
  random: [4],
};

/** Options that go together, so that the other one is not what is complained about. */
const WITH: Readonly<Record<string, object>> = { buyer: { cardKey: CARD_KEY }, cardKey: { buyer: () => "buyer-1" } };

/** Options that make one that is left out wrong, by its name. */
const MISSED: Readonly<Record<string, object>> = { ...WITH, pciQualified: { account: "apo" } };

/** What is said of an option. */
function messagesFor(name: string, given: object): string[] {
  const options = { ...shop, ...given };
  try {
    createAntom(options);
  } catch (error) {
    if (!(error instanceof AntomError)) throw error;
    return error.problems.filter(({ at }) => at.split(/[.[]/)[0] === name).map(({ message }) => message);
  }
  return [];
}

describe("docs/options.md, where an option is wrong", () => {
  const options = page("docs/options.md");

  it("is looked at for every option", () => {
    expect(Object.keys(WRONG)).to.have.members(OPTION_NAMES);
  });

  for (const [name, values] of Object.entries(WRONG)) {
    it(`prints what is said of ${name}`, () => {
      const said = values.map((value) => messagesFor(name, { ...WITH[name], [name]: value }));
      if (MISSED[name] !== undefined) said.push(messagesFor(name, MISSED[name]));
      for (const messages of said) expect(messages).to.have.lengthOf(1);
      const [, told = ""] = section(options, name).split("When wrong");
      const printed = [...told.matchAll(/`([^`]+)`/g)].map(([, message]) => message);
      expect(printed).to.have.members([...new Set(said.flat())]);
    });
  }
});
