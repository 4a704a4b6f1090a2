import { AntomError } from "../errors.js";
import { RECURRING_TYPES, type RecurringType } from "../payment/method.js";
import type { Order } from "../payment/order.js";
import type { Payment } from "../payment/payment.js";
import { keepingAlive } from "../ports.js";
import { compileStrict, problemsOf } from "../validation.js";
import type { Checkout } from "./checkout.js";
import { checkedOrder } from "./order.js";
import { text } from "./schema.js";

/** A charge of a stored card that the buyer agreed to earlier and is not there for. */
export interface ChargeRequest extends Omit<Order, "method" | "tokenizeMode" | "mpiData"> {
  /** The stored card's id, as `card.stored` told it. */
  readonly cardId: string;
  /** Whose card it must be, where the caller wants that checked: the shop's own id of the buyer. */
  readonly buyerId?: string;
  /** Antom's `recurringType`: on a schedule, or when something falls due. */
  readonly recurringType: RecurringType;
}

interface Named {
  readonly cardId: string;
  readonly buyerId?: string;
  readonly recurringType: RecurringType;
}

const isNamed = compileStrict<Named>({
  type: "object",
  additionalProperties: false,
  required: ["cardId", "recurringType"],
  properties: { cardId: text(64, 1), buyerId: text(128, 1), recurringType: { enum: RECURRING_TYPES } },
});

/**
 * Charges a stored card with nobody there. Asked again for the same order it answers with the same payment, so a charge that was
 * interrupted is simply made again. (Antom: pay with `recurringType`; documents 000 to 004, "Merchant-initiated transactions")
 *
 * @throws AntomError `request_invalid`, `order_invalid`, `card_not_found`, `card_stopped`, `combination_refused`, `method_refused`, and those of
 * a checkout
 */
export type Charge = (request: ChargeRequest) => Promise<Payment>;

export const createCharge =
  (checkout: Checkout): Charge =>
  async ({ cardId, buyerId, recurringType, ...order }) => {
    const named: unknown = JSON.parse(JSON.stringify({ cardId, buyerId, recurringType }));
    if (!isNamed(named)) {
      const problems = problemsOf(isNamed);
      const message = problems.map((problem) => `${problem.at} ${problem.message}`).join("; ");
      throw new AntomError("request_invalid", `this charge cannot be made: ${message}`, { problems });
    }
    const made = checkout({
      order: checkedOrder(order),
      way: {
        method: "stored-card",
        choice: { cardId },
        saveCard: false,
        recurringType,
        ...(buyerId === undefined ? {} : { buyer: buyerId }),
      },
      environment: {},
      // Nobody is there to see a page.
      locale: "en",
    });
    // A script may have nothing else to keep it alive while a charge that was begun elsewhere is waited for.
    return keepingAlive(made);
  };
