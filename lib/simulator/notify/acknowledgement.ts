import type { PostedAnswer } from "./post.js";

/** Whether the shop acknowledged: HTTP 200 and a result of SUCCESS, S. Messages are never compared. */
export function isAcknowledged({ status, body }: PostedAnswer): boolean {
  if (status !== 200) return false;
  try {
    const answer: unknown = JSON.parse(body);
    if (!hasResult(answer)) return false;
    return answer.result.resultCode === "SUCCESS" && answer.result.resultStatus === "S";
  } catch {
    return false;
  }
}

const hasResult = (value: unknown): value is { result: { resultCode?: unknown; resultStatus?: unknown } } =>
  typeof value === "object" &&
  value !== null &&
  "result" in value &&
  typeof value.result === "object" &&
  value.result !== null;
