import { address, amount, amountOrNothing, userName, webUrl } from "./common.js";
import { flag, like, list, members, oneOf, text, whole, type Kind } from "./shape.js";
import { go, java, pages, python, SAMPLES } from "./sources.js";

const LIMITS = pages("pay: order");
const GOODS = [SAMPLES, go("Goods"), LIMITS] as const;
const SHIPPING = [SAMPLES, go("Shipping"), LIMITS] as const;
const BUYER = [SAMPLES, go("Buyer"), LIMITS] as const;

const goods: Kind = members({
  // One of the two: check.ts sees to it.
  referenceGoodsId: { is: text(64), seen: GOODS },
  priceId: { is: text(64), seen: [go("Goods"), java("Goods"), python("Goods")] },
  goodsName: { is: text(256), required: true, seen: GOODS },
  goodsCategory: { is: text(64), seen: GOODS },
  goodsUnitAmount: { is: amountOrNothing, seen: GOODS },
  goodsDiscountAmount: { is: amountOrNothing, seen: [python("Goods"), LIMITS] },
  goodsEndsOnTime: { is: text(64), seen: [python("Goods"), LIMITS] },
  goodsQuantity: { is: like("^[1-9][0-9]*$"), seen: GOODS },
  goodsUrl: { is: text(2048), seen: GOODS },
  goodsBrand: { is: text(64), seen: [go("Goods")] },
  goodsSkuName: { is: text(64), seen: [go("Goods")] },
  goodsImageUrl: { is: webUrl, seen: [go("Goods")] },
  deliveryMethodType: { is: oneOf("PHYSICAL", "DIGITAL"), seen: [go("Goods"), LIMITS] },
});

const UNITS = oneOf("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND");
const deliveryTime: Kind = members({
  unit: { is: UNITS, required: true, seen: [java("DeliveryEstimateInfo")] },
  value: { is: whole(0, 2 ** 31 - 1), required: true, seen: [java("DeliveryEstimateInfo")] },
});
const deliveryEstimate: Kind = members({
  minimum: { is: deliveryTime, seen: [python("DeliveryEstimate")] },
  maximum: { is: deliveryTime, seen: [python("DeliveryEstimate")] },
});

const shipping: Kind = members({
  shippingName: { is: userName, seen: SHIPPING },
  shippingAddress: { is: address, seen: SHIPPING },
  shippingCarrier: { is: text(128), seen: SHIPPING },
  shippingPhoneNo: { is: text(16), seen: SHIPPING },
  shipToEmail: { is: text(64), seen: SHIPPING },
  shippingFeeId: { is: text(64), seen: [go("Shipping"), LIMITS] },
  shippingFee: { is: amountOrNothing, seen: [go("Shipping"), LIMITS] },
  shippingDescription: { is: text(64), seen: [go("Shipping"), LIMITS] },
  deliveryEstimate: { is: deliveryEstimate, seen: [go("Shipping"), LIMITS] },
  // Neither of these two has a limit anywhere.
  shippingNumber: { is: text(64), seen: [go("Shipping"), LIMITS] },
  notes: { is: text(256), seen: [go("Shipping"), LIMITS] },
});

export const buyer: Kind = members({
  referenceBuyerId: { is: text(64), seen: BUYER },
  buyerName: { is: userName, seen: BUYER },
  buyerPhoneNo: { is: text(24), seen: BUYER },
  buyerEmail: { is: text(64), seen: BUYER },
  buyerRegistrationTime: { is: text(64), seen: [go("Buyer"), LIMITS] },
  isAccountVerified: { is: flag, seen: [go("Buyer"), LIMITS] },
  successfulOrderCount: { is: whole(0, 2 ** 31 - 1), seen: [go("Buyer"), LIMITS] },
});

export const order: Kind = members({
  referenceOrderId: { is: text(64), required: true, seen: [SAMPLES, go("Order"), LIMITS] },
  orderDescription: { is: text(256), required: true, seen: [SAMPLES, go("Order"), LIMITS] },
  orderAmount: { is: amount, required: true, seen: [SAMPLES, go("Order"), LIMITS] },
  orderDiscountAmount: { is: amountOrNothing, seen: [java("Order"), LIMITS] },
  subTotalOrderAmount: { is: amountOrNothing, seen: [java("Order"), LIMITS] },
  goods: { is: list(goods, 100), seen: [SAMPLES, go("Order"), LIMITS] },
  shipping: { is: shipping, seen: [SAMPLES, go("Order"), LIMITS] },
  buyer: { is: buyer, seen: [SAMPLES, go("Order"), LIMITS] },
});
