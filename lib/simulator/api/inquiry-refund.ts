import { Refusal, result } from "../result.js";
import { timestamp } from "../timestamp.js";
import type { Operation } from "./operation.js";
import { check, schemas } from "./schema/check.js";
import { requiredText, text } from "./schema/shapes.js";

const checkWhichRefund = check(
  schemas.compile<{ readonly refundId?: string; readonly refundRequestId?: string }>({
    type: "object",
    anyOf: [{ required: ["refundId"] }, { required: ["refundRequestId"] }],
    properties: {
      refundId: requiredText(64),
      refundRequestId: { type: "string", minLength: 1, maxLength: 64, pattern: "^[A-Za-z0-9_-]+$" },
      merchantAccountId: text(32),
    },
  }),
);

/** Tells where a refund stands; `refundId` counts when both ids are there. */
export const inquiryRefund: Operation = (body, { simulation }) => {
  const { book, timeline } = simulation;
  const { refundId, refundRequestId = "" } = checkWhichRefund(body);
  const find = () => (refundId === undefined ? book.refundByRequestId(refundRequestId) : book.refund(refundId));
  timeline.current(find()?.payment);
  const refund = find()?.refund;
  if (refund === undefined) throw new Refusal("REFUND_NOT_EXIST");
  return {
    result: result("SUCCESS"),
    refundStatus: refund.status,
    refundId: refund.refundId,
    refundRequestId: refund.refundRequestId,
    refundAmount: refund.amount,
    ...(refund.status === "SUCCESS" && refund.settledAt !== undefined && { refundTime: timestamp(refund.settledAt) }),
    metadata: refund.metadata,
  };
};
