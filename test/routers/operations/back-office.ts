import * as http from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { createAntom, type Antom, type AntomOptions, type Order, type PaymentView } from "../../../lib/index.js";
import { createSimulator, type Simulator } from "../../../lib/simulator.js";
import { memoryStorage } from "../../../lib/storage/memory.js";
import type { Storage } from "../../../lib/storage/storage.js";
import { manualClock, type ManualClock } from "../../../lib/testing.js";
import { ANTOM_KEYS, CLIENT_ID, SHOP_KEYS } from "../../support/keys.js";
import { anOrder } from "../../support/shop.js";
import { GOOD_CARD } from "../../support/simulated-shop.js";

/** A shop with a back office at /admin/payments, in front of a simulator of its own. */
export interface BackOffice {
  /** Where it is mounted: without a slash at the end. */
  readonly url: string;
  readonly origin: string;
  readonly antom: Antom;
  readonly simulator: Simulator;
  readonly storage: Storage;
  /** Only where the office was started with one. */
  readonly clock: ManualClock | undefined;
  /** Pays an order by card; it is held, and the shop captures it, unless told otherwise. */
  pay(order?: Partial<Order>, fields?: Record<string, unknown>): Promise<PaymentView>;
  /** Asks as a member of staff; who, the header x-staff says: "anna" may move money, "lena" may look. */
  ask(path: string, init?: RequestInit & { staff?: string }): Promise<Response>;
  /** The same, as a browser that prefers pages. */
  page(path: string, init?: RequestInit & { staff?: string }): Promise<Response>;
  /** Sends a form as a browser does, from a page of the back office. */
  send(path: string, fields: Record<string, string>, init?: RequestInit & { staff?: string }): Promise<Response>;
  stop(): Promise<void>;
}

export interface BackOfficeOptions extends Partial<AntomOptions> {
  readonly isUnguarded?: boolean;
  readonly hasClock?: boolean;
  /** How slowly the simulator's time goes, compared with Antom's; a thousandth unless told. */
  readonly timeScale?: number;
}

const MAY: Readonly<Record<string, "view" | "manage">> = { anna: "manage", bert: "manage", lena: "view" };

export async function startBackOffice({
  isUnguarded = false,
  hasClock = false,
  timeScale = 0.001,
  ...options
}: BackOfficeOptions = {}): Promise<BackOffice> {
  const simulator = createSimulator({
    clientId: CLIENT_ID,
    merchantPrivateKey: SHOP_KEYS.privateKey,
    antomPrivateKey: ANTOM_KEYS.privateKey,
    timeScale,
    ...(options.clock === undefined ? {} : { clock: options.clock }),
  });
  const gateway = new URL(await simulator.listen(0)).origin;
  const app = express();
  const server = http.createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const orders = new Map<string, Order>();
  const storage = options.storage ?? memoryStorage();
  const clock = hasClock ? manualClock() : undefined;
  const antom = createAntom({
    clientId: CLIENT_ID,
    privateKey: SHOP_KEYS.privateKey,
    antomPublicKey: ANTOM_KEYS.publicKey,
    gateway,
    secret: "a secret of the tests, long enough",
    storage,
    order: (req) => orders.get(String((req.body as { orderId?: unknown }).orderId)),
    publicUrl: `${origin}/payments`,
    pciQualified: true,
    pollInterval: 50,
    logger: false,
    contract: { partialCapture: true, multipleCaptures: true },
    ...(clock === undefined ? {} : { clock }),
    ...(isUnguarded
      ? {}
      : {
          authorize: (req) => {
            const name = req.get("x-staff") ?? "";
            const may = MAY[name];
            return may !== undefined && { may, name };
          },
        }),
    ...options,
  });
  app.use("/payments", antom.router);
  app.use("/admin/payments", antom.operations);
  await antom.start();

  const url = `${origin}/admin/payments`;
  const ask: BackOffice["ask"] = (path, { staff = "anna", headers, ...init } = {}) =>
    fetch(url + path, {
      redirect: "manual",
      ...init,
      headers: { accept: "application/json", "x-staff": staff, ...(headers as Record<string, string> | undefined) },
    });
  const page: BackOffice["page"] = (path, { headers, ...init } = {}) =>
    ask(path, {
      ...init,
      headers: {
        accept: "text/html,application/xhtml+xml,*/*;q=0.8",
        ...(headers as Record<string, string> | undefined),
      },
    });
  let count = 0;
  return {
    url,
    origin,
    antom,
    simulator,
    storage,
    clock,
    ask,
    page,
    send: (path, fields, { headers, ...init } = {}) =>
      page(path, {
        method: "POST",
        ...init,
        headers: { origin, "sec-fetch-site": "same-origin", ...(headers as Record<string, string> | undefined) },
        body: new URLSearchParams(fields),
      }),
    async pay(order = {}, fields = {}) {
      const orderId = order.orderId ?? `order-${++count}`;
      orders.set(orderId, anOrder(orderId, { capture: "MANUAL", ...order }));
      const response = await fetch(`${origin}/payments/checkout`, {
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/json" },
        body: JSON.stringify({ orderId, method: "card", card: GOOD_CARD, ...fields }),
      });
      const answer = (await response.json()) as { payment?: { id: string } };
      if (answer.payment === undefined) throw new Error(`${response.status} ${JSON.stringify(answer)}`);
      return antom.payments.get(answer.payment.id);
    },
    async stop() {
      await simulator.close();
      await antom.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The value of a hidden field on a page, of the form that is sent to a path ending so. */
export function hiddenField(page: string, action: string, name: string): string {
  const form = page.split("<form").find((part) => part.split(">")[0]?.includes(`${action}"`) === true) ?? "";
  const value = new RegExp(`name="${name}"\\s+value="([^"]*)"`).exec(form)?.[1];
  if (value === undefined) throw new Error(`no field ${name} in a form to ${action}`);
  return value;
}
