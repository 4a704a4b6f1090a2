import type { SchemaObject } from "ajv";
import { address, amount, priceOrNothing, requiredText, text, userName, whole } from "./shapes.js";

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
      goodsQuantity: whole(1, 999_999_999),
      goodsUrl: text(2048),
      deliveryMethodType: text(32),
    },
  },
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
    shippingFee: amount,
    shippingDescription: text(64),
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
    goods,
    shipping,
    buyer,
    merchant: { type: "object" },
  },
};
