import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Answer } from "./support/merchant.js";
import { MANUAL, openScene, type Scene } from "./support/scene.js";

const EUR = (value: string) => ({ currency: "EUR", value });

/** Antom, "Idempotency": after a final S or F the same answer is given again. */
describe("simulator: a refused request that comes again", () => {
  let scene: Scene;
  let paymentId: string;
  beforeEach(async () => {
    scene = await openScene();
    paymentId = await scene.authorize({ paymentFactor: MANUAL });
  });
  afterEach(() => scene.close());

  const capture = (id: string, value: string, of = paymentId, currency = "EUR") =>
    scene.call("capture", { captureRequestId: id, paymentId: of, captureAmount: { currency, value } });
  const refund = (id: string, value: string, of = paymentId) =>
    scene.call("refund", { refundRequestId: id, paymentId: of, refundAmount: EUR(value) });
  const raise = (id: string, value: string, of = paymentId) =>
    scene.call("updateAmount", { updateRequestId: id, paymentId: of, amount: EUR(value) });

  const expectSame = (again: Answer, first: Answer, code: string): void => {
    expect(again).to.include({ code, resultStatus: "F", isSigned: true });
    expect(again.body).to.deep.equal(first.body);
  };

  it("capture: is refused again though it could be captured now; another id captures", async () => {
    const first = await capture("CAP_1", "2500");
    await raise("UP_1", "2500");
    await scene.pass(2_000);
    expectSame(await capture("CAP_1", "2500"), first, "CAPTURE_AMOUNT_EXCEED_AUTH_LIMIT");
    expect(scene.simulator.ledger().captures).to.be.empty;
    expect((await capture("CAP_2", "2500")).code).to.equal("SUCCESS");
    expect((await capture("CAP_1", "2500")).code).to.equal("CAPTURE_AMOUNT_EXCEED_AUTH_LIMIT");
  });

  it("refund: is refused again though it could be given back now; another id gives it back", async () => {
    const first = await refund("RF_1", "500");
    await capture("CAP_1", "1999");
    expectSame(await refund("RF_1", "500"), first, "ORDER_STATUS_INVALID");
    expect(scene.simulator.ledger().refunds).to.be.empty;
    expect((await refund("RF_2", "500")).code).to.equal("REFUND_IN_PROCESS");
  });

  it("updateAmount: is refused again, with the same words, though it could be raised now; another id raises", async () => {
    await raise("UP_1", "2500");
    const first = await raise("UP_2", "2600");
    await scene.pass(2_000);
    expectSame(await raise("UP_2", "2600"), first, "INCREMENTAL_NOT_SUPPORT");
    expect((await raise("UP_3", "2600")).code).to.equal("SUCCESS");
  });

  it("is refused with REPEAT_REQ_INCONSISTENT for another amount or another payment", async () => {
    const other = await scene.authorize({ paymentRequestId: "PAY_2", paymentFactor: MANUAL });
    await capture("ID_1", "2500");
    await refund("ID_2", "500");
    await raise("ID_3", "1000");
    const repeated = [
      await capture("ID_1", "1999"),
      await capture("ID_1", "2500", other),
      await capture("ID_1", "2500", paymentId, "USD"),
      await refund("ID_2", "501"),
      await refund("ID_2", "500", other),
      await raise("ID_3", "2500"),
      await raise("ID_3", "1000", other),
    ];
    expect(repeated.map(({ code }) => code)).to.deep.equal(repeated.map(() => "REPEAT_REQ_INCONSISTENT"));
    expect((await raise("ID_1", "2500")).code, "the ids of another operation").to.equal("SUCCESS");
    expect(scene.simulator.ledger().captures).to.be.empty;
  });

  it("is judged anew where the first was no proper request, or of no payment", async () => {
    expect((await capture("CAP_1", "0")).code).to.equal("PARAM_ILLEGAL");
    expect((await capture("CAP_1", "1999", "2026")).code).to.equal("AUTH_NOT_FOUND");
    expect((await capture("CAP_1", "1999")).code).to.equal("SUCCESS");
    expect((await refund("RF_1", "5", "2026")).code).to.equal("ORDER_NOT_EXIST");
    expect((await refund("RF_1", "5")).code).to.equal("REFUND_IN_PROCESS");
  });

  it("is judged anew after a fault answered in the operation's place", async () => {
    scene.simulator.addFault({ operation: "capture", fault: "result", resultCode: "RISK_REJECT" });
    expect((await capture("CAP_1", "1999")).code).to.equal("RISK_REJECT");
    expect((await capture("CAP_1", "1999")).code).to.equal("SUCCESS");
  });

  it("is kept of a payment a hundred times and no more", async () => {
    for (let count = 1; count <= 101; count += 1) await refund(`RF_${count}`, "500");
    await capture("CAP_1", "1999");
    expect((await refund("RF_100", "500")).code).to.equal("ORDER_STATUS_INVALID");
    expect((await refund("RF_101", "500")).code).to.equal("REFUND_IN_PROCESS");
  });

  describe("with a data folder", () => {
    let folder: string;
    let kept: Scene;
    const reopen = async (): Promise<void> => {
      await kept.close();
      kept = await openScene({ dataFolder: folder });
    };
    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), "simulator-"));
      kept = await openScene({ dataFolder: folder });
    });
    afterEach(async () => {
      await kept.close();
      rmSync(folder, { recursive: true, force: true });
    });

    it("is refused again after a restart, and another one", async () => {
      const of = await kept.authorize({ paymentFactor: MANUAL });
      const request = { captureRequestId: "CAP_1", paymentId: of, captureAmount: EUR("2500") };
      await kept.call("capture", request);
      await reopen();
      await kept.call("updateAmount", { updateRequestId: "UP_1", paymentId: of, amount: EUR("2500") });
      await kept.pass(2_000);
      await reopen();
      expect((await kept.call("capture", request)).code).to.equal("CAPTURE_AMOUNT_EXCEED_AUTH_LIMIT");
    });
  });
});
