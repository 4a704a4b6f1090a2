import type { Dice } from "../dice.js";

/** How the buyer goes about paying. */
export const WAYS = [
  "by card",
  "by card",
  "by card",
  "by card, kept",
  "by card, three at once",
  "declined first",
  "asked by the bank",
  "on the hosted page",
  "on the hosted page",
  "for another amount first",
  "never",
] as const;
export type Way = (typeof WAYS)[number];

/** A command of the staff. */
export interface Act {
  readonly kind: "capture" | "void" | "refund" | "increase";
  /** In minor units; all there is where it is absent. */
  readonly amount?: string;
  /** How often the same command, with the same key, is sent at once. */
  readonly copies: number;
}

/** What becomes of one order: who does what, one after the other, and what of it at once. */
export interface Plan {
  readonly order: string;
  readonly value: string;
  readonly capture: "AUTOMATIC" | "MANUAL";
  readonly way: Way;
  readonly acts: readonly (readonly Act[])[];
  /** Whether the bank disputes it in the end. */
  readonly isDisputed: boolean;
  /** How often somebody who gets no answer tries again. */
  readonly patience: number;
}

/** Endings of amounts for which the simulator's Antom does things in other ways (docs/simulator.md, "Amounts to try"). */
const CAPTURES = ["9001", "9002", "9003", "9005", "9006"] as const;
const REFUNDS = ["9021", "9022", "9024", "9025", "9026"] as const;
const INCREASES = ["9041", "9042", "9043", "9044"] as const;

export function planOf(order: string, dice: Dice): Plan {
  const way = dice.pick(WAYS);
  const capture = dice.chance(0.65) ? "MANUAL" : "AUTOMATIC";
  const euros = dice.between(4, 30);
  // An automatic capture is not to be refused: its order could be paid by nobody.
  const ending = capture === "MANUAL" && dice.chance(0.3) ? dice.pick(CAPTURES) : String(dice.between(1000, 8999));
  return {
    order,
    value: `${euros}${ending}`,
    capture,
    way,
    acts: capture === "MANUAL" ? manual(euros, dice) : automatic(dice),
    isDisputed: dice.chance(0.08),
    patience: dice.chance(0.12) ? 1 : 25,
  };
}

const act = (kind: Act["kind"], dice: Dice, amount?: string): Act => ({
  kind,
  copies: dice.chance(0.2) ? 2 : 1,
  ...(amount === undefined ? {} : { amount }),
});

/** Some thousands in cents, or one of the endings to try. */
const part = (endings: readonly [string, ...string[]], dice: Dice): string =>
  dice.chance(0.4) ? `1${dice.pick(endings)}` : String(dice.between(1000, 9000));

const refunds = (dice: Dice): Act[][] => {
  const some = (): Act => act("refund", dice, part(REFUNDS, dice));
  switch (dice.below(4)) {
    case 0:
      return [];
    case 1:
      return [[act("refund", dice)]];
    case 2:
      return [[some(), some()], [act("refund", dice)]];
    default:
      return [[some()], [some()]];
  }
};

function manual(euros: number, dice: Dice): Act[][] {
  const raised = `${euros + 4}${dice.chance(0.5) ? dice.pick(INCREASES) : "5500"}`;
  switch (dice.below(8)) {
    case 0:
      // It is left to expire.
      return [];
    case 1:
      return [[act("void", dice)]];
    case 2:
      return [[act("capture", dice), act("void", dice)], ...refunds(dice)];
    case 3:
      return [[act("increase", dice, raised)], [act("capture", dice)], ...refunds(dice)];
    case 4:
      return [[act("capture", dice, part(CAPTURES, dice))], [act("capture", dice)], ...refunds(dice)];
    case 5:
      return [[act("capture", dice, "1500"), act("capture", dice, "2500")], ...refunds(dice)];
    default:
      return [[act("capture", dice)], ...refunds(dice)];
  }
}

const automatic = (dice: Dice): Act[][] => (dice.chance(0.15) ? [[act("void", dice)]] : refunds(dice));
