import { cancelFacts } from "../gateway/cancel.js";
import type { Gateway } from "../gateway/gateway.js";
import { operationId } from "../payment/id.js";
import { mayArriveLate, missed } from "../payment/missing.js";
import type { Fact, OperationFact } from "../payment/observation.js";
import type { Operation } from "../payment/operation.js";
import { isOpen, isPastClosing, type Payment } from "../payment/payment.js";
import type { Clock } from "../ports.js";
import type { Ledger } from "./ledger.js";

export interface Voider {
  /**
   * Cancels the payment at Antom: nothing is held afterwards, if that is certain. Look at the payment's status for whether it is.
   *
   * @param isToStay tells of the payment as it stands when the void is written down that it is not to be voided after all
   */
  void(payment: Payment, isToStay?: (current: Payment) => boolean): Promise<Payment>;
  /** The same for a payment whose buyer did not pay in time: it ends as expired. One that is paid by then, or about to be, is left alone. */
  close(payment: Payment): Promise<Payment>;
  /** Sends the cancel of a payment's pending void, if it has one that is needed, and records what came of it. */
  carryOut(payment: Payment): Promise<Payment>;
}

export interface VoiderParts {
  readonly gateway: Gateway;
  readonly ledger: Ledger;
  readonly clock: Clock;
}

export function createVoider({ gateway, ledger, clock }: VoiderParts): Voider {
  const requested = (
    payment: Payment,
    source: "command" | "clock",
    isToStay: (current: Payment) => boolean = () => false,
  ): Promise<Payment> => {
    const at = clock.now();
    const operation: Operation = {
      id: operationId(payment, "void"),
      kind: "void",
      status: "pending",
      requestedAt: at,
      ...(source === "clock" ? { closes: true } : {}),
    };
    return ledger.record(payment.id, (current) =>
      isToStay(current) ? undefined : { source, at, facts: [{ kind: "requested", operation }] },
    );
  };

  const carryOut = async (payment: Payment): Promise<Payment> => {
    const pending = pendingVoid(payment);
    if (pending === undefined || (pending.closes === true && isPastClosing(payment))) return payment;
    const facts = cancelFacts(await gateway.cancel(payment.id), pending.id);
    const at = clock.now();
    const over = isOpen(payment) && at >= payment.expiresAt;
    return ledger.record(payment.id, (current) => ({
      source: "void",
      at,
      facts: concluded(facts, { current, at, operation: pending.id, over }),
    }));
  };

  return {
    async void(payment, isToStay) {
      return carryOut(await requested(payment, "command", isToStay));
    },
    async close(payment) {
      return carryOut(await requested(payment, "clock", isPastClosing));
    },
    carryOut,
  };
}

/** The payment's void whose outcome is not known yet. */
export const pendingVoid = (payment: Payment): Operation | undefined =>
  payment.operations.find(({ kind, status }) => kind === "void" && status === "pending");

interface Conclusion {
  /** The payment as it stands when the cancel's answer is recorded. */
  readonly current: Payment;
  readonly at: number;
  /** The void's id. */
  readonly operation: string;
  /** The buyer's time was over when the cancel was sent. */
  readonly over: boolean;
}

/**
 * What a cancel means for the payment's end. A buyer who ran out of time makes it "expired" rather than "voided". Where Antom does not
 * know the payment there was nothing to void: it lapses, and should its pay call arrive after all, that is a late success as any other.
 */
function concluded(facts: readonly Fact[], { current, at, operation, over }: Conclusion): Fact[] {
  const lapse: Fact = { kind: "deadline", which: "payment" };
  if (facts.some(({ kind }) => kind === "missing")) {
    if (mayArriveLate(missed(current, at), at)) return [...facts];
    return [{ kind: "void", requestId: operation, outcome: "failed", code: "ORDER_NOT_EXIST" }, lapse];
  }
  const voids = facts.filter(isVoid);
  const refusal = voids.find(({ outcome }) => outcome === "failed");
  // There is still something to close: the same void is sent again, less and less often.
  if (refusal !== undefined && pendingVoid(current)?.closes === true && !isPastClosing(current)) {
    return [{ kind: "unanswered", operation: "void", reason: refusal.code ?? "refused", refused: true }];
  }
  return over && voids.some(({ outcome }) => outcome === "succeeded") ? [lapse, ...facts] : [...facts];
}

const isVoid = (fact: Fact): fact is OperationFact => fact.kind === "void";
