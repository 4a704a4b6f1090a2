import { expect } from "chai";
import { SAMPLE_CARD, withCard } from "./support/cards.js";
import { card, pageOf, submit } from "./support/pages.js";
import { openScene, type Scene } from "./support/scene.js";

/** Antom's lists of codes, and for each a code that stands in neither. */
const AVS_CODES = "X Y A W Z N U R S E G B C D I M P F H K L O Q 0 9".split(" ");
const CVV_CODES = { "901": "D", "902": "P", "903": "N", "904": "U", "905": "X", "909": "Q", "123": "Y" };

describe("simulator: what the bank says of address and security code", () => {
  let scene: Scene;
  before(async () => {
    scene = await openScene();
  });
  after(() => scene.close());

  const pay = async (name: string, metaData: Record<string, unknown>) =>
    (await scene.pay({ paymentRequestId: `PAY_${name}`, ...withCard(SAMPLE_CARD, metaData) })).body[
      "paymentResultInfo"
    ];

  it("is any AVS code that the postal code names, documented or not", async () => {
    for (const code of AVS_CODES) {
      const billingAddress = { region: "US", zipCode: `AVS-${code}` };
      expect(await pay(`AVS_${code}`, { billingAddress }), code).to.include({ avsResultRaw: code });
    }
  });

  it("is Y for any other address and U for none", async () => {
    expect(await pay("AVS_OTHER", { billingAddress: { region: "US", zipCode: "94105" } })).to.include({
      avsResultRaw: "Y",
    });
    expect(await pay("AVS_REGION", { billingAddress: { region: "US" } })).to.include({ avsResultRaw: "Y" });
    expect(await pay("AVS_NONE", { billingAddress: undefined })).to.include({ avsResultRaw: "U" });
  });

  it("is the CVV code that the security code stands for", async () => {
    for (const [cvv, code] of Object.entries(CVV_CODES)) {
      expect(await pay(`CVV_${cvv}`, { cvv }), cvv).to.include({ cvvResultRaw: code });
    }
  });

  it("can be chosen on the hosted page, too", async () => {
    const url = pageOf(await scene.pay({ paymentRequestId: "PAY_HOSTED" }));
    await submit(url, card({ zipCode: "avs-z", cvv: "901" }));
    const { body } = await scene.call("inquiryPayment", { paymentRequestId: "PAY_HOSTED" });
    expect(body["paymentResultInfo"]).to.include({ avsResultRaw: "Z", cvvResultRaw: "D" });
  });
});
