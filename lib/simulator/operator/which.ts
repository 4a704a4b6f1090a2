import type { Simulation } from "../simulation.js";
import type { Payment } from "../state/payment.js";
import { OperatorProblem } from "./problem.js";

/**
 * The payment with that paymentRequestId or paymentId, after everything that is due.
 *
 * @throws OperatorProblem when there is none
 */
export function whichPayment({ book, timeline }: Simulation, id: string): Payment {
  const payment = timeline.current(book.paymentByRequestId(id) ?? book.payment(id));
  if (payment === undefined) throw new OperatorProblem(`There is no payment with the id ${id.slice(0, 64)}.`);
  return payment;
}
