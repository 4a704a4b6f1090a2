import { spawn, type ChildProcess } from "node:child_process";
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { createSimulator, type Simulator, type SimulatorOptions } from "../../lib/simulator.js";
import { KEYS } from "./support/keys.js";
import { call, field, payBody } from "./support/merchant.js";
import { ManualClock } from "./support/manual-clock.js";
import { card, pageOf, submit } from "./support/pages.js";
import { Shop } from "./support/shop.js";

const MINUTE = 60_000;

describe("simulator: with a data folder", () => {
  let folder: string;
  let shop: Shop;
  let clock: ManualClock;
  let simulator: Simulator;

  const open = async (options: SimulatorOptions = {}): Promise<void> => {
    simulator = createSimulator({ ...KEYS, dataFolder: folder, clock, ...options });
    await simulator.listen();
  };
  const reopen = async (): Promise<void> => {
    await simulator.close();
    await open();
  };
  const pass = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await simulator.settled();
  };
  const pay = (fields: Record<string, unknown> = {}) =>
    call(
      simulator,
      "pay",
      payBody({ paymentNotifyUrl: shop.notifyUrl, paymentRedirectUrl: shop.returnUrl, ...fields }),
    );
  const log = () => readFileSync(join(folder, "journal.jsonl"), "utf8");

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "simulator-"));
    shop = await new Shop().open();
    clock = new ManualClock();
    await open();
  });
  afterEach(async () => {
    await simulator.close();
    await shop.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("keeps its keys, readable by the owner only", async () => {
    await simulator.close();
    const first = createSimulator({ dataFolder: folder });
    const { clientId, privateKey, antomPublicKey } = first.credentials;
    await first.close();
    for (const file of readdirSync(folder)) {
      if (process.platform !== "win32") expect(statSync(join(folder, file)).mode & 0o077, file).to.equal(0);
    }
    expect(readdirSync(folder)).to.have.members(["antom.key", "journal.jsonl", "merchant.key"]);
    const second = createSimulator({ dataFolder: folder });
    expect(second.credentials).to.include({ clientId, privateKey, antomPublicKey });
    await second.close();
  });

  it("goes on with an open payment at the same page", async () => {
    const first = await pay();
    const port = Number(new URL(simulator.credentials.gateway).port);
    await simulator.close();
    simulator = createSimulator({ ...KEYS, dataFolder: folder, clock });
    await simulator.listen(port);
    expect((await pay()).body).to.deep.equal(first.body);
    expect((await submit(pageOf(first), card())).location).to.equal(shop.returnUrl);
    await pass(0);
    expect(shop.ofType("PAYMENT_RESULT")).to.have.length(1);
  });

  it("goes on with a challenge that was begun", async () => {
    const metaData = { is3DSAuthentication: true };
    const url = pageOf(await pay({ paymentMethod: { paymentMethodType: "CARD", paymentMethodMetaData: metaData } }));
    const path = new URL((await submit(url, card())).location).pathname;
    await reopen();
    await submit(new URL(path, simulator.credentials.gateway).href, { outcome: "approve" });
    expect(simulator.payments()[0]).to.include({ status: "SUCCESS", cardNo: "405469******0768" });
  });

  it("goes on with automatic captures, expiries and refunds that fell due meanwhile", async () => {
    await submit(pageOf(await pay()), card());
    await pay({ paymentRequestId: "PAY_2" });
    await simulator.close();
    clock.advance(14 * MINUTE);
    await open();
    await pass(0);
    expect(simulator.ledger().authorizations[0]).to.include({ status: "CAPTURED" });
    expect(simulator.payments()[1]).to.include({ code: "ORDER_IS_CLOSED" });
    expect(shop.ofType("CAPTURE_RESULT")).to.have.length(1);
    const refund = {
      refundRequestId: "RF_1",
      paymentId: simulator.payments()[0]?.paymentId,
      refundAmount: { currency: "EUR", value: "5" },
    };
    await call(simulator, "refund", refund);
    await reopen();
    await pass(2_000);
    expect(simulator.ledger().refunds[0]).to.include({ status: "SUCCESS" });
  });

  it("goes on with captures in process, increases and disputes", async () => {
    const EUR = (value: string) => ({ currency: "EUR", value });
    const paymentFactor = { isAuthorization: true, captureMode: "MANUAL" };
    await submit(pageOf(await pay({ paymentAmount: EUR("50000"), paymentFactor })), card());
    await submit(pageOf(await pay({ paymentRequestId: "PAY_2", paymentFactor })), card());
    const [first, second] = simulator.payments().map(({ paymentId }) => paymentId);
    await call(simulator, "capture", { captureRequestId: "CAP_1", paymentId: first, captureAmount: EUR("9001") });
    const raise = { updateRequestId: "UP_1", paymentId: second, amount: EUR("2500") };
    await call(simulator, "updateAmount", raise);
    await reopen();
    await pass(5_000);
    expect(shop.ofType("CAPTURE_RESULT")).to.have.length(1);
    expect(shop.ofType("UPDATE_AMOUNT_RESULT")).to.have.length(1);
    expect((await call(simulator, "updateAmount", raise)).code).to.equal("SUCCESS");
    const { disputeId } = simulator.dispute("PAY_1");
    const before = simulator.ledger();
    await reopen();
    expect(simulator.ledger()).to.deep.equal(before);
    expect(simulator.dispute("PAY_1", "DISPUTE_JUDGED").disputeId).to.equal(disputeId);
  });

  it("goes on with the schedule of a notification, where it stood", async () => {
    shop.refuse();
    await submit(pageOf(await pay({ paymentFactor: { isAuthorization: true, captureMode: "MANUAL" } })), card());
    await pass(0);
    await pass(2 * MINUTE);
    expect(shop.received).to.have.length(2);
    await reopen();
    await pass(10 * MINUTE - 1);
    expect(shop.received).to.have.length(2);
    shop.acknowledge();
    await pass(1);
    expect(shop.received).to.have.length(3);
    expect(shop.received[2]?.raw).to.equal(shop.received[0]?.raw);
    await reopen();
    await pass(48 * 60 * MINUTE);
    expect(shop.received).to.have.length(3);
    expect(simulator.notifications()[0]?.attempts).to.have.length(3);
  });

  it("keeps stored cards, captures and cancellations", async () => {
    await submit(pageOf(await pay()), card({ saveCard: "yes" }));
    await pay({ paymentRequestId: "PAY_2" });
    await call(simulator, "cancel", { paymentRequestId: "PAY_2" });
    const before = simulator.ledger();
    const token = simulator.payments()[0]?.cardToken;
    await reopen();
    expect(simulator.ledger()).to.deep.equal(before);
    const again = await pay({
      paymentRequestId: "PAY_3",
      paymentMethod: {
        paymentMethodType: "CARD",
        paymentMethodId: token,
        paymentMethodMetaData: { isCardOnFile: true },
      },
    });
    expect(again.code).to.equal("SUCCESS");
    const { body } = await call(simulator, "inquiryPayment", { paymentRequestId: "PAY_1" });
    const networkTransactionId = field(body, "paymentResultInfo", "networkTransactionId");
    const alone = await pay({
      paymentRequestId: "PAY_4",
      paymentMethod: {
        paymentMethodType: "CARD",
        paymentMethodId: token,
        paymentMethodMetaData: { isCardOnFile: true, recurringType: "UNSCHEDULED", networkTransactionId },
      },
    });
    expect(alone.code).to.equal("SUCCESS");
  });

  it("never writes a card number or a cvv", async () => {
    await submit(pageOf(await pay()), card({ cardNo: "4111111111111111", cvv: "987", saveCard: "yes" }));
    const metaData = { cardNo: "4117347806156383", cvv: "986", expiryMonth: "12", expiryYear: "29", tokenize: true };
    await pay({
      paymentRequestId: "PAY_2",
      paymentMethod: { paymentMethodType: "CARD", paymentMethodMetaData: metaData },
    });
    await pass(0);
    expect(log()).to.include("411111******1111").and.include("411734******6383");
    expect(log()).not.to.match(/4111111111111111|4117347806156383|"98[67]"/);
  });

  it("is smaller after a restart, when much happened to few payments", async () => {
    await submit(pageOf(await pay()), card());
    await pass(2_000);
    const before = log().split("\n").length;
    await reopen();
    expect(log().split("\n").length).to.be.below(before);
    expect(simulator.ledger().captures).to.have.length(1);
  });

  it("leaves out a last line that a crash cut short, and nothing else", async () => {
    await pay();
    await simulator.close();
    appendFileSync(join(folder, "journal.jsonl"), '{"payment":{"paymentId":"2026');
    await open();
    expect(simulator.payments()).to.have.length(1);
    await simulator.close();
    writeFileSync(join(folder, "journal.jsonl"), `{"payment":{}}\n${log()}`);
    expect(() => createSimulator({ ...KEYS, dataFolder: folder })).to.throw(
      /Line 1 of .*journal\.jsonl cannot be read/,
    );
    rmSync(join(folder, "journal.jsonl"));
    await open();
  });
});

describe("npm run simulator", function () {
  // Three starts of a real process, on a machine that may have other things to do.
  this.timeout(90_000);
  let folder: string;
  let child: ChildProcess | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "simulator-"));
  });
  afterEach(() => {
    child?.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });

  /** Starts the real program and resolves to its URL, which it prints. */
  const start = async (environment: Record<string, string>): Promise<string> => {
    const started = spawn(process.execPath, ["--import", "tsx", join("lib", "cli", "main.ts"), "simulator"], {
      env: { ...process.env, PORT: "0", ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child = started;
    return new Promise((resolve, reject) => {
      let output = "";
      const read = (chunk: Buffer) => {
        output += chunk.toString("utf8");
        const url = /simulator: (http:\S+)\/simulator /.exec(output)?.[1];
        if (url !== undefined) resolve(url);
      };
      started.stdout.on("data", read);
      started.stderr.on("data", read);
      started.on("exit", () => {
        reject(new Error(output));
      });
    });
  };
  const kill = async (signal: NodeJS.Signals): Promise<number | null> => {
    const running = child;
    return new Promise((resolve) => {
      running?.once("exit", resolve);
      running?.kill(signal);
    });
  };

  it("goes on after it was killed between an authorization and its capture", async () => {
    const shop = await new Shop().open();
    try {
      const environment = { SIMULATOR_DATA: folder };
      const url = await start(environment);
      const credentials = await (await fetch(`${url}/simulator/credentials`)).json();
      const remote = createSimulator({ merchantPrivateKey: String(field(credentials, "privateKey")), baseUrl: url });
      const answer = await call(
        remote,
        "pay",
        payBody({ paymentNotifyUrl: shop.notifyUrl, paymentRedirectUrl: shop.returnUrl }),
      );
      expect((await submit(pageOf(answer), card())).location).to.equal(shop.returnUrl);
      await kill("SIGKILL");
      expect(shop.ofType("CAPTURE_RESULT")).to.be.empty;
      const again = await start(environment);
      await shop.until(() => shop.ofType("CAPTURE_RESULT").length === 1, "the capture is notified");
      await shop.until(() => shop.ofType("PAYMENT_RESULT").length >= 1, "the payment is notified");
      const ledger: unknown = await (await fetch(`${again}/simulator/ledger`)).json();
      expect(field(ledger, "authorizations", "0")).to.include({ status: "CAPTURED" });
      expect(await (await fetch(`${again}/simulator/credentials`)).json()).to.include({
        clientId: field(credentials, "clientId"),
      });
      await remote.close();
    } finally {
      await shop.close();
    }
  });

  it("ends when it is asked to, and says what is wrong with its environment", async () => {
    await start({});
    expect(await kill("SIGTERM")).to.equal(0);
    const failure = await start({ PORT: "many" }).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).to.have.property("message").that.includes("PORT must be a number");
  });
});
