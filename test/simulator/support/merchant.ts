import { privateKey, publicKey } from "../../../lib/gateway/keys.js";
import { parseSignature, sign, verify } from "../../../lib/gateway/signature.js";
import type { Simulator } from "../../../lib/simulator.js";

export interface CallOptions {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string | undefined>;
  /** In place of the body's JSON. */
  readonly raw?: string;
  /** What is signed in place of what is sent. */
  readonly signedBody?: string;
  readonly keyVersion?: string;
  readonly signal?: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Record<string, unknown>;
  readonly code: string;
  readonly resultStatus: string;
  /** Whether the answer bears Antom's right signature. */
  readonly isSigned: boolean;
}

/** Speaks Antom's protocol to a simulator as a shop does, byte for byte. */
export async function call(
  simulator: Simulator,
  operation: string,
  body: object,
  options: CallOptions = {},
): Promise<Answer> {
  const { clientId, privateKey: key, gateway } = simulator.credentials;
  const path = options.path ?? `/ams/sandbox/api/v1/payments/${operation}`;
  const raw = options.raw ?? JSON.stringify(body);
  const time = "1767182400000";
  const headers: Record<string, string | undefined> = {
    "Content-Type": "application/json; charset=UTF-8",
    "Client-Id": clientId,
    "Request-Time": time,
    Signature: await sign(
      { path, clientId, time: options.headers?.["Request-Time"] ?? time, body: options.signedBody ?? raw },
      privateKey(key),
      options.keyVersion ?? "1",
    ),
    ...options.headers,
  };
  const method = options.method ?? "POST";
  const response = await fetch(`${gateway}${path}`, {
    method,
    headers: Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] satisfies [string, string]],
    ),
    ...(method === "GET" ? undefined : { body: raw }),
    ...(options.signal && { signal: options.signal }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    ...read(text),
    isSigned: isSigned(simulator, path, response.headers, text),
  };
}

function read(text: string): { body: Record<string, unknown>; code: string; resultStatus: string } {
  let body: Record<string, unknown> = {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) body = { ...value };
  } catch {
    // Some faults answer with something else.
  }
  const result = field(body, "result");
  return { body, code: String(field(result, "resultCode")), resultStatus: String(field(result, "resultStatus")) };
}

function isSigned(simulator: Simulator, path: string, headers: Headers, body: string): boolean {
  const signature = parseSignature(headers.get("signature") ?? undefined);
  const time = headers.get("response-time");
  const clientId = headers.get("client-id");
  if (signature === undefined || time === null || clientId !== simulator.credentials.clientId) return false;
  return verify({ path, clientId, time, body }, signature.signature, publicKey(simulator.credentials.antomPublicKey));
}

/** A field of something unknown, by a path of names. */
export function field(value: unknown, ...names: readonly string[]): unknown {
  return names.reduce<unknown>(
    (inner, name) =>
      typeof inner === "object" && inner !== null
        ? new Map<string, unknown>(Object.entries(inner)).get(name)
        : undefined,
    value,
  );
}

/** A hosted card authorization as the documents send it. */
export const payBody = (fields: Record<string, unknown> = {}): Record<string, unknown> => ({
  productCode: "CASHIER_PAYMENT",
  paymentRequestId: "PAY_1",
  paymentAmount: { currency: "EUR", value: "1999" },
  order: {
    referenceOrderId: "ORDER_1",
    orderDescription: "Two mugs",
    orderAmount: { currency: "EUR", value: "1999" },
    buyer: { referenceBuyerId: "buyer-1", buyerEmail: "buyer@example.com" },
  },
  paymentMethod: { paymentMethodType: "CARD" },
  paymentFactor: { isAuthorization: true },
  settlementStrategy: { settlementCurrency: "EUR" },
  env: { terminalType: "WEB", clientIp: "192.0.2.7" },
  paymentNotifyUrl: "http://127.0.0.1:9/notify",
  paymentRedirectUrl: "http://127.0.0.1:9/return",
  ...fields,
});
