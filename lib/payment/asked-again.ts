import type { AskedAgainFact } from "./observation.js";
import type { Operation } from "./operation.js";
import type { Payment } from "./payment.js";
import type { Command, Permit } from "./permit.js";
import { refused, type Refused } from "./refusal.js";

/** How many keys an operation remembers, the first ones: everything that grows has a bound. */
const MOST_KEYS = 16;

/** What an operation remembers of those who asked for the same while it was in doubt. */
type AskedAgain = NonNullable<Operation["askedAgain"]>;

/** Whether an operation moves what a command asks for. For what is left nobody is kept from asking: there is only so much of it. */
export const isSameMoney = (
  { kind, amount }: Pick<Operation, "kind" | "amount">,
  command: Pick<Command, "kind" | "amount">,
): boolean => kind === command.kind && amount !== undefined && amount.value === command.amount?.value;

/** The operations that a command was refused for, or answered with, earlier: by its key, or by its amount where it has none. */
const remembering = ({ operations }: Payment, command: Command): Operation[] =>
  operations.filter(({ askedAgain, ...operation }) =>
    command.key === undefined
      ? askedAgain?.plainly === true && isSameMoney(operation, command)
      : askedAgain?.keys.includes(command.key) === true,
  );

/** One of which a command was to wait, and that Antom does not refuse any more; undefined where there is none. */
export const waitedFor = (payment: Payment, command: Command): Operation | undefined =>
  remembering(payment, command).find(({ status }) => status !== "failed");

/**
 * What is said to a command that was to wait for what was in doubt; undefined where none of that was done. An operation is the answer to one key, the
 * first that had asked: who asked under another may have wanted another one, or the same, and is neither granted nor answered with it.
 */
export function answerTo(payment: Payment, command: Command): Permit | undefined {
  const { key } = command;
  const asked = remembering(payment, command);
  const done = asked.filter(({ status }) => status === "succeeded");
  const places = asked.map(({ askedAgain }) => (key === undefined ? 0 : (askedAgain?.keys.indexOf(key) ?? 0)));
  const place = Math.min(...places);
  const operation = done[place];
  if (operation !== undefined) return { operation, isNew: false };
  const pending = asked.find(({ status }) => status === "pending");
  if (pending !== undefined) return underWayAfterAll(pending);
  const [others] = done;
  return others === undefined || place < asked.length ? undefined : doneForAnother(others);
}

/** Why a command has to wait for an operation that Antom had refused and is at after all. */
export const underWayAfterAll = ({ kind, id }: Operation): Refused =>
  refused(
    "operation_pending",
    `Antom tells after all of a ${kind} that it had refused (${id}), and not yet how it ends; nothing was sent. ${AGAIN}`,
    "wait",
  );

/** What who has to wait for an outcome may do then. */
export const AGAIN = "Ask again later, under the same key if it has one: then it is not done twice";

const doneForAnother = ({ kind, id }: Operation): Refused =>
  refused(
    "operation_refused",
    `a ${kind} of the same amount that Antom had refused has gone through after all (${id}), and another key had asked for it before; look at the payment, and ask under a new key only if another is wanted`,
  );

/**
 * The payment with one of its operations remembering who has asked for the same, or forgetting who has their answer.
 *
 * @param most how many keys it remembers
 */
export const askedAgain = (payment: Payment, fact: AskedAgainFact, most = MOST_KEYS): Payment => ({
  ...payment,
  operations: payment.operations.map((operation) =>
    operation.id === fact.operation && operation.kind === fact.of ? marked(operation, fact, most) : operation,
  ),
});

function marked(operation: Operation, { key, answered }: AskedAgainFact, most: number): Operation {
  const { askedAgain: known, ...rest } = operation;
  const keys = known?.keys ?? [];
  if (answered === true) return keys.length === 0 ? rest : { ...rest, askedAgain: { keys } };
  const next: AskedAgain =
    key === undefined
      ? { keys, plainly: true }
      : { ...known, keys: keys.includes(key) || keys.length >= most ? keys : [...keys, key] };
  return { ...rest, askedAgain: next };
}
