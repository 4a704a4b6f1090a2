import * as http from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { createAntom, type Antom, type AntomOptions, type Logger, type Order } from "../../lib/index.js";
import type { RouteName } from "../../lib/routers/links.js";
import { memoryStorage } from "../../lib/storage/memory.js";
import { eventRecorder, signedNotification, type EventRecorder } from "../../lib/testing.js";
import { ANTOM_KEYS, CLIENT_ID, SHOP_KEYS } from "./keys.js";

/** Every way a shop may mount the kit; the suites of the routers run under each. */
export const MOUNTINGS = [
  "the router at a path",
  "the router in an app under a prefix",
  "the routers one by one",
  "the router after express.json()",
  "the router after an express.json() that keeps the bytes",
] as const;
export type Mounting = (typeof MOUNTINGS)[number];

export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly fields: Record<string, unknown>;
}

export interface TestShop {
  readonly origin: string;
  readonly urls: Readonly<Record<RouteName, string>>;
  readonly antom: Antom;
  readonly recorder: EventRecorder;
  readonly log: LogLine[];
  /** Orders the shop knows, by id. A test adds its own. */
  readonly orders: Map<string, Order>;
  checkout(orderId: string, headers?: Record<string, string>): Promise<Response>;
  /** Sends a notification signed by Antom. */
  notify(body: object | string, headers?: Record<string, string>): Promise<Response>;
  stop(): Promise<void>;
}

export interface ShopOptions extends Partial<Omit<AntomOptions, "publicUrl">> {
  readonly mounting?: Mounting;
  /** Whether it says nothing at all about hooks, not even that there are none. */
  readonly isWithoutHooks?: boolean;
}

const ALONE: Readonly<Record<RouteName, string>> = {
  checkout: "/buy",
  redirect: "/go",
  return: "/back",
  status: "/standing",
  methods: "/ways",
  cards: "/wallet",
  notify: "/hooks/antom",
  script: "/assets/pay.js",
};

export async function startShop({
  mounting = MOUNTINGS[0],
  isWithoutHooks = false,
  ...options
}: ShopOptions = {}): Promise<TestShop> {
  const app = express();
  const server = http.createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const alone = mounting === "the routers one by one";
  const root = mounting === "the router in an app under a prefix" ? "/shop/v1/payments" : "/payments";
  const urls = Object.fromEntries(
    Object.entries(ALONE).map(([name, path]) => [
      name,
      origin + (alone ? path : `${root}/${name === "script" ? "checkout.js" : name}`),
    ]),
  ) as Record<RouteName, string>;

  const recorder = eventRecorder();
  const log: LogLine[] = [];
  const orders = new Map<string, Order>();
  const antom = createAntom({
    clientId: CLIENT_ID,
    privateKey: SHOP_KEYS.privateKey,
    antomPublicKey: ANTOM_KEYS.publicKey,
    gateway: "http://127.0.0.1:9",
    secret: "a secret of the tests, long enough",
    storage: memoryStorage(),
    order: (req) => orders.get(String((req.body as { orderId?: unknown }).orderId)),
    ...(isWithoutHooks ? {} : { hooks: recorder.hooks }),
    logger: recording(log),
    pollInterval: 50,
    ...options,
    publicUrl: origin + root,
    ...(alone ? { urls } : {}),
  });

  if (mounting === "the router after express.json()") {
    app.use(express.json(), express.urlencoded({ extended: false }));
  }
  if (mounting === "the router after an express.json() that keeps the bytes") {
    app.use(
      express.json({
        verify: (req, _res, bytes) => {
          (req as { rawBody?: Buffer }).rawBody = bytes;
        },
      }),
    );
  }
  if (alone) {
    for (const [name, path] of Object.entries(ALONE)) app.use(path, antom[name as RouteName]);
  } else if (mounting === "the router in an app under a prefix") {
    const inner = express();
    inner.use("/payments", antom.router);
    app.use("/shop/v1", inner);
  } else {
    app.use("/payments", antom.router);
  }

  return {
    origin,
    urls,
    antom,
    recorder,
    log,
    orders,
    checkout: (orderId, headers = {}) =>
      fetch(urls.checkout, {
        method: "POST",
        redirect: "manual",
        headers: { "content-type": "application/json", accept: "application/json", ...headers },
        body: JSON.stringify({ orderId }),
      }),
    async notify(body, headers = {}) {
      const signed = await signedNotification({
        url: urls.notify,
        clientId: CLIENT_ID,
        privateKey: ANTOM_KEYS.privateKey,
        body,
      });
      return fetch(urls.notify, { ...signed, headers: { ...signed.headers, ...headers } });
    },
    async stop() {
      await antom.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A logger that keeps its lines. */
export const recording = (log: LogLine[]): Logger => {
  const write = (level: string) => (fields: object, message: string) => {
    log.push({ level, message, fields: { ...fields } });
  };
  return { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
};

/** An order of EUR 19.99. */
export const anOrder = (orderId: string, more: Partial<Order> = {}): Order => ({
  orderId,
  description: "Two bags of beans",
  amount: { currency: "EUR", value: "1999" },
  ...more,
});

/** What a checkout answers with. */
export interface CheckoutAnswer {
  readonly payment: {
    readonly id: string;
    readonly orderId: string;
    readonly status: string;
    readonly amount: { currency: string; value: string };
  };
  readonly redirect: string;
  readonly statusUrl: string;
}

export const answerOf = async (response: Response): Promise<CheckoutAnswer> =>
  (await response.json()) as CheckoutAnswer;

/** An error, as it is answered with. */
export interface ProblemBody {
  readonly code: string;
  readonly detail: string;
  readonly problems?: readonly { readonly at: string; readonly message: string }[];
}

export const problemOf = async (response: Response): Promise<ProblemBody> => (await response.json()) as ProblemBody;

/** The notification of a payment's result, as Antom sends it. */
export const paymentResult = (
  payment: { readonly id: string; readonly amount: object },
  more: Record<string, unknown> = {},
): Record<string, unknown> => ({
  notifyType: "PAYMENT_RESULT",
  result: { resultCode: "SUCCESS", resultStatus: "S", resultMessage: "success" },
  paymentRequestId: payment.id,
  paymentId: `ANTOM-${payment.id}`,
  paymentAmount: payment.amount,
  paymentCreateTime: "2026-01-01T12:01:00+08:00",
  paymentTime: "2026-01-01T12:01:01+08:00",
  ...more,
});

/** The notification of a capture's result. */
export const captureResult = (
  payment: { readonly id: string; readonly amount: object },
  more: Record<string, unknown> = {},
): Record<string, unknown> => ({
  notifyType: "CAPTURE_RESULT",
  result: { resultCode: "SUCCESS", resultStatus: "S", resultMessage: "success" },
  captureRequestId: `AUTO-${payment.id}`,
  paymentId: `ANTOM-${payment.id}`,
  captureId: `CAPTURE-${payment.id}`,
  captureAmount: payment.amount,
  captureTime: "2026-01-01T12:01:03+08:00",
  ...more,
});
