import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { privateKey, publicKey } from "../../lib/gateway/keys.js";
import type { GatewayOperation } from "../../lib/gateway/paths.js";
import { parseSignature, sign, verify } from "../../lib/gateway/signature.js";
import { timestamp } from "../../lib/simulator/timestamp.js";
import { ANTOM_KEYS, CLIENT_ID, SHOP_KEYS } from "./keys.js";

export interface ReceivedCall {
  readonly operation: string;
  readonly body: Record<string, unknown>;
}

/** What to answer a call with: a body to sign, or "hang up" without an answer. */
export type Answer = Record<string, unknown> | "hang up" | "unsigned" | "http-500";
export type Script = (call: ReceivedCall, count: number) => Answer | Promise<Answer>;

/** An Antom that does exactly what a test says, over real HTTP and with real signatures; it checks the shop's signature on every call. */
export interface ScriptedAntom {
  readonly url: string;
  /** Every call whose signature was right, in order. */
  readonly calls: ReceivedCall[];
  on(operation: GatewayOperation, script: Script): void;
  /** What its answers bear as their time. Its clock agrees with that of whoever calls, unless a test says otherwise. */
  responseTime: (requestTime: number) => string;
  stop(): Promise<void>;
}

export const RESULTS = {
  success: { resultStatus: "S", resultCode: "SUCCESS", resultMessage: "success." },
  inProcess: { resultStatus: "U", resultCode: "PAYMENT_IN_PROCESS", resultMessage: "payment in process" },
  unknown: { resultStatus: "U", resultCode: "UNKNOWN_EXCEPTION", resultMessage: "unknown" },
  declined: { resultStatus: "F", resultCode: "DO_NOT_HONOR", resultMessage: "declined" },
  missing: { resultStatus: "F", resultCode: "ORDER_NOT_EXIST", resultMessage: "no such order" },
} as const;

/** The hosted page's answer to a pay call. */
export const inProcess = (call: ReceivedCall): Record<string, unknown> => ({
  result: RESULTS.inProcess,
  paymentRequestId: call.body["paymentRequestId"],
  paymentId: `ANTOM-${String(call.body["paymentRequestId"])}`,
  paymentAmount: call.body["paymentAmount"],
  normalUrl: "https://antom.example/cashier",
});

/** An inquiry's answer with a payment status. */
export const standing = (
  call: ReceivedCall,
  paymentStatus: string,
  more: Record<string, unknown> = {},
): Record<string, unknown> => ({
  result: RESULTS.success,
  paymentStatus,
  paymentRequestId: call.body["paymentRequestId"],
  paymentId: `ANTOM-${String(call.body["paymentRequestId"])}`,
  ...more,
});

export async function startScriptedAntom(): Promise<ScriptedAntom> {
  const scripts = new Map<string, Script>([
    ["pay", inProcess],
    ["inquiryPayment", (call) => standing(call, "PROCESSING")],
    ["cancel", (call) => ({ result: RESULTS.success, paymentRequestId: call.body["paymentRequestId"] })],
  ]);
  const calls: ReceivedCall[] = [];
  const shopKey = publicKey(SHOP_KEYS.publicKey);
  const ownKey = privateKey(ANTOM_KEYS.privateKey);

  const handle = async (req: http.IncomingMessage, res: http.ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const path = req.url ?? "";
    const header = parseSignature(req.headers["signature"] as string | undefined);
    const time = String(req.headers["request-time"]);
    if (!header || !verify({ path, clientId: CLIENT_ID, time, body }, header.signature, shopKey)) {
      res.statusCode = 401;
      res.end("the shop's signature is wrong");
      return;
    }
    const operation = path.slice(path.lastIndexOf("/") + 1);
    const call: ReceivedCall = { operation, body: JSON.parse(body.toString("utf8")) as Record<string, unknown> };
    calls.push(call);
    const script = scripts.get(operation);
    const answer = script
      ? await script(call, calls.filter((earlier) => earlier.operation === operation).length)
      : "http-500";
    if (answer === "hang up") {
      req.socket.destroy();
      return;
    }
    if (answer === "http-500") {
      res.statusCode = 500;
      res.end("<h1>Internal Server Error</h1>");
      return;
    }
    const text = JSON.stringify(answer === "unsigned" ? { result: RESULTS.success } : answer);
    const responseTime = antom.responseTime(Number(time));
    res.setHeader("content-type", "application/json; charset=UTF-8");
    if (answer !== "unsigned") {
      res.setHeader("client-id", CLIENT_ID);
      res.setHeader("response-time", responseTime);
      res.setHeader(
        "signature",
        await sign({ path, clientId: CLIENT_ID, time: responseTime, body: text }, ownKey, "1"),
      );
    }
    res.end(text);
  };

  const server = http.createServer((req, res) => {
    handle(req, res).catch(() => res.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const antom: ScriptedAntom = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    responseTime: timestamp,
    on(operation, script) {
      scripts.set(operation, script);
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return antom;
}
