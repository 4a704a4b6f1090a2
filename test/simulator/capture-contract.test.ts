import { expect } from "chai";
import type { SimulatorOptions } from "../../lib/simulator.js";
import { MANUAL, openScene, type Scene } from "./support/scene.js";

const EUR = (value: string) => ({ currency: "EUR", value });

describe("simulator: what the contract lets be captured", () => {
  let scene: Scene;
  let paymentId: string;
  afterEach(() => scene.close());

  const hold = async (options: SimulatorOptions) => {
    scene = await openScene(options);
    paymentId = await scene.authorize({ paymentFactor: MANUAL });
  };
  const capture = (value: string, id = `CAP_${value}`) =>
    scene.call("capture", { captureRequestId: id, paymentId, captureAmount: EUR(value) });

  it("without multipleCaptures a second capture is refused with MULTI_CAPTURE_NOT_SUPPORTED", async () => {
    await hold({ multipleCaptures: false });
    expect((await capture("1000")).code).to.equal("SUCCESS");
    expect(await capture("999")).to.include({ code: "MULTI_CAPTURE_NOT_SUPPORTED", resultStatus: "F" });
    expect((await capture("1000")).code).to.equal("SUCCESS");
    expect(scene.simulator.ledger().captures).to.have.length(1);
  });

  it("without multipleCaptures one that failed may be tried anew, and one in process may not be joined", async () => {
    scene = await openScene({ multipleCaptures: false });
    paymentId = await scene.authorize({ paymentAmount: EUR("50000"), paymentFactor: MANUAL });
    await capture("9002");
    expect((await capture("100")).code).to.equal("MULTI_CAPTURE_NOT_SUPPORTED");
    await scene.pass(5_000);
    expect((await capture("100", "CAP_ANEW")).code).to.equal("SUCCESS");
  });

  it("without partialCapture less than all is refused with INVALID_CONTRACT, and all is taken", async () => {
    await hold({ partialCapture: false });
    expect(await capture("1000")).to.include({ code: "INVALID_CONTRACT", resultStatus: "F" });
    expect((await capture("2000")).code).to.equal("CAPTURE_AMOUNT_EXCEED_AUTH_LIMIT");
    expect((await capture("1999")).code).to.equal("SUCCESS");
  });

  it("without partialCapture all means what is held after an increase", async () => {
    await hold({ partialCapture: false });
    await scene.call("updateAmount", { updateRequestId: "UP_1", paymentId, amount: EUR("2500") });
    await scene.pass(2_000);
    expect((await capture("1999")).code).to.equal("INVALID_CONTRACT");
    expect((await capture("2500")).code).to.equal("SUCCESS");
  });
});
