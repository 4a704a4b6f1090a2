import type { Address, DeviceEnvironment, Order, UserName } from "../../lib/index.js";

/** The order of the documents' samples, as a shop would have it in its own records. */

const NAME: UserName = { firstName: "Dehua", lastName: "Liu", fullName: "Dehua Skr Liu", middleName: "Skr" };

export const ADDRESS: Address = {
  region: "CN",
  state: "Zhejiang",
  city: "Hangzhou",
  address1: "Wuchang road",
  address2: "Xihu",
  zipCode: "310000",
};

/** What the shop's app told of the phone it runs on. */
const PHONE: DeviceEnvironment = {
  terminalType: "APP",
  osType: "IOS",
  deviceId: "eYOIkvFpZzztgO0Yu6USdprBQZCWxDhiUAHCiK8K/cH9mT6wMaMOzAKe",
  deviceLanguage: "zh_CN",
};

const GOODS_URL =
  "https://www.lazada.sg/products/3-boxes-starbucks-cappuccino-milk-coffee-pods-coffee-capsules-by-nescafe-dolce-gusto" +
  "-i383382011-s904520356.html?clickTrackInfo=undefined&search=1&source=search&spm=a2o42.searchlist.list.3";

/** Documents 000 and 004 have two spaces in the category, 001 to 003 one. */
export const TWO_SPACES = "Digital  Goods/Digital  Vouchers/Food  and Beverages";
export const ONE_SPACE = "Digital Goods/Digital Vouchers/Food and Beverages";

export const sampleOrder = (goodsCategory: string): Order => ({
  orderId: "ORDER_20221114141714891",
  description: "Cappuccino #grande (Mika's coffee shop)",
  amount: { currency: "EUR", value: "30000" },
  settlementCurrency: "EUR",
  goods: [
    {
      referenceGoodsId: "383382011_SGAMZ-904520356",
      goodsName: "[3 Boxes] Starbucks Cappuccino Milk Coffee Pods / Coffee Capsules by Nescafe Dolce Gusto",
      goodsUrl: GOODS_URL,
      goodsCategory,
      goodsUnitAmount: { currency: "EUR", value: "30000" },
      goodsQuantity: "10",
    },
  ],
  shipping: {
    shippingName: NAME,
    shippingAddress: ADDRESS,
    shippingCarrier: "FedEx",
    shippingPhoneNo: "12345678912",
    shipToEmail: "test@gmail.com",
  },
  buyer: {
    referenceBuyerId: "test12345678",
    buyerPhoneNo: "12345678912",
    buyerEmail: "alipay@alipay.com",
    buyerName: NAME,
  },
  env: PHONE,
});

/** The order of document 004's Korean sample: a page in a browser, paid in won and settled in dollars. */
export const KOREAN_ORDER: Order = {
  orderId: "ORDER_20221114141714891",
  description: "Cappuccino #grande (Mika's coffee shop)",
  amount: { currency: "KRW", value: "30000" },
  settlementCurrency: "USD",
  buyer: { buyerEmail: "alipay@alipay.com", referenceBuyerId: "test12345678" },
  env: {
    terminalType: "WEB",
    deviceId: "eYOIkvFpZzztgO0Yu6USdprBQZCWxDhiUAHCiK8K/cH9mT6wMaMOzAKe",
    deviceLanguage: "zh_CN",
  },
  capture: "MANUAL",
};

/** The card form of the shop's page, and what its script found out of the browser. */
export const CARD_FIELDS = {
  method: "card",
  card: {
    cardNo: "4117 3478 0615 6383",
    expiryMonth: "12",
    expiryYear: "29",
    cvv: "850",
    cardholderName: { firstName: "Tom", lastName: "Jay" },
    billingAddress: ADDRESS,
  },
  browser: {
    colorDepth: 48,
    screenHeight: 768,
    screenWidth: 1024,
    timeZoneOffset: 1,
    language: "zh_CN",
    javaEnabled: true,
    javaScriptEnabled: true,
  },
} as const;
