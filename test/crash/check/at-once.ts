import type { Payment } from "../../../lib/payment/payment.js";
import { transition } from "../../../lib/payment/transition.js";
import { textAt, type Exchange, type Violation } from "../records.js";
import type { Database } from "../premises.js";
import { aboutOf, isTakenIn } from "./effect.js";

/** Looks into the database at the very moment at which something is answered: nothing is to be acknowledged early. */
export interface AtOnce {
  onAnswer(exchange: Exchange): Promise<void>;
  onAcknowledged(body: unknown): Promise<void>;
  readonly violations: readonly Violation[];
  /** How many answers were compared with the database. */
  readonly compared: number;
}

export interface AtOnceParts {
  readonly database: Pick<Database, "payment" | "putOff">;
  /** Our id of a payment by Antom's. */
  readonly idOf: (paymentId: string) => string | undefined;
}

const CHECKOUT = "/payments/checkout";
const COMMAND = /^\/staff\/(PAY\w+)\/(capture|void|refund|increase)$/;

export function createAtOnce({ database, idOf }: AtOnceParts): AtOnce {
  const violations: Violation[] = [];
  const versions = new Map<string, Payment>();
  let compared = 0;

  /** The payment as it is committed now, which must go on from what was committed when it was looked at before. */
  const committed = async (id: string): Promise<Payment | undefined> => {
    const before = versions.get(id);
    const payment = await database.payment(id);
    compared++;
    const later = versions.get(id);
    if (payment !== undefined && (later === undefined || later.version < payment.version)) versions.set(id, payment);
    if (before !== undefined && (payment === undefined || payment.version < before.version)) {
      violations.push({
        what: `version ${before.version} was committed, and is gone: there is version ${payment?.version ?? "none"}`,
        payment: id,
        seen: { before, now: payment },
      });
    }
    return payment;
  };

  /** Whether what was put off brings it about, or has done so since the payment was read. */
  const willBe = async (payment: Payment, body: unknown): Promise<boolean> => {
    for (const observation of await database.putOff(payment.id)) {
      const after = transition(payment, observation)?.payment;
      if (after !== undefined && isTakenIn(after, body)) return true;
    }
    const now = await committed(payment.id);
    return now !== undefined && isTakenIn(now, body);
  };

  return {
    violations,
    get compared() {
      return compared;
    },
    async onAnswer(exchange) {
      if (exchange.status !== 200) return;
      if (exchange.path === CHECKOUT) {
        const id = textAt(exchange.answer, "payment", "id") ?? "";
        const order = textAt(exchange.sent, "orderId") ?? "";
        const payment = await committed(id);
        if (payment?.orderId === order && payment.amount.value === textAt(exchange.sent, "value")) return;
        violations.push({
          what: "a checkout was answered with a payment that the database does not have for it",
          order,
          payment: id,
          seen: { exchange, payment },
        });
        return;
      }
      const [, id, kind] = COMMAND.exec(exchange.path) ?? [];
      if (id === undefined || kind === undefined || exchange.key === undefined) return;
      const payment = await committed(id);
      const isThere =
        payment?.operations.some((operation) => operation.kind === kind && operation.key === exchange.key) === true;
      // A void of what is void already needs no operation of its own.
      if (isThere || (kind === "void" && payment?.status === "voided")) return;
      violations.push({
        what: `a ${kind} was answered with 200, and the database does not have it`,
        payment: id,
        seen: { exchange, payment },
      });
    },
    async onAcknowledged(body) {
      const about = aboutOf(body);
      const id = about.id ?? (about.paymentId === undefined ? undefined : idOf(about.paymentId));
      const payment = id === undefined ? undefined : await committed(id);
      if (payment !== undefined && (isTakenIn(payment, body) || (await willBe(payment, body)))) return;
      violations.push({
        what: "a notification was acknowledged before what it says was committed",
        ...(id === undefined ? {} : { payment: id }),
        seen: { body, payment },
      });
    },
  };
}
