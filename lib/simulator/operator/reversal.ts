import type { Amount } from "../../payment/amount.js";
import { explain, schemas } from "../api/schema/check.js";
import { requiredText } from "../api/schema/shapes.js";
import { reversalNotification } from "../notify/bodies.js";
import type { Simulation } from "../simulation.js";
import type { Payment } from "../state/payment.js";
import { iso, named } from "./named.js";
import { OperatorProblem } from "./problem.js";
import { whichPayment } from "./which.js";

/** A payment that came off after it was closed, as the simulator shows it. */
export interface SimulatorReversal {
  readonly paymentId: string;
  readonly paymentRequestId: string;
  readonly referenceOrderId: string;
  readonly amount: Amount;
  readonly at: string;
}

const isRequest = schemas.compile<{ readonly payment: string }>({
  type: "object",
  required: ["payment"],
  properties: { payment: requiredText(64) },
});

/** Whether the bank may still say that it was paid, when it is too late: it was closed, or cancelled, unpaid. */
export const canBeReversed = ({ status, code, paidAt, reversedAt }: Payment): boolean =>
  reversedAt === undefined &&
  paidAt === undefined &&
  (status === "CANCELLED" || (status === "FAIL" && code === "ORDER_IS_CLOSED"));

/**
 * Lets a payment that was closed unpaid come off after all, past giving its money back, and notifies the shop.
 *
 * @param wish `payment`, its paymentRequestId or paymentId
 * @throws OperatorProblem when it cannot be
 */
export function reversal(simulation: Simulation, wish: unknown): SimulatorReversal {
  if (!isRequest(wish)) throw new OperatorProblem(explain(isRequest.errors?.at(-1)));
  const { book, clock, notifier } = simulation;
  const payment = whichPayment(simulation, wish.payment);
  if (!canBeReversed(payment)) {
    throw new OperatorProblem(
      "Only a payment that expired, or was cancelled, before it was paid is reversed, and once.",
    );
  }
  const reversedAt = clock.now();
  const changed: Payment = { ...payment, reversedAt };
  book.commit({
    payment: changed,
    notifications: [notifier.compose(payment.paymentId, payment.notifyUrl, reversalNotification(changed, reversedAt))],
  });
  return shownReversal(changed, reversedAt);
}

export const shownReversal = (payment: Payment, reversedAt: number): SimulatorReversal => ({
  ...named(payment),
  amount: payment.amount,
  at: iso(reversedAt),
});
