import type { ChargedPlan } from "../card/instalments.js";
import { plansFor, rateOf } from "../card/instalments.js";
import { Refusal } from "../result.js";
import type { PayRequest } from "./schema/pay.js";

/**
 * The instalments a request asks for, with their interest; undefined when it asks for none.
 *
 * @throws Refusal PARAM_ILLEGAL for a plan that consult does not offer for the amount
 */
export function planOf({
  creditPayPlan,
  paymentAmount,
  paymentFactor,
  paymentMethod,
}: PayRequest): ChargedPlan | undefined {
  if (creditPayPlan === undefined) return undefined;
  const { installmentNum, interval, creditPayFeeType, feePercentage } = creditPayPlan;
  if (feePercentage !== undefined && creditPayFeeType === undefined)
    throw illegal("feePercentage needs creditPayFeeType");
  // The simulator's page lets nobody choose a number: what leaves it to the buyer is paid at once.
  if (installmentNum === undefined) return undefined;
  const plans = plansFor(paymentAmount);
  if (plans.length === 0) throw illegal(`there are no instalments in ${paymentAmount.currency}`);
  const plan = plans.find((entry) => entry.installmentNum === String(installmentNum));
  if (!plan?.enabled) throw illegal(`consult offers no ${installmentNum} instalments for this amount`);
  if (paymentAmount.currency === "USD") {
    // Antom, "Installment payments", United States.
    if (paymentFactor?.captureMode === "MANUAL") throw illegal("in the US it needs captureMode AUTOMATIC");
    if (paymentMethod.paymentMethodMetaData?.recurringType) throw illegal("in the US it is for one-time payments");
  }
  return {
    installmentNum,
    ...(interval !== undefined && { interval }),
    ...(creditPayFeeType !== undefined && { creditPayFeeType }),
    ...(feePercentage !== undefined && { feePercentage }),
    interestRate: rateOf(plan, paymentAmount),
  };
}

const illegal = (why: string): Refusal => new Refusal("PARAM_ILLEGAL", `creditPayPlan: ${why}.`);
