import * as http from "node:http";
import { expect } from "chai";
import { createSimulator, type SimulatorOptions } from "../../lib/simulator.js";
import { KEYS } from "./support/keys.js";
import { openScene, type Scene } from "./support/scene.js";

const READ = ["", "/credentials", "/ledger", "/payments", "/notifications", "/requests", "/disputes", "/faults"];
const FAULT = JSON.stringify({ operation: "pay", fault: "timeout" });

describe("simulator: whom it shows what happened, and lets change it", () => {
  let scene: Scene | undefined;
  afterEach(async () => {
    await scene?.close();
    scene = undefined;
  });

  const open = async (options: SimulatorOptions = {}): Promise<number> => {
    scene = await openScene(options);
    return Number(new URL(scene.simulator.credentials.gateway).port);
  };

  interface Asked {
    readonly port: number;
    readonly path: string;
    readonly host: string;
    readonly method?: string;
    readonly body?: string;
    readonly headers?: Readonly<Record<string, string>>;
  }
  const ask = ({ port, path, host, method = "GET", body, headers = {} }: Asked) =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      const all = { host, ...headers };
      const request = http.request(
        { host: "127.0.0.1", port, path: `/simulator${path}`, method, headers: all },
        (answer) => {
          let text = "";
          answer.on("data", (chunk: Buffer) => (text += chunk.toString()));
          answer.on("end", () => {
            resolve({ status: answer.statusCode ?? 0, text });
          });
        },
      );
      request.on("error", reject).end(body);
    });

  it("answers under the names and addresses of this machine", async () => {
    const port = await open();
    for (const name of ["localhost", "127.0.0.1", "[::1]", "shop.localhost", "192.168.1.5", "antom.test"]) {
      for (const path of READ) {
        expect((await ask({ port, path, host: `${name}:${port}` })).status, `${name} ${path}`).to.equal(200);
      }
    }
  });

  it("answers under no other name: a page of another site may have made it lead here", async () => {
    const port = await open();
    for (const host of [
      "evil.example",
      `evil.example:${port}`,
      "localhost.evil.example",
      "127.0.0.1.evil.example",
      "?",
    ]) {
      for (const path of READ) {
        const { status, text } = await ask({ port, path, host });
        expect(status, `${host} ${path}`).to.equal(403);
        expect(text).to.contain("baseUrl").and.not.contain("clientId");
      }
    }
    const change = { method: "POST", body: FAULT, headers: { "content-type": "application/json" } };
    expect((await ask({ port, path: "/faults", host: "evil.example", ...change })).status).to.equal(403);
    expect(scene?.simulator.faults()).to.deep.equal([]);
  });

  it("answers under the name it was told it is reached by", async () => {
    const simulator = createSimulator({ ...KEYS, baseUrl: "https://antom.dev.example/here" });
    const port = Number(new URL(await simulator.listen()).port);
    expect((await ask({ port, path: "", host: "antom.dev.example" })).status).to.equal(200);
    expect((await ask({ port, path: "", host: "evil.example" })).status).to.equal(403);
    const sent = { method: "POST", body: FAULT, headers: { origin: "https://antom.dev.example" } };
    // A proxy in front may call it by another name than the browser does.
    for (const host of ["antom.dev.example", `127.0.0.1:${port}`]) {
      expect((await ask({ port, path: "/faults", host, ...sent })).status).to.equal(201);
    }
    await simulator.close();
  });

  it("lets no other site's page change anything", async () => {
    const port = await open();
    const host = `127.0.0.1:${port}`;
    const foreign: readonly Record<string, string>[] = [
      { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
      { origin: `http://${host}`, "sec-fetch-site": "cross-site" },
      { origin: "http://127.0.0.1:3000", "sec-fetch-site": "same-site" },
      { "sec-fetch-site": "cross-site" },
      { origin: "https://evil.example" },
      { origin: "http://127.0.0.1:1" },
      { origin: "null" },
    ];
    for (const headers of foreign) {
      for (const type of ["text/plain", "application/json", "application/x-www-form-urlencoded"]) {
        for (const path of ["/faults", "/faults/clear", "/disputes", "/reversals"]) {
          const sent = { method: "POST", body: FAULT, headers: { "content-type": type, ...headers } };
          expect((await ask({ port, path, host, ...sent })).status, JSON.stringify(headers)).to.equal(403);
        }
        expect((await ask({ port, path: "/faults", host, method: "DELETE", headers })).status).to.equal(403);
      }
    }
    expect(scene?.simulator.faults()).to.deep.equal([]);
  });

  it("lets programs and its own page", async () => {
    const port = await open();
    const host = `127.0.0.1:${port}`;
    const own: readonly Record<string, string>[] = [
      {},
      { origin: `http://${host}` },
      { origin: `http://${host}`, "sec-fetch-site": "same-origin" },
      { origin: "null", "sec-fetch-site": "same-origin" },
      { "sec-fetch-site": "none" },
    ];
    for (const headers of own) {
      const sent = { method: "POST", body: FAULT, headers: { "content-type": "application/json", ...headers } };
      expect((await ask({ port, path: "/faults", host, ...sent })).status, JSON.stringify(headers)).to.equal(201);
      expect((await ask({ port, path: "/faults", host, method: "DELETE", headers })).status).to.equal(204);
    }
  });

  it("has pictures and styles for the buyer's pages under any name", async () => {
    const port = await open();
    for (const path of ["/style.css", "/icon.svg", "/brands/VISA.svg"]) {
      expect((await ask({ port, path, host: "antom.dev.example" })).status, path).to.equal(200);
    }
  });
});
