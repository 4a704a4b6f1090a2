import { Refusal } from "../result.js";
import type { Simulation } from "../simulation.js";
import type { Payment } from "../state/payment.js";
import type { WhichPayment } from "./schema/which-payment.js";

/** @throws Refusal ORDER_NOT_EXIST */
export function findPayment(
  { paymentId, paymentRequestId = "" }: WhichPayment,
  { book, timeline }: Simulation,
): Payment {
  const found = paymentId === undefined ? book.paymentByRequestId(paymentRequestId) : book.payment(paymentId);
  const payment = timeline.current(found);
  if (payment === undefined) throw new Refusal("ORDER_NOT_EXIST");
  return payment;
}
