import { userInfo } from "node:os";
import type { IncreaseRequest } from "../ledger/commands.js";
import type { Amount } from "../payment/amount.js";
import { withoutLink, type PaymentView } from "../payment/event.js";
import type { Operation, OperationKind } from "../payment/operation.js";
import { agreedAmount, leftOf } from "./agreed.js";
import { CONFIGURED, type Call, type Command, type Flags } from "./command.js";
import { confirmationOf } from "./confirm.js";
import { EXIT, usage } from "./exit.js";
import { withKit } from "./kit.js";
import { majorUnits, minorUnits, moneyText } from "./money.js";
import { ofPayment } from "./payment-of.js";
import { paymentText } from "./payment-text.js";
import { oneLine } from "./rows.js";

const AMOUNT: Flags = {
  amount: { value: "5.00", text: "The amount, with the decimals of its currency." },
  minor: { value: "500", text: "The same in minor units." },
  currency: { value: "EUR", text: "The amount's currency, to be sure: any but the payment's is refused." },
};

const ALWAYS: Flags = {
  key: { value: "KEY", text: "An idempotency key: the same key is the same command, however often it is given." },
  by: { value: "NAME", text: "Who asks, for the payment's history; your user name when left out." },
  yes: { short: "y", text: "Does not ask first." },
  ...CONFIGURED,
};

export interface Operating {
  readonly kind: OperationKind;
  readonly summary: string;
  readonly details: readonly string[];
  /** Whether it has an amount, or must have one. */
  readonly amount: "none" | "optional" | "required";
  readonly hasReason: boolean;
  /** What is asked before it is done, the amount being undefined where none was given. */
  readonly question: (payment: PaymentView, amount: Amount | undefined) => string;
}

/** A command that moves money. */
export function operate({ kind, summary, details, amount: hasAmount, hasReason, question }: Operating): Command {
  return {
    name: `payments ${kind}`,
    summary,
    details,
    operand: { name: "ID", isRequired: true, text: "the payment's id." },
    flags: {
      ...(hasAmount === "none" ? {} : AMOUNT),
      ...(hasReason ? { reason: { value: "TEXT", text: "Why; Antom is told." } } : {}),
      ...ALWAYS,
    },
    run(call) {
      const { operand: id = "" } = call;
      const isAmountGiven = checkAmount(call);
      if (hasAmount === "required" && !isAmountGiven) {
        throw usage(`payments ${kind} needs the new total: --amount 25.00, or --minor 2500.`);
      }
      const confirm = confirmationOf(call);
      return withKit(call, async ({ antom: { payments }, silence }) => {
        const before = await ofPayment(payments, id, () => payments.get(id));
        const given = isAmountGiven ? amountOf(call, before.amount.currency) : undefined;
        const key = call.text("key");
        const isAgreed = await confirm(question(before, given), "Nothing was done.");
        const look = (): Promise<PaymentView> => payments.get(id);
        const amount = isAgreed ? await agreedAmount({ kind, before, amount: given, key, look }) : given;
        const after = await payments[kind](id, requestOf(call, amount));
        const operation = operationOf(kind, key, before, after);
        const isPending = operation?.status === "pending";
        call.print(paymentText(after));
        if (isPending) {
          const why = silence();
          call.print(
            `How the ${kind} ends is not known yet${why === undefined ? "" : ` (${oneLine(why)})`}. ` +
              "The shop's running process carries it through, with the same id; look again with payments show.",
          );
        }
        call.document({ payment: withoutLink(after), ...(operation === undefined ? {} : { operation }) });
        return isPending ? EXIT.pending : EXIT.done;
      });
    },
  };
}

/** Whether there is an amount; what can be wrong with it without knowing the payment is said at once. */
function checkAmount(call: Call): boolean {
  const [major, minor, currency] = ["amount", "minor", "currency"].map((name) => call.text(name));
  if (major !== undefined && minor !== undefined) throw usage("Give --amount or --minor, not both.");
  if (currency !== undefined && !/^[A-Z]{3}$/.test(currency)) {
    throw usage(`--currency "${currency}" is not three upper-case letters of ISO 4217.`);
  }
  const isGiven = major !== undefined || minor !== undefined;
  if (currency !== undefined && !isGiven) throw usage("--currency goes with --amount or --minor.");
  if (isGiven) amountOf(call, currency);
  return isGiven;
}

/** @param known the payment's currency; undefined while it is not known, when only what no currency allows is refused */
function amountOf(call: Call, known: string | undefined): Amount | undefined {
  const currency = call.text("currency") ?? known;
  const minor = call.text("minor");
  if (minor !== undefined) return minorUnits(minor, currency ?? "EUR");
  const major = call.text("amount") ?? "";
  if (currency !== undefined) return majorUnits(major, currency);
  if (!/^\d+(?:\.\d+)?$/.test(major)) throw usage(`"${major}" is not an amount, as --amount 5.00 is.`);
  return undefined;
}

/** Whether an amount is needed, and may be given, has been seen to before. */
function requestOf(call: Call, amount: Amount | undefined): IncreaseRequest {
  const [key, reason] = ["key", "reason"].map((name) => call.text(name));
  const request: Partial<IncreaseRequest> = {
    by: call.text("by") ?? whoever(),
    ...(amount === undefined ? {} : { amount }),
    ...(key === undefined ? {} : { idempotencyKey: key }),
    ...(reason === undefined ? {} : { reason }),
  };
  return request as IncreaseRequest;
}

/** The name of who is logged in, where the system knows one. */
function whoever(): string {
  try {
    return `${userInfo().username.slice(0, 100)} (terminal)`;
  } catch {
    return "terminal";
  }
}

/** The operation that carried the command out: by its key, else the one that is new, else the last of its kind. */
function operationOf(
  kind: OperationKind,
  key: string | undefined,
  before: PaymentView,
  after: PaymentView,
): Operation | undefined {
  const known = new Set(before.operations.map(({ id }) => id));
  const own = after.operations.filter((operation) => operation.kind === kind);
  return (
    (key === undefined ? undefined : own.find((operation) => operation.key === key)) ??
    own.findLast(({ id }) => !known.has(id)) ??
    own.findLast(({ status }) => status === "pending") ??
    own.at(-1)
  );
}

/** "payment P1 (order 1001)". */
export const nameOf = ({ id, orderId }: PaymentView): string => `payment ${id} (order ${orderId})`;

export const sumText = (amount: Amount | undefined): string =>
  amount === undefined ? "all that is left" : moneyText(amount);

/** "Capture EUR 5.00 of payment P1 (order 1001), of which EUR 19.99 is left to capture?" */
export function takingQuestion(kind: "capture" | "refund", payment: PaymentView, amount: Amount | undefined): string {
  const verb = kind === "capture" ? "Capture" : "Refund";
  const left = moneyText(leftOf(payment, kind));
  return amount === undefined
    ? `${verb} ${sumText(amount)}, ${left}, of ${nameOf(payment)}?`
    : `${verb} ${sumText(amount)} of ${nameOf(payment)}, of which ${left} is left to ${kind}?`;
}

/** One of a payment's sums. */
export const valueText = ({ amount: { currency } }: PaymentView, value: string): string =>
  moneyText({ currency, value });
