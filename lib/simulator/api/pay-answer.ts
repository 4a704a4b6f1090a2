import { issuerResultInfo } from "../card/result-info.js";
import { result } from "../result.js";
import type { Payment } from "../state/payment.js";
import { timestamp } from "../timestamp.js";
import type { Answer } from "./operation.js";

/** The answer to pay for a payment as it stands: the same for every repetition, until it stands elsewhere. */
export function payAnswer(payment: Payment, baseUrl: string): Answer {
  const { status, code, paidAt, holdUntil, resultInfo } = payment;
  const known = {
    result: result(code),
    paymentRequestId: payment.paymentRequestId,
    paymentId: payment.paymentId,
    paymentAmount: payment.amount,
    paymentCreateTime: timestamp(payment.createdAt),
  };
  switch (status) {
    case "PROCESSING":
      return { ...known, ...continuation(payment, baseUrl) };
    case "SUCCESS":
      return {
        ...known,
        ...(paidAt !== undefined && { paymentTime: timestamp(paidAt) }),
        ...(holdUntil !== undefined && { authExpiryTime: timestamp(holdUntil) }),
        paymentResultInfo: resultInfo,
      };
    case "FAIL":
    case "CANCELLED":
      return { ...known, paymentResultInfo: resultInfo };
  }
}

/** Where the buyer goes on; the older forms of the same address are sent too, as Antom does. */
function continuation({ secret, mode }: Payment, baseUrl: string): object {
  const normalUrl = `${baseUrl}/cashier/${secret}`;
  return {
    normalUrl,
    redirectActionForm: { method: "GET", redirectUrl: normalUrl },
    paymentActionForm: JSON.stringify({
      method: "GET",
      paymentActionFormType: "RedirectActionForm",
      redirectUrl: normalUrl,
    }),
    ...(mode === "issuer" && { paymentResultInfo: issuerResultInfo(undefined) }),
  };
}
