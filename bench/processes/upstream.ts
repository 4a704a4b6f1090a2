/** An Antom that answers pay and inquiryPayment at once, with answers it has signed beforehand, so that it holds nobody up. */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { privateKey } from "../../lib/gateway/keys.js";
import { sign } from "../../lib/gateway/signature.js";
import type { Identity } from "../run/keys.js";

/** Different answers to each operation, so that payments get ids of Antom's that differ. */
const ANSWERS = 500;
const PATH = "/ams/sandbox/api/v1/payments/";
const TIME = new Date().toISOString().replace(/\.\d+Z/, "+00:00");

interface Answer {
  readonly body: Buffer;
  readonly headers: Record<string, string | number>;
}

/** No answer names the shop's own id: it may be left out, and the same answer then fits every payment. */
const BODIES: Readonly<Record<string, (number: number) => object>> = {
  pay: (number) => ({
    result: { resultStatus: "U", resultCode: "PAYMENT_IN_PROCESS", resultMessage: "payment in process" },
    paymentId: antomId(number),
    paymentAmount: { currency: "EUR", value: "1999" },
    paymentCreateTime: TIME,
    normalUrl: `https://antom.example/cashier?session=${"0123456789abcdef".repeat(8)}`,
  }),
  inquiryPayment: (number) => ({
    result: { resultStatus: "S", resultCode: "SUCCESS", resultMessage: "success." },
    paymentStatus: "SUCCESS",
    paymentAmount: { currency: "EUR", value: "1999" },
    paymentCreateTime: TIME,
    paymentTime: TIME,
    metadata: String(number),
  }),
};

const antomId = (number: number): string => `202601011940100001001889E0${String(number).padStart(9, "0")}`;

async function main(identity: Identity): Promise<void> {
  const key = privateKey(identity.antomKey);
  const { clientId } = identity;
  const answer = async (path: string, body: string): Promise<Answer> => ({
    body: Buffer.from(body, "utf8"),
    headers: {
      "content-type": "application/json; charset=UTF-8",
      "content-length": Buffer.byteLength(body),
      "client-id": clientId,
      "response-time": TIME,
      signature: await sign({ path, clientId, time: TIME, body }, key, "1"),
    },
  });
  const answers = new Map<string, Answer[]>();
  for (const [operation, make] of Object.entries(BODIES)) {
    const path = PATH + operation;
    const bodies = Array.from({ length: ANSWERS }, (_, number) => JSON.stringify(make(number)));
    answers.set(path, await Promise.all(bodies.map((body) => answer(path, body))));
  }
  let count = 0;
  const server = createServer((req, res) => {
    req.resume();
    req.on("end", () => {
      const chosen = answers.get(req.url ?? "")?.[count++ % ANSWERS];
      if (chosen === undefined) res.writeHead(404).end();
      else res.writeHead(200, chosen.headers).end(chosen.body);
    });
  });
  server.keepAliveTimeout = 600_000;
  server.listen(0, "127.0.0.1", () => {
    process.send?.({ port: (server.address() as AddressInfo).port });
  });
}

process.on("disconnect", () => {
  process.exit();
});
process.once("message", (identity: Identity) => {
  main(identity).catch((error: unknown) => {
    process.send?.({ failure: String(error) });
  });
});
