import { mkdirSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import type { Request } from "express";
import { pino } from "pino";
import { createSimulator, type Simulator } from "../lib/simulator.js";
import type { Antom } from "../lib/index.js";
import type { Visit } from "./pages/visit.js";
import { createPayments } from "./payments.js";
import { keptSecret } from "./secret.js";
import { StartProblem, type Settings } from "./settings.js";
import { signedIn } from "./shop/buyers.js";
import { openDatabase, type ShopDatabase } from "./shop/database.js";
import { createInbox } from "./shop/inbox.js";
import { createOrders } from "./shop/orders.js";
import { plansFrom } from "./shop/plans.js";
import { createShop } from "./shop/shop.js";

/** The demo, running. */
export interface Demo {
  readonly shopUrl: string;
  readonly simulatorUrl: string;
  readonly dataFolder: string;
  /** Finishes what is in hand and lets go of everything. */
  stop(): Promise<void>;
}

const HOST = "127.0.0.1";

/** How long a request may still take when the demo stops, in milliseconds. */
const GRACE = 5_000;

/**
 * Starts the shop and the simulator in this process, on 127.0.0.1.
 *
 * @throws StartProblem when a port is taken, or the data folder is in use or cannot be written
 */
export async function startDemo({ port, simulatorPort, dataFolder }: Settings): Promise<Demo> {
  const shopUrl = `http://${HOST}:${port}`;
  const simulatorUrl = `http://${HOST}:${simulatorPort}`;
  const server = createServer();
  let database: ShopDatabase | undefined;
  let simulator: Simulator | undefined;
  let antom: Antom | undefined;

  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= (async () => {
      // First whoever sends notifications: none is sent to a shop that no longer listens, which would delay it.
      await simulator?.close();
      await closed(server);
      await antom?.stop();
      database?.close();
    })();
    return stopping;
  };

  try {
    // The shop listens before there is a simulator, which has things to tell at once if it was killed.
    await taking("PORT", port, listening(server, port));
    makeFolder(dataFolder);
    database = openDatabase(join(dataFolder, "shop.db"));
    const orders = createOrders(database);
    const inbox = createInbox(database);
    const logger = pino({ name: "demo", level: "warn" });
    simulator = createSimulator({ dataFolder: join(dataFolder, "simulator"), host: HOST, logger });
    const { clientId, privateKey, antomPublicKey } = simulator.credentials;
    antom = createPayments({
      shopUrl,
      clientId,
      privateKey,
      antomPublicKey,
      gateway: simulatorUrl,
      secret: keptSecret(join(dataFolder, "link.secret"), "base64url"),
      cardKey: keptSecret(join(dataFolder, "card.key"), "base64"),
      file: join(dataFolder, "payments.db"),
      orders,
      inbox,
      logger,
    });
    const plans = plansFrom(`${shopUrl}/payments`);
    const visitOf = (req: Request): Visit => ({
      simulatorUrl,
      buyer: signedIn(req),
      path: req.method === "GET" ? req.originalUrl : "/",
    });
    server.on("request", createShop({ antom, orders, inbox, shopUrl, plans, visitOf, logger }));
    await taking("SIMULATOR_PORT", simulatorPort, simulator.listen(simulatorPort));
    await antom.start();
  } catch (error) {
    await stop();
    throw error;
  }
  return { shopUrl, simulatorUrl, dataFolder, stop };
}

async function taking(name: string, port: number, listens: Promise<unknown>): Promise<void> {
  try {
    await listens;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EADDRINUSE") {
      throw new StartProblem(`Port ${port} is in use (is the demo running already?); give another one as ${name}.`);
    }
    if (code === "EACCES") throw new StartProblem(`Port ${port} may not be used here; give another one as ${name}.`);
    throw error;
  }
}

const listening = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, HOST, () => {
      server.off("error", reject);
      resolve();
    });
  });

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => {
      server.closeAllConnections();
    }, GRACE);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
  });

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartProblem(`The folder ${folder} cannot be made (${reason}); give another one as DEMO_DATA.`);
  }
}
