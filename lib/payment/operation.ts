import type { Acquired } from "./acquirer-info.js";
import type { Amount } from "./amount.js";
import type { OperationFact } from "./observation.js";

/** Something asked of Antom about a payment that exists: money taken, let go, given back, or the hold raised. */
export type OperationKind = "capture" | "void" | "refund" | "increase";

/** Pending until Antom says one or the other; unknown is pending, never failed. */
export type OperationStatus = "pending" | "succeeded" | "failed";

/**
 * A capture, void, refund or increase, from the moment it was asked for. A payment has all of its own, in the order in which they were
 * asked for.
 */
export interface Operation extends Acquired {
  /** The request id sent to Antom (`captureRequestId`, `refundRequestId`, `updateRequestId`), or, for a capture Antom made itself, the one it told. */
  readonly id: string;
  readonly kind: OperationKind;
  /** For an increase the new total; a void has none. */
  readonly amount?: Amount;
  /** What the buyer was really given back, where Antom tells (`actualRefundAmount`). */
  readonly actualAmount?: Amount;
  readonly status: OperationStatus;
  /** Antom has it and has not decided yet, or may have it: it is asked about before it is sent again. */
  readonly accepted?: true;
  /** While pending: Antom has refused it with a code after which it may have been done all the same (`SYSTEM_ERROR`). */
  readonly doubtful?: true;
  /** Of a refund of a payment that was captured several times: Antom's id of the capture it gives back of. */
  readonly captureId?: string;
  /** The caller's Idempotency-Key. */
  readonly key?: string;
  /**
   * Who asked for the same once more while Antom left open what it had done, and was refused for that, or answered with this: under the first
   * 16 keys, or with no key. Where it has succeeded they are answered with it; each key always, who has none once.
   */
  readonly askedAgain?: { readonly keys: readonly string[]; readonly plainly?: true };
  /** Who asked for it, as the shop names its staff. */
  readonly by?: string;
  /** Why it was asked for. */
  readonly reason?: string;
  /**
   * A void that nobody asked for but the kit, as nobody had paid in time. Where somebody has paid after all it is not needed: then it is not
   * sent any more, and ends as failed with no code of Antom's.
   */
  readonly closes?: true;
  /** Antom's own id: `captureId` or `refundId`. */
  readonly gatewayId?: string;
  /** Antom's result code when it settled. */
  readonly code?: string;
  /** Epoch milliseconds. */
  readonly requestedAt: number;
  /** Epoch milliseconds. */
  readonly settledAt?: number;
}

/** Whether it is a void of the kit's own that was not needed after all. */
export const isUnneeded = ({ closes, status, code }: Operation): boolean =>
  closes === true && status === "failed" && code === undefined;

/** A success outranks a failure, which outranks not knowing. */
export const RANK: Readonly<Record<OperationStatus, number>> = { pending: 0, failed: 1, succeeded: 2 };

/** Whether a fact is about this operation: by Antom's id, or by the request's. */
export const isAbout = (operation: Operation, fact: OperationFact): boolean =>
  operation.kind === fact.kind &&
  ((fact.gatewayId !== undefined && operation.gatewayId === fact.gatewayId) || operation.id === fact.requestId);
