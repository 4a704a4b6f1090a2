import { isHolding } from "../../payment/hold.js";
import type { JournalEntry } from "../../payment/journal.js";
import { paymentIdOf } from "../../payment/id.js";
import type { Fact, ObservationSource } from "../../payment/observation.js";
import { isOpen, type Payment, type PaymentStatus } from "../../payment/payment.js";
import { factWords, requested, type FactWords } from "./fact-words.js";
import { hookStanding, triesText, type HookView } from "./hook-view.js";
import { moneyText } from "./money-text.js";
import { timeWords } from "./time-text.js";
import { statusLook, type Look } from "./words.js";

/** Who does something, from left to right in the picture. */
export const LANES = ["shop", "kit", "antom", "hooks"] as const;
export type Lane = (typeof LANES)[number];

/** One thing that happened to a payment, or will. */
export interface Moment {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly title: string;
  readonly detail?: string | undefined;
  readonly look: Look;
  /** Where it begins, and, where something is sent, where it goes. */
  readonly from: Lane;
  readonly to?: Lane;
  /** Asked and answered; or on its way and not arrived. */
  readonly way?: "both" | "lost" | "waiting";
  /** How the payment stands from here on, where that is new. */
  readonly status?: PaymentStatus;
}

export interface Timeline {
  readonly past: readonly Moment[];
  /** Epoch milliseconds. */
  readonly now: number;
  /** What is to come if nothing else does. */
  readonly future: readonly Moment[];
}

/** Everything that happened to a payment, oldest first, from its journal and the deliveries of its events. */
export function timelineOf(
  payment: Payment,
  journal: readonly JournalEntry[],
  hooks: readonly HookView[],
  now: number,
): Timeline {
  const past = [...told(payment, journal), ...decided(payment, journal), ...hooks.map((hook) => delivery(hook, now))];
  return {
    // A stable sort: of one time the journal comes first, then what follows from it.
    past: past.sort((a, b) => a.at - b.at),
    now,
    future: [...hooks.flatMap(nextTry), ...deadlines(payment)].filter(({ at }) => at > now).sort((a, b) => a.at - b.at),
  };
}

function told(payment: Payment, journal: readonly JournalEntry[]): Moment[] {
  let before: PaymentStatus | undefined;
  return journal.flatMap(({ at, observation: { source, facts }, status, version, events }) => {
    const disagrees = events.includes("payment.conflict");
    const stood = before;
    const words = (fact: Fact): FactWords => factWords(fact, payment, stood);
    const moments: Moment[] =
      version === 1
        ? [
            {
              at,
              title: `Checkout of ${moneyText(payment.amount.value, payment.amount.currency)} opened`,
              look: "calm",
              from: "shop",
              to: "kit",
            },
          ]
        : facts.map((fact) => ({ at, ...(disagrees ? doubted(words(fact)) : words(fact)), ...pathOf(source, fact) }));
    const [first, ...rest] = moments;
    const isNews = status !== before;
    before = status;
    return first === undefined ? [] : [isNews ? { ...first, status } : first, ...rest];
  });
}

/** What brought a conflict with it is not simply believed. */
const doubted = (words: FactWords): FactWords => ({
  ...words,
  detail: ["Something in this message disagrees with what is stored: a person should look.", words.detail]
    .filter((part) => part !== undefined)
    .join(" "),
  look: "bad",
});

function pathOf(source: ObservationSource, fact: Fact): Pick<Moment, "from" | "to" | "way"> {
  if (fact.kind === "unanswered" && fact.refused !== true) return { from: "kit", to: "antom", way: "lost" };
  switch (source) {
    case "command":
      return fact.kind === "repeated" ? { from: "kit", to: "antom" } : { from: "shop", to: "kit" };
    case "clock":
      return { from: "kit" };
    case "notification":
      return fact.kind === "card" ? { from: "kit" } : { from: "antom", to: "kit" };
    default:
      return fact.kind === "card" ? { from: "kit" } : { from: "kit", to: "antom", way: "both" };
  }
}

/** Operations that nobody asked for: the kit decided on them, so no line of the journal asks for them. */
function decided({ id, operations }: Payment, journal: readonly JournalEntry[]): Moment[] {
  const asked = new Set(
    journal.flatMap(({ observation }) =>
      observation.facts.flatMap((fact) => (fact.kind === "requested" ? [fact.operation.id] : [])),
    ),
  );
  return operations
    .filter((operation) => paymentIdOf(operation.id) === id && !asked.has(operation.id))
    .map((operation) => ({ at: operation.requestedAt, ...requested(operation, "the kit"), from: "kit" }));
}

function delivery(hook: HookView, now: number): Moment {
  const { type, at, state, attempts, lastError, nextAt } = hook;
  const [word, look] = hookStanding(hook);
  const tried = attempts > 1 || state !== "done" ? triesText(attempts) : undefined;
  const next = nextAt === undefined || nextAt <= now || attempts === 0 ? undefined : `next try ${timeWords(nextAt)}`;
  const parts = [tried, lastError, next].filter((part) => part !== undefined);
  const words: FactWords = {
    title: `${type}: ${word.toLowerCase()}`,
    look,
    ...(parts.length === 0 ? {} : { detail: parts.join("; ") }),
  };
  return {
    at,
    ...words,
    from: "kit",
    to: "hooks",
    ...(state === "done" ? {} : { way: state === "dead" ? "lost" : "waiting" }),
  };
}

const nextTry = ({ type, nextAt, attempts }: HookView): Moment[] =>
  nextAt === undefined || attempts === 0
    ? []
    : [{ at: nextAt, title: `${type} is tried again`, look: "calm", from: "kit", to: "hooks", way: "waiting" }];

function deadlines(payment: Payment): Moment[] {
  const { authorizationExpiresAt, expiresAt } = payment;
  if (isOpen(payment)) return [{ at: expiresAt, title: "The buyer's time ends", look: "over", from: "kit" }];
  return isHolding(payment) && authorizationExpiresAt !== undefined
    ? [{ at: authorizationExpiresAt, title: "The hold ends", look: statusLook("expired"), from: "kit" }]
    : [];
}
