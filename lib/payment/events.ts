/** Every event a hook can be given, with the sentence the documentation prints for it. One table types them all. */
export const EVENTS = {
  "payment.requires_action": "The buyer has to go to Antom's page to pay.",
  "payment.authorized": "The amount is held on the buyer's card. With automatic capture, wait for `payment.captured`.",
  "payment.captured": "Money was taken: ship now. Several partial captures give several of these.",
  "payment.capture_failed":
    "A capture was refused. A hold that is still there can be captured again, or voided where Antom captures by itself.",
  "payment.failed": "The payment was declined or refused. The order can be paid by another checkout.",
  "payment.voided": "The payment was cancelled and nothing is held any more.",
  "payment.expiring": "The hold ends within a day, and not all of it has been captured.",
  "payment.expired": "The buyer's time to pay ran out, or the hold ended without a capture.",
  "payment.refunded": "Money went back to the buyer.",
  "payment.refund_failed": "A refund was refused; the money is still with the shop.",
  "payment.conflict": "Something Antom signed disagrees with what is stored: a person should look.",
  "card.stored": "A card was stored for the buyer.",
  "dispute.opened": "The buyer's bank disputes the payment.",
  "dispute.updated": "A dispute of the payment moved on.",
} as const;

/** The name of an event: one of the keys of `EVENTS`, and of the option `hooks`. */
export type EventType = keyof typeof EVENTS;

export const EVENT_TYPES = Object.keys(EVENTS) as readonly EventType[];
