import type { Order } from "../payment/order.js";

/** What the kit's browser script tells of the buyer's browser. Each is a hint for Antom's risk control and may be absent. */
export interface BrowserDetails {
  readonly colorDepth?: number;
  readonly screenHeight?: number;
  readonly screenWidth?: number;
  /** Minutes, with the sign of `Date.prototype.getTimezoneOffset`: UTC+2 is -120. */
  readonly timeZoneOffset?: number;
  readonly language?: string;
  readonly javaEnabled?: boolean;
  readonly javaScriptEnabled?: boolean;
}

/** Where the buyer sits: from the request, and from the browser script where it ran. */
export interface BuyerEnvironment {
  readonly clientIp?: string;
  readonly userAgent?: string;
  readonly acceptHeader?: string;
  readonly browser?: BrowserDetails;
}

export interface PayRequestParts {
  readonly id: string;
  readonly order: Order;
  readonly environment: BuyerEnvironment;
  readonly notifyUrl: string;
  readonly redirectUrl: string;
  readonly settlementCurrency?: string;
  readonly merchantAccountId?: string;
}

/** The body of `POST /v1/payments/pay` for a card on Antom's hosted page. (Antom: pay; documents 000 to 004, "Hosted payment page mode") */
export function payRequest(parts: PayRequestParts): Record<string, unknown> {
  const { id, order, environment } = parts;
  const settlementCurrency = order.settlementCurrency ?? parts.settlementCurrency;
  return {
    productCode: "CASHIER_PAYMENT",
    paymentRequestId: id,
    paymentAmount: order.amount,
    order: {
      referenceOrderId: order.orderId,
      orderDescription: order.description,
      orderAmount: order.amount,
      ...(order.goods === undefined ? {} : { goods: order.goods }),
      ...(order.shipping === undefined ? {} : { shipping: order.shipping }),
      ...(order.buyer === undefined ? {} : { buyer: order.buyer }),
    },
    paymentMethod: { paymentMethodType: "CARD" },
    // Automatic capture is Antom's default and is asked for by saying nothing, as the documents' samples do.
    paymentFactor: { isAuthorization: true, ...(order.capture === "MANUAL" ? { captureMode: "MANUAL" } : {}) },
    env: env(environment),
    ...(settlementCurrency === undefined ? {} : { settlementStrategy: { settlementCurrency } }),
    paymentNotifyUrl: parts.notifyUrl,
    paymentRedirectUrl: parts.redirectUrl,
    ...(parts.merchantAccountId === undefined ? {} : { merchantAccountId: parts.merchantAccountId }),
  };
}

function env({ clientIp, userAgent, acceptHeader, browser = {} }: BuyerEnvironment): Record<string, unknown> {
  const { language, javaEnabled, javaScriptEnabled, timeZoneOffset, ...screen } = browser;
  const browserInfo = defined({ acceptHeader, javaEnabled, javaScriptEnabled, language, userAgent });
  return {
    ...terminal(userAgent),
    ...defined({ clientIp, deviceLanguage: language }),
    ...screen,
    // Antom takes no more than twelve hours; New Zealand's summer has thirteen, and is left out rather than refused.
    ...(timeZoneOffset === undefined || Math.abs(timeZoneOffset) > 720 ? {} : { timeZoneOffset }),
    ...(Object.keys(browserInfo).length === 0 ? {} : { browserInfo }),
  };
}

/** WAP is a browser on a phone, for which Antom also wants the system. */
function terminal(userAgent = ""): Record<string, string> {
  if (/Android.*Mobile/i.test(userAgent)) return { terminalType: "WAP", osType: "ANDROID" };
  if (/iPhone|iPod/i.test(userAgent)) return { terminalType: "WAP", osType: "IOS" };
  return { terminalType: "WEB" };
}

const defined = (record: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
