import { sameAmount } from "../../payment/amount.js";
import { Refusal } from "../result.js";
import type { Simulation } from "../simulation.js";
import type { Payment, RefusedRequest } from "../state/payment.js";

/** Of one payment no more refusals than this are kept; what is refused after them is judged anew each time. */
const MOST_KEPT = 100;

/**
 * Judges a request that was not accepted before. One that was refused stays refused under its id, whatever has become of the payment
 * since (Antom, "Idempotency").
 *
 * @param judge throws the Refusal where there is a reason for one
 */
export function judgeOnce(
  { book }: Pick<Simulation, "book">,
  payment: Payment,
  request: Pick<RefusedRequest, "operation" | "requestId" | "amount">,
  judge: () => void,
): void {
  const { operation, requestId, amount } = request;
  const before = book.refused(operation, requestId);
  if (before !== undefined) {
    const { amount: first, code, message } = before.refused;
    const isSame = before.payment.paymentId === payment.paymentId && sameAmount(first, amount);
    throw isSame ? new Refusal(code, message) : new Refusal("REPEAT_REQ_INCONSISTENT");
  }
  try {
    judge();
  } catch (error) {
    const kept = payment.refused ?? [];
    if (error instanceof Refusal && kept.length < MOST_KEPT) {
      const { resultCode: code, resultMessage: message } = error.result;
      const { currency, value } = amount;
      const refused: RefusedRequest = { operation, requestId, amount: { currency, value }, code, message };
      book.commit({ payment: { ...payment, refused: [...kept, refused] } });
    }
    throw error;
  }
}
