import type { OperationKind } from "../operation.js";
import type { CaptureMode } from "../payment.js";
import { remedyOf, type Remedy } from "./remedy.js";
import { judgementOf, RESULT_CODES } from "./result-code.js";

const INSTEAD =
  "Antom was to capture this payment by itself, and no other capture can be asked for. If it is still held, void it, so that the buyer can pay anew.";

/** Nothing is held any more, or nothing has been decided yet. */
const AS_EVER: ReadonlySet<string> = new Set([
  "AUTH_CANCELLED",
  "AUTH_EXPIRED",
  "CAPTURE_IN_PROCESS",
  "ORDER_IS_CANCELED",
  "ORDER_IS_CANCELLED",
  "ORDER_IS_CLOSED",
  "SUCCESS",
]);

/**
 * The same as `remedyOf`, of a payment that is captured in this way: a capture that Antom makes by itself nobody can ask for again. (Antom:
 * capture, only with `captureMode` MANUAL)
 */
export function remedyFor(captureMode: CaptureMode, kind: OperationKind, code: string | undefined): Remedy {
  const isAsEver = code !== undefined && AS_EVER.has(code);
  if (captureMode === "MANUAL" || kind !== "capture" || isAsEver) return remedyOf(kind, code);
  const isExplained = code !== undefined && RESULT_CODES.includes(code);
  return { action: "void_instead", sentence: isExplained ? `${judgementOf(code).meaning} ${INSTEAD}` : INSTEAD };
}
