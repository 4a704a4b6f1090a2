import { expect } from "chai";
import { parseSignature } from "../../lib/gateway/signature.js";
import { RESEND_SCHEDULE } from "../../lib/simulator.js";
import { MANUAL, openScene, type Scene } from "./support/scene.js";
import { isSigned } from "./support/signed.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe("simulator: notifications", () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await openScene();
  });
  afterEach(() => scene.close());

  const notification = () => scene.simulator.notifications()[0];
  const count = () => scene.shop.ofType("PAYMENT_RESULT").length;

  it("are signed over path and query of the notify URL", async () => {
    await scene.authorize();
    const [received] = scene.shop.received;
    expect(received?.path).to.equal("/payments/notify?shop=1");
    expect(received?.headers["content-type"]).to.equal("application/json; charset=UTF-8");
    expect(isSigned(scene.simulator, received)).to.be.true;
  });

  it("are sent once when they are acknowledged", async () => {
    await scene.authorize();
    await scene.pass(48 * HOUR);
    expect(count()).to.equal(1);
    expect(notification()).to.include({ state: "acknowledged", nextAttemptAt: undefined });
    expect(notification()?.attempts[0]).to.include({ status: 200, acknowledged: true });
  });

  it("are sent eight times on Antom's schedule, and then no more", async () => {
    expect(RESEND_SCHEDULE).to.deep.equal([
      0,
      2 * MINUTE,
      10 * MINUTE,
      10 * MINUTE,
      HOUR,
      2 * HOUR,
      6 * HOUR,
      15 * HOUR,
    ]);
    scene.shop.refuse();
    await scene.authorize();
    expect(count()).to.equal(1);
    for (const [index, wait] of RESEND_SCHEDULE.slice(1).entries()) {
      await scene.pass(wait - 1);
      expect(count(), `just before attempt ${index + 2}`).to.equal(index + 1);
      await scene.pass(1);
      expect(count(), `attempt ${index + 2}`).to.equal(index + 2);
    }
    expect(notification()).to.include({ state: "given-up" });
    await scene.pass(48 * HOUR);
    expect(count()).to.equal(8);
    expect(notification()?.attempts).to.have.length(8);
  });

  it("are sent again with the same body, a new time and a right signature", async () => {
    scene.shop.refuse();
    await scene.authorize();
    await scene.pass(2 * MINUTE);
    const [first, second] = scene.shop.ofType("PAYMENT_RESULT");
    expect(second?.raw).to.equal(first?.raw);
    expect(second?.headers["request-time"]).not.to.equal(first?.headers["request-time"]);
    expect(isSigned(scene.simulator, second)).to.be.true;
  });

  it("stop as soon as the shop acknowledges", async () => {
    scene.shop.refuse();
    await scene.authorize();
    scene.shop.acknowledge();
    await scene.pass(2 * MINUTE);
    await scene.pass(48 * HOUR);
    expect(count()).to.equal(2);
    expect(notification()).to.include({ state: "acknowledged" });
  });

  const answers: readonly [string, { status: number; body: string }][] = [
    ["an empty body", { status: 200, body: "" }],
    ["something else than JSON", { status: 200, body: "SUCCESS" }],
    ["a failure", { status: 200, body: `{"result":{"resultCode":"PROCESS_FAIL","resultStatus":"F"}}` }],
    ["a result without a status", { status: 200, body: `{"result":{"resultCode":"SUCCESS"}}` }],
    ["the right body with status 500", { status: 500, body: `{"result":{"resultCode":"SUCCESS","resultStatus":"S"}}` }],
  ];
  for (const [what, answer] of answers) {
    it(`do not take ${what} for an acknowledgement`, async () => {
      scene.shop.answer = answer;
      await scene.authorize();
      expect(notification()).to.include({ state: "pending" });
      expect(notification()?.attempts[0]).to.include({ status: answer.status, answer: answer.body });
    });
  }

  it("do not care about the acknowledgement's message", async () => {
    scene.shop.answer = {
      status: 200,
      body: `{"result":{"resultStatus":"S","resultCode":"SUCCESS","resultMessage":"ok"}}`,
    };
    await scene.authorize();
    expect(notification()).to.include({ state: "acknowledged" });
  });

  it("remember why there was no answer", async () => {
    await scene.authorize({ paymentNotifyUrl: "http://127.0.0.1:1/notify" });
    expect(notification()?.attempts[0]?.error).to.include("ECONNREFUSED");
    expect(notification()).to.include({ state: "pending", nextAttemptAt: "2026-01-15T12:02:00.000Z" });
  });

  it("stay visible, unsent, when there is no address", async () => {
    await scene.authorize({ paymentNotifyUrl: undefined });
    expect(notification()).to.include({ state: "no-address", url: undefined });
    expect(notification()?.attempts).to.be.empty;
  });

  it("go to the address of the options when the request names none", async () => {
    const other = await openScene({ notifyUrl: scene.shop.notifyUrl });
    try {
      await other.authorize({ paymentNotifyUrl: undefined });
      expect(count()).to.equal(1);
    } finally {
      await other.close();
    }
  });

  it("are never sent again in sandbox mode", async () => {
    const sandbox = await openScene({ resend: false });
    try {
      sandbox.shop.refuse();
      await sandbox.authorize();
      await sandbox.pass(48 * HOUR);
      expect(sandbox.shop.ofType("PAYMENT_RESULT")).to.have.length(1);
      expect(sandbox.simulator.notifications()[0]).to.include({ state: "given-up" });
    } finally {
      await sandbox.close();
    }
  });

  describe("with a fault", () => {
    it("drop: leaves out one attempt, the schedule goes on", async () => {
      scene.simulator.addFault({ operation: "notify", fault: "drop" });
      await scene.authorize();
      expect(count()).to.equal(0);
      expect(notification()?.attempts[0]).to.include({ fault: "drop", acknowledged: false });
      await scene.pass(2 * MINUTE);
      expect(count()).to.equal(1);
    });

    it("duplicate: sends twice", async () => {
      scene.simulator.addFault({ operation: "notify", fault: "duplicate" });
      await scene.authorize();
      expect(count()).to.equal(2);
      expect(notification()).to.include({ state: "acknowledged" });
    });

    it("delay: sends late", async () => {
      scene.simulator.addFault({ operation: "notify", fault: "delay", delayMs: 5_000 });
      await scene.authorize();
      await scene.pass(4_999);
      expect(count()).to.equal(0);
      await scene.pass(1);
      expect(count()).to.equal(1);
    });

    it("bad-signature and unsigned: send what must not be trusted", async () => {
      scene.simulator.addFault({ operation: "notify", fault: "bad-signature" });
      scene.simulator.addFault({ operation: "notify", fault: "unsigned" });
      scene.shop.refuse();
      // Held, so that no capture takes the second fault.
      await scene.authorize({ paymentFactor: MANUAL });
      await scene.pass(2 * MINUTE);
      const [forged, unsigned] = scene.shop.ofType("PAYMENT_RESULT");
      expect(isSigned(scene.simulator, forged)).to.be.false;
      expect(parseSignature(String(forged?.headers["signature"]))).to.exist;
      expect(unsigned?.headers).not.to.have.property("signature");
    });

    it("garbage: sends half a body, rightly signed", async () => {
      scene.simulator.addFault({ operation: "notify", fault: "garbage" });
      await scene.authorize();
      const [received] = scene.shop.received;
      expect(() => JSON.parse(received?.raw ?? "") as unknown).to.throw();
      expect(isSigned(scene.simulator, received)).to.be.true;
    });

    it("reset-after: the shop has it, Antom never saw the answer", async () => {
      scene.simulator.addFault({ operation: "notify", fault: "reset-after" });
      await scene.authorize();
      await scene.shop.until(() => count() === 1, "the shop gets the notification");
      expect(notification()).to.include({ state: "pending" });
      await scene.pass(2 * MINUTE);
      expect(count()).to.equal(2);
    });
  });

  describe("of one's own", () => {
    const body = { notifyType: "PAYMENT_RESULT", paymentId: "2020010123456789XXXX" };

    it("are sent signed, and the answer comes back", async () => {
      const answer = await scene.simulator.notify({ url: scene.shop.notifyUrl, body });
      expect(answer).to.include({ status: 200, acknowledged: true });
      expect(scene.shop.received[0]?.body).to.deep.equal(body);
      expect(isSigned(scene.simulator, scene.shop.received[0])).to.be.true;
    });

    it("are sent as the exact text when a text is given", async () => {
      const text = `{ "notifyType" : "PAYMENT_RESULT" }\n`;
      scene.shop.refuse();
      expect(await scene.simulator.notify({ url: scene.shop.notifyUrl, body: text })).to.include({
        acknowledged: false,
      });
      expect(scene.shop.received[0]?.raw).to.equal(text);
    });

    it("can be signed without being sent", async () => {
      const signed = await scene.simulator.signNotification({ url: scene.shop.notifyUrl, body });
      expect(scene.shop.received).to.be.empty;
      expect(
        isSigned(scene.simulator, { path: "/payments/notify?shop=1", headers: signed.headers, raw: signed.body, body }),
      ).to.be.true;
    });

    it("reject when nobody answers", async () => {
      const failure = await scene.simulator.notify({ url: "http://127.0.0.1:1/", body }).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(failure).to.be.an.instanceOf(Error);
    });
  });
});
