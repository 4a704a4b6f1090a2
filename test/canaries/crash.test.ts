import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { signedNotification } from "../../lib/testing.js";
import { cardOf, numberOf } from "../golden/prose.js";
import { ANTOM_KEYS, CLIENT_ID, SHOP_KEYS } from "../support/keys.js";
import { eventually } from "../support/killable-shop.js";
import { inProcess, RESULTS, startScriptedAntom, type ScriptedAntom } from "../support/scripted-antom.js";
import { paymentResult } from "../support/shop.js";
import { canariesWith, CVV } from "./canaries.js";
import { Scanner } from "./scanner.js";

const SILENCE = 61_000;
const LEASE = 31_000;
const NUMBER = numberOf("mastercard");
const CARD = { ...cardOf("mastercard"), cvv: CVV };
const TOKEN = "ALIPAYcanaryTOKENofTheCrash0123456789abcdefghijklmnop==";

describe("card data and secrets, in a shop that is killed", () => {
  let antom: ScriptedAntom;
  let folder: string;
  let port: number;
  let child: ChildProcess | undefined;
  let output: Buffer[];
  let later: number;

  beforeEach(async () => {
    antom = await startScriptedAntom();
    folder = mkdtempSync(join(tmpdir(), "express-antom-"));
    output = [];
    later = 0;
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    port = (server.address() as AddressInfo).port;
    server.close();
    await once(server, "close");
    await start();
  });
  afterEach(async () => {
    await kill();
    await antom.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const start = async (more = 0): Promise<void> => {
    later += more;
    const env = {
      ...process.env,
      SHOP_PORT: String(port),
      SHOP_CLIENT: CLIENT_ID,
      SHOP_PRIVATE_KEY: SHOP_KEYS.privateKey,
      SHOP_ANTOM_PUBLIC_KEY: ANTOM_KEYS.publicKey,
      SHOP_GATEWAY: antom.url,
      SHOP_DATABASE: join(folder, "payments.db"),
      SHOP_LATER: String(later),
    };
    const options = { execArgv: ["--require", "tsx/cjs"], env, stdio: ["ignore", "pipe", "pipe", "ipc"] as const };
    child = fork(join(__dirname, "card-shop-process.ts"), { ...options, stdio: [...options.stdio] });
    child.stdout?.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr?.on("data", (chunk: Buffer) => output.push(chunk));
    await once(child, "message");
  };
  const kill = async (): Promise<void> => {
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "close");
    child.kill("SIGKILL");
    await gone;
  };

  const checkout = (orderId: string, more: object = {}): Promise<Response> =>
    fetch(`http://127.0.0.1:${port}/payments/checkout`, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ orderId, method: "card", card: CARD, ...more }),
    });
  const paymentOf = async (response: Response): Promise<{ id: string; status: string; amount: object }> =>
    ((await response.json()) as { payment: { id: string; status: string; amount: object } }).payment;

  /** What was found on disk and in what the process wrote, and that there was something to look at. */
  const leaks = (): string[] => {
    const scanner = new Scanner(canariesWith([NUMBER], [TOKEN]));
    const names = readdirSync(folder);
    expect(names).to.include("payments.db");
    const files = names.flatMap((name) =>
      scanner.find(readFileSync(join(folder, name))).map((found) => `${found} in ${name}`),
    );
    return [...files, ...scanner.find(Buffer.concat(output)).map((found) => `${found} in what was written`)];
  };
  const written = (): string => Buffer.concat(output).toString("utf8");

  it("leave no trace when it dies while the card is on its way, nor when it comes back", async () => {
    antom.on("pay", async () => {
      await kill();
      return "hang up" as const;
    });
    await checkout("order-1").then(
      () => expect.fail("the shop was killed before it could answer"),
      () => undefined,
    );
    expect(JSON.stringify(antom.calls[0]?.body)).to.include(NUMBER).and.include(CVV);
    expect(readdirSync(folder).some((name) => name.endsWith("-wal"))).to.equal(true);
    expect(leaks()).to.deep.equal([]);

    antom.on("pay", inProcess);
    antom.on("inquiryPayment", ({ body }) => ({ result: RESULTS.missing, paymentRequestId: body["paymentRequestId"] }));
    // It is given up once Antom has said four times, a while apart, that it knows nothing of it.
    for (let time = 0; time < 3; time++) {
      await start(SILENCE);
      expect(await paymentOf(await checkout("order-1"))).to.include({ status: "created" });
      await kill();
    }
    await start(SILENCE);
    const again = await eventually(async () => {
      const payment = await paymentOf(await checkout("order-1"));
      return payment.status === "requires_action" ? payment : undefined;
    });
    // Nobody can repeat a call whose card is forgotten: it is another payment.
    const ids = antom.calls.filter(({ operation }) => operation === "pay").map(({ body }) => body["paymentRequestId"]);
    expect(new Set(ids).size).to.equal(2);
    expect(again.id).to.equal(ids[1]);
    await kill();
    expect(written()).to.include(again.id);
    expect(leaks()).to.deep.equal([]);
  });

  it("leave no trace when it dies just after Antom answered, or with the token of a card in its hands", async () => {
    antom.on("pay", (call) => {
      setTimeout(() => void kill(), 3);
      return { ...inProcess(call), result: RESULTS.success };
    });
    await checkout("order-1", { saveCard: true }).catch(() => undefined);
    await kill();
    expect(leaks()).to.deep.equal([]);

    antom.on("pay", inProcess);
    const told = { cardToken: TOKEN, cardNo: NUMBER, cardBrand: "MASTERCARD", lastFour: NUMBER.slice(-4) };
    for (const moment of [0, 2, 5]) {
      await start(LEASE);
      const payment = await paymentOf(await checkout(`order-${moment}-saved`, { saveCard: true }));
      const body = paymentResult(payment, { paymentResultInfo: told, cardInfo: told });
      const parts = {
        url: `http://127.0.0.1:${port}/payments/notify`,
        clientId: CLIENT_ID,
        privateKey: ANTOM_KEYS.privateKey,
        body,
      };
      const signed = await signedNotification(parts);
      const first = fetch(parts.url, signed).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, moment));
      await kill();
      await first;
      expect(leaks(), `killed after ${moment} ms`).to.deep.equal([]);
      await start(LEASE);
      expect((await fetch(parts.url, signed)).status).to.equal(200);
      await eventually(() =>
        written().includes(`${payment.id}.2`) && written().includes("card.stored") ? true : undefined,
      );
      await kill();
      expect(leaks(), `and back after ${moment} ms`).to.deep.equal([]);
    }
  });
}).timeout(60_000);
