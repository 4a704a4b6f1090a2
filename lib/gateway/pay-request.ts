import type { CreditPayPlan } from "../payment/order.js";
import { hasPage } from "../payment/method.js";
import { env, type BuyerEnvironment } from "./env.js";
import { paymentMethod, type PayBody, type PaymentMethodParts } from "./payment-method.js";

export interface PayRequestParts extends PaymentMethodParts {
  readonly id: string;
  readonly environment: BuyerEnvironment;
  readonly notifyUrl: string;
  readonly redirectUrl: string;
  readonly settlementCurrency?: string;
  readonly merchantAccountId?: string;
  readonly merchantRegion?: string;
  /** Epoch milliseconds; only where the shop gives the buyer another time than Antom does. */
  readonly expiresAt?: number;
}

/**
 * The body of `POST /v1/payments/pay`, but for what must not be written down: card data and token are put in for the call itself.
 * (Antom: pay; documents 000 to 004)
 */
export function payRequest(parts: PayRequestParts): PayBody {
  const { id, order } = parts;
  const { goods, shipping, buyer, orderDiscountAmount, subTotalOrderAmount } = order;
  const settlementCurrency = order.settlementCurrency ?? parts.settlementCurrency;
  const merchantRegion = order.merchantRegion ?? parts.merchantRegion;
  const creditPayPlan = planOf(parts);
  return {
    productCode: "CASHIER_PAYMENT",
    paymentRequestId: id,
    paymentAmount: order.amount,
    order: {
      referenceOrderId: order.orderId,
      orderDescription: order.description,
      orderAmount: order.amount,
      ...(orderDiscountAmount === undefined ? {} : { orderDiscountAmount }),
      ...(subTotalOrderAmount === undefined ? {} : { subTotalOrderAmount }),
      ...(goods === undefined ? {} : { goods }),
      ...(shipping === undefined ? {} : { shipping }),
      ...(buyer === undefined ? {} : { buyer }),
    },
    paymentMethod: paymentMethod(parts),
    // Automatic capture is Antom's default and is asked for by saying nothing, as the documents' samples do.
    paymentFactor: { isAuthorization: true, ...(order.capture === "MANUAL" ? { captureMode: "MANUAL" } : {}) },
    env: env(parts.environment, order.env),
    ...(order.appId === undefined ? {} : { appId: order.appId }),
    ...(creditPayPlan === undefined ? {} : { creditPayPlan }),
    ...(settlementCurrency === undefined ? {} : { settlementStrategy: { settlementCurrency } }),
    ...(merchantRegion === undefined ? {} : { merchantRegion }),
    ...(parts.expiresAt === undefined ? {} : { paymentExpiryTime: iso(parts.expiresAt) }),
    paymentNotifyUrl: parts.notifyUrl,
    paymentRedirectUrl: parts.redirectUrl,
    ...(parts.merchantAccountId === undefined ? {} : { merchantAccountId: parts.merchantAccountId }),
  };
}

function planOf({ order, choice, method }: PayRequestParts): CreditPayPlan | undefined {
  const { installments } = choice;
  const plan = order.creditPayPlan;
  // Antom takes a share only with what it is a share by, and there is one such thing.
  const type = plan?.feePercentage === undefined ? {} : ({ creditPayFeeType: "PERCENTAGE" } as const);
  if (installments !== undefined) {
    return { interval: "MONTH", ...plan, ...type, installmentNum: String(installments) };
  }
  // Where no page comes up to choose on, nothing chosen is nothing paid off.
  if (plan === undefined || (plan.installmentNum === undefined && !hasPage(method))) return undefined;
  return { ...plan, ...type };
}

/** A time as Antom's samples write it: whole seconds, with the offset. */
const iso = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
