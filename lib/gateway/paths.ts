/** The operations of Antom's API that the kit calls. */
export const OPERATIONS = [
  "pay",
  "inquiryPayment",
  "cancel",
  "consult",
  "capture",
  "refund",
  "inquiryRefund",
  "updateAmount",
] as const;
export type GatewayOperation = (typeof OPERATIONS)[number];

/** Antom's gateways by region; the dashboard says which one a client id belongs to. */
export const GATEWAYS = {
  asia: "https://open-sea-global.alipay.com",
  europe: "https://open-de-global.alipay.com",
  "north-america": "https://open-na-global.alipay.com",
} as const;
/** A region, in place of the gateway's URL. */
export type GatewayRegion = keyof typeof GATEWAYS;

/** Antom gives test clients ids that begin so; their calls go to the sandbox's paths on the same hosts. */
export const isSandbox = (clientId: string): boolean => clientId.startsWith("SANDBOX_");

/** The path that is requested and signed, e.g. `/ams/sandbox/api/v1/payments/pay`. */
export const apiPath = (clientId: string, operation: GatewayOperation): string =>
  `/ams/${isSandbox(clientId) ? "sandbox/" : ""}api/v1/payments/${operation}`;
