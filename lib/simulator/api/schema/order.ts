import type { SchemaObject } from "ajv";
import { address, amount, flag, priceOrNothing, requiredText, text, userName, whole } from "./shapes.js";

/** The largest number of Antom's SDKs. */
const MOST = 2 ** 31 - 1;

const goods: SchemaObject = {
  type: "array",
  maxItems: 100,
  items: {
    type: "object",
    required: ["goodsName"],
    anyOf: [{ required: ["referenceGoodsId"] }, { required: ["priceId"] }],
    properties: {
      referenceGoodsId: requiredText(64),
      priceId: requiredText(64),
      goodsName: requiredText(256),
      goodsCategory: text(64),
      goodsUnitAmount: priceOrNothing,
      goodsDiscountAmount: priceOrNothing,
      goodsQuantity: whole(1, 999_999_999),
      goodsUrl: text(2048),
      goodsBrand: text(64),
      goodsSkuName: text(64),
      goodsImageUrl: text(2048),
      goodsEndsOnTime: text(64),
      deliveryMethodType: text(32),
    },
  },
};

const deliveryTime: SchemaObject = {
  type: "object",
  required: ["unit", "value"],
  properties: { unit: { enum: ["YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"] }, value: whole(0, MOST) },
};

const shipping: SchemaObject = {
  type: "object",
  properties: {
    shippingName: userName,
    shippingAddress: address,
    shippingCarrier: text(128),
    shippingPhoneNo: text(16),
    shipToEmail: text(64),
    shippingFeeId: text(64),
    shippingFee: priceOrNothing,
    shippingDescription: text(64),
    deliveryEstimate: { type: "object", properties: { minimum: deliveryTime, maximum: deliveryTime } },
    shippingNumber: text(64),
    notes: text(256),
  },
};

const buyer: SchemaObject = {
  type: "object",
  properties: {
    referenceBuyerId: text(64),
    buyerName: userName,
    buyerPhoneNo: text(24),
    buyerEmail: text(64),
    buyerRegistrationTime: text(64),
    isAccountVerified: flag,
    successfulOrderCount: whole(0, MOST),
  },
};

/** `order` of a pay request. */
export const order: SchemaObject = {
  type: "object",
  required: ["referenceOrderId", "orderDescription", "orderAmount"],
  properties: {
    referenceOrderId: requiredText(64),
    orderDescription: requiredText(256),
    orderAmount: amount,
    orderDiscountAmount: priceOrNothing,
    subTotalOrderAmount: priceOrNothing,
    goods,
    shipping,
    buyer,
    merchant: { type: "object" },
  },
};
