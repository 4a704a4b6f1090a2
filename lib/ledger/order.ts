import { AntomError, type Problem } from "../errors.js";
import { AMOUNT_VALUE, CURRENCY, isPayable, PAYABLE } from "../payment/amount.js";
import { PAYMENT_METHODS } from "../payment/method.js";
import type { Order } from "../payment/order.js";
import { compileStrict, problemsOf } from "../validation.js";
import { given } from "./given.js";
import { address, either, object, text, userName } from "./schema.js";

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
/** What is given away is an item of the order all the same, and what is sent for nothing has a fee of nothing. */
const amountOrNothing = object(
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
/** As large as the numbers of Antom's SDKs. */
const count = { type: "integer", minimum: 0, maximum: 2 ** 31 - 1 };
const url = text(2048);

const methodName = { enum: PAYMENT_METHODS };
const region = { type: "string", pattern: "^[A-Z]{2}$", description: "two upper-case letters of ISO 3166" };

const buyer = object({
  referenceBuyerId: text(64),
  buyerName: userName,
  buyerPhoneNo: text(24),
  buyerEmail: text(64),
  buyerRegistrationTime: text(64),
  isAccountVerified: { type: "boolean" },
  successfulOrderCount: count,
});

const goods = {
  type: "array",
  maxItems: 100,
  items: {
    ...object(
      {
        referenceGoodsId: text(64, 1),
        priceId: text(64, 1),
        goodsName: text(256, 1),
        goodsCategory: text(64),
        goodsUnitAmount: amountOrNothing,
        goodsDiscountAmount: amountOrNothing,
        goodsQuantity: { type: "string", pattern: "^[1-9][0-9]{0,9}$", description: "a whole number in digits" },
        goodsUrl: url,
        goodsBrand: text(64),
        goodsSkuName: text(64),
        goodsImageUrl: url,
        goodsEndsOnTime: text(64),
        deliveryMethodType: { enum: ["PHYSICAL", "DIGITAL"] },
      },
      "goodsName",
    ),
    ...either("referenceGoodsId", "priceId"),
  },
};

const deliveryTime = object(
  { unit: { enum: ["YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"] }, value: count },
  "unit",
  "value",
);
const shipping = object({
  shippingName: userName,
  shippingAddress: address,
  shippingCarrier: text(128),
  shippingPhoneNo: text(16),
  shipToEmail: text(64),
  shippingFeeId: text(64),
  shippingFee: amountOrNothing,
  shippingDescription: text(64),
  deliveryEstimate: object({ minimum: deliveryTime, maximum: deliveryTime }),
  // No page tells how long these two may be: they are as long as an id and a description of the order's.
  shippingNumber: text(64),
  notes: text(256),
});

const installments = { type: "integer", minimum: 2, maximum: 36 };
const creditPayPlan = {
  ...object({
    installmentNum: {
      type: "string",
      pattern: "^([2-9]|[12][0-9]|3[0-6])$",
      description: 'a whole number in digits, "2" to "36"',
    },
    filteredInstallmentPeriods: { type: "array", minItems: 1, maxItems: 100, items: installments },
    interval: { enum: ["MONTH"] },
    creditPayFeeType: { enum: ["PERCENTAGE"] },
    feePercentage: { type: "integer", minimum: 0, maximum: 100 },
  }),
  ...either("installmentNum", "filteredInstallmentPeriods"),
};

/** An order. The limits are Antom's (core.md 2.5): past them it would be refused there with PARAM_ILLEGAL and no word about which field. */
export const ORDER = object(
  {
    orderId: text(64, 1),
    description: text(256, 1),
    amount,
    capture: { enum: ["AUTOMATIC", "MANUAL"] },
    method: { anyOf: [methodName, { type: "array", minItems: 1, maxItems: 4, uniqueItems: true, items: methodName }] },
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
    installments: { type: "array", maxItems: 35, items: installments },
    creditPayPlan,
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
    buyer,
    goods,
    shipping,
    orderDiscountAmount: amountOrNothing,
    subTotalOrderAmount: amountOrNothing,
  },
  "orderId",
  "description",
  "amount",
);
const isOrder = compileStrict<Order>(ORDER);

/**
 * What the shop's order function answered, checked.
 *
 * @throws AntomError `order_invalid` naming each field that is wrong
 */
export function checkedOrder(answer: unknown): Order {
  const order = given(answer, ORDER);
  const isRight = isOrder(order);
  const problems = isRight ? mutual(order) : problemsOf(isOrder);
  if (isRight && problems.length === 0) return order;
  const first = problems[0];
  throw new AntomError(
    "order_invalid",
    `the order function's answer cannot be paid: ${first ? `${first.at || "it"} ${first.message}` : "it is not an order"}`,
    { problems },
  );
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
