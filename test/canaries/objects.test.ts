import { expect } from "chai";
import { createAntom, type AntomOptions } from "../../lib/index.js";
import { Secret } from "../../lib/payment/secret.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import { cardOf, numberOf } from "../golden/prose.js";
import { ANTOM_KEYS, CLIENT_ID, SHOP_KEYS } from "../support/keys.js";
import { canariesWith, CARD_KEY, CVV, DATE_OF_BIRTH, PIN_DIGITS, SECRET } from "./canaries.js";
import { Scanner } from "./scanner.js";
import { shown } from "./watched-shop.js";

const scanner = new Scanner(canariesWith([numberOf("visa")]));
const expectNothingIn = (value: unknown): void => {
  expect(scanner.find(shown(value))).to.deep.equal([]);
};

const OPTIONS: AntomOptions = {
  clientId: CLIENT_ID,
  privateKey: SHOP_KEYS.privateKey,
  antomPublicKey: ANTOM_KEYS.publicKey,
  gateway: "asia",
  publicUrl: "https://shop.example/payments",
  secret: SECRET,
  storage: memoryStorage(),
  order: () => undefined,
  buyer: () => "buyer-1",
  cardKey: CARD_KEY,
  pciQualified: true,
  logger: false,
  worker: false,
};

const thrownBy = (options: object): unknown => {
  try {
    createAntom({ ...OPTIONS, ...options });
  } catch (error) {
    return error;
  }
  return undefined;
};

describe("public objects", () => {
  it("show no key and no secret: the kit itself, its routers and its payments", () => {
    const antom = createAntom(OPTIONS);
    expectNothingIn(antom);
    for (const member of Object.values(antom) as unknown[]) expectNothingIn(member);
  });

  it("show no key and no secret: the error about options, whichever of them are wrong", () => {
    const wrong: Readonly<Record<string, object>> = {
      "another option": { gateway: "nowhere", secert: SECRET },
      "a private key that is cut short": { privateKey: SHOP_KEYS.privateKey.slice(0, -40) },
      "a private key with something in it": {
        privateKey: `${SHOP_KEYS.privateKey.slice(0, 700)}!${SHOP_KEYS.privateKey.slice(700)}`,
      },
      "a private key in a list": { privateKey: [SHOP_KEYS.privateKey] },
      "the private key where the public one belongs": { antomPublicKey: SHOP_KEYS.privateKey },
      "a card key that is too long": { cardKey: CARD_KEY + CARD_KEY },
      "a card key with something in it": { cardKey: `${CARD_KEY.slice(0, -4)}!${CARD_KEY}` },
      "a card key in an object": { cardKey: { first: CARD_KEY } },
      "secrets of which one is short": { secret: [SECRET, "short"] },
      "a secret in an object": { secret: { now: SECRET } },
      "a secret where a URL belongs": { publicUrl: SECRET, shopUrl: SECRET, gateway: SECRET },
      "keys as names": {
        [SHOP_KEYS.publicKey.slice(0, 8)]: SHOP_KEYS.privateKey,
        contract: { [CARD_KEY.slice(0, 4)]: CARD_KEY },
      },
    };
    for (const [what, options] of Object.entries(wrong)) {
      const error = thrownBy(options);
      expect(error, what).to.include({ code: "configuration_invalid" });
      expect(scanner.find(shown(error)), what).to.deep.equal([]);
      expect(scanner.find(shown((error as Error).stack)), what).to.deep.equal([]);
    }
  });

  it("show nothing of a Secret, however it is looked at", () => {
    const card = { ...cardOf("visa"), cvv: CVV, dateOfBirth: DATE_OF_BIRTH, cardPasswordDigest: PIN_DIGITS };
    const secret = new Secret(card);
    expectNothingIn(secret);
    expectNothingIn({
      deep: [{ secret }],
      map: new Map([["secret", secret]]),
      error: new Error("x", { cause: secret }),
    });
    expectNothingIn(structuredClone(secret));
    expectNothingIn(Object.assign({}, secret));
    expectNothingIn(Reflect.ownKeys(secret));
    expectNothingIn(`${String(secret)} ${JSON.stringify({ secret })}`);
    expect(secret.reveal()).to.equal(card);
  });

  it("show no card in the error of a charge that cannot be made", async () => {
    const antom = createAntom({ ...OPTIONS, storage: memoryStorage() });
    const request: object = {
      orderId: "order-1",
      description: "May",
      amount: { currency: "EUR", value: "500" },
      cardId: numberOf("visa").repeat(5),
      recurringType: CVV,
      card: cardOf("visa", { cvv: CVV }),
    };
    const failed = await antom.payments.charge(request as never).catch((error: unknown) => error);
    expect(failed).to.be.an("error");
    expectNothingIn(failed);
    const unknown = await antom.payments
      .charge({ ...request, cardId: numberOf("visa"), recurringType: "SCHEDULED" } as never)
      .catch((error: unknown) => error);
    expectNothingIn(unknown);
    await antom.stop();
  });
});
