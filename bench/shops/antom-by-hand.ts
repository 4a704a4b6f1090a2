/** What the hand-written shops know of Antom: as little as does the job, and nothing done twice that can be done once. */

import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from "node:crypto";
import { Agent, request as send, type IncomingHttpHeaders } from "node:http";
import { Ajv } from "ajv";
import type { Request } from "express";
import type { Identity } from "../run/keys.js";
import { NOTIFY_PATH } from "../run/keys.js";

const API = "/ams/sandbox/api/v1/payments";

export const ACKNOWLEDGEMENT = JSON.stringify({
  result: { resultCode: "SUCCESS", resultStatus: "S", resultMessage: "success" },
});

interface Notification {
  readonly notifyType: string;
  readonly result: { readonly resultStatus: string; readonly resultCode: string };
  readonly paymentRequestId: string;
  readonly paymentId: string;
  readonly paymentAmount: { readonly currency: string; readonly value: string };
}

const amount = {
  type: "object",
  required: ["currency", "value"],
  properties: { currency: { type: "string" }, value: { type: "string" } },
} as const;
const result = {
  type: "object",
  required: ["resultStatus", "resultCode"],
  properties: { resultStatus: { type: "string" }, resultCode: { type: "string" } },
} as const;

const ajv = new Ajv();
const isNotification = ajv.compile<Notification>({
  type: "object",
  required: ["notifyType", "result", "paymentRequestId", "paymentId", "paymentAmount"],
  properties: {
    notifyType: { type: "string", maxLength: 64 },
    result,
    paymentRequestId: { type: "string", maxLength: 64 },
    paymentId: { type: "string", maxLength: 64 },
    paymentAmount: amount,
    paymentResultInfo: { type: "object" },
  },
});
const isOrder = ajv.compile<{ orderId: string }>({
  type: "object",
  required: ["orderId"],
  properties: { orderId: { type: "string", minLength: 1, maxLength: 64 } },
});
const isPayAnswer = ajv.compile<{ result: { resultCode: string }; normalUrl: string; paymentId: string }>({
  type: "object",
  required: ["result", "normalUrl", "paymentId"],
  properties: { result, normalUrl: { type: "string" }, paymentId: { type: "string" } },
});

const isInquiryAnswer = ajv.compile<{ result: { resultCode: string }; paymentStatus: string }>({
  type: "object",
  required: ["result", "paymentStatus"],
  properties: { result, paymentStatus: { type: "string" } },
});

export interface AntomByHand {
  /** The notification, whose bytes `express.raw` has read; undefined unless Antom signed it. */
  readNotification(req: Request): Notification | undefined;
  readOrder(body: unknown): string | undefined;
  /** The body of a pay call. */
  payRequest(id: string, orderId: string): string;
  /** Signs, calls Antom and verifies its answer. */
  pay(body: string): Promise<{ paymentId: string; normalUrl: string }>;
  inquire(paymentRequestId: string): Promise<{ paymentStatus: string }>;
}

export function antomByHand({ clientId, shopKey, antomPublicKey }: Identity, gateway: string): AntomByHand {
  const own = createPrivateKey({ key: Buffer.from(shopKey, "base64"), format: "der", type: "pkcs8" });
  const antom = createPublicKey({ key: Buffer.from(antomPublicKey, "base64"), format: "der", type: "spki" });
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const isSigned = (path: string, time: string, body: Buffer, header: string): boolean =>
    verify("RSA-SHA256", content(path, clientId, time, body), antom, signatureIn(header));

  const call = async (path: string, body: string): Promise<unknown> => {
    const time = String(Date.now());
    const bytes = Buffer.from(body, "utf8");
    const answer = await post(gateway + path, agent, bytes, {
      "client-id": clientId,
      "request-time": time,
      signature: signed(path, clientId, time, bytes, own),
    });
    const { signature, "response-time": answered } = answer.headers;
    if (typeof signature !== "string" || typeof answered !== "string") throw new Error("not signed");
    if (!isSigned(path, answered, answer.body, signature)) throw new Error("the signature is wrong");
    return JSON.parse(answer.body.toString("utf8"));
  };

  return {
    readNotification(req) {
      const body: unknown = req.body;
      const { signature, "request-time": time } = req.headers;
      if (!Buffer.isBuffer(body) || typeof signature !== "string" || typeof time !== "string") return undefined;
      if (!isSigned(NOTIFY_PATH, time, body, signature)) return undefined;
      const value: unknown = JSON.parse(body.toString("utf8"));
      return isNotification(value) ? value : undefined;
    },
    readOrder: (body) => (isOrder(body) ? body.orderId : undefined),
    payRequest: (id, orderId) =>
      JSON.stringify({
        productCode: "CASHIER_PAYMENT",
        paymentRequestId: id,
        order: {
          referenceOrderId: orderId,
          orderDescription: "Two bags of beans",
          orderAmount: { currency: "EUR", value: "1999" },
        },
        paymentAmount: { currency: "EUR", value: "1999" },
        paymentMethod: { paymentMethodType: "CARD" },
        paymentFactor: { captureMode: "AUTOMATIC", isAuthorization: true },
        paymentNotifyUrl: "https://shop.example/payments/notify",
        paymentRedirectUrl: `https://shop.example/payments/return/${id}`,
        env: { terminalType: "WEB" },
      }),
    async pay(body) {
      const value = await call(`${API}/pay`, body);
      if (!isPayAnswer(value)) throw new Error("not a pay answer");
      return value;
    },
    async inquire(paymentRequestId) {
      const value = await call(`${API}/inquiryPayment`, JSON.stringify({ paymentRequestId }));
      if (!isInquiryAnswer(value)) throw new Error("not an inquiry answer");
      return value;
    },
  };
}

const content = (path: string, clientId: string, time: string, body: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`POST ${path}\n${clientId}.${time}.`, "utf8"), body]);

const signatureIn = (header: string): Buffer =>
  Buffer.from(decodeURIComponent(header.slice(header.indexOf("signature=") + 10)), "base64");

function signed(path: string, clientId: string, time: string, body: Buffer, key: KeyObject): string {
  const signature = sign("RSA-SHA256", content(path, clientId, time, body), key).toString("base64");
  return `algorithm=RSA256,keyVersion=1,signature=${encodeURIComponent(signature)}`;
}

function post(
  url: string,
  agent: Agent,
  body: Buffer,
  headers: Record<string, string>,
): Promise<{ headers: IncomingHttpHeaders; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const outgoing = send(
      url,
      {
        method: "POST",
        agent,
        headers: { ...headers, "content-type": "application/json; charset=UTF-8", "content-length": body.length },
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("error", reject);
        incoming.on("end", () => {
          resolve({ headers: incoming.headers, body: Buffer.concat(chunks) });
        });
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
