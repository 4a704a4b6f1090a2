import { acquirerFields } from "../card/acquirer-info.js";
import { ISSUER_PENDING } from "../card/result-info.js";
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
    ...acquirerFields(payment),
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

/**
 * Where the buyer goes on; the older forms of the same address are sent too, as Antom does. With Korean issuer
 * authentication the last of them leads to the issuer's own page, as in the documents' sample.
 */
function continuation({ secret, mode, selectedCardBrand }: Payment, baseUrl: string): object {
  const normalUrl = `${baseUrl}/cashier/${secret}`;
  return {
    normalUrl,
    redirectActionForm: { method: "GET", redirectUrl: normalUrl },
    paymentActionForm: JSON.stringify({
      method: "GET",
      paymentActionFormType: "RedirectActionForm",
      redirectUrl: mode === "issuer" && selectedCardBrand !== undefined ? `${normalUrl}/issuer` : normalUrl,
    }),
    ...(mode === "issuer" && { paymentResultInfo: ISSUER_PENDING }),
  };
}
