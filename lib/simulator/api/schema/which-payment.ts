import { check, schemas } from "./check.js";
import { requiredText, text } from "./shapes.js";

/** A payment named by either id; `paymentId` counts when both are there. */
export interface WhichPayment {
  readonly paymentId?: string;
  readonly paymentRequestId?: string;
}

/** @throws Refusal PARAM_ILLEGAL when neither id is there */
export const checkWhichPayment = check(
  schemas.compile<WhichPayment>({
    type: "object",
    anyOf: [{ required: ["paymentId"] }, { required: ["paymentRequestId"] }],
    properties: { paymentId: requiredText(64), paymentRequestId: requiredText(64), merchantAccountId: text(32) },
  }),
);
