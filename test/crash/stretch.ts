import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createSimulator } from "../../lib/simulator.js";
import { createAtOnce } from "./check/at-once.js";
import { checkAll } from "./check/check.js";
import { readDatabase, type Evidence } from "./check/evidence.js";
import { createClient } from "./client.js";
import { startCrew, type Kill } from "./crew.js";
import { Dice } from "./dice.js";
import { startFront } from "./front.js";
import type { Keys } from "./keys.js";
import type { StorageKind } from "./points.js";
import type { Premises } from "./premises.js";
import type { Program } from "./program.js";
import { QuickClock, startOfTime } from "./quick-clock.js";
import { startReceiver } from "./receiver.js";
import type { Violation } from "./records.js";
import { comeToRest } from "./rest.js";
import type { Breakage } from "./shop/breakages.js";
import { buy } from "./stories/buyer.js";
import { planOf } from "./stories/plan.js";
import { operate } from "./stories/staff.js";
import { badWeather } from "./weather.js";

/** A part of the run on a database of its own: some shops, some dozens of orders, some dozens of kills, and then the reckoning. */
export interface StretchPlan {
  readonly number: number;
  readonly seed: string;
  readonly kills: number;
  /** How many kills were planned before. */
  readonly turn: number;
  readonly storage: StorageKind;
  readonly premises: Premises;
  /** Emptied at the start. */
  readonly folder: string;
  readonly program: Program;
  readonly keys: Keys;
  readonly breakage?: Breakage;
  /** Whether the shops write a log. */
  readonly isLogged?: boolean;
  /** Nobody is killed after this time, epoch milliseconds of the machine. */
  readonly until: number;
}

export interface StretchResult {
  readonly number: number;
  readonly seed: string;
  readonly kills: readonly Kill[];
  readonly orders: number;
  readonly payments: number;
  /** Of these, those over which a process died. */
  readonly touched: number;
  readonly requests: number;
  readonly notifications: number;
  /** How many calls to Antom and sendings of notifications were spoilt. */
  readonly spoilt: number;
  /** How many connections to the database were ended. */
  readonly broken: number;
  readonly hookCalls: number;
  /** How many events were dead, and redriven. */
  readonly redriven: number;
  /** How many answers were compared with the database at once. */
  readonly compared: number;
  readonly violations: readonly Violation[];
  /** What was compared. */
  readonly evidence: Evidence;
}

/** How many orders are under way at the same time. */
const AT_ONCE = 4;

export async function runStretch(plan: StretchPlan): Promise<StretchResult> {
  const { folder, keys, breakage } = plan;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const dice = new Dice(plan.seed);
  const clock = new QuickClock(startOfTime());
  const receiver = await startReceiver(dice.of("receiver"));
  const choose = () => crew.choose();
  const front = await startFront({ choose, onAcknowledged: (body) => atOnce.onAcknowledged(body) });
  const publicUrl = `${front.origin}/payments`;
  const simulator = createSimulator({
    clientId: keys.clientId,
    merchantPrivateKey: keys.shop.privateKey,
    antomPrivateKey: keys.antom.privateKey,
    notifyUrl: `${publicUrl}/notify`,
    clock,
  });
  await simulator.listen();
  const database = await plan.premises.database(folder);
  const atOnce = createAtOnce({
    database,
    idOf: (paymentId) => simulator.payments().find((payment) => payment.paymentId === paymentId)?.paymentRequestId,
  });
  const crew = startCrew({
    storage: plan.storage,
    program: plan.program,
    folder,
    kills: plan.kills,
    turn: plan.turn,
    slots: dice.between(1, 3),
    dice: dice.of("lives"),
    task: () => ({
      keeping: database.keeping,
      clientId: keys.clientId,
      privateKey: keys.shop.privateKey,
      antomPublicKey: keys.antom.publicKey,
      gateway: simulator.credentials.gateway,
      publicUrl,
      hookUrl: receiver.url,
      timeline: clock.timeline,
      ...(breakage === undefined ? {} : { breakage }),
      ...(plan.isLogged === true ? { log: join(folder, "shops.log") } : {}),
    }),
  });
  const client = createClient({ choose, dice: dice.of("client"), onAnswer: (exchange) => atOnce.onAnswer(exchange) });

  let isBusy = true;
  void crew.done.then(() => {
    isBusy = false;
  });
  const outOfTime = setTimeout(
    () => {
      crew.spare();
    },
    Math.max(0, plan.until - Date.now()),
  );
  const endWeather = badWeather(simulator, dice.of("weather"));
  const endSpoiling = database.spoil(dice.of("connections"));
  let orders = 0;
  const custom = async (): Promise<void> => {
    while (isBusy) {
      const order = `order-${plan.number}-${++orders}`;
      const luck = dice.of(order);
      const story = planOf(order, luck);
      const standing = await buy({ client, dice: luck, plan: story });
      if (standing === undefined) continue;
      await operate(standing.id, story, client);
      const isCaptured = simulator.ledger(standing.id).captures.some(({ status }) => status === "SUCCESS");
      if (story.isDisputed && isCaptured) simulator.dispute(standing.id);
    }
  };
  await Promise.all([crew.done, ...Array.from({ length: AT_ONCE }, custom)]);

  clearTimeout(outOfTime);
  endWeather();
  const broken = endSpoiling();
  receiver.calm();
  const storage = database.storage();
  await storage.start();
  const onLeap = (): void => {
    crew.follow(clock.timeline);
  };
  const redriven = await comeToRest({ storage, simulator, clock, onLeap });
  await crew.end();
  const buyers = Array.from({ length: orders }, (_unused, index) => `order-${plan.number}-${index + 1}`);
  const evidence: Evidence = {
    ...(await readDatabase(storage, buyers)),
    ledger: simulator.ledger(),
    atAntom: simulator.payments(),
    notifications: simulator.notifications(),
    calls: receiver.calls,
    redriven,
    reasons: crew.reasons,
    books: await database.books(),
    exchanges: client.exchanges,
    answered: front.answered,
  };
  await storage.stop();
  await database.close();
  front.close();
  receiver.close();
  await simulator.close();

  const violations = [...crew.violations, ...atOnce.violations, ...checkAll(evidence)];
  if (violations.length > 0) keepEvidence(folder, evidence, violations);
  return {
    number: plan.number,
    seed: plan.seed,
    kills: crew.kills,
    orders,
    payments: evidence.payments.length,
    touched: touchedBy(crew.kills, evidence),
    requests: client.exchanges.length,
    notifications: evidence.notifications.length,
    broken,
    spoilt:
      simulator.requests().filter(({ fault }) => fault !== undefined).length +
      evidence.notifications.flatMap(({ attempts }) => attempts).filter(({ fault }) => fault !== undefined).length,
    hookCalls: receiver.calls.length,
    redriven: redriven.size,
    compared: atOnce.compared,
    violations,
    evidence,
  };
}

function touchedBy(kills: readonly Kill[], { payments }: Evidence): number {
  const inHand = new Set(kills.flatMap((kill) => kill.inHand.map(({ payment }) => payment)));
  return payments.filter(({ id }) => inHand.has(id)).length;
}

/** Everything that was compared, for people to look at. */
function keepEvidence(folder: string, evidence: Evidence, violations: readonly Violation[]): void {
  const files = {
    ...evidence,
    journals: Object.fromEntries(evidence.journals),
    redriven: [...evidence.redriven],
    violations,
  };
  for (const [name, value] of Object.entries(files)) {
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(value, undefined, 1)}\n`);
  }
}
