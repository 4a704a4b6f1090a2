import { documentation } from "./documentation.js";
import type { RemedyAction } from "./payment/meaning/remedy.js";
import { errorCode, isError, readOr } from "./thrown.js";

/**
 * Every error the kit throws or answers with: its stable code, the HTTP status it is answered with, and a plain title.
 * docs/errors.md has a section for each; a test fails when one is missing.
 */
export const ERRORS = {
  configuration_invalid: { status: 500, title: "The kit is not configured correctly" },
  request_invalid: { status: 400, title: "The request is not valid" },
  body_unreadable: { status: 400, title: "The body could not be read" },
  body_too_large: { status: 413, title: "The body is too large" },
  body_missing: { status: 500, title: "Another parser took the body and left nothing of it" },
  content_type_unsupported: { status: 415, title: "This content type is not accepted here" },
  method_not_allowed: { status: 405, title: "This method is not accepted here" },
  origin_refused: { status: 403, title: "This must come from the shop's own pages" },
  link_invalid: { status: 403, title: "This link is not valid" },
  payment_not_found: { status: 404, title: "There is no such payment" },
  order_refused: { status: 422, title: "The shop does not take this order" },
  order_invalid: { status: 500, title: "The shop's order function gave an order that cannot be paid" },
  method_refused: { status: 422, title: "This way to pay is not offered" },
  combination_refused: { status: 422, title: "These cannot be combined" },
  card_invalid: { status: 422, title: "The card details are not right" },
  buyer_unknown: { status: 401, title: "It is not known whose cards these are" },
  card_not_found: { status: 404, title: "There is no such stored card" },
  card_stopped: { status: 409, title: "The card's network said not to charge this card again" },
  order_paid: { status: 409, title: "This order is already paid, or money is held for it" },
  payment_closing: { status: 409, title: "An earlier payment of this order is still being cancelled" },
  signature_invalid: { status: 401, title: "The notification's signature does not match" },
  notification_invalid: { status: 400, title: "The notification is not valid" },
  operation_refused: { status: 409, title: "This cannot be done with the payment as it stands" },
  operation_pending: { status: 409, title: "Another operation of the payment is still under way" },
  amount_refused: { status: 422, title: "This amount is not possible" },
  authorization_expired: { status: 409, title: "The hold has ended" },
  void_too_late: { status: 409, title: "It is too late to void the payment" },
  idempotency_key_reused: { status: 409, title: "This Idempotency-Key was used for something else" },
  operations_forbidden: { status: 403, title: "You may not do this" },
  form_stale: { status: 403, title: "This form is not valid any more" },
  job_not_found: { status: 404, title: "This process knows no such long work" },
  event_not_found: { status: 404, title: "There is no such event" },
  gateway_refused: { status: 409, title: "Antom refused the request" },
  gateway_unanswered: { status: 503, title: "Antom did not give an answer that can be believed" },
  transaction_unavailable: { status: 500, title: "The hook cannot have a transaction" },
  lease_lost: { status: 409, title: "Another process has taken the event over" },
  storage_unavailable: { status: 503, title: "The storage could not be reached" },
  storage_not_durable: { status: 500, title: "The storage would not survive a power cut" },
  not_started: { status: 503, title: "The kit has not started" },
  internal: { status: 500, title: "Something went wrong" },
} as const satisfies Record<string, { status: number; title: string }>;

/** The stable name of an error. docs/errors.md says of each what it means, what usually causes it and what to do. */
export type AntomErrorCode = keyof typeof ERRORS;

/** One thing that is wrong with what was handed in. */
export interface Problem {
  /** Where: an option ("gateway"), or a JSON pointer into a body ("/amount/value"). */
  readonly at: string;
  /** What is wrong, and what to do about it. */
  readonly message: string;
}

/** What an `AntomError` carries beside its code and message. */
export interface AntomErrorDetails {
  /** Each field or option that is wrong. */
  readonly problems?: readonly Problem[];
  readonly cause?: unknown;
  /** What would help. */
  readonly remedy?: RemedyAction;
  /** Antom's result code, where Antom refused. */
  readonly resultCode?: string;
  /** In place of the code's own status. */
  readonly status?: number;
}

/** The only error the kit throws on purpose. Tell one from another by `code`; the message is for people and may change. */
export class AntomError extends Error {
  override readonly name = "AntomError";
  readonly code: AntomErrorCode;
  /** The HTTP status it is answered with. */
  readonly status: number;
  readonly problems: readonly Problem[];
  /** What would help, of a command that cannot be carried out: "refund_instead", "new_payment", ... */
  declare readonly remedy?: RemedyAction;
  /** Antom's result code, where Antom refused. */
  declare readonly resultCode?: string;

  constructor(code: AntomErrorCode, message: string, details: AntomErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.status = details.status ?? ERRORS[code].status;
    this.problems = details.problems ?? [];
    if (details.remedy !== undefined) this.remedy = details.remedy;
    if (details.resultCode !== undefined) this.resultCode = details.resultCode;
  }

  /** Where the documentation explains this code. */
  get help(): string {
    return documentation(`errors.md#${this.code}`);
  }
}

/** Whether something thrown is the kit's own error, also when the package is loaded twice. */
export const isAntomError = (error: unknown): error is AntomError =>
  readOr(
    false,
    () =>
      error instanceof AntomError ||
      (isError(error) &&
        error.name === "AntomError" &&
        Object.hasOwn(ERRORS, errorCode(error) ?? "") &&
        // Whoever answers with an error reads these two unseen; one that only looks like the kit's may lack them.
        "status" in error &&
        isHttpError(error.status) &&
        "problems" in error &&
        Array.isArray(error.problems)),
  );

const isHttpError = (status: unknown): boolean =>
  typeof status === "number" && Number.isInteger(status) && status >= 400 && status <= 599;
