import * as http from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { createTransport } from "../../lib/gateway/transport.js";
import {
  createAntom,
  type Antom,
  type AntomOptions,
  type Order,
  type Transport,
  type TransportRequest,
} from "../../lib/index.js";
import { createSimulator, type Simulator, type SimulatorOptions } from "../../lib/simulator.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import { eventRecorder, signedNotification, type EventRecorder } from "../../lib/testing.js";
import { problemsWith } from "../contracts/check.js";
import { ANTOM_KEYS, CLIENT_ID, SHOP_KEYS } from "../support/keys.js";

/** A call the shop made to Antom, as its bytes were. */
export interface SentCall {
  readonly operation: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A shop as a merchant would write it: an Express app that mounts the kit, and an order function. */
export interface Merchant {
  readonly url: string;
  readonly antom: Antom;
  readonly recorder: EventRecorder;
  /** Every call to Antom, in order. */
  readonly sent: SentCall[];
  /** What the order function answers with next. */
  order: Order;
  /** `POST /payments/checkout` over real HTTP, with exactly these headers. */
  checkout(fields?: object, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  get(path: string): Promise<Answer>;
  /** A notification, signed by Antom. */
  notify(body: object): Promise<Answer>;
  stop(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What a browser behind the shop's proxy sends. */
export const BROWSER_HEADERS = {
  "user-agent": "Chrome/100",
  accept: "*/*",
  "x-forwarded-for": "112.80.248.78",
} as const;

/** What the shop's proxy passes on of an app that names neither itself nor what it takes. */
export const APP_HEADERS = { "x-forwarded-for": "112.80.248.78" } as const;

/** A key for card tokens. */
export const CARD_KEY = Buffer.alloc(32, 11).toString("base64");

export async function openMerchant(
  gateway: string,
  order: Order,
  options: Partial<AntomOptions> = {},
): Promise<Merchant> {
  const app = express();
  app.set("trust proxy", "loopback");
  const server = http.createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/payments`;
  const sent: SentCall[] = [];
  const wire = createTransport();
  const recorder = eventRecorder();
  const antom = createAntom({
    clientId: CLIENT_ID,
    privateKey: SHOP_KEYS.privateKey,
    antomPublicKey: ANTOM_KEYS.publicKey,
    gateway,
    publicUrl: url,
    secret: "a secret of the tests, long enough",
    storage: memoryStorage(),
    order: () => merchant.order,
    hooks: recorder.hooks,
    logger: false,
    pollInterval: 20,
    transport: recording(wire, sent),
    ...options,
  });
  app.use("/payments", antom.router);

  const merchant: Merchant = {
    url,
    antom,
    recorder,
    sent,
    order,
    checkout: (fields = {}, headers = BROWSER_HEADERS) =>
      exchange(`${url}/checkout`, "POST", { ...headers, "content-type": "application/json" }, JSON.stringify(fields)),
    get: (path) => exchange(url + path, "GET", { accept: "application/json" }, ""),
    async notify(body) {
      const parts = { url: `${url}/notify`, clientId: CLIENT_ID, privateKey: ANTOM_KEYS.privateKey, body };
      const signed = await signedNotification(parts);
      return exchange(parts.url, "POST", signed.headers, signed.body);
    },
    async stop() {
      await antom.stop();
      wire.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return merchant;
}

/** Keeps what is sent, and sends it on. */
const recording =
  (wire: Transport, sent: SentCall[]): Transport =>
  (request: TransportRequest) => {
    const operation = request.url.pathname.slice(request.url.pathname.lastIndexOf("/") + 1);
    const body = JSON.parse(request.body.toString("utf8")) as Record<string, unknown>;
    sent.push({ operation, body });
    return wire(request);
  };

/** Holds every call a merchant made against the contract. */
export const brokenContracts = ({ sent }: Merchant): string[] =>
  sent.flatMap(({ operation, body }) => problemsWith(operation, body));

function exchange(
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = http.request(url, { method, headers: { ...headers, connection: "close" } }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("error", reject);
      incoming.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        const isJson = (incoming.headers["content-type"] ?? "").includes("json");
        const value: unknown = isJson ? JSON.parse(text) : {};
        resolve({ status: incoming.statusCode ?? 0, text, body: value as Record<string, unknown> });
      });
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

/** A simulator that shares its keys with the merchant. Waits are a thousandth of Antom's. */
export async function openSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = createSimulator({
    clientId: CLIENT_ID,
    merchantPrivateKey: SHOP_KEYS.privateKey,
    antomPrivateKey: ANTOM_KEYS.privateKey,
    timeScale: 0.001,
    ...options,
  });
  await simulator.listen(0);
  return simulator;
}
