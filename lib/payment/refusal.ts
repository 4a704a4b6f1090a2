export type RefusalCode =
  | "operation_refused"
  | "operation_pending"
  | "amount_refused"
  | "authorization_expired"
  | "void_too_late"
  | "idempotency_key_reused"
  | "gateway_unanswered";

/** Why a command cannot be carried out: no operation was written down and nothing was sent. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly message: string;
  /** What would help instead. */
  readonly remedy?:
    | "none"
    | "refund_instead"
    | "refund_otherwise"
    | "void_instead"
    | "new_payment"
    | "wait"
    | "lower_amount"
    | "capture_full";
}

/** A permit that is none. */
export interface Refused {
  readonly refusal: Refusal;
}

export const refused = (code: RefusalCode, message: string, remedy?: Refusal["remedy"]): Refused => ({
  refusal: { code, message, ...(remedy === undefined ? {} : { remedy }) },
});
