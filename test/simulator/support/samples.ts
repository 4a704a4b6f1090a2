/** The request samples of Antom's documents on authorization payments, value by value. */

const NAME = { firstName: "Dehua", lastName: "Liu", fullName: "Dehua Skr Liu", middleName: "Skr" };
const ADDRESS = {
  zipCode: "310000",
  address2: "Xihu",
  city: "Hangzhou",
  address1: "Wuchang road",
  state: "Zhejiang",
  region: "CN",
};
const DEVICE = {
  terminalType: "APP",
  clientIp: "112.80.248.78",
  deviceId: "eYOIkvFpZzztgO0Yu6USdprBQZCWxDhiUAHCiK8K/cH9mT6wMaMOzAKe",
  osType: "IOS",
  deviceLanguage: "zh_CN",
};
const AMOUNT = { currency: "EUR", value: "30000" };

const GOODS_URL =
  "https://www.lazada.sg/products/3-boxes-starbucks-cappuccino-milk-coffee-pods-coffee-capsules-by-nescafe-dolce-gusto" +
  "-i383382011-s904520356.html?clickTrackInfo=undefined&search=1&source=search&spm=a2o42.searchlist.list.3";

const order = (goodsCategory: string) => ({
  orderAmount: AMOUNT,
  orderDescription: "Cappuccino #grande (Mika's coffee shop)",
  referenceOrderId: "ORDER_20221114141714891",
  goods: [
    {
      referenceGoodsId: "383382011_SGAMZ-904520356",
      goodsName: "[3 Boxes] Starbucks Cappuccino Milk Coffee Pods / Coffee Capsules by Nescafe Dolce Gusto",
      goodsUrl: GOODS_URL,
      goodsCategory,
      goodsUnitAmount: AMOUNT,
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
});

const END = {
  settlementStrategy: { settlementCurrency: "EUR" },
  paymentNotifyUrl: "https://www.alipay.com/notify",
  paymentRedirectUrl: "https://www.alipay.com",
  paymentRequestId: "PAY_20221114141714891",
  productCode: "CASHIER_PAYMENT",
  paymentFactor: { isAuthorization: true },
};

/** The editions that were rendered as pages have two spaces in the category, the others one. */
const TWO_SPACES = "Digital  Goods/Digital  Vouchers/Food  and Beverages";
const ONE_SPACE = "Digital Goods/Digital Vouchers/Food and Beverages";

const serverToServer = (goodsCategory: string) => ({
  env: {
    browserInfo: {
      acceptHeader: "*/*",
      javaEnabled: true,
      javaScriptEnabled: true,
      language: "zh_CN",
      userAgent: "Chrome/100",
    },
    ...DEVICE,
    colorDepth: 48,
    screenHeight: 768,
    screenWidth: 1024,
    timeZoneOffset: 1,
  },
  order: order(goodsCategory),
  paymentAmount: AMOUNT,
  paymentMethod: {
    paymentMethodType: "CARD",
    paymentMethodMetaData: {
      isCardOnFile: false,
      enableAuthenticationUpgrade: true,
      is3DSAuthentication: false,
      cvv: "850",
      cardholderName: { firstName: "Tom", lastName: "Jay" },
      expiryMonth: "12",
      billingAddress: ADDRESS,
      expiryYear: "29",
      cardNo: "4117347806156383",
    },
  },
  ...END,
});

const hostedPage = (goodsCategory: string) => ({
  env: DEVICE,
  order: order(goodsCategory),
  paymentAmount: AMOUNT,
  paymentMethod: { paymentMethodType: "CARD" },
  ...END,
});

/** Documents 000 and 004, 001 to 003, and 002 for the orchestration. */
export const SERVER_TO_SERVER = [serverToServer(TWO_SPACES), serverToServer(ONE_SPACE)] as const;
export const HOSTED_PAGE = [hostedPage(TWO_SPACES), hostedPage(ONE_SPACE)] as const;

/** Document 004. */
export const KOREAN_ISSUER = {
  order: {
    orderAmount: { currency: "KRW", value: "30000" },
    orderDescription: "Cappuccino #grande (Mika's coffee shop)",
    referenceOrderId: "ORDER_20221114141714891",
    buyer: { buyerEmail: "alipay@alipay.com", referenceBuyerId: "test12345678" },
  },
  env: {
    terminalType: "WEB",
    clientIp: "112.80.248.78",
    deviceId: "eYOIkvFpZzztgO0Yu6USdprBQZCWxDhiUAHCiK8K/cH9mT6wMaMOzAKe",
    deviceLanguage: "zh_CN",
  },
  paymentAmount: { currency: "KRW", value: "30000" },
  paymentMethod: {
    paymentMethodType: "CARD",
    paymentMethodMetaData: { selectedCardBrand: "SAMSUNG", requireIssuerAuthentication: true },
  },
  ...END,
  settlementStrategy: { settlementCurrency: "USD" },
  paymentFactor: { isAuthorization: true, captureMode: "MANUAL" },
};
