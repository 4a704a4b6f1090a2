import { isResultCode, type ResultCode } from "./result.js";

export const API_OPERATIONS = [
  "pay",
  "inquiryPayment",
  "cancel",
  "capture",
  "refund",
  "inquiryRefund",
  "updateAmount",
  "consult",
] as const;
export type ApiOperation = (typeof API_OPERATIONS)[number];

/**
 * What can go wrong with an API call. All but `reset-before` and `result` happen after the call took effect; `action-form`
 * is no failure, but the rarer of two ways to send a buyer on.
 */
export const API_FAULTS = {
  "reset-before": "connection broken before the request is processed",
  "reset-after": "processed, then the connection is broken",
  timeout: "processed, never answered",
  "http-500": "processed, answered with HTTP 500",
  garbage: "processed, answered with something that is not JSON",
  "bad-signature": "processed, answered with a wrong signature",
  unsigned: "processed, answered without a signature",
  delay: "processed, answered late",
  "action-form": "processed, the buyer sent on by a form to be posted, in place of normalUrl (pay)",
  result: "not processed, answered with a result code of your choice",
} as const;

/** What can go wrong with one sending of a notification. */
export const NOTIFY_FAULTS = {
  drop: "not sent; the next attempt follows the schedule",
  duplicate: "sent twice at once",
  delay: "sent late",
  "reset-after": "sent, the connection broken before the answer is read",
  garbage: "sent with a body that is not JSON, rightly signed",
  "bad-signature": "sent with a wrong signature",
  unsigned: "sent without a signature",
} as const;

export type ApiFaultKind = keyof typeof API_FAULTS;
export type NotifyFaultKind = keyof typeof NOTIFY_FAULTS;

/** A fault to be played on the next calls of one operation, or on the next sendings of notifications. */
export type Fault = {
  /** How often it is still to happen. */
  readonly times: number;
  /** For `delay`: how much later, in milliseconds. */
  readonly delayMs: number;
  /** For `result`: what is answered. */
  readonly resultCode?: ResultCode;
} & (
  | { readonly operation: ApiOperation; readonly fault: ApiFaultKind }
  | { readonly operation: "notify"; readonly fault: NotifyFaultKind }
);

/** What {@link Faults.add} takes. */
export interface FaultRequest {
  readonly operation: ApiOperation | "notify";
  readonly fault: ApiFaultKind | NotifyFaultKind;
  /** How often, 1 when not given. */
  readonly times?: number;
  /** 3000 when not given. */
  readonly delayMs?: number;
  readonly resultCode?: string;
}

/** Why a fault cannot be played. */
export class FaultProblem extends Error {
  override readonly name = "FaultProblem";
}

const LIMITS = { faults: 100, times: 1_000, delayMs: 600_000 } as const;

/** The faults waiting to happen, oldest first. */
export class Faults {
  private waiting: Fault[] = [];

  /** @throws FaultProblem saying what is wrong with it */
  add(request: unknown): Fault {
    const fault = readFault(request);
    if (this.waiting.length >= LIMITS.faults)
      throw new FaultProblem("a hundred faults are waiting already; clear them first");
    this.waiting.push(fault);
    return fault;
  }

  list(): readonly Fault[] {
    return this.waiting;
  }

  clear(): void {
    this.waiting = [];
  }

  /** The fault to play on this call, if any; counts it down. */
  takeFor(operation: ApiOperation): (Fault & { operation: ApiOperation }) | undefined {
    const fault = this.waiting.find((entry) => entry.operation === operation);
    if (fault === undefined || fault.operation === "notify") return undefined;
    this.count(fault);
    return fault;
  }

  /** The fault to play on this sending of a notification, if any; counts it down. */
  takeForNotification(): (Fault & { operation: "notify" }) | undefined {
    const fault = this.waiting.find((entry) => entry.operation === "notify");
    if (fault?.operation !== "notify") return undefined;
    this.count(fault);
    return fault;
  }

  private count(used: Fault): void {
    this.waiting = this.waiting.flatMap((fault) => {
      if (fault !== used) return [fault];
      return fault.times > 1 ? [{ ...fault, times: fault.times - 1 }] : [];
    });
  }
}

function readFault(request: unknown): Fault {
  if (typeof request !== "object" || request === null) throw new FaultProblem("a fault is an object");
  const fields = new Map<string, unknown>(Object.entries(request));
  const times = wholeNumber(fields.get("times"), "times", 1, 1, LIMITS.times);
  const delayMs = wholeNumber(fields.get("delayMs"), "delayMs", 3_000, 0, LIMITS.delayMs);
  const operation = fields.get("operation");
  const fault = fields.get("fault");
  if (operation === "notify") {
    if (!isNotifyFault(fault)) throw new FaultProblem(`fault must be one of ${Object.keys(NOTIFY_FAULTS).join(", ")}`);
    return { operation, fault, times, delayMs };
  }
  if (!isApiOperation(operation)) {
    throw new FaultProblem(`operation must be one of ${[...API_OPERATIONS, "notify"].join(", ")}`);
  }
  if (!isApiFault(fault)) throw new FaultProblem(`fault must be one of ${Object.keys(API_FAULTS).join(", ")}`);
  if (fault !== "result") return { operation, fault, times, delayMs };
  const resultCode = fields.get("resultCode");
  if (!isResultCode(resultCode)) {
    throw new FaultProblem("resultCode must be a result code the simulator knows, e.g. UNKNOWN_EXCEPTION");
  }
  return { operation, fault, times, delayMs, resultCode };
}

/** Forms send numbers as text and leave out nothing. */
function wholeNumber(value: unknown, name: string, fallback: number, least: number, most: number): number {
  if (value === undefined || value === "") return fallback;
  const number = typeof value === "string" && /^[0-9]{1,9}$/.test(value) ? Number(value) : value;
  if (typeof number === "number" && Number.isInteger(number) && number >= least && number <= most) return number;
  throw new FaultProblem(`${name} must be a whole number from ${least} to ${most}`);
}

const isApiOperation = (value: unknown): value is ApiOperation =>
  API_OPERATIONS.some((operation) => operation === value);
const isApiFault = (value: unknown): value is ApiFaultKind =>
  typeof value === "string" && Object.hasOwn(API_FAULTS, value);
const isNotifyFault = (value: unknown): value is NotifyFaultKind =>
  typeof value === "string" && Object.hasOwn(NOTIFY_FAULTS, value);
