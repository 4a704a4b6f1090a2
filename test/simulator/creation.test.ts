import { createServer, type Server } from "node:http";
import { expect } from "chai";
import express from "express";
import { createSimulator, type Simulator } from "../../lib/simulator.js";
import { call, payBody } from "./support/merchant.js";
import { card, pageOf, submit, visit } from "./support/pages.js";
import { KEYS } from "./support/keys.js";

describe("createSimulator", () => {
  let simulator: Simulator | undefined;
  let server: Server | undefined;
  afterEach(async () => {
    await simulator?.close();
    if (server) {
      server.closeAllConnections();
      server.close();
    }
    server = undefined;
    simulator = undefined;
  });

  const listen = async (app: express.Express): Promise<string> => {
    const started = createServer(app);
    server = started;
    await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
    const address = started.address();
    return `http://127.0.0.1:${typeof address === "object" ? (address?.port ?? 0) : 0}`;
  };

  it("needs no options, and makes key pairs of its own", async () => {
    simulator = createSimulator();
    const url = await simulator.listen();
    expect(simulator.credentials.gateway).to.equal(url);
    expect((await call(simulator, "pay", payBody())).isSigned).to.be.true;
    const other = createSimulator();
    expect(other.credentials.privateKey).not.to.equal(simulator.credentials.privateKey);
    await other.close();
  });

  it("names every option that cannot be used", () => {
    expect(() =>
      createSimulator({
        clientId: "",
        timeScale: 0,
        notifyTimeout: -1,
        baseUrl: "x",
        notifyUrl: "ftp://x",
        antomKeyVersion: "a",
      }),
    ).to.throw(TypeError, /clientId.*timeScale.*notifyTimeout.*antomKeyVersion.*baseUrl.*notifyUrl/);
  });

  it("names an option that it does not have, and the one that was meant", () => {
    expect(() => createSimulator({ timescale: 0.01 } as object)).to.throw(
      TypeError,
      'timescale is not an option; did you mean "timeScale"?',
    );
    expect(() => createSimulator({ volume: 1 } as object)).to.throw(/volume is not an option; there are clientId, /);
  });

  it("says that it has no address before it listens", () => {
    simulator = createSimulator(KEYS);
    expect(() => simulator?.credentials.gateway).to.throw(/call listen\(\), or give it a baseUrl/);
    expect(simulator.credentials.clientId).to.match(/^SANDBOX_/);
  });

  it("rejects when its port is taken", async () => {
    simulator = createSimulator(KEYS);
    const url = await simulator.listen();
    const second = createSimulator(KEYS);
    const failure = await second.listen(Number(new URL(url).port)).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).to.include({ code: "EADDRINUSE" });
    await second.close();
  });

  it("signs with the key version it is told", async () => {
    simulator = createSimulator({ ...KEYS, antomKeyVersion: "3", merchantKeyVersion: "2" });
    await simulator.listen();
    const answer = await call(simulator, "pay", payBody(), { keyVersion: "2" });
    expect(answer.code).to.equal("PAYMENT_IN_PROCESS");
    expect(answer.headers.get("signature")).to.include("keyVersion=3");
  });

  it("works as a listener of another server, under a prefix, at its public URL", async () => {
    const app = express();
    const url = await listen(app);
    const mounted = createSimulator({ ...KEYS, baseUrl: `${url}/antom/` });
    simulator = mounted;
    app.use("/antom", (request, response) => {
      mounted.handler(request, response);
    });
    expect(mounted.credentials.gateway).to.equal(`${url}/antom`);
    const answer = await call(mounted, "pay", payBody());
    expect(answer).to.include({ code: "PAYMENT_IN_PROCESS", isSigned: true });
    const page = await visit(pageOf(answer));
    expect(pageOf(answer)).to.include("/antom/cashier/");
    expect(page.text).to.include('href="/antom/simulator/style.css"').and.include('action="/antom/cashier/');
    expect((await submit(pageOf(answer), card())).location).to.equal("http://127.0.0.1:9/return");
    expect((await visit(`${url}/antom/simulator`)).status).to.equal(200);
  });
});
