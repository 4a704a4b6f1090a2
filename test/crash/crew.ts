import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { RUSH_AT } from "../../lib/ledger/rush.js";
import type { Dice } from "./dice.js";
import type { OpenShop } from "./front.js";
import { fateOf, type Fate } from "./lives.js";
import type { InHand } from "./marks.js";
import type { StorageKind } from "./points.js";
import type { Program } from "./program.js";
import type { Timeline } from "./quick-clock.js";
import type { Violation } from "./records.js";
import type { ShopTask } from "./shop/task.js";
import { startShop, type Ending, type ShopProcess } from "./shop-process.js";

/** From this many notifications at once half of the processes put them off: from each on. */
const ALWAYS = 1;

/** Whether a process is to die where a notification is put off, and so has to come there. */
const isDeferring = (fate: Fate | undefined): boolean => fate?.death?.point.startsWith("storage:defer") === true;

/** A process that was killed, and over what. */
export interface Kill {
  /** The point at which it killed itself; absent where it was killed from outside. */
  readonly point?: string;
  readonly inHand: readonly InHand[];
}

/** Why events came more than once: each of these is a reason for one more call. */
export interface Reasons {
  /** Events that the shops themselves noted: their hook failed, or what became of it was not stored. */
  readonly events: readonly string[];
  /** Payments with an event of which a process died while it was told, or while what became of it was stored. */
  readonly payments: readonly string[];
}

/** In whose middle a process dies after which an event comes again. */
const TELLING: ReadonlySet<string> = new Set(["hook", "storage:settle", "storage:settleWithin"]);

/** The shops of one stretch: several processes on one database, each started again as soon as it is dead. */
export interface Crew {
  /** A shop that takes requests now, by turns. */
  choose(): OpenShop | undefined;
  readonly kills: readonly Kill[];
  readonly violations: readonly Violation[];
  /** All of them, once the crew has been ended. */
  readonly reasons: Reasons;
  /** Resolves when all that were to be killed are dead, and one that lives on is ready in every slot. */
  readonly done: Promise<void>;
  /** Nobody else is to be killed. */
  spare(): void;
  follow(timeline: Timeline): void;
  /** Ends all of them. */
  end(): Promise<void>;
}

export interface CrewParts {
  readonly storage: StorageKind;
  readonly program: Program;
  readonly folder: string;
  readonly slots: number;
  /** How many are to be killed. */
  readonly kills: number;
  /** The number of processes that were to be killed before these, for the points to take turns. */
  readonly turn: number;
  readonly dice: Dice;
  /** What a process is told, but for what is its own. */
  readonly task: () => Omit<ShopTask, "marks" | "death" | "rushAt">;
}

export function startCrew(parts: CrewParts): Crew {
  const { program, folder, slots, turn, dice } = parts;
  const kills: Kill[] = [];
  const violations: Violation[] = [];
  const reasons = { events: new Array<string>(), payments: new Array<string>() };
  const alive = new Map<number, ShopProcess>();
  const open = new Map<number, number>();
  let left = parts.kills;
  let started = 0;
  let next = 0;
  let isOver = false;

  const hurried = (fate: Fate, shop: ShopProcess): (() => void) => {
    let timer: NodeJS.Timeout | undefined;
    const strike = (): void => {
      if (fate.takesAll) for (const other of alive.values()) other.kill();
      shop.kill();
    };
    const set = (): void => {
      timer = setTimeout(strike, fate.after);
    };
    if (fate.isReadyFirst) {
      void shop.ready.then((port) => {
        if (port !== undefined) set();
      });
    } else {
      set();
    }
    return () => {
      clearTimeout(timer);
    };
  };

  const live = async (slot: number): Promise<boolean> => {
    const number = started++;
    const fate = left > 0 ? fateOf(turn + number, parts.storage, dice.of(number)) : undefined;
    if (fate !== undefined) left--;
    const task: ShopTask = {
      ...parts.task(),
      marks: join(folder, `marks-${number}`),
      rushAt: isDeferring(fate) || dice.of(`rush ${number}`).chance(0.5) ? ALWAYS : RUSH_AT,
      ...(fate?.death === undefined ? {} : { death: fate.death }),
    };
    const shop = startShop(program, task, join(folder, "errors.log"));
    alive.set(slot, shop);
    const calm = fate === undefined ? undefined : hurried(fate, shop);
    void shop.ready.then((port) => {
      if (port !== undefined && alive.get(slot) === shop) open.set(slot, port);
    });
    const ended = shop.ended.then((ending) => {
      calm?.();
      open.delete(slot);
      alive.delete(slot);
      bury(ending);
      // Was it to live on, and the power was cut?
      if (fate === undefined && !isOver) return live(slot);
      return false;
    });
    if (fate === undefined) {
      await Promise.race([shop.ready, ended]);
      return false;
    }
    await ended;
    return true;
  };

  const bury = ({ killed, code, inHand, point, again }: Ending): void => {
    reasons.events.push(...again);
    const telling = inHand.flatMap(({ name, payment }) =>
      payment !== undefined && TELLING.has(name) ? [payment] : [],
    );
    reasons.payments.push(...new Set(telling));
    if (isOver) return;
    if (!killed) {
      violations.push({ what: `a shop's process ended by itself, with ${code}: see errors.log`, seen: { inHand } });
      return;
    }
    kills.push({ inHand, ...(point === undefined ? {} : { point }) });
  };

  const keep = async (slot: number): Promise<void> => {
    // Not all at once, so that there is mostly somebody to take a request.
    await delay(slot * 60);
    while (!isOver && (await live(slot)));
  };

  const done = Promise.all(Array.from({ length: slots }, (_unused, slot) => keep(slot))).then(() => undefined);
  return {
    kills,
    violations,
    reasons,
    done,
    choose() {
      const shops = [...open];
      const [slot, port] = shops[next++ % Math.max(1, shops.length)] ?? [];
      return slot === undefined || port === undefined ? undefined : { slot, port };
    },
    spare() {
      left = 0;
    },
    follow(timeline) {
      for (const shop of alive.values()) shop.follow(timeline);
    },
    async end() {
      isOver = true;
      const all = [...alive.values()];
      for (const shop of all) shop.kill();
      await Promise.all(all.map(({ ended }) => ended));
    },
  };
}
