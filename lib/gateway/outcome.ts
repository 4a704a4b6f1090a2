import type { TransportFailure } from "./transport.js";
import type { Result } from "./wire.js";

/** Why a call to Antom is without an answer that can be believed. */
export type UnansweredReason =
  | TransportFailure
  | "http_status"
  | "unsigned"
  | "signature_invalid"
  | "not_json"
  | "not_understood"
  | "other_payment"
  | "other_operation";

/** What came of a call: an answer that Antom signed, or none that can be believed. */
export type Outcome<Body> =
  | {
      readonly kind: "answered";
      readonly result: Result;
      readonly body: Body;
      /** When it answered, by Antom's own clock: epoch milliseconds. Absent where the answer bears no time that can be read. */
      readonly toldAt?: number;
    }
  | { readonly kind: "unanswered"; readonly reason: UnansweredReason; readonly detail: string };
