import type { Amount } from "../../payment/amount.js";
import { judgementOf } from "../../payment/meaning/result-code.js";
import { remedyFor, type RemedyState } from "../../payment/meaning/remedy-for.js";
import type {
  AskedAgainFact,
  AuthorizationFact,
  DeadlineFact,
  DisputeFact,
  Fact,
  OperationFact,
  ReviewedFact,
} from "../../payment/observation.js";
import type { Operation } from "../../payment/operation.js";
import type { PaymentStatus } from "../../payment/payment.js";
import { askerOf, type Asker } from "./asker.js";
import { moneyText } from "./money-text.js";
import { timeWords } from "./time-text.js";
import { KIND_WORDS, type Look } from "./words.js";

/** One fact in words: what happened, more about it, and whether that is good. */
export interface FactWords {
  readonly title: string;
  readonly detail?: string | undefined;
  readonly look: Look;
}

const UNTOUCHED: RemedyState = { captureMode: "MANUAL", capturedAmount: "0" };

/**
 * What a fact of a payment's history says to somebody who was not there.
 *
 * @param state of the payment by now: what helps after a refused capture goes by it
 * @param before how the payment stood until then
 */
export function factWords(fact: Fact, state: RemedyState = UNTOUCHED, before?: PaymentStatus): FactWords {
  switch (fact.kind) {
    case "authorization":
      return authorization(fact);
    case "capture":
    case "void":
    case "refund":
    case "increase":
      return operation(fact, state);
    case "requested":
      return requested(fact.operation, askerOf(fact, before));
    case "unneeded":
      return { title: "The void is not needed: there is nothing to close any more", look: "calm" };
    case "asked_again":
      return askedAgain(fact);
    case "deadline":
      return DEADLINES[fact.which];
    case "repeated":
      return { title: "The pay request is sent again, with the same id", look: "calm" };
    case "missing":
      return { title: "Antom knows no such payment", look: "over" };
    case "unanswered":
      if (fact.refused === true) {
        return {
          title: `Antom refused ${CALLS[fact.operation]}, which is sent again`,
          detail: fact.reason,
          look: "bad",
        };
      }
      return { title: `No answer that can be believed to ${CALLS[fact.operation]}`, detail: fact.reason, look: "bad" };
    case "dispute":
      return dispute(fact);
    case "reversal":
      return { title: "Antom could neither keep nor give back a late success", look: "bad" };
    case "card":
      return { title: `Card stored for the buyer${ending(fact.card.lastFour)}`, look: "good" };
    case "reviewed":
      return reviewed(fact);
    default:
      return ofLater(fact);
  }
}

/** What a later version wrote down before somebody went back to this one: of today's facts none is left for it. */
const ofLater = (_fact: never): FactWords => ({ title: "Something that a later version wrote down", look: "calm" });

const CALLS = {
  pay: "the pay call",
  capture: "the capture",
  void: "the void",
  refund: "the refund",
  increase: "the increase",
};

const DEADLINES: Readonly<Record<DeadlineFact["which"], FactWords>> = {
  payment: { title: "The buyer's time is over, and nothing was paid", look: "over" },
  warning: { title: "The hold ends within a day", look: "bad" },
  last: { title: "The hold ends within an hour", look: "bad" },
  hold: { title: "The time of the hold is over, and Antom has told of no capture", look: "over" },
};

function authorization({ outcome, code, amount, challenge }: AuthorizationFact): FactWords {
  switch (outcome) {
    case "action_required":
      return challenge === undefined
        ? { title: "The buyer has to go to Antom's page", look: "calm" }
        : { title: "Antom wants a check that cannot be shown", detail: challenge, look: "bad" };
    case "processing":
      return { title: "Antom is still deciding", look: "calm" };
    case "succeeded":
      return { title: `Authorized${money(amount)}`, look: "good" };
    case "failed":
      return {
        title: "Declined",
        ...(code === undefined ? {} : { detail: `${judgementOf(code).meaning} (${code})` }),
        look: "bad",
      };
    case "cancelled":
      return { title: "Cancelled: nothing is held", look: "over" };
  }
}

function operation({ kind, outcome, code, amount }: OperationFact, state: RemedyState): FactWords {
  // The new total or what is added: Antom does not say which it tells.
  const what = `${KIND_WORDS[kind]}${kind === "increase" ? aside(amount) : money(amount)}`;
  switch (outcome) {
    case "pending":
      return { title: `${what}: Antom has it, and has not decided yet`, look: "calm" };
    case "succeeded":
      return { title: `${what}: done`, look: "good" };
    case "failed":
      return {
        title: `${what}: refused`,
        detail: `${code === undefined ? "" : `${code}: `}${remedyFor(state, kind, code).sentence}`,
        look: "bad",
      };
  }
}

/** Also said of what the kit decided by itself. @param asker who asks where nobody is named */
export const requested = ({ kind, amount, by, reason, closes }: Operation, asker: Asker): FactWords => ({
  title: `${by ?? asker.replace("the", "The")} asks for: ${KIND_WORDS[kind].toLowerCase()}${kind === "increase" ? to(amount) : money(amount)}`,
  detail: closes === true ? "Nobody had paid in time." : reason,
  look: "calm",
});

const askedAgain = ({ of, operation: id, answered }: AskedAgainFact): FactWords => ({
  title:
    answered === true
      ? `Who asked for the same ${of} again has had an answer`
      : `The same ${of} is asked for again while it is in doubt: no other is sent`,
  detail: id,
  look: "calm",
});

const dispute = ({
  disputeId,
  step,
  reasonCode,
  reasonMessage,
  defenseDueAt,
  judgedResult,
}: DisputeFact): FactWords => ({
  title: `Dispute: ${step.toLowerCase().replaceAll("_", " ")}`,
  detail: [
    `Dispute ${disputeId}`,
    reasonMessage ?? reasonCode,
    defenseDueAt === undefined ? undefined : `answer it on Antom's dashboard by ${timeWords(defenseDueAt)}`,
    judgedResult === undefined ? undefined : `judged: ${judgedResult.toLowerCase().replaceAll("_", " ")}`,
  ]
    .filter((part) => part !== undefined)
    .join("; "),
  look: "bad",
});

const reviewed = ({ by, count }: ReviewedFact): FactWords => ({
  title: `${by ?? "Somebody"} has looked at ${count === 1 ? "the conflict" : `the ${count} conflicts`}`,
  look: "good",
});

const money = (amount: Amount | undefined): string =>
  amount === undefined ? "" : ` of ${moneyText(amount.value, amount.currency)}`;
const to = (amount: Amount | undefined): string =>
  amount === undefined ? "" : ` to ${moneyText(amount.value, amount.currency)}`;
const aside = (amount: Amount | undefined): string =>
  amount === undefined ? "" : ` (${moneyText(amount.value, amount.currency)})`;
const ending = (lastFour: string | undefined): string => (lastFour === undefined ? "" : `, ending in ${lastFour}`);
