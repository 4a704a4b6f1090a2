import { expect } from "chai";
import { byToken, KOREAN_HOLDER, storeCard, withCardOf, WON } from "./support/cards.js";
import { openScene, type Scene } from "./support/scene.js";

describe("simulator: the choice of a co-badged card's brand", () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await openScene();
  });
  afterEach(() => scene.close());

  const chosen: readonly [string, Record<string, unknown>, string, string][] = [
    ["visa-cartes-bancaires", {}, "VISA", "GLOBAL"],
    ["visa-cartes-bancaires", { selectedCardBrand: "VISA" }, "VISA", "GLOBAL"],
    ["visa-cartes-bancaires", { selectedCardBrand: "CARTES_BANCAIRES" }, "CARTES_BANCAIRES", "FR"],
    ["visa-cartes-bancaires", { paymentMethodRegion: "FR" }, "CARTES_BANCAIRES", "FR"],
    ["visa-cartes-bancaires", { paymentMethodRegion: "GLOBAL" }, "VISA", "GLOBAL"],
    ["visa", { selectedCardBrand: "VISA" }, "VISA", "GLOBAL"],
  ];
  for (const [key, choice, cardBrand, paymentMethodRegion] of chosen) {
    it(`charges ${key} with ${JSON.stringify(choice)} as ${cardBrand}`, async () => {
      const answer = await scene.pay(withCardOf(key, choice));
      expect(answer.code).to.equal("SUCCESS");
      expect(answer.body["paymentResultInfo"]).to.include({ cardBrand, paymentMethodRegion });
    });
  }

  const refused: readonly [string, Record<string, unknown>][] = [
    ["visa", { selectedCardBrand: "CARTES_BANCAIRES" }],
    ["visa", { selectedCardBrand: "MASTERCARD" }],
    ["visa", { paymentMethodRegion: "KR" }],
    ["visa-cartes-bancaires", { selectedCardBrand: "ELO" }],
    ["visa-cartes-bancaires", { selectedCardBrand: "VISA", paymentMethodRegion: "FR" }],
  ];
  for (const [key, choice] of refused) {
    it(`fails ${key} with ${JSON.stringify(choice)}`, async () => {
      expect(await scene.pay(withCardOf(key, choice))).to.include({
        code: "SELECTED_CARD_BRAND_NOT_AVAILABLE",
        resultStatus: "F",
      });
    });
  }

  it("makes a Korean card of a card with a Korean mark, with all that one needs", async () => {
    expect((await scene.pay(withCardOf("visa-shinhan"))).code).to.equal("SUCCESS");
    const korean = { selectedCardBrand: "SHINHAN", ...KOREAN_HOLDER };
    const euros = await scene.pay({ paymentRequestId: "PAY_2", ...withCardOf("visa-shinhan", korean) });
    expect(euros.code).to.equal("CURRENCY_NOT_SUPPORT");
    const incomplete = withCardOf("visa-shinhan", { paymentMethodRegion: "KR" });
    expect((await scene.pay({ paymentRequestId: "PAY_3", ...WON, ...incomplete })).code).to.equal("PARAM_ILLEGAL");
    const won = await scene.pay({ paymentRequestId: "PAY_4", ...WON, ...withCardOf("visa-shinhan", korean) });
    expect(won.body["paymentResultInfo"]).to.include({ cardBrand: "SHINHAN", paymentMethodRegion: "KR" });
  });

  it("can be made again each time a stored card is paid with", async () => {
    const { token } = await storeCard(scene, "visa-cartes-bancaires", { selectedCardBrand: "CARTES_BANCAIRES" });
    for (const selectedCardBrand of ["VISA", "CARTES_BANCAIRES"]) {
      const fields = { ...byToken(token, { selectedCardBrand }), paymentRequestId: `PAY_${selectedCardBrand}` };
      expect((await scene.pay(fields)).body["paymentResultInfo"]).to.include({ cardBrand: selectedCardBrand });
    }
  });
});
