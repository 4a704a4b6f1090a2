import { expect } from "chai";
import type { SimulatorOptions } from "../../lib/simulator.js";
import { field } from "./support/merchant.js";
import { HOSTED_PAGE, KOREAN_ISSUER, SERVER_TO_SERVER } from "./support/samples.js";
import { openScene, type Scene } from "./support/scene.js";

describe("simulator: the requests in Antom's documents", () => {
  let scene: Scene | undefined;
  afterEach(() => scene?.close());

  /** The clock of these tests stands still, so that nothing is sent to the addresses in the samples. */
  const send = async (body: object, options: SimulatorOptions = {}) => {
    scene = await openScene(options);
    return scene.call("pay", body);
  };

  SERVER_TO_SERVER.forEach((sample, index) => {
    it(`authorizes the server-to-server sample (${index + 1}) at once`, async () => {
      const answer = await send(sample);
      expect(answer).to.include({ code: "SUCCESS", resultStatus: "S", isSigned: true });
      expect(answer.body).to.deep.include({
        paymentRequestId: "PAY_20221114141714891",
        paymentAmount: { currency: "EUR", value: "30000" },
      });
      expect(field(answer.body, "paymentResultInfo")).to.include({ avsResultRaw: "Y", cvvResultRaw: "Y" });
    });
  });

  it("authorizes the same sample for a merchant of the orchestration", async () => {
    const answer = await send(SERVER_TO_SERVER[1], { account: "apo" });
    expect(answer).to.include({ code: "SUCCESS", resultStatus: "S" });
    expect(answer.body).to.have.property("acquirerInfo");
  });

  HOSTED_PAGE.forEach((sample, index) => {
    it(`opens a page for the hosted sample (${index + 1})`, async () => {
      const answer = await send(sample);
      expect(answer).to.include({ code: "PAYMENT_IN_PROCESS", resultStatus: "U" });
      expect(answer.body).to.include.keys("normalUrl", "redirectActionForm", "paymentActionForm", "paymentId");
    });
  });

  it("opens the issuer's page for the Korean sample, answering in the sample's shape", async () => {
    const { body, code } = await send(KOREAN_ISSUER);
    expect(code).to.equal("PAYMENT_IN_PROCESS");
    expect(body).to.have.all.keys(
      "normalUrl",
      "paymentActionForm",
      "paymentAmount",
      "paymentCreateTime",
      "paymentId",
      "paymentRequestId",
      "paymentResultInfo",
      "redirectActionForm",
      "result",
    );
    expect(body["paymentResultInfo"]).to.deep.equal({
      avsResultRaw: "",
      cvvResultRaw: "",
      threeDSResult: { cavv: "", eci: "" },
    });
    expect(body["redirectActionForm"]).to.deep.equal({ method: "GET", redirectUrl: body["normalUrl"] });
    const form: unknown = JSON.parse(String(body["paymentActionForm"]));
    expect(form).to.include({ method: "GET", paymentActionFormType: "RedirectActionForm" });
    expect(field(form, "redirectUrl")).to.be.a("string").and.not.equal(body["normalUrl"]);
  });

  it("refuses the Korean sample's manual capture on an account that may not have it", async () => {
    expect(await send(KOREAN_ISSUER, { issuerAuthenticationManualCapture: false })).to.include({
      code: "INVALID_CONTRACT",
      resultStatus: "F",
    });
  });
});
