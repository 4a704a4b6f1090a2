import { Agent, request } from "node:http";
import type { PaymentEvent } from "../../../lib/index.js";

const agent = new Agent({ keepAlive: true });

/** How long the receiver may take, in milliseconds. */
const PATIENCE = 3_000;

/** Tells the receiver of an event, as a shop tells its warehouse. Rejects unless it says that it has taken it. */
export const callReceiver = (url: string, event: PaymentEvent, attempt: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const body = JSON.stringify({ event, attempt });
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const outgoing = request(url, { method: "POST", agent, headers, timeout: PATIENCE }, (answer) => {
      answer.resume();
      answer.once("error", reject);
      answer.once("end", () => {
        if (answer.statusCode === 204) resolve();
        else reject(new Error(`the receiver answered ${answer.statusCode}`));
      });
    });
    outgoing.once("timeout", () => outgoing.destroy(new Error("the receiver did not answer")));
    outgoing.once("error", reject);
    outgoing.end(body);
  });
