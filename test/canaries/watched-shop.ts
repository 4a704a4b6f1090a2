import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import express, { type RequestHandler } from "express";
import { pino } from "pino";
import { createAntom, type Antom, type AntomOptions, type Hooks, type Logger, type Order } from "../../lib/index.js";
import { EVENT_TYPES } from "../../lib/payment/events.js";
import { sqliteStorage } from "../../lib/storage/sqlite.js";
import { eventRecorder, signedNotification, type EventRecorder } from "../../lib/testing.js";
import { ANTOM_KEYS, CLIENT_ID, SHOP_KEYS } from "../support/keys.js";
import { canariesWith, CARD_KEY, SECRET } from "./canaries.js";
import { Scanner } from "./scanner.js";

/** As much of a value as anybody could make node show. */
export const shown = (value: unknown): string =>
  [
    inspect(value, { depth: Infinity, showHidden: true, maxArrayLength: null, maxStringLength: null }),
    inspect(value, { depth: Infinity, showHidden: true, customInspect: false, getters: true, maxArrayLength: null }),
    json(value),
    String(value),
  ].join("\n");

function json(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return "";
  }
}

/** A shop on SQLite of which everything that leaves the kit is kept, to be searched. */
export interface WatchedShop {
  readonly url: string;
  readonly antom: Antom;
  readonly recorder: EventRecorder;
  order: Order | (() => never);
  /** A request to the kit; what is answered is kept, its headers too. */
  send(path: string, init?: RequestInit): Promise<Seen>;
  checkout(fields: object, headers?: Readonly<Record<string, string>>): Promise<Seen>;
  /** The same by a form, as a browser without script submits it. */
  submit(fields: Readonly<Record<string, string>>): Promise<Seen>;
  notify(body: object): Promise<Seen>;
  /** Keeps something else that was seen. */
  see(what: string, value: unknown): void;
  /** Whatever of these numbers and tokens, or of the other canaries, got anywhere. Stops the shop to read its files to the end. */
  leaks(numbers: readonly string[], tokens?: readonly string[]): Promise<string[]>;
  stop(): Promise<void>;
}

export interface Seen {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** @param before what runs before the kit, such as a body parser of the shop's own */
export async function openWatchedShop(
  gateway: string,
  options: Partial<AntomOptions> = {},
  before: readonly RequestHandler[] = [],
): Promise<WatchedShop> {
  const folder = mkdtempSync(join(tmpdir(), "express-antom-"));
  const pieces: { readonly what: string; readonly bytes: Buffer | string }[] = [];
  const see = (what: string, value: unknown): void => {
    pieces.push({ what, bytes: typeof value === "string" ? value : shown(value) });
  };
  const app = express();
  const server = http.createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/payments`;
  const recorder = eventRecorder();
  const storage = sqliteStorage(join(folder, "payments.db"));
  const antom = createAntom({
    clientId: CLIENT_ID,
    privateKey: SHOP_KEYS.privateKey,
    antomPublicKey: ANTOM_KEYS.publicKey,
    gateway,
    publicUrl: url,
    secret: SECRET,
    storage,
    order: (req) => {
      see("what the order function is given", req.body);
      see("the bytes the order function is given", (req as { rawBody?: unknown }).rawBody);
      return typeof shop.order === "function" ? shop.order() : shop.order;
    },
    pciQualified: true,
    buyer: () => "buyer-1",
    cardKey: CARD_KEY,
    hooks: watchedHooks(recorder, see),
    logger: watchedLogger(see),
    pollInterval: 20,
    gatewayTimeout: 1_000,
    ...options,
  });
  app.use(...before, (req, res, next) => {
    const bytes = (req as { rawBody?: unknown }).rawBody;
    res.on("finish", () => {
      see("the body a logger of requests is given", req.body);
      see("the bytes a parser kept", Buffer.isBuffer(bytes) ? bytes.toString("latin1") : bytes);
    });
    next();
  });
  app.use("/payments", antom.router);

  const send = async (path: string, init: RequestInit = {}): Promise<Seen> => {
    const response = await fetch(path.startsWith("http") ? path : url + path, { redirect: "manual", ...init });
    const text = await response.text();
    see(`the answer to ${init.method ?? "GET"} ${path.slice(0, 60)}`, `${shown(response.headers)}\n${text}`);
    const isJson = (response.headers.get("content-type") ?? "").includes("json");
    const body = (isJson ? JSON.parse(text) : {}) as Record<string, unknown>;
    return { status: response.status, text, headers: response.headers, body };
  };
  const readFiles = (when: string): void => {
    for (const name of readdirSync(folder))
      pieces.push({ what: `${name}, ${when}`, bytes: readFileSync(join(folder, name)) });
  };
  const seePublicObjects = async (): Promise<void> => {
    const { items } = await antom.payments.list();
    see("payments.list", items);
    for (const { id, orderId } of items) {
      see("payments.get", await antom.payments.get(id));
      see("payments.journal", await antom.payments.journal(id));
      see("payments.findByOrder", await antom.payments.findByOrder(orderId));
    }
    see("antom", antom);
    see("the storage", storage);
    see("the storage's cards", await storage.cards.list("buyer-1"));
    see("the recorder", recorder);
  };

  let stopped = false;
  const stop = async (): Promise<void> => {
    if (stopped) return;
    stopped = true;
    await antom.stop();
    server.closeAllConnections();
    server.close();
  };
  const shop: WatchedShop = {
    url,
    antom,
    recorder,
    order: { orderId: "order-1", description: "Two mugs", amount: { currency: "EUR", value: "1999" } },
    send,
    see,
    checkout: (fields, headers = {}) =>
      send("/checkout", {
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/json", ...headers },
        body: JSON.stringify(fields),
      }),
    submit: (fields) =>
      send("/checkout", {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded", accept: "text/html" },
        body: new URLSearchParams(fields).toString(),
      }),
    async notify(body) {
      const parts = { url: `${url}/notify`, clientId: CLIENT_ID, privateKey: ANTOM_KEYS.privateKey, body };
      return send("/notify", await signedNotification(parts));
    },
    async leaks(numbers, tokens = []) {
      await seePublicObjects();
      readFiles("while it runs");
      await stop();
      readFiles("when it has stopped");
      const scanner = new Scanner(canariesWith(numbers, tokens));
      return pieces.flatMap(({ what, bytes }) => scanner.find(bytes).map((found) => `${found} in ${what}`));
    },
    async stop() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return shop;
}

type See = WatchedShop["see"];

function watchedHooks(recorder: EventRecorder, see: See): Hooks {
  const hooks = Object.entries(recorder.hooks);
  if (hooks.length !== EVENT_TYPES.length) throw new Error("a hook is missing");
  return Object.fromEntries(
    EVENT_TYPES.map((type) => [
      type,
      (event: never, context: never) => {
        see(`the hook ${type}`, event);
        see(`the context of the hook ${type}`, context);
        return recorder.hooks[type]?.(event, context);
      },
    ]),
  );
}

/** Every line as pino writes it at its lowest level, and everything that stood in its fields. */
function watchedLogger(see: See): Logger {
  const log = pino(
    { level: "trace" },
    {
      write(line: string) {
        see("a line of the log", line);
      },
    },
  );
  const write =
    (level: "debug" | "info" | "warn" | "error") =>
    (fields: object, message: string): void => {
      see(`the fields of a ${level} log line`, fields);
      log[level](fields, message);
    };
  return { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
}
