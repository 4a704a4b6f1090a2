import type { Gateway } from "../gateway/gateway.js";
import { inquiryRefundFacts } from "../gateway/inquiry-refund.js";
import { isUnsure } from "../gateway/verdict.js";
import { paymentIdOf } from "../payment/id.js";
import { AGAIN, askedAgain, isSameMoney, underWayAfterAll } from "../payment/asked-again.js";
import { OUTCOME_PATIENCE } from "../payment/hold.js";
import type { AskedAgainFact, Fact, OperationFact } from "../payment/observation.js";
import { isAbout, type Operation, type OperationKind } from "../payment/operation.js";
import type { Payment } from "../payment/payment.js";
import { permitted, type CaptureContract, type Command, type Permit } from "../payment/permit.js";
import { refused, type Refused } from "../payment/refusal.js";
import type { Clock } from "../ports.js";
import type { Inquiry } from "./inquire.js";
import type { Ledger } from "./ledger.js";

export interface DoubtParts {
  readonly gateway: Pick<Gateway, "inquireRefund">;
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** Asks Antom how the payment stands, by an inquiry that begins after this call. */
  readonly askAnew: (id: string) => Promise<Inquiry>;
}

/** What was in doubt, and what Antom has said of it. */
export interface Doubt {
  /** The payment before Antom was asked. */
  readonly before: Payment;
  /** The operations that Antom tells of though it had refused them, by their ids. What has not become a success is under way for all that is known. */
  readonly told: ReadonlySet<string>;
  /** One of which Antom does not say what came of it: nothing is sent before it does. */
  readonly silent?: Operation;
}

/** Asks Antom what came of a payment's operations of a kind that are in doubt, and records what it says. */
export type AskInDoubt = (payment: Payment, kind: OperationKind) => Promise<Doubt>;

/**
 * The operations of a kind that have failed with a code which leaves open what was done. Before another takes their place Antom is asked once
 * more: what is done after all must not be done twice. What was asked for elsewhere, on Antom's dashboard, is not the kit's to doubt.
 */
export const inDoubt = ({ id: payment, operations }: Payment, kind: OperationKind): Operation[] =>
  operations.filter(
    (operation) => operation.kind === kind && isDoubtful(operation) && paymentIdOf(operation.id) === payment,
  );

/**
 * Whether nothing is sent while Antom does not say what came of it. Once another has followed it Antom had been asked; and a payment is not to be
 * stuck for good where Antom never says.
 */
function isWaitedFor(operation: Operation, { id: payment, operations }: Payment, now: number): boolean {
  const { kind, settledAt: failedAt = operation.requestedAt } = operation;
  const isFollowed = operations.some(
    (other) => other.kind === kind && paymentIdOf(other.id) === payment && other.requestedAt > failedAt,
  );
  return !isFollowed && now < failedAt + OUTCOME_PATIENCE;
}

const isDoubtful = ({ status, code }: Operation): boolean => status === "failed" && isUnsure(code);

export function createDoubt({ gateway, ledger, clock, askAnew }: DoubtParts): AskInDoubt {
  /** Refunds have an inquiry of their own. (Antom: inquiryRefund) @returns undefined where an answer is to be waited for */
  const refundFacts = async (payment: Payment, operation: Operation): Promise<Fact[] | undefined> => {
    const facts = inquiryRefundFacts(await gateway.inquireRefund(operation.id), operation);
    const isUnanswered = facts.some(({ kind }) => kind === "unanswered");
    if (isUnanswered && isWaitedFor(operation, payment, clock.now())) return undefined;
    const told = facts.filter(({ kind }) => kind === "refund");
    if (told.length > 0) await ledger.record(payment.id, { source: "refund", at: clock.now(), facts: told });
    return told;
  };

  return async (before, kind) => {
    const told = new Set<string>();
    const doubtful = inDoubt(before, kind);
    const asked = doubtful.length === 0 || kind === "refund" ? undefined : await askAnew(before.id);
    const awaited = doubtful.find((operation) => isWaitedFor(operation, before, clock.now()));
    // A void that is sent twice lets go of nothing twice, and may be all that gives the buyer their money back.
    if (awaited !== undefined && asked?.answered === false && kind !== "void") return { before, told, silent: awaited };
    for (const operation of doubtful) {
      const facts = asked?.facts ?? (await refundFacts(before, operation));
      if (facts === undefined) return { before, told, silent: operation };
      if (facts.some((fact) => tellsOf(operation, fact))) told.add(operation.id);
    }
    return { before, told };
  };
}

/** Whether a command may be carried out after Antom was asked about what was in doubt. Who asks for what has turned out to be done means that. */
export function permittedAfter(
  { before, told, silent }: Doubt,
  current: Payment,
  command: Command,
  now: number,
  contract: CaptureContract,
): Permit {
  const asked = withToldOf(current, told);
  // As many as there are by now: one too many to be remembered is not granted another for that.
  const payment = askedFor(asked, command, before).reduce((next, fact) => askedAgain(next, fact, Infinity), asked);
  const permit = permitted(payment, command, now, contract);
  if ("refusal" in permit) return permit;
  if (permit.isNew) return silent === undefined ? permit : unanswered(silent);
  const { operation } = permit;
  return operation?.status === "pending" && told.has(operation.id) ? underWayAfterAll(operation) : permit;
}

/**
 * Who is to be remembered as having asked for what is in doubt: else they would be granted another one when its outcome has come, and they ask
 * again as they were told. Who asked without a key is forgotten once they have an answer, so that another one can be wanted.
 */
export function askers(payment: Payment, command: Command, permit: Permit, doubt?: Doubt): AskedAgainFact[] {
  const { key } = command;
  const isRefused = "refusal" in permit;
  if (!isRefused && key === undefined) {
    return payment.operations
      .filter((operation) => operation.askedAgain?.plainly === true && isSameMoney(operation, command))
      .map(({ id, kind }) => ({ kind: "asked_again", operation: id, of: kind, answered: true }));
  }
  const isItsOwn = !isRefused && (permit.isNew || permit.operation?.key === key);
  return doubt === undefined || isItsOwn ? [] : askedFor(payment, command, doubt.before);
}

/** That a command has asked for what is in doubt, or was when it asked. */
const askedFor = (payment: Payment, command: Command, before: Payment): AskedAgainFact[] =>
  payment.operations
    .filter((operation) => isSameMoney(operation, command) && (isDoubtful(operation) || isNews(operation, before)))
    .map(({ id, kind }) => ({
      kind: "asked_again",
      operation: id,
      of: kind,
      ...(command.key === undefined ? {} : { key: command.key }),
    }));

/** The payment with what Antom tells of though it had refused it: that takes up room until its outcome is known. */
const withToldOf = (payment: Payment, told: Doubt["told"]): Payment => ({
  ...payment,
  operations: payment.operations.map((operation) =>
    told.has(operation.id) && operation.status === "failed" ? { ...operation, status: "pending" } : operation,
  ),
});

/** Whether it was in doubt before, or is one that Antom names by an id that is not ours: it may be the same. */
function isNews({ id }: Operation, { id: payment, operations }: Payment): boolean {
  const known = operations.find((operation) => operation.id === id);
  return known === undefined ? paymentIdOf(id) !== payment : isDoubtful(known);
}

/** Whether a fact tells that the operation was done, is being done or may be: where it names none, it may mean this one. */
function tellsOf(operation: Operation, fact: Fact): boolean {
  if (!isOperationFact(fact) || fact.kind !== operation.kind || fact.outcome === "failed") return false;
  return isAbout(operation, fact) || (fact.requestId === undefined && fact.gatewayId === undefined);
}

const isOperationFact = (fact: Fact): fact is OperationFact =>
  fact.kind === "capture" || fact.kind === "refund" || fact.kind === "void" || fact.kind === "increase";

const unanswered = ({ id, kind, code = "" }: Operation): Refused =>
  refused(
    "gateway_unanswered",
    `Antom refused the ${kind} ${id} in a way that leaves open what was done (${code}), and does not say now what came of it; nothing was sent. ${AGAIN}`,
    "wait",
  );
