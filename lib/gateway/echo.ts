import { membersOf } from "./lenient.js";
import type { UnansweredReason } from "./outcome.js";

type Body = Readonly<Record<string, unknown>>;

/** The ids by which a request names what it is about, and which an answer repeats. None of them is secret. */
const PAYMENT_IDS = ["paymentRequestId", "paymentId"] as const;
const OPERATION_IDS = ["captureRequestId", "refundRequestId", "updateRequestId"] as const;

/** What a request is about, for the log. */
export const idsOf = (request: Body) => ({
  paymentRequestId: request["paymentRequestId"],
  paymentId: request["paymentId"],
  requestId: OPERATION_IDS.map((name) => request[name]).find((id) => id !== undefined),
});

/** Why an answer belongs to another request, where it repeats an id that was not sent; an id that it leaves out, or "", is none. */
export function strayId(
  request: Body,
  answer: unknown,
): { readonly reason: UnansweredReason; readonly detail: string } | undefined {
  const told = membersOf(answer);
  const isStray = (name: string): boolean => {
    const id = told[name];
    return request[name] !== undefined && id !== undefined && id !== "" && id !== request[name];
  };
  if (PAYMENT_IDS.some(isStray)) return { reason: "other_payment", detail: "the answer is about another payment" };
  return OPERATION_IDS.some(isStray)
    ? { reason: "other_operation", detail: "the answer is about another operation" }
    : undefined;
}
