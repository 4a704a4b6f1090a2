import { address, amount, userName, webUrl } from "./common.js";
import { like, list, members, oneOf, text, type Kind } from "./shape.js";
import { go, pages, SAMPLES } from "./sources.js";

const LIMITS = pages("pay: order");
const GOODS = [SAMPLES, go("Goods"), LIMITS] as const;
const SHIPPING = [SAMPLES, go("Shipping"), LIMITS] as const;
const BUYER = [SAMPLES, go("Buyer"), LIMITS] as const;

const goods: Kind = members({
  referenceGoodsId: { is: text(64), required: true, seen: GOODS },
  goodsName: { is: text(256), required: true, seen: GOODS },
  goodsCategory: { is: text(64), seen: GOODS },
  goodsUnitAmount: { is: amount, seen: GOODS },
  goodsQuantity: { is: like("^[1-9][0-9]*$"), seen: GOODS },
  goodsUrl: { is: text(2048), seen: GOODS },
  goodsBrand: { is: text(64), seen: [go("Goods")] },
  goodsSkuName: { is: text(64), seen: [go("Goods")] },
  goodsImageUrl: { is: webUrl, seen: [go("Goods")] },
  deliveryMethodType: { is: oneOf("PHYSICAL", "DIGITAL"), seen: [go("Goods"), LIMITS] },
});

const shipping: Kind = members({
  shippingName: { is: userName, seen: SHIPPING },
  shippingAddress: { is: address, seen: SHIPPING },
  shippingCarrier: { is: text(128), seen: SHIPPING },
  shippingPhoneNo: { is: text(16), seen: SHIPPING },
  shipToEmail: { is: text(64), seen: SHIPPING },
});

export const buyer: Kind = members({
  referenceBuyerId: { is: text(64), seen: BUYER },
  buyerName: { is: userName, seen: BUYER },
  buyerPhoneNo: { is: text(24), seen: BUYER },
  buyerEmail: { is: text(64), seen: BUYER },
  buyerRegistrationTime: { is: text(64), seen: [go("Buyer"), LIMITS] },
});

export const order: Kind = members({
  referenceOrderId: { is: text(64), required: true, seen: [SAMPLES, go("Order"), LIMITS] },
  orderDescription: { is: text(256), required: true, seen: [SAMPLES, go("Order"), LIMITS] },
  orderAmount: { is: amount, required: true, seen: [SAMPLES, go("Order"), LIMITS] },
  goods: { is: list(goods, 100), seen: [SAMPLES, go("Order"), LIMITS] },
  shipping: { is: shipping, seen: [SAMPLES, go("Order"), LIMITS] },
  buyer: { is: buyer, seen: [SAMPLES, go("Order"), LIMITS] },
});
