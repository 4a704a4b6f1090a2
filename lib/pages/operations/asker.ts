import { paymentIdOf } from "../../payment/id.js";
import type { JournalEntry } from "../../payment/journal.js";
import type { RequestedFact } from "../../payment/observation.js";
import type { Operation } from "../../payment/operation.js";
import type { Payment, PaymentStatus } from "../../payment/payment.js";

/**
 * Who asked for an operation that names nobody: the shop's own code; the kit, by itself; or either, since of a void of what nobody had paid the
 * history does not say whether the shop's code asked for it, or the kit as the order had changed.
 */
export type Asker = "the shop" | "the kit" | "the shop or the kit";

/** While nobody has paid. */
const OPEN: ReadonlySet<PaymentStatus | undefined> = new Set(["created", "requires_action", "processing"] as const);

/** Who asks, of what the history says was asked for. @param before how the payment stood until then */
export function askerOf({ operation: { kind, closes, key } }: RequestedFact, before: PaymentStatus | undefined): Asker {
  if (closes === true) return "the kit";
  return kind === "void" && key === undefined && OPEN.has(before) ? "the shop or the kit" : "the shop";
}

/** Who asked for each operation of a payment, by its id, in words. What Antom did by itself, or its dashboard asked for, is not there. */
export function askers(
  { id: payment, operations }: Payment,
  journal: readonly JournalEntry[],
): ReadonlyMap<string, string> {
  const asked = new Map<string, Asker>();
  let before: PaymentStatus | undefined;
  for (const { observation, status } of journal) {
    for (const fact of observation.facts) {
      if (fact.kind === "requested") asked.set(fact.operation.id, askerOf(fact, before));
    }
    before = status;
  }
  const nameOf = ({ id, by }: Operation): string => by ?? asked.get(id) ?? "the kit";
  return new Map(
    operations.filter(({ id }) => paymentIdOf(id) === payment).map((operation) => [operation.id, nameOf(operation)]),
  );
}
