import type { OperationFact } from "../payment/observation.js";

/** An overview page of Antom's writes S and F where its API pages have SUCCESS and FAIL. */
const OUTCOMES: ReadonlyMap<string, OperationFact["outcome"]> = new Map([
  ["SUCCESS", "succeeded"],
  ["S", "succeeded"],
  ["FAIL", "failed"],
  ["F", "failed"],
  ["PROCESSING", "pending"],
]);

/** How a refund stands by its `refundStatus`; undefined when the status is not known. */
export const refundOutcome = (status: string | undefined): OperationFact["outcome"] | undefined =>
  OUTCOMES.get(status ?? "");
