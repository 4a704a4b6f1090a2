import { expect } from "chai";
import { waysOf, type ContractedWays } from "../../lib/configuration/ways.js";
import { configured } from "./options.js";

const buyer = (): string => "ann";
const CARD_KEY = Buffer.alloc(32, 7).toString("base64");

const read = (given: Readonly<Record<string, unknown>>) => {
  const problems: { at: string; message: string }[] = [];
  const ways = waysOf(given, (at, message) => problems.push({ at, message }));
  return { ways, problems };
};
const allowed = (given: Readonly<Record<string, unknown>>): ContractedWays => {
  const { ways, problems } = read(given);
  expect(problems).to.deep.equal([]);
  return ways;
};
const wrong = (given: Readonly<Record<string, unknown>>): string[] => read(given).problems.map(({ at }) => at);

describe("the ways to pay that the options allow", () => {
  it("are the hosted page and what the documents' safest reading allows, where the options say nothing", () => {
    const safest: ContractedWays = {
      pciQualified: false,
      storesCards: false,
      contract: {
        account: "antom",
        koreanManualCapture: false,
        issuerAuthenticationIn: "paymentMethodMetaData",
        partialCapture: false,
        multipleCaptures: false,
      },
    };
    expect(allowed({})).to.deep.equal(safest);
    expect(allowed({ contract: {}, pciQualified: false })).to.deep.equal(safest);
    expect(configured().ways).to.deep.equal(safest);
  });

  it("are as the options say", () => {
    expect(
      allowed({
        pciQualified: true,
        buyer,
        cardKey: CARD_KEY,
        account: "apo",
        merchantRegion: "SG",
        contract: { koreanManualCapture: true, issuerAuthenticationIn: "paymentMethod", partialCapture: true },
      }),
    ).to.deep.equal({
      pciQualified: true,
      storesCards: true,
      merchantRegion: "SG",
      contract: {
        account: "apo",
        koreanManualCapture: true,
        issuerAuthenticationIn: "paymentMethod",
        partialCapture: true,
        multipleCaptures: false,
      },
    });
  });

  it("include stored cards with a key and a buyer only, and each is missed without the other", () => {
    expect(allowed({ buyer, cardKey: CARD_KEY }).storesCards).to.equal(true);
    for (const [given, at, message] of [
      [{ buyer }, "cardKey", /^is missing: stored cards need a key.*make one with node -p /],
      [{ cardKey: CARD_KEY }, "buyer", /^is missing: with cardKey cards are kept/],
    ] as const) {
      const { ways, problems } = read(given);
      expect(ways.storesCards).to.equal(false);
      expect(problems).to.have.length(1);
      expect(problems[0]?.at).to.equal(at);
      expect(problems[0]?.message).to.match(message);
    }
  });

  it("are none for an orchestration account whose shop may not collect cards", () => {
    for (const pciQualified of [undefined, false]) {
      const { problems } = read({ account: "apo", ...(pciQualified === undefined ? {} : { pciQualified }) });
      expect(problems).to.deep.equal([
        { at: "pciQualified", message: 'must be true with account "apo": the shop collects every card there' },
      ]);
    }
    expect(allowed({ account: "apo", pciQualified: true }).contract.account).to.equal("apo");
  });

  it("never include cards on a value that is only truthy", () => {
    for (const pciQualified of ["true", 1, "false", {}, []]) {
      const { ways, problems } = read({ pciQualified });
      expect(ways.pciQualified).to.equal(false);
      expect(problems.map(({ at }) => at)).to.deep.equal(["pciQualified"]);
    }
  });

  it("are told what a buyer and a contract must be", () => {
    expect(wrong({ buyer: "ann", cardKey: CARD_KEY })).to.deep.equal(["buyer"]);
    for (const contract of ["US", [], null, 5]) {
      expect(read({ contract }).problems).to.deep.equal([{ at: "contract", message: "must be an object" }]);
    }
  });

  it("stay safe where an option is wrong", () => {
    const { ways, problems } = read({
      account: "pop",
      merchantRegion: "sg",
      contract: { koreanManualCapture: "yes", issuerAuthenticationIn: "env" },
    });
    expect(ways).to.deep.equal(allowed({}));
    expect(problems).to.deep.equal([
      { at: "account", message: 'must be "antom" or "apo"' },
      { at: "merchantRegion", message: "must be two upper-case letters of ISO 3166" },
      { at: "contract.koreanManualCapture", message: "must be true or false" },
      { at: "contract.issuerAuthenticationIn", message: 'must be "paymentMethodMetaData" or "paymentMethod"' },
    ]);
  });

  it("ask about a part of the contract that is misspelt", () => {
    expect(read({ contract: { koreanManualCaptur: true, capture: "MANUAL", toString: 1 } }).problems).to.deep.equal([
      { at: "contract.koreanManualCaptur", message: 'is not known; did you mean "koreanManualCapture"?' },
      {
        at: "contract.capture",
        message:
          "is not known; there are koreanManualCapture, issuerAuthenticationIn, partialCapture, multipleCaptures",
      },
      {
        at: "contract.toString",
        message:
          "is not known; there are koreanManualCapture, issuerAuthenticationIn, partialCapture, multipleCaptures",
      },
    ]);
  });

  it("take nothing from what every object inherits", () => {
    const inherited = Object.create({ koreanManualCapture: true }) as object;
    expect(allowed({ contract: inherited }).contract.koreanManualCapture).to.equal(false);
    expect(wrong({ account: "constructor" })).to.deep.equal(["account"]);
    expect(wrong({ contract: { issuerAuthenticationIn: "__proto__" } })).to.deep.equal([
      "contract.issuerAuthenticationIn",
    ]);
  });
});
