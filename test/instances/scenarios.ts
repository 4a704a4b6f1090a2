import type { Dice } from "../crash/dice.js";
import type { Outcome } from "./reckoning.js";
import { checkouts } from "./scenarios/checkouts.js";
import { ended } from "./scenarios/ended.js";
import { frozen } from "./scenarios/frozen.js";
import { killed } from "./scenarios/killed.js";
import { kills } from "./scenarios/kills.js";
import { notifications } from "./scenarios/notifications.js";
import { upgrade } from "./scenarios/upgrade.js";
import type { Flaw } from "./shop/flaws.js";
import type { Town } from "./town.js";

/** How large each scenario is. */
export interface Measure {
  readonly instances: number;
  /** How many times faster than the machine's the time goes while instances are killed and upgraded. */
  readonly speed: number;
  /** And where the end of a lease is waited for. */
  readonly leaseSpeed: number;
  /** At how many of them the hundred checkouts of a round are, by turns. */
  readonly among: readonly [number, ...number[]];
  /** Of a hundred checkouts. */
  readonly rounds: number;
  /** None of them begins after this time, epoch milliseconds. */
  readonly until?: number;
  readonly notified: number;
  readonly kills: number;
  /** Milliseconds between them. */
  readonly killEvery: number;
  /** How many events are in hand of an instance that freezes or dies. */
  readonly events: number;
  /** Milliseconds between one upgrade and the next. */
  readonly upgradeEvery: number;
  readonly dice: Dice;
  readonly flaw?: Flaw;
  readonly onRound?: (round: number) => void;
}

const WIDTH = 100;
const COPIES = 3;
/** How many times faster than the machine's the time goes where days are to pass. */
const QUICK = 25;

/** What several instances go through. */
export const SCENARIOS = {
  "a hundred checkouts of one order at once": (town, measure) =>
    town.with(fleetOf(measure, 1), (fleet) => checkouts(fleet, { ...measure, width: WIDTH })),
  "every notification at all instances at once": (town, measure) =>
    town.with(fleetOf(measure, 1), (fleet) => notifications(fleet, { payments: measure.notified, copies: COPIES })),
  "one instance after another killed": (town, measure) =>
    town.with(fleetOf(measure), (fleet) =>
      kills(fleet, { every: measure.killEvery, times: measure.kills, dice: measure.dice }),
    ),
  "an instance killed with work in hand": (town, measure) =>
    town.with(fleetOf(measure, measure.leaseSpeed), (fleet) => killed(fleet, measure)),
  "an event whose hook ends the process": (town, measure) =>
    town.with(fleetOf(measure, QUICK), (fleet) => ended(fleet)),
  "an instance frozen past its leases": (town, measure) =>
    town.with(fleetOf(measure, measure.leaseSpeed), (fleet) => frozen(fleet, measure)),
  "one instance after another upgraded": (town, measure) =>
    town.with(fleetOf(measure), (fleet) =>
      upgrade(fleet, { isShared: town.kind === "postgres", work: measure.upgradeEvery, dice: measure.dice }),
    ),
} as const satisfies Readonly<Record<string, (town: Town, measure: Measure) => Promise<Outcome>>>;

const fleetOf = ({ instances, speed, flaw }: Measure, own = speed) => ({
  size: instances,
  speed: own,
  ...(flaw === undefined ? {} : { flaw }),
});
