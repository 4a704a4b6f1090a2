import { AntomError } from "../../errors.js";
import type { Payment } from "../../payment/payment.js";
import { permitted } from "../../payment/permit.js";
import type { OperationsRouterParts } from "./parts.js";

/** What a form that voids a payment says. */
export interface VoidForm {
  /** The payment's id. */
  readonly id: string;
  /** What its page said is held, in minor units; "0" of a payment that nobody had paid. */
  readonly held: unknown;
  /** The Idempotency-Key that it is sent with. */
  readonly key: unknown;
}

/**
 * The payment that a form is about to void, if what its page showed still holds: whoever agreed to close one that nobody had paid has not agreed
 * to let a hold go. One whose void is decided already is given as it is: nothing is decided anew then.
 *
 * @throws AntomError `form_stale`, `payment_not_found`; `operation_refused` saying what is held now
 */
export async function stillAsShown(
  { id, held, key }: VoidForm,
  { payments, storage, clock, contract }: OperationsRouterParts,
): Promise<Payment> {
  if (typeof held !== "string") {
    throw new AntomError("form_stale", "this form does not say what its page showed; open the page again");
  }
  // What Antom has told and nobody has taken in yet counts too.
  await payments.get(id);
  const payment = await storage.get(id);
  if (payment === undefined) throw new AntomError("payment_not_found", "there is no such payment");
  const { amount, authorizedAmount, operations } = payment;
  if (held === authorizedAmount || operations.some((operation) => operation.key === key)) return payment;
  const permit = permitted(payment, { kind: "void" }, clock.now(), contract);
  if ("refusal" in permit || !permit.isNew) return payment;
  const news = held === "0" ? "it has been paid meanwhile" : "another amount is held by now";
  throw new AntomError(
    "operation_refused",
    `payment ${id}: ${news}, and nothing was voided: ${amount.currency} ${authorizedAmount} (minor units) is held. Look at the payment before you let that go`,
  );
}
