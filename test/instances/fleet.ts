import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createSimulator, type Simulator } from "../../lib/simulator.js";
import type { OpenShop } from "../crash/front.js";
import type { Keys } from "../crash/keys.js";
import { QuickClock } from "../crash/quick-clock.js";
import type { Violation } from "../crash/records.js";
import { startFront, type Front } from "./front.js";
import { Instance } from "./instance.js";
import type { Database, Premises } from "./premises.js";
import type { Program } from "./program.js";
import { startReceiver, type Receiver } from "./receiver.js";
import type { Flaw } from "./shop/flaws.js";

/** Several instances of one shop on one database, with Antom and the receiver of their hooks. */
export interface Fleet {
  readonly instances: readonly Instance[];
  readonly clock: QuickClock;
  readonly simulator: Simulator;
  readonly receiver: Receiver;
  readonly front: Front;
  readonly database: Database;
  /** What came about that must not, whatever the scenario: an instance that ended by itself. */
  readonly violations: readonly Violation[];
  /** Those that take requests. */
  open(): OpenShop[];
  /** One of them, by turns. */
  choose(): OpenShop | undefined;
  /** Lets all of them know what time it is, after a leap. */
  follow(): void;
  close(): Promise<void>;
}

export interface FleetParts {
  readonly premises: Premises;
  readonly program: Program;
  readonly keys: Keys;
  /** Emptied at the start; what the instances say on stderr is kept there. */
  readonly folder: string;
  readonly size: number;
  /** How many times faster than the machine's their time goes. */
  readonly speed: number;
  readonly flaw?: Flaw;
}

/** Resolves when all of them take requests. */
export async function startFleet({ premises, program, keys, folder, size, speed, flaw }: FleetParts): Promise<Fleet> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const clock = new QuickClock({ real: Date.now(), told: Date.now(), speed });
  const violations: Violation[] = [];
  const open = (): OpenShop[] => instances.flatMap(({ slot, port }) => (port === undefined ? [] : [{ slot, port }]));
  let turn = 0;
  const choose = (): OpenShop | undefined => {
    const shops = open();
    return shops[turn++ % Math.max(1, shops.length)];
  };
  const receiver = await startReceiver();
  const front = await startFront({ choose, everybody: open });
  const publicUrl = `${front.origin}/payments`;
  const simulator = createSimulator({
    clientId: keys.clientId,
    merchantPrivateKey: keys.shop.privateKey,
    antomPrivateKey: keys.antom.privateKey,
    notifyUrl: `${publicUrl}/notify`,
    clock,
  });
  await simulator.listen();
  const database = await premises.database(folder);
  const errors = join(folder, "errors.log");
  const instances = Array.from({ length: size }, (_unused, slot) => {
    const onLost = (code: unknown, signal: unknown): void => {
      violations.push({ what: `an instance ended by itself, with ${String(code ?? signal)}: see ${errors}` });
    };
    const task = () => ({
      keeping: database.keeping,
      clientId: keys.clientId,
      privateKey: keys.shop.privateKey,
      antomPublicKey: keys.antom.publicKey,
      gateway: simulator.credentials.gateway,
      publicUrl,
      hookUrl: receiver.urlFor(slot),
      timeline: clock.timeline,
      ...(flaw === undefined ? {} : { flaw }),
    });
    return new Instance(slot, { program, task, errors, onLost });
  });
  const close = async (): Promise<void> => {
    await Promise.all(instances.map((instance) => instance.kill()));
    front.close();
    receiver.close();
    await simulator.close();
    await database.close();
  };
  try {
    await Promise.all(instances.map((instance) => instance.start()));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    instances,
    clock,
    simulator,
    receiver,
    front,
    database,
    violations,
    open,
    choose,
    follow() {
      for (const instance of instances) instance.follow(clock.timeline);
    },
    close,
  };
}
