import { amount, webUrl } from "./common.js";
import { env } from "./env.js";
import { buyer, order } from "./order.js";
import { paymentMethod } from "./payment-method.js";
import { flag, like, list, members, oneOf, text, whole, type Kind, type Shape } from "./shape.js";
import { go, pages, python, SAMPLE_004, SAMPLES } from "./sources.js";

const PAY = go("AlipayPayRequest");
const CONSULT = go("AlipayPayConsultRequest");

const region = like("^[A-Z]{2}$");
/** ISO 8601 with an offset, to the second. */
const time = like("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})$");

const settlementStrategy: Kind = members({
  settlementCurrency: { is: like("^[A-Z]{3}$"), required: true, seen: [SAMPLES, go("SettlementStrategy")] },
});

const paymentFactor: Kind = members({
  isAuthorization: { is: oneOf(true), required: true, seen: [SAMPLES, go("PaymentFactor")] },
  captureMode: { is: oneOf("AUTOMATIC", "MANUAL"), seen: [SAMPLE_004, go("PaymentFactor")] },
});

/** `installmentNum` is a number in the SDKs and a text of at most eight characters on the pages: either is right. */
const creditPayPlan: Kind = members({
  installmentNum: {
    is: {
      schema: {
        anyOf: [
          { type: "integer", minimum: 2, maximum: 36 },
          { type: "string", pattern: "^([2-9]|[12][0-9]|3[0-6])$" },
        ],
      },
    },
    seen: [go("CreditPayPlan"), python("CreditPayPlan"), pages("pay: instalments")],
  },
  filteredInstallmentPeriods: { is: list(whole(2, 36), 100), seen: [pages("pay: instalments")] },
  interval: { is: oneOf("MONTH"), seen: [go("CreditPayPlan"), pages("pay: instalments")] },
  creditPayFeeType: { is: oneOf("PERCENTAGE"), seen: [go("CreditPayPlan"), pages("pay: instalments")] },
  feePercentage: {
    is: { schema: { type: "integer", minimum: 0, maximum: 100 } },
    seen: [go("CreditPayPlan"), pages("pay: instalments")],
  },
});

const pay: Shape = {
  productCode: { is: oneOf("CASHIER_PAYMENT"), required: true, seen: [SAMPLES, PAY] },
  paymentRequestId: { is: like("^[A-Za-z0-9_-]{1,64}$"), required: true, seen: [SAMPLES, PAY] },
  paymentAmount: { is: amount, required: true, seen: [SAMPLES, PAY] },
  order: { is: order, required: true, seen: [SAMPLES, PAY] },
  paymentMethod: { is: paymentMethod, required: true, seen: [SAMPLES, PAY] },
  paymentFactor: { is: paymentFactor, required: true, seen: [SAMPLES, PAY] },
  env: { is: env, required: true, seen: [SAMPLES, PAY] },
  settlementStrategy: { is: settlementStrategy, seen: [SAMPLES, PAY] },
  paymentNotifyUrl: { is: webUrl, seen: [SAMPLES, PAY] },
  paymentRedirectUrl: { is: webUrl, required: true, seen: [SAMPLES, PAY] },
  paymentExpiryTime: { is: time, seen: [PAY, pages("pay: request")] },
  creditPayPlan: { is: creditPayPlan, seen: [PAY, pages("pay: instalments")] },
  merchantRegion: { is: region, seen: [PAY, pages("pay: request")] },
  merchantAccountId: { is: text(32), seen: [PAY, pages("pay: request")] },
  appId: { is: text(32), seen: [PAY, pages("pay: request")] },
};

const consult: Shape = {
  productCode: { is: oneOf("CASHIER_PAYMENT"), required: true, seen: [CONSULT, pages("consult")] },
  paymentAmount: { is: amount, required: true, seen: [CONSULT, pages("consult")] },
  env: { is: env, required: true, seen: [CONSULT, pages("consult")] },
  merchantRegion: { is: region, seen: [CONSULT, pages("consult")] },
  userRegion: { is: region, seen: [CONSULT, pages("consult")] },
  allowedPaymentMethodRegions: { is: list(text(6), 100), seen: [CONSULT, pages("consult")] },
  allowedPaymentMethods: { is: list(text(64), 100), seen: [CONSULT, pages("consult")] },
  blockedPaymentMethods: { is: list(text(64), 100), seen: [CONSULT, pages("consult")] },
  settlementStrategy: { is: settlementStrategy, seen: [CONSULT, pages("consult")] },
  paymentFactor: {
    is: members({
      isAuthorization: { is: flag, required: true, seen: [go("PaymentFactor"), pages("consult")] },
      captureMode: { is: oneOf("AUTOMATIC", "MANUAL"), seen: [go("PaymentFactor"), pages("consult")] },
    }),
    seen: [CONSULT, pages("consult")],
  },
  buyer: { is: buyer, seen: [CONSULT, pages("consult")] },
  merchantAccountId: { is: text(32), seen: [CONSULT, pages("consult")] },
};

const whichPayment = (model: string, section: string): Shape => ({
  paymentId: { is: text(64), seen: [go(model), pages(section)] },
  paymentRequestId: { is: text(64), seen: [go(model), pages(section)] },
  merchantAccountId: { is: text(32), seen: [go(model), pages(section)] },
});

/** The request bodies of Antom's API that a shop's card payments need. */
export const OPERATIONS = {
  pay,
  consult,
  inquiryPayment: whichPayment("AlipayPayQueryRequest", "inquiryPayment"),
  cancel: whichPayment("AlipayPayCancelRequest", "cancel"),
} as const satisfies Readonly<Record<string, Shape>>;
