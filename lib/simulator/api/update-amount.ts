import { sameAmount, units, type Amount } from "../../payment/amount.js";
import { DURATIONS, scaled } from "../durations.js";
import { trialOf } from "../life/amounts-to-try.js";
import { claimedUnits, heldAmount } from "../life/hold.js";
import { notHeld } from "../life/standing.js";
import { Refusal, result } from "../result.js";
import type { Increase, Payment } from "../state/payment.js";
import { findPayment } from "./find-payment.js";
import { judgeOnce } from "./judge-once.js";
import type { Answer, Operation } from "./operation.js";
import { check, schemas } from "./schema/check.js";
import { amount, requiredText } from "./schema/shapes.js";

interface UpdateAmountRequest {
  readonly updateRequestId: string;
  readonly paymentId: string;
  readonly amount: Amount;
}

const checkUpdateAmount = check(
  schemas.compile<UpdateAmountRequest>({
    type: "object",
    required: ["updateRequestId", "paymentId", "amount"],
    properties: { updateRequestId: requiredText(64), paymentId: requiredText(64), amount },
  }),
);

/** A hold is raised no more often than this (Antom, "updateAmount"). */
const MOST_INCREASES = 10;

/** Accepts a new, greater total to be held; its result follows a little later by notification. */
export const updateAmount: Operation = (body, { simulation }) => {
  const request = checkUpdateAmount(body);
  const { book, clock, identifiers, settings } = simulation;
  const payment = findPayment(request, simulation);
  const before = book.increase(request.updateRequestId);
  if (before !== undefined) {
    if (before.payment.paymentId !== request.paymentId || !sameAmount(before.increase.amount, request.amount)) {
      throw new Refusal("REPEAT_REQ_INCONSISTENT");
    }
    return accepted(payment, before.increase);
  }
  const now = clock.now();
  const { updateRequestId, amount: total } = request;
  const { refused, unsure } = trialOf("updateAmount", total.value);
  judgeOnce(simulation, payment, { operation: "updateAmount", requestId: updateRequestId, amount: total }, () => {
    checkRaisable(payment, total, now);
    if (refused !== undefined) throw new Refusal(refused);
  });
  const made: Increase = {
    increaseId: identifiers.next("increase"),
    updateRequestId,
    amount: { currency: total.currency, value: total.value },
    status: "PROCESSING",
    code: "PAYMENT_IN_PROCESS",
    createdAt: now,
    settleAt: now + scaled(DURATIONS.increase, settings),
  };
  book.commit({ payment: { ...payment, increases: [...payment.increases, made] } });
  return unsure === true ? { result: result("UNKNOWN_EXCEPTION") } : accepted(payment, made);
};

function checkRaisable(payment: Payment, { currency, value }: Amount, now: number): void {
  const { increases, resultInfo } = payment;
  if (payment.status === "FAIL" && payment.code === "ORDER_IS_CLOSED") throw new Refusal("ORDER_IS_CLOSED");
  if (resultInfo?.incrementalAuthorizationAvailable !== true && payment.status === "SUCCESS") {
    throw new Refusal("INCREMENTAL_NOT_SUPPORT", "incrementalAuthorizationAvailable is not true for this payment.");
  }
  const reason = notHeld(payment, now);
  if (reason !== undefined) throw new Refusal(reason);
  if (claimedUnits(payment) > 0n) throw new Refusal("INCREMENTAL_NOT_SUPPORT", "A capture has been initiated.");
  if (increases.some(({ status }) => status === "PROCESSING")) {
    throw new Refusal("INCREMENTAL_NOT_SUPPORT", "Another increase is in process.");
  }
  if (increases.length >= MOST_INCREASES) {
    throw new Refusal("INCREMENTAL_NOT_SUPPORT", `The amount was updated ${MOST_INCREASES} times already.`);
  }
  if (currency !== payment.amount.currency) throw new Refusal("CURRENCY_NOT_SUPPORT");
  if (units(value) <= units(heldAmount(payment).value)) {
    throw new Refusal("INVALID_AMOUNT", "amount must be greater than what is authorized.");
  }
}

/** The same whatever comes of it: success means that it was accepted. */
const accepted = ({ paymentId }: Payment, { updateRequestId, amount: total }: Increase): Answer => ({
  result: result("SUCCESS"),
  updateRequestId,
  paymentId,
  amount: total,
});
