import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signedNotification } from "../../lib/testing.js";
import { ANTOM_KEYS, CLIENT_ID, SHOP_KEYS } from "./keys.js";

/** A shop on a SQLite file that can be killed and started again, at a later time if need be. */
export interface KillableShop {
  readonly url: string;
  /** Starts the process; `later` moves its clock on, in milliseconds, and adds to what it was before. */
  start(later?: number): Promise<void>;
  /** SIGKILL, at once. Resolves when the process is gone. */
  kill(): Promise<void>;
  checkout(orderId: string): Promise<Response>;
  notify(body: object): Promise<Response>;
  /** Each hook call the shop began, in order: "<event id> <event type>". */
  hooks(): string[];
  /** What to answer the shop's hooks with; killing the shop in it is fine. */
  onHook: (type: string) => Promise<boolean> | boolean;
  remove(): Promise<void>;
}

const freePort = async (): Promise<number> => {
  const server = http.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
};

export async function createKillableShop(gateway: string): Promise<KillableShop> {
  const folder = mkdtempSync(join(tmpdir(), "express-antom-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/payments`;
  const log = join(folder, "hooks.log");
  let child: ChildProcess | undefined;
  let later = 0;

  const hookServer = http.createServer((req, res) => {
    req.setEncoding("utf8");
    let type = "";
    req.on("data", (text: string) => (type += text));
    req.on("end", () => {
      Promise.resolve(shop.onHook(type)).then(
        (fine) => {
          res.statusCode = fine ? 204 : 500;
          res.end();
        },
        () => res.destroy(),
      );
    });
  });
  hookServer.listen(0, "127.0.0.1");
  await once(hookServer, "listening");
  const hookUrl = `http://127.0.0.1:${(hookServer.address() as AddressInfo).port}`;

  const shop: KillableShop = {
    url,
    onHook: () => true,
    async start(more = 0) {
      later += more;
      child = fork(join(__dirname, "shop-process.ts"), {
        execArgv: ["--require", "tsx/cjs"],
        stdio: ["ignore", "ignore", "inherit", "ipc"],
        env: {
          ...process.env,
          SHOP_PORT: String(port),
          SHOP_CLIENT: CLIENT_ID,
          SHOP_PRIVATE_KEY: SHOP_KEYS.privateKey,
          SHOP_ANTOM_PUBLIC_KEY: ANTOM_KEYS.publicKey,
          SHOP_GATEWAY: gateway,
          SHOP_DATABASE: join(folder, "payments.db"),
          SHOP_HOOK_LOG: log,
          SHOP_HOOK_URL: hookUrl,
          SHOP_LATER: String(later),
        },
      });
      await once(child, "message");
    },
    async kill() {
      if (child?.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
    checkout: (orderId) =>
      fetch(`${url}/checkout`, {
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/json" },
        body: JSON.stringify({ orderId }),
      }),
    async notify(body) {
      const parts = { url: `${url}/notify`, clientId: CLIENT_ID, privateKey: ANTOM_KEYS.privateKey, body };
      return fetch(parts.url, await signedNotification(parts));
    },
    hooks: () => (existsSync(log) ? readFileSync(log, "utf8").split("\n").filter(Boolean) : []),
    async remove() {
      await shop.kill();
      hookServer.closeAllConnections();
      hookServer.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return shop;
}

/** Looks again every few milliseconds until there is something to see. */
export async function eventually<T>(look: () => T | undefined | Promise<T | undefined>, within = 8_000): Promise<T> {
  const until = Date.now() + within;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (Date.now() > until) throw new Error(`nothing came of it within ${within} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
