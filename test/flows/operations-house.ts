import * as http from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { createTransport, type Transport } from "../../lib/gateway/transport.js";
import { createAntom, type Antom, type AntomOptions } from "../../lib/index.js";
import { createSimulator, type Simulator } from "../../lib/simulator.js";
import { manualClock, type ManualClock } from "../../lib/testing.js";
import { ANTOM_KEYS, CLIENT_ID, SHOP_KEYS } from "../support/keys.js";
import { anOrder, answerOf } from "../support/shop.js";
import { GOOD_CARD } from "../support/simulated-shop.js";

/** What a kit is made of beside what all of them have in common. */
export type Furnishing = Pick<AntomOptions, "storage"> & Partial<AntomOptions>;

/** A simulator, a clock and an address, in which one kit after another may live, as processes do. */
export interface House {
  readonly clock: ManualClock;
  readonly simulator: Simulator;
  readonly publicUrl: string;
  /** Moves a kit in, with its calls to Antom wrapped in something if need be; what comes to the address is its own from now on. */
  moveIn(furnishing: Furnishing, carried?: (real: Transport) => Transport): Antom;
  /** Nobody is at home: who calls, or is being answered, is cut off. */
  empty(): void;
  /** Pays an order by card; it is authorized and waits to be captured. */
  authorized(orderId: string, value: string): Promise<string>;
  stop(): Promise<void>;
}

/** How long a call to the simulator may really take, in milliseconds. */
const PATIENCE = 10_000;

export async function openHouse(): Promise<House> {
  const clock = manualClock();
  const transport = createTransport();
  const simulator = createSimulator({
    clientId: CLIENT_ID,
    merchantPrivateKey: SHOP_KEYS.privateKey,
    antomPrivateKey: ANTOM_KEYS.privateKey,
    clock,
    notifyTimeout: PATIENCE,
  });
  await simulator.listen();
  let current: Antom | undefined;
  const app = express();
  app.use("/payments", (req, res, next) => {
    res.set("connection", "close");
    if (current === undefined) res.status(503).end();
    else current.router(req, res, next);
  });
  const server = http.createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/payments`;

  return {
    clock,
    simulator,
    publicUrl,
    moveIn(furnishing, carried = (real) => real) {
      current = createAntom({
        clientId: CLIENT_ID,
        privateKey: SHOP_KEYS.privateKey,
        antomPublicKey: ANTOM_KEYS.publicKey,
        gateway: simulator.credentials.gateway,
        publicUrl,
        secret: "a secret of the tests, long enough",
        transport: carried((request) => transport({ ...request, timeout: PATIENCE })),
        order: ({ body }) => {
          const { orderId, value } = body as { orderId: string; value: string };
          return anOrder(orderId, { capture: "MANUAL", amount: { currency: "EUR", value } });
        },
        pciQualified: true,
        worker: false,
        logger: false,
        clock,
        ...furnishing,
      });
      return current;
    },
    empty() {
      current = undefined;
      server.closeAllConnections();
    },
    async authorized(orderId, value) {
      const response = await fetch(`${publicUrl}/checkout`, {
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/json" },
        body: JSON.stringify({ orderId, value, method: "card", card: GOOD_CARD }),
      });
      const { payment } = await answerOf(response);
      if (payment.status !== "authorized") throw new Error(`the payment is ${payment.status}`);
      return payment.id;
    },
    async stop() {
      transport.close();
      server.closeAllConnections();
      server.close();
      await simulator.close();
    },
  };
}
