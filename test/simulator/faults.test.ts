import { expect } from "chai";
import { API_FAULTS, API_OPERATIONS, NOTIFY_FAULTS } from "../../lib/simulator/faults.js";
import { FaultProblem } from "../../lib/simulator.js";
import { call, field, payBody } from "./support/merchant.js";
import { openScene, type Scene } from "./support/scene.js";

describe("simulator: faults of API calls", () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await openScene();
  });
  afterEach(() => scene.close());

  const failure = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => undefined,
      (error: unknown) => error,
    );
  const isOpened = () => scene.simulator.payments().length === 1;

  it("reset-before: breaks the connection and does nothing", async () => {
    scene.simulator.addFault({ operation: "pay", fault: "reset-before" });
    expect(await failure(scene.pay())).to.be.an.instanceOf(TypeError);
    expect(isOpened()).to.be.false;
    expect(scene.simulator.requests()[0]).to.include({ fault: "reset-before", resultCode: undefined });
  });

  it("reset-after: does it, then breaks the connection", async () => {
    scene.simulator.addFault({ operation: "pay", fault: "reset-after" });
    expect(await failure(scene.pay())).to.be.an.instanceOf(TypeError);
    expect(isOpened()).to.be.true;
    expect((await scene.pay()).code).to.equal("PAYMENT_IN_PROCESS");
    expect(scene.simulator.payments()).to.have.length(1);
  });

  it("timeout: does it and never answers", async () => {
    scene.simulator.addFault({ operation: "pay", fault: "timeout" });
    const hangUp = new AbortController();
    const answer = failure(call(scene.simulator, "pay", payBody(), { signal: hangUp.signal }));
    await scene.shop.until(isOpened, "the payment is opened");
    expect(await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 50, "silence"))])).to.equal(
      "silence",
    );
    hangUp.abort();
    expect(await answer).to.be.an.instanceOf(Error);
  });

  it("http-500: does it and answers with a page", async () => {
    scene.simulator.addFault({ operation: "pay", fault: "http-500" });
    expect(await scene.pay()).to.include({ status: 500, isSigned: false });
    expect(isOpened()).to.be.true;
  });

  it("garbage: does it and answers with something else, rightly signed", async () => {
    scene.simulator.addFault({ operation: "pay", fault: "garbage" });
    const answer = await scene.pay();
    expect(() => JSON.parse(answer.text) as unknown).to.throw();
    expect(answer).to.include({ status: 200, isSigned: true });
    expect(isOpened()).to.be.true;
  });

  it("bad-signature and unsigned: do it and answer what must not be trusted", async () => {
    scene.simulator.addFault({ operation: "pay", fault: "bad-signature" });
    scene.simulator.addFault({ operation: "pay", fault: "unsigned" });
    const forged = await scene.pay();
    expect(forged).to.include({ code: "PAYMENT_IN_PROCESS", isSigned: false });
    expect(forged.headers.has("signature")).to.be.true;
    const unsigned = await scene.pay();
    expect(unsigned).to.include({ code: "PAYMENT_IN_PROCESS", isSigned: false });
    expect(unsigned.headers.has("signature")).to.be.false;
    expect(isOpened()).to.be.true;
  });

  it("delay: does it at once and answers late", async () => {
    scene.simulator.addFault({ operation: "pay", fault: "delay", delayMs: 5_000 });
    const answer = scene.pay();
    await scene.shop.until(isOpened, "the payment is opened");
    expect(await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 50, "silence"))])).to.equal(
      "silence",
    );
    scene.clock.advance(5_000);
    expect((await answer).code).to.equal("PAYMENT_IN_PROCESS");
  });

  it("result: answers with the code that was asked for and does nothing", async () => {
    scene.simulator.addFault({ operation: "pay", fault: "result", resultCode: "UNKNOWN_EXCEPTION" });
    expect(await scene.pay()).to.include({ code: "UNKNOWN_EXCEPTION", resultStatus: "U", isSigned: true });
    expect(isOpened()).to.be.false;
  });

  it("happen as often as they were asked for, to their operation only", async () => {
    scene.simulator.addFault({ operation: "pay", fault: "http-500", times: 2 });
    expect((await scene.call("inquiryPayment", { paymentRequestId: "PAY_1" })).status).to.equal(200);
    expect((await scene.pay()).status).to.equal(500);
    expect(scene.simulator.faults()).to.deep.equal([{ operation: "pay", fault: "http-500", times: 1, delayMs: 3_000 }]);
    expect((await scene.pay()).status).to.equal(500);
    expect((await scene.pay()).status).to.equal(200);
    expect(scene.simulator.faults()).to.be.empty;
  });

  it("can be called off", async () => {
    scene.simulator.addFault({ operation: "pay", fault: "http-500", times: 5 });
    scene.simulator.clearFaults();
    expect((await scene.pay()).status).to.equal(200);
  });

  /** Hands a fault in as programs do that know no types. */
  const post = async (fault: object): Promise<{ status: number; error: string }> => {
    const response = await fetch(`${scene.simulator.credentials.gateway}/simulator/faults`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(fault),
    });
    return { status: response.status, error: String(field(await response.json(), "error")) };
  };

  it("can be any of their kinds for every operation", async () => {
    for (const operation of API_OPERATIONS) {
      for (const fault of Object.keys(API_FAULTS)) {
        expect((await post({ operation, fault, resultCode: "PROCESS_FAIL" })).status, fault).to.equal(201);
      }
    }
    for (const fault of Object.keys(NOTIFY_FAULTS)) {
      expect((await post({ operation: "notify", fault })).status, fault).to.equal(201);
    }
  });

  const illegal: readonly [object, RegExp][] = [
    [{}, /operation must be one of pay,/],
    [{ operation: "payy", fault: "timeout" }, /operation must be one of/],
    [{ operation: "pay", fault: "drop" }, /fault must be one of reset-before,/],
    [{ operation: "notify", fault: "timeout" }, /fault must be one of drop,/],
    [{ operation: "pay", fault: "timeout", times: 0 }, /times must be a whole number from 1 to 1000/],
    [{ operation: "pay", fault: "timeout", times: 1.5 }, /times must be/],
    [{ operation: "pay", fault: "delay", delayMs: -1 }, /delayMs must be/],
    [{ operation: "pay", fault: "result" }, /resultCode must be/],
    [{ operation: "pay", fault: "result", resultCode: "NOPE" }, /resultCode must be/],
  ];
  for (const [fault, message] of illegal) {
    it(`refuse ${JSON.stringify(fault)}`, async () => {
      const answer = await post(fault);
      expect(answer.status).to.equal(400);
      expect(answer.error).to.match(message);
      expect(scene.simulator.faults()).to.be.empty;
    });
  }

  it("are bounded in number", () => {
    for (let index = 0; index < 100; index += 1) scene.simulator.addFault({ operation: "pay", fault: "timeout" });
    expect(() => scene.simulator.addFault({ operation: "pay", fault: "timeout" })).to.throw(FaultProblem, /clear them/);
  });
});
