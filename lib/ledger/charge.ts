import { AntomError, isAntomError, type Problem } from "../errors.js";
import { RECURRING_TYPES, type RecurringType } from "../payment/method.js";
import type { Order } from "../payment/order.js";
import type { Payment } from "../payment/payment.js";
import { keepingAlive } from "../ports.js";
import { unknownName } from "../unknown-names.js";
import { compileStrict, problemsOf } from "../validation.js";
import type { Checkout } from "./checkout.js";
import { given } from "./given.js";
import { checkedOrder, ORDER } from "./order.js";
import { text } from "./schema.js";

/** A charge of a stored card that the buyer agreed to earlier and is not there for. */
export interface ChargeRequest extends Omit<Order, "method" | "tokenizeMode" | "mpiData"> {
  /** The stored card's id, as `card.stored` told it. */
  readonly cardId: string;
  /** Whose card it must be, where the caller wants that checked: the shop's own id of the buyer. */
  readonly buyerId?: string | undefined;
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
 * Takes what a charge says, as it says it now, and gives the function that charges the stored card with nobody there. Asked again for the same order
 * it answers with the same payment, so a charge that was interrupted is simply made again. (Antom: pay with `recurringType`; documents 000 to 004,
 * "Merchant-initiated transactions")
 *
 * @throws AntomError `request_invalid`, `card_not_found`, `card_stopped`, `combination_refused`, `method_refused`, and those of
 * a checkout
 */
export type Charge = (request: ChargeRequest) => () => Promise<Payment>;

/** All that a charge may say, an order that is for checkouts too included; the build fails when one is missing. */
const IS_FIELD: Readonly<Record<keyof ChargeRequest | keyof Order, true>> = {
  cardId: true,
  buyerId: true,
  recurringType: true,
  orderId: true,
  description: true,
  amount: true,
  capture: true,
  is3DSAuthentication: true,
  enableAuthenticationUpgrade: true,
  paymentMethodRegion: true,
  installments: true,
  creditPayPlan: true,
  expiresIn: true,
  merchantRegion: true,
  env: true,
  appId: true,
  buyer: true,
  goods: true,
  shipping: true,
  orderDiscountAmount: true,
  subTotalOrderAmount: true,
  settlementCurrency: true,
  locale: true,
  method: true,
  tokenizeMode: true,
  mpiData: true,
};
const FIELDS = Object.keys(IS_FIELD);
const KNOWN = { properties: { ...Object.fromEntries(FIELDS.map((name) => [name, {}])), ...ORDER.properties } };

export const createCharge =
  (checkout: Checkout): Charge =>
  (request) => {
    const { cardId, buyerId, recurringType, ...order } = checked(request);
    return () => {
      const made = checkout({
        order,
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
  };

/** @throws AntomError `request_invalid` naming each field that is wrong: it is the caller's, and not the order function's, whose order this is */
function checked(request: ChargeRequest): Named & Order {
  if (typeof request !== "object" || (request as unknown) === null) {
    throw refused([{ at: "", message: "a charge is an object with cardId, recurringType and an order's fields" }]);
  }
  const said = given(request, KNOWN) as ChargeRequest;
  const unknown = Object.keys(said).filter((name) => !FIELDS.includes(name));
  if (unknown.length > 0)
    throw refused(unknown.map((name) => ({ at: `/${name}`, message: unknownName(name, FIELDS, "a known field") })));
  const { cardId, buyerId, recurringType, ...order } = said;
  const named: unknown = JSON.parse(JSON.stringify({ cardId, buyerId, recurringType }));
  if (!isNamed(named)) throw refused(problemsOf(isNamed));
  try {
    return { ...named, ...checkedOrder(order) };
  } catch (error) {
    throw isAntomError(error) && error.code === "order_invalid" ? refused(error.problems) : error;
  }
}

const refused = (problems: readonly Problem[]): AntomError => {
  const said = problems.map(({ at, message }) => `${at} ${message}`.trim()).join("; ");
  return new AntomError("request_invalid", `this charge cannot be made: ${said}`, { problems });
};
