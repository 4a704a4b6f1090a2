import { setTimeout as delay } from "node:timers/promises";
import type { Dice } from "../../crash/dice.js";
import type { Exchange, Violation } from "../../crash/records.js";
import { startCustom } from "../custom.js";
import type { Fleet } from "../fleet.js";
import { StartRefused, type Instance } from "../instance.js";
import { forgetStep } from "../file.js";
import { reckon, type Outcome } from "../reckoning.js";
import type { Release } from "../shop/task.js";
import { until } from "../until.js";

export interface UpgradePlan {
  /** Whether older releases may work on later tables, as with PostgreSQL; else they are refused at their start, with the reason. */
  readonly isShared: boolean;
  /** How long they work beside each other, in milliseconds. */
  readonly work: number;
  readonly dice: Dice;
}

const LANES = 4;
/** How many requests those of before have to answer beside each new one, and how long they are given for it, in milliseconds. */
const ENOUGH = 3;
const SOON = 10_000;

/** While buyers and staff are at work one instance after another is stopped and started as the next release, which changes the tables. */
export async function upgrade(fleet: Fleet, plan: UpgradePlan): Promise<Outcome> {
  const violations: Violation[] = [];
  const custom = startCustom(fleet, plan.dice.of("custom"), LANES);
  let upgraded = 0;
  let answeredByOld = 0;
  await delay(plan.work);
  const since = custom.exchanges.length;
  for (const instance of fleet.instances) {
    await instance.stop();
    await instance.start("next");
    upgraded++;
    const before = custom.exchanges.length;
    const byOlder = (): number =>
      custom.exchanges.slice(before).filter(({ slot, status = 500 }) => slot >= upgraded && status < 500).length;
    await delay(plan.work);
    if (upgraded < fleet.instances.length) await until(() => byOlder() >= ENOUGH, SOON);
    answeredByOld += byOlder();
  }
  const [first] = fleet.instances;
  if (first !== undefined) violations.push(...(await wentBack(first, plan)));
  await custom.end();
  violations.push(...failuresIn(custom.exchanges.slice(since)));
  if (!plan.isShared) forgetStep(fleet.database.keeping);
  violations.push(...(await reckon(fleet, custom)));
  if (plan.isShared && first !== undefined) violations.push(...(await wasLeftBehind(first)));
  return {
    violations,
    figures: {
      instances: fleet.instances.length,
      upgraded,
      orders: custom.buyers.length,
      requests: custom.exchanges.length,
      "answered by older ones": answeredByOld,
      "events told": fleet.receiver.calls.length,
    },
  };
}

/** Nobody is to notice that instances come and go: whatever was asked of one that took requests has an answer. */
function failuresIn(exchanges: readonly Exchange[]): Violation[] {
  const failed = exchanges.filter(({ status = 500 }) => status >= 500);
  return failed
    .slice(0, 5)
    .map((exchange) => ({
      what: `instance ${exchange.slot} answered ${exchange.path} with ${exchange.status ?? "nothing"} during the upgrade`,
      seen: exchange,
    }));
}

/** Today's release is started again after the next one was at work. */
async function wentBack(instance: Instance, { isShared }: UpgradePlan): Promise<Violation[]> {
  await instance.stop();
  const refusal = await refusalOf(instance, "today");
  if (refusal !== undefined) await instance.start("next");
  if (isShared) return refusal === undefined ? [] : [{ what: `today's release was refused: ${refusal.message}` }];
  return plain(refusal);
}

/** Later tables on which it cannot work are put there, and today's release is started again. */
async function wasLeftBehind(instance: Instance): Promise<Violation[]> {
  await instance.stop();
  await instance.start("far");
  await instance.stop();
  return plain(await refusalOf(instance, "today"));
}

async function refusalOf(instance: Instance, release: Release): Promise<StartRefused | undefined> {
  try {
    await instance.start(release);
    return undefined;
  } catch (error) {
    if (error instanceof StartRefused) return error;
    throw error;
  }
}

const plain = (refusal: StartRefused | undefined): Violation[] => {
  if (refusal === undefined) return [{ what: "an earlier release was started on tables that it cannot work on" }];
  const isPlain = refusal.code === "configuration_invalid" && refusal.message.includes("Update the package");
  return isPlain ? [] : [{ what: `an earlier release was refused with: ${refusal.message}` }];
};
