import express, { type Router } from "express";
import { configure } from "./configuration/configuration.js";
import { warnUnreachable } from "./configuration/reachable.js";
import { createGateway } from "./gateway/gateway.js";
import { givenTransport } from "./gateway/given-transport.js";
import { createTransport } from "./gateway/transport.js";
import { checkAccount } from "./ledger/account.js";
import { createCardSeal } from "./ledger/card-seal.js";
import { createCards } from "./ledger/cards.js";
import { createEraseCard } from "./ledger/erase-card.js";
import { createCarrier } from "./ledger/carry-operation.js";
import { createCharge } from "./ledger/charge.js";
import { createCheckout } from "./ledger/checkout.js";
import { createCommands } from "./ledger/commands.js";
import { createDeliverer } from "./ledger/deliver.js";
import { createExpirer } from "./ledger/expire.js";
import { createGivingWay } from "./ledger/busy.js";
import { createInquirer, type Inquirer } from "./ledger/inquire.js";
import { createIntake } from "./ledger/notification-intake.js";
import { createLedger } from "./ledger/ledger.js";
import { createListeners } from "./ledger/listeners.js";
import { createMethods } from "./ledger/methods.js";
import { createPrune, type Retention } from "./ledger/prune.js";
import { createSends } from "./ledger/send-operation.js";
import { createVoider } from "./ledger/void.js";
import { createWorker, type Worker } from "./ledger/worker.js";
import type { AntomOptions } from "./options.js";
import { createLifecycle } from "./lifecycle.js";
import { createLog } from "./log.js";
import { createPayments, type Payments } from "./payments.js";
import { systemClock, systemPause, systemRandom } from "./ports.js";
import { cardsRoutes } from "./routers/cards.js";
import { checkoutRoutes } from "./routers/checkout.js";
import { createLinks, ROUTES, type RouteName } from "./routers/links.js";
import { methodsRoutes } from "./routers/methods.js";
import { createMountWatch } from "./routers/mounting.js";
import { notifyRoutes } from "./routers/notify.js";
import { createOriginCheck } from "./routers/origin.js";
import { createForms } from "./routers/operations/forms.js";
import { operationsRouter } from "./routers/operations/operations.js";
import { redirectRoutes } from "./routers/redirect.js";
import { returnRoutes } from "./routers/return.js";
import { type Route, routerOf, withRoutes } from "./routers/route.js";
import { scriptRoutes } from "./routers/script.js";
import { statusRoutes } from "./routers/status.js";
import { createTelemetry } from "./telemetry/create.js";

/** The kit, ready to be mounted. */
export interface Antom extends Readonly<Record<RouteName, Router>>, Retention {
  /** All routes, to be mounted where `publicUrl` says. */
  readonly router: Router;
  /** The back office: mount it in the shop's admin, behind the shop's own guard. Who may do what, the option `authorize` says. */
  readonly operations: Router;
  readonly payments: Payments;
  /**
   * Makes the storage ready and starts the worker. It begins by itself; wait for it to see problems early, or where the worker is all there is in the
   * process: with the worker, a process stays from this call until `stop`.
   */
  start(): Promise<void>;
  /** Stops the worker once it has finished what it has in hand, and lets go of the storage. */
  stop(): Promise<void>;
  /** Carries out all work that is due now, and answers with how many tasks that was. For scripts, and for tests with `worker: false`. */
  runDue(): Promise<number>;
}

/**
 * The kit for one shop with Antom. Parses keys, compiles schemas and checks every option here, once.
 *
 * @throws AntomError `configuration_invalid`, naming each option that is wrong
 */
export function createAntom(options: AntomOptions): Antom {
  const configuration = configure(options);
  const { secrets, urls, paths, cardKeys, ways } = configuration;
  const { storage, clientId } = options;
  const clock = options.clock ?? systemClock;
  const random = options.random ?? systemRandom;
  const logger = createLog(options.logger);
  const { telemetry, metrics, latencies } = createTelemetry(logger);
  const timeout = options.gatewayTimeout ?? 15_000;
  const ownTransport = createTransport();
  const transport = options.transport === undefined ? ownTransport : givenTransport(options.transport, clock);

  const gateway = createGateway({
    clientId,
    privateKey: configuration.privateKey,
    keyVersion: options.keyVersion ?? "1",
    keyRing: configuration.keyRing,
    origin: configuration.origin,
    timeout,
    transport,
    clock,
    logger,
    telemetry,
    ...(options.agentToken === undefined ? {} : { agentToken: options.agentToken }),
    ...(options.merchantAccountId === undefined ? {} : { merchantAccountId: options.merchantAccountId }),
  });
  const links = createLinks(secrets, urls);
  const seal = cardKeys.length === 0 ? undefined : createCardSeal(cardKeys, random);
  const cards = createCards({ storage, seal, logger });
  const wake = (): void => {
    worker.wake();
  };
  const worksHere = options.worker !== false;
  const { hooks } = options;
  const listeners = createListeners({ hooks, storage, worksHere, logger });
  const ledger = createLedger({
    clientId,
    storage,
    cards,
    logger,
    telemetry,
    hears: (type) => listeners.hears(type),
    onTasks: wake,
  });
  const { rushAt } = options;
  const intake = createIntake({ clientId, ledger, storage, clock, logger, rushAt, onTasks: wake });
  const buyersCards = { ...cards, remove: createEraseCard({ cards, ledger, storage, clock }) };
  const voider = createVoider({ gateway, ledger, clock });
  const ask = (id: string) => inquirer.ask(id);
  const askAnew = (id: string) => inquirer.askAnew(id);
  const closed = async (id: string) => (await askAnew(id)).payment;
  const carrier = createCarrier({
    storage,
    clock,
    logger,
    steps: {
      ...createSends({ gateway, ledger, clock, askAnew, notifyUrl: urls.notify }),
      // Antom is asked first whether there is still something to close; where there is, that asking closes it.
      void: (payment, { closes }) => (closes === true ? closed(payment.id) : voider.carryOut(payment)),
    },
  });
  const commands = createCommands({ gateway, ledger, carrier, clock, telemetry, askAnew, contract: ways.contract });
  const { beforeHoldEnds } = options;
  const expirer = createExpirer({
    ledger,
    storage,
    clock,
    ask,
    logger,
    atLast:
      beforeHoldEnds === undefined
        ? undefined
        : ({ id, authorizationExpiresAt: end }, due) => {
            // An increase may put the end off: what was refused before the old one is asked for anew before the next.
            const idempotencyKey = `before-hold-ends ${String(end)}`;
            return commands(id, beforeHoldEnds, { idempotencyKey, by: "option beforeHoldEnds" }, due);
          },
  });
  const inquirer: Inquirer = createInquirer({ gateway, ledger, storage, voider, cards, clock, logger });
  const hookTimeout = options.hookTimeout ?? 10_000;
  const deliver = createDeliverer({ hooks, timeout: hookTimeout, storage, clock, logger, telemetry, random });
  const worker: Worker = createWorker({
    storage,
    clock,
    logger,
    telemetry,
    random,
    pollInterval: options.pollInterval ?? 1_000,
    pause: createGivingWay(() => intake.isRush()),
    handlers: {
      deliver,
      inquire: (claimed) => inquirer.handle(claimed),
      capture: (claimed) => carrier.handle(claimed),
      void: (claimed) => carrier.handle(claimed),
      refund: (claimed) => carrier.handle(claimed),
      increase: (claimed) => carrier.handle(claimed),
      expire: (claimed) => expirer.handle(claimed),
      record: (claimed) => intake.handle(claimed),
    },
  });
  const account = {
    ...(options.settlementCurrency === undefined ? {} : { settlementCurrency: options.settlementCurrency }),
    ...(options.merchantAccountId === undefined ? {} : { merchantAccountId: options.merchantAccountId }),
  };
  const checkout = createCheckout({
    clientId,
    gateway,
    ledger,
    storage,
    inquirer,
    voider,
    clock,
    random,
    telemetry,
    timeout,
    notifyUrl: urls.notify,
    redirectUrl: links.return,
    ways,
    cards,
    ...account,
  });
  const methods = createMethods({
    gateway,
    clock,
    ...account,
    ...(ways.merchantRegion === undefined ? {} : { merchantRegion: ways.merchantRegion }),
  });

  const { ready, start, startByItself, stop } = createLifecycle({
    storage,
    worker: worksHere ? worker : undefined,
    look: async () => {
      warnUnreachable(urls.notify, configuration.origin, logger);
      await checkAccount(storage, clientId);
      await listeners.look();
    },
    clock,
    logger,
    end: () => {
      ownTransport.close();
    },
  });

  const origins = options.allowedOrigins ?? [];
  const shared = {
    ready,
    logger,
    random,
    clock,
    links,
    storage,
    inquirer,
    allowedOrigins: new Set(origins),
    pageOrigins: [...origins, ...(options.shopUrl === undefined ? [] : [new URL(options.shopUrl).origin])],
    ...(options.shopUrl === undefined ? {} : { shopUrl: options.shopUrl }),
    ...(options.buyer === undefined ? {} : { buyer: options.buyer }),
  };
  const mayCheckOut = createOriginCheck(new URL(urls.checkout).origin, origins);
  const notifyUrl = new URL(urls.notify);
  const routes: Readonly<Record<RouteName, readonly Route[]>> = {
    checkout: checkoutRoutes({ ...shared, checkout, order: options.order, mayCheckOut }),
    redirect: redirectRoutes({ ...shared, storage: intake }),
    return: returnRoutes({
      ...shared,
      intake,
      ...(options.resultPage === undefined ? {} : { resultPage: options.resultPage }),
    }),
    status: statusRoutes({ ...shared, intake }),
    methods: methodsRoutes({ ...shared, methods, ways }),
    cards: cardsRoutes({ ...shared, cards: seal === undefined ? undefined : buyersCards, mayCheckOut }),
    notify: notifyRoutes({
      ...shared,
      clientId,
      keyRing: configuration.keyRing,
      signedPath: notifyUrl.pathname + notifyUrl.search,
      intake,
      telemetry,
    }),
    script: scriptRoutes(shared),
  };
  const alone = Object.fromEntries(ROUTES.map((name) => [name, routerOf(routes[name])])) as Record<RouteName, Router>;
  const router = express.Router();
  const watched = createMountWatch(options.publicUrl, logger);
  for (const name of ROUTES) {
    const path = paths[name];
    if (path === undefined) continue;
    withRoutes(router, path, options.urls?.[name] === undefined ? watched(routes[name]) : routes[name]);
  }

  const payments = createPayments({
    start: ready,
    storage,
    intake,
    inquirer,
    commands,
    charge: createCharge(checkout),
    storedCards: buyersCards,
  });
  const operations = operationsRouter({
    ...shared,
    payments,
    ledger,
    metrics,
    latencies,
    contract: ways.contract,
    forms: createForms(secrets, clock, random),
    ownOrigin: configuration.operationsOrigin,
    wake,
    ...(options.authorize === undefined ? {} : { authorize: options.authorize }),
  });

  if (worksHere) setImmediate(startByItself);
  return {
    ...alone,
    router,
    operations,
    payments,
    start,
    stop,
    async runDue() {
      await ready();
      return worker.runDue();
    },
    prune: createPrune({ start: ready, storage, clock, logger, pause: systemPause }),
  };
}
