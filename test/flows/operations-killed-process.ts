/** A process that begins commands, each stopped at its own nth call of a port, and is then killed with all of them in hand. */
import { AsyncLocalStorage } from "node:async_hooks";
import { createTransport } from "../../lib/gateway/transport.js";
import { createAntom } from "../../lib/index.js";
import { sqliteStorage } from "../../lib/storage/sqlite.js";
import { CLIENT_ID } from "../support/keys.js";
import { commanded } from "./commanded.js";
import { createLife, type Life } from "./operations-mortal.js";
import type { Errand } from "./operations-killed.test.js";

const given = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
};

const errand = JSON.parse(given("ERRAND")) as Errand;
const context = new AsyncLocalStorage<Life>();
/** Whatever belongs to no command lives on. */
const house = createLife();
/** Each command has a life of its own, so that all of them stop where they are to. */
const lifeHere = (): Life => context.getStore() ?? house;

const transport = createTransport();
const storage = sqliteStorage(errand.file);
const antom = createAntom({
  clientId: CLIENT_ID,
  privateKey: given("PRIVATE_KEY"),
  antomPublicKey: given("ANTOM_PUBLIC_KEY"),
  gateway: errand.gateway,
  publicUrl: errand.publicUrl,
  secret: "a secret of the tests, long enough",
  storage: new Proxy(storage, { get: (target, name) => Reflect.get(lifeHere().storage(target), name) as unknown }),
  transport: (request) => lifeHere().transport(transport)(request),
  order: () => undefined,
  worker: false,
  logger: false,
  clock: { now: () => errand.now, after: () => () => undefined },
});

const run = async (): Promise<void> => {
  await antom.start();
  let stopped = 0;
  await Promise.all(
    errand.works.map(async (work) => {
      const life = createLife();
      life.meet(work.death);
      const working = context.run(life, () =>
        work.kind === "runDue" ? antom.runDue() : commanded(antom.payments, work.kind, work.id, work.request),
      );
      await Promise.race([working, life.over]);
      if (life.isOver) stopped++;
    }),
  );
  // Whoever has started this process tells by its end whether anything was left to be interrupted.
  if (stopped > 0) process.kill(process.pid, "SIGKILL");
  await antom.stop();
  process.exit(0);
};

void run();
