import type { KeyObject } from "node:crypto";
import type { ValidateFunction } from "ajv";
import { isPaymentId, paymentIdOf } from "../payment/id.js";
import type { Clock, Logger } from "../ports.js";
import { NO_TELEMETRY, type Telemetry } from "../telemetry.js";
import { cancelAnswer, type CancelAnswer } from "./cancel.js";
import { captureAnswer, type CaptureAnswer } from "./capture.js";
import { consultAnswer, type ConsultAnswer } from "./consult.js";
import { idsOf, strayId } from "./echo.js";
import { inquiryAnswer, type InquiryAnswer } from "./inquiry-payment.js";
import { inquiryRefundAnswer, inquiryRefundRequest, type InquiryRefundAnswer } from "./inquiry-refund.js";
import { parseJson } from "./json.js";
import type { KeyRing } from "./key-ring.js";
import type { Outcome, UnansweredReason } from "./outcome.js";
import { apiPath, OPERATIONS, type GatewayOperation } from "./paths.js";
import { payAnswer, type PayAnswer } from "./pay.js";
import { refundAnswer, type RefundAnswer } from "./refund.js";
import { refusalOfAsker } from "./refusal-of-asker.js";
import { readResponseTime } from "./response-time.js";
import { sign } from "./signature.js";
import { TransportError, type Transport, type TransportResponse } from "./transport.js";
import { updateAmountAnswer, type UpdateAmountAnswer } from "./update-amount.js";
import { accepts, firstProblem, type Result } from "./wire.js";
import { messageOf } from "../thrown.js";

export interface GatewayConfig {
  readonly clientId: string;
  /** The merchant's private key, and the version Antom knows it by. */
  readonly privateKey: KeyObject;
  readonly keyVersion: string;
  readonly keyRing: KeyRing;
  /** Scheme and host, without a path. */
  readonly origin: string;
  /** For platforms that act for merchants: sent as `agent-token`. */
  readonly agentToken?: string;
  /** Which of the merchant's locations: goes with the calls that name a payment, or a refund, by its request id. */
  readonly merchantAccountId?: string;
  /** Milliseconds for one call, from connecting to the last byte. */
  readonly timeout: number;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly telemetry?: Telemetry;
}

type RequestBody = Readonly<Record<string, unknown>>;

/** Antom's API: every call signed, every answer verified before a byte of it is believed. No call ever rejects. */
export interface Gateway {
  pay(request: RequestBody): Promise<Outcome<PayAnswer>>;
  inquire(paymentRequestId: string): Promise<Outcome<InquiryAnswer>>;
  cancel(paymentRequestId: string): Promise<Outcome<CancelAnswer>>;
  consult(request: RequestBody): Promise<Outcome<ConsultAnswer>>;
  capture(request: RequestBody): Promise<Outcome<CaptureAnswer>>;
  refund(request: RequestBody): Promise<Outcome<RefundAnswer>>;
  inquireRefund(refundRequestId: string): Promise<Outcome<InquiryRefundAnswer>>;
  updateAmount(request: RequestBody): Promise<Outcome<UpdateAmountAnswer>>;
}

/** Longer than any answer of these operations. */
const MAX_ANSWER = 1024 * 1024;

/** Antom's words for the status of a result. */
const OUTCOMES: Readonly<Record<Result["resultStatus"], string>> = { S: "success", F: "failed", U: "unknown" };

export function createGateway(config: GatewayConfig): Gateway {
  const { clock, telemetry = NO_TELEMETRY } = config;
  const endpoints = endpointsOf(config);
  const { merchantAccountId } = config;
  const location = merchantAccountId === undefined ? {} : { merchantAccountId };

  const call = <Body extends { result: Result }>(
    operation: GatewayOperation,
    validate: ValidateFunction<Body>,
    request: RequestBody,
  ): Promise<Outcome<Body>> =>
    telemetry.span("express-antom.gateway", { operation, payment_id: paymentOf(request) }, async (note) => {
      const began = clock.now();
      const answer = await exchange(operation, validate, request);
      const outcome = answer.kind === "answered" ? OUTCOMES[answer.result.resultStatus] : "unanswered";
      telemetry.record("express_antom.gateway.duration", clock.now() - began, { operation, outcome });
      if (answer.kind === "answered") note({ outcome, result_code: answer.result.resultCode });
      else note({ outcome, error: answer.reason });
      return answer;
    });

  const exchange = async <Body extends { result: Result }>(
    operation: GatewayOperation,
    validate: ValidateFunction<Body>,
    request: RequestBody,
  ): Promise<Outcome<Body>> => {
    const about = { operation, payment: paymentOf(request), ...idsOf(request) };
    const unanswered = (reason: UnansweredReason, detail: string): Outcome<Body> => {
      config.logger.warn(
        { event: "gateway.unanswered", ...about, reason, detail },
        "Antom gave no answer that can be believed",
      );
      return { kind: "unanswered", reason, detail };
    };
    let response: TransportResponse;
    try {
      response = await send(config, endpoints[operation], Buffer.from(JSON.stringify(request), "utf8"));
    } catch (error) {
      return error instanceof TransportError
        ? unanswered(error.failure, error.message)
        : unanswered("network", messageOf(error));
    }
    if (response.status !== 200) return unanswered("http_status", `HTTP status ${response.status}`);
    const signature = single(response, "signature");
    const time = single(response, "response-time");
    if (signature === undefined || time === undefined) return unanswered("unsigned", unsignedDetail(response.body));
    const client = single(response, "client-id");
    const { path } = endpoints[operation];
    const message = { path, clientId: config.clientId, time, body: response.body };
    if ((client !== undefined && client !== config.clientId) || !config.keyRing.verifies(message, signature)) {
      return unanswered(
        "signature_invalid",
        "the answer's signature does not match; is antomPublicKey the one the dashboard shows for this client id?",
      );
    }
    let body: unknown;
    try {
      body = parseJson(response.body);
    } catch (error) {
      return unanswered("not_json", messageOf(error));
    }
    if (!accepts(validate, body)) return unanswered("not_understood", firstProblem(validate));
    const stray = strayId(request, body);
    if (stray !== undefined) return unanswered(stray.reason, stray.detail);
    const { resultStatus: status, resultCode: code, resultMessage } = body.result;
    const fields = { event: "gateway.answered", ...about, status, code };
    // Why Antom refuses is for whoever runs the shop: the buyer is never shown its words.
    if (status === "F") config.logger.info({ ...fields, resultMessage: wordsOf(resultMessage) }, "Antom refused");
    else config.logger.debug(fields, "Antom answered");
    const toldAt = readResponseTime(time);
    return { kind: "answered", result: body.result, body, ...(toldAt === undefined ? {} : { toldAt }) };
  };

  return {
    pay: (request) => call("pay", payAnswer, request),
    inquire: (paymentRequestId) => call("inquiryPayment", inquiryAnswer, { paymentRequestId, ...location }),
    cancel: (paymentRequestId) => call("cancel", cancelAnswer, { paymentRequestId, ...location }),
    consult: (request) => call("consult", consultAnswer, request),
    capture: (request) => call("capture", captureAnswer, request),
    refund: (request) => call("refund", refundAnswer, request),
    inquireRefund: (refundRequestId) =>
      call("inquiryRefund", inquiryRefundAnswer, { ...inquiryRefundRequest(refundRequestId), ...location }),
    updateAmount: (request) => call("updateAmount", updateAmountAnswer, request),
  };
}

/** The payment's own id, by which the kit knows it. */
function paymentOf(request: RequestBody): string | undefined {
  const { paymentRequestId, requestId } = idsOf(request);
  if (typeof paymentRequestId === "string" && isPaymentId(paymentRequestId)) return paymentRequestId;
  return typeof requestId === "string" ? paymentIdOf(requestId) : undefined;
}

interface Endpoint {
  /** As it is signed. */
  readonly path: string;
  readonly url: URL;
}

const endpointsOf = ({ clientId, origin }: GatewayConfig): Readonly<Record<GatewayOperation, Endpoint>> =>
  Object.fromEntries(
    OPERATIONS.map((operation) => {
      const path = apiPath(clientId, operation);
      return [operation, { path, url: new URL(path, origin) }];
    }),
  ) as Record<GatewayOperation, Endpoint>;

async function send(config: GatewayConfig, { path, url }: Endpoint, body: Buffer): Promise<TransportResponse> {
  const time = String(config.clock.now());
  const message = { path, clientId: config.clientId, time, body };
  const signature = await sign(message, config.privateKey, config.keyVersion);
  return config.transport({
    url,
    headers: {
      "content-type": "application/json; charset=UTF-8",
      "client-id": config.clientId,
      "request-time": time,
      signature,
      ...(config.agentToken === undefined ? {} : { "agent-token": config.agentToken }),
    },
    body,
    timeout: config.timeout,
    maxBytes: MAX_ANSWER,
  });
}

const single = ({ headers }: TransportResponse, name: string): string | undefined => {
  const value = headers[name];
  return typeof value === "string" ? value : undefined;
};

/** Antom does not sign when it refuses a signature. Nothing in such an answer is believed, but its code helps whoever reads the log. */
function unsignedDetail(body: Buffer): string {
  const code = /"resultCode"\s*:\s*"([A-Z_]{1,64})"/.exec(body.toString("latin1", 0, 4096))?.[1];
  if (code === undefined) return "the answer is not signed";
  const meaning = refusalOfAsker(code);
  return `the answer is not signed and says ${code}${meaning === undefined ? "" : `; ${meaning}`}`;
}

/** What Antom says, without anything that could be a card number, a security code or a token: it may repeat what it was sent. */
const wordsOf = (message: string | undefined): string | undefined =>
  message?.slice(0, 256).replace(/[\w+/=-]*[0-9][\w+/=-]*|[\w+/=-]{33,}/g, "...");
