import { AntomError } from "../errors.js";
import { AMOUNT_VALUE, CURRENCY } from "../payment/amount.js";
import type { Order } from "../payment/order.js";
import { compileStrict, problemsOf } from "../validation.js";

const text = (maxLength: number, minLength = 0) => ({ type: "string", minLength, maxLength });
const object = (properties: Record<string, object>, ...required: string[]) => ({
  type: "object",
  additionalProperties: false,
  required,
  properties,
});

const currency = { type: "string", pattern: CURRENCY, description: "three upper-case letters of ISO 4217" };
const amount = object(
  {
    currency,
    value: {
      type: "string",
      pattern: AMOUNT_VALUE,
      description: 'a whole positive number of minor units, as a string: "1999" for EUR 19.99',
    },
  },
  "currency",
  "value",
);
const userName = object({ firstName: text(32), middleName: text(32), lastName: text(32), fullName: text(128) });
const address = object(
  {
    region: { type: "string", pattern: "^[A-Z]{2}$", description: "two upper-case letters of ISO 3166" },
    state: text(8),
    city: text(32),
    address1: text(256),
    address2: text(256),
    zipCode: text(32),
  },
  "region",
);
const url = text(2048);

/** The limits are Antom's (core.md 2.5): an order past them would be refused there with PARAM_ILLEGAL and no word about which field. */
const isOrder = compileStrict<Order>(
  object(
    {
      orderId: text(64, 1),
      description: text(256, 1),
      amount,
      capture: { enum: ["AUTOMATIC", "MANUAL"] },
      settlementCurrency: currency,
      locale: text(35, 2),
      buyer: object({
        referenceBuyerId: text(64),
        buyerName: userName,
        buyerPhoneNo: text(24),
        buyerEmail: text(64),
        buyerRegistrationTime: text(64),
      }),
      goods: {
        type: "array",
        maxItems: 100,
        items: object(
          {
            referenceGoodsId: text(64, 1),
            goodsName: text(256, 1),
            goodsCategory: text(64),
            goodsUnitAmount: amount,
            goodsQuantity: { type: "string", pattern: "^[1-9][0-9]{0,9}$", description: "a whole number in digits" },
            goodsUrl: url,
            goodsBrand: text(64),
            goodsSkuName: text(64),
            goodsImageUrl: url,
            deliveryMethodType: { enum: ["PHYSICAL", "DIGITAL"] },
          },
          "referenceGoodsId",
          "goodsName",
        ),
      },
      shipping: object({
        shippingName: userName,
        shippingAddress: address,
        shippingCarrier: text(128),
        shippingPhoneNo: text(16),
        shipToEmail: text(64),
      }),
    },
    "orderId",
    "description",
    "amount",
  ),
);

/**
 * What the shop's order function answered, checked.
 *
 * @throws AntomError `order_invalid` naming each field that is wrong
 */
export function checkedOrder(answer: unknown): Order {
  if (isOrder(answer)) return answer;
  const problems = problemsOf(isOrder);
  const first = problems[0];
  throw new AntomError(
    "order_invalid",
    `the order function's answer cannot be paid: ${first ? `${first.at || "it"} ${first.message}` : "it is not an order"}`,
    { problems },
  );
}
