import { expect } from "chai";
import { message, SAMPLE_CARD, withCard } from "./support/cards.js";
import { openScene, type Scene } from "./support/scene.js";

describe("simulator: the billing address a merchant in the United States sends", () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await openScene();
  });
  afterEach(() => scene.close());

  const pay = (billingAddress: Record<string, string>, merchantRegion?: string) =>
    scene.pay({
      ...withCard(SAMPLE_CARD, { billingAddress }),
      ...(merchantRegion === undefined ? {} : { merchantRegion }),
    });

  for (const address of [
    { region: "US", state: "TX", zipCode: "78701-1234" },
    { region: "CA", state: "ON", zipCode: "K1A 0B1" },
    { region: "GB", state: "ENG", zipCode: "SW1A 1AA" },
    { region: "DE", state: "Hessen", zipCode: "60311" },
    { region: "US", state: "", zipCode: "" },
    { region: "US" },
  ]) {
    it(`may be ${JSON.stringify(address)}`, async () => {
      expect((await pay(address, "US")).code).to.equal("SUCCESS");
    });
  }

  for (const [address, name] of [
    [{ region: "US", state: "Texas" }, "state"],
    [{ region: "CA", state: "Ontario" }, "state"],
    [{ region: "GB", state: "England" }, "state"],
    [{ region: "US", state: "TX", zipCode: "78701_1234" }, "zipCode"],
    [{ region: "DE", zipCode: "60311-12345" }, "zipCode"],
  ] as const) {
    it(`may not be ${JSON.stringify(address)}, which others may send`, async () => {
      const refused = await pay(address, "US");
      expect(refused).to.include({ code: "PARAM_ILLEGAL", resultStatus: "F" });
      expect(message(refused)).to.equal(
        `paymentMethod.paymentMethodMetaData.billingAddress.${name} has the wrong format.`,
      );
      expect(scene.simulator.payments()).to.deep.equal([]);
      expect((await pay(address, "SG")).code).to.equal("SUCCESS");
    });
  }

  it("may be anything where nobody says where the merchant is", async () => {
    expect((await pay({ region: "US", state: "Texas", zipCode: "78701_1234" })).code).to.equal("SUCCESS");
  });
});
