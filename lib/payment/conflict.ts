import type { Conflict, Payment } from "./payment.js";

/** The payment with a conflict on it, once for each code and what was seen. */
export const marked = (payment: Payment, conflict: Conflict): Payment =>
  payment.conflicts.some((known) => known.code === conflict.code && known.seen === conflict.seen)
    ? payment
    : { ...payment, conflicts: [...payment.conflicts, conflict] };
