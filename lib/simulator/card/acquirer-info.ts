import { RESULTS } from "../result.js";
import type { Payment } from "../state/payment.js";

const LONGEST = 64;

/** `acquirerInfo`: what a merchant of Antom's payment orchestration is told of the acquirer that took the payment. */
export function acquirerFields(payment: Payment): { readonly acquirerInfo?: Readonly<Record<string, string>> } {
  if (payment.account !== "apo") return {};
  const { paymentId, paymentRequestId, code, resultInfo, cardToken } = payment;
  const [, message] = RESULTS[code];
  const told = {
    acquirerName: "SimulatedAcquirer",
    referenceRequestId: paymentRequestId,
    acquirerTransactionId: `SA${paymentId}`,
    acquirerMerchantId: "SA-MERCHANT-0001",
    acquirerMerchantName: "Simulated merchant",
    acquirerResultCode: resultInfo?.refusalCodeRaw ?? code,
    acquirerResultMessage: resultInfo?.refusalReasonRaw ?? message,
    acquirerReasonDescription: message,
    ...(cardToken !== undefined && { acquirerCardToken: `ST${paymentId}` }),
    ptspTransactionId: `SP${paymentId}`,
  };
  return {
    acquirerInfo: Object.fromEntries(Object.entries(told).map(([name, value]) => [name, value.slice(0, LONGEST)])),
  };
}
