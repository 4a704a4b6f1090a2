import { AntomError, type Problem } from "../errors.js";
import { AMOUNT_VALUE, CURRENCY, isPayable, PAYABLE } from "../payment/amount.js";
import { PAYMENT_METHODS } from "../payment/method.js";
import type { Order } from "../payment/order.js";
import { compileStrict, problemsOf } from "../validation.js";
import { address, object, text, userName } from "./schema.js";

const currency = { type: "string", pattern: CURRENCY, description: "three upper-case letters of ISO 4217" };
const amount = {
  ...object(
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
  ),
  description: 'an object, its value being minor units as text: { currency: "EUR", value: "1999" } for EUR 19.99',
};
/** What is given away is an item of the order all the same. */
const unitAmount = object(
  {
    currency,
    value: {
      type: "string",
      pattern: `^0$|${AMOUNT_VALUE}`,
      description: 'a whole number of minor units, as a string: "0" for what is given away',
    },
  },
  "currency",
  "value",
);
const url = text(2048);

const methodName = { enum: PAYMENT_METHODS };
const region = { type: "string", pattern: "^[A-Z]{2}$", description: "two upper-case letters of ISO 3166" };

/** The limits are Antom's (core.md 2.5): an order past them would be refused there with PARAM_ILLEGAL and no word about which field. */
const isOrder = compileStrict<Order>(
  object(
    {
      orderId: text(64, 1),
      description: text(256, 1),
      amount,
      capture: { enum: ["AUTOMATIC", "MANUAL"] },
      method: {
        anyOf: [methodName, { type: "array", minItems: 1, maxItems: 4, uniqueItems: true, items: methodName }],
      },
      is3DSAuthentication: { type: "boolean" },
      enableAuthenticationUpgrade: { type: "boolean" },
      paymentMethodRegion: { type: "string", pattern: "^(GLOBAL|[A-Z]{2})$", description: '"GLOBAL" or two letters' },
      tokenizeMode: { enum: ["ASKFORCONSENT"] },
      mpiData: object(
        {
          threeDSVersion: {
            type: "string",
            pattern: "^[0-9]{1,2}(\\.[0-9]{1,2}){1,2}$",
            description: 'a version such as "2.2.0"',
          },
          eci: { type: "string", pattern: "^[0-9]{2}$", description: "two digits" },
          cavv: text(64, 1),
          dsTransactionId: text(64, 1),
          credentialType: { enum: ["PAN", "NETWORK_TOKEN"] },
        },
        "threeDSVersion",
        "eci",
        "cavv",
      ),
      installments: { type: "array", maxItems: 35, items: { type: "integer", minimum: 2, maximum: 36 } },
      creditPayPlan: object(
        {
          installmentNum: {
            type: "string",
            pattern: "^([2-9]|[12][0-9]|3[0-6])$",
            description: 'a whole number in digits, "2" to "36"',
          },
          interval: { enum: ["MONTH"] },
          creditPayFeeType: { enum: ["PERCENTAGE"] },
          feePercentage: { type: "integer", minimum: 0, maximum: 100 },
        },
        "installmentNum",
      ),
      // It must be less than ten minutes when Antom reads it, by its own clock.
      expiresIn: { type: "integer", minimum: 60_000, maximum: 590_000 },
      merchantRegion: region,
      env: object({
        terminalType: { enum: ["WEB", "WAP", "APP", "MINI_APP"] },
        osType: { enum: ["IOS", "ANDROID"] },
        clientIp: text(64),
        deviceTokenId: text(64),
        // No page tells how long it may be; Antom's own plugin for WooCommerce sends no longer one.
        deviceId: text(64),
        deviceBrand: text(64),
        deviceModel: text(128),
        deviceLanguage: text(32),
        osVersion: text(64),
        extendInfo: text(2048),
      }),
      appId: text(32, 1),
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
            goodsUnitAmount: unitAmount,
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
  const isRight = isOrder(answer);
  const problems = isRight ? mutual(answer) : problemsOf(isOrder);
  // The shop may well change its own order, such as the price in it, while Antom is asked for this one.
  if (isRight && problems.length === 0) return copied(answer);
  const first = problems[0];
  throw new AntomError(
    "order_invalid",
    `the order function's answer cannot be paid: ${first ? `${first.at || "it"} ${first.message}` : "it is not an order"}`,
    { problems },
  );
}

/** A copy of what has been checked, and so is plain. (`structuredClone` takes no Proxy, which object mappers hand out as lists and objects.) */
function copied<T>(value: T): T;
function copied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((member: unknown) => copied(member));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, copied<unknown>(member)]));
}

/** What is wrong with an order whose fields are right, each for itself. */
function mutual({ amount: paid, env, appId }: Order): Problem[] {
  const problems: Problem[] = [];
  if (!isPayable(paid)) problems.push({ at: "/amount/value", message: `is not possible: ${PAYABLE}` });
  if (env?.terminalType === "MINI_APP" && appId === undefined) {
    problems.push({ at: "/appId", message: 'is missing: Antom asks for it where env.terminalType is "MINI_APP"' });
  }
  return problems;
}
