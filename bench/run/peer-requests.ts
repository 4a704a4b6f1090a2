import { createHmac } from "node:crypto";
import { authorized } from "./notifications.js";
import { paymentId } from "./payment-ids.js";
import { request, writeRecords, type Records } from "./records.js";

export const PEERS = ["stripe", "octokit", "standardwebhooks", "polar"] as const;
export type Peer = (typeof PEERS)[number];

export const PEER_PATH = "/payments/webhook";

const STRIDE = 2048;

/** Standard Webhooks wants its secret in base64. */
export const standardSecret = (secret: string): string => Buffer.from(secret, "utf8").toString("base64");

/** Distinct genuine events for one of the other libraries, about as long as Antom's notifications. Good for five minutes. */
export function writePeerRequests(file: string, peer: Peer, count: number, secret: string): Promise<Records> {
  const time = Math.floor(Date.now() / 1000);
  const hmac = (content: string, encoding: "hex" | "base64"): string =>
    createHmac("sha256", secret).update(content).digest(encoding);
  const headersOf: Readonly<Record<Peer, (id: string, body: string) => Record<string, string>>> = {
    stripe: (_id, body) => ({ "stripe-signature": `t=${time},v1=${hmac(`${time}.${body}`, "hex")}` }),
    octokit: (_id, body) => ({ "x-hub-signature-256": `sha256=${hmac(body, "hex")}` }),
    standardwebhooks: standard,
    polar: standard,
  };
  function standard(id: string, body: string): Record<string, string> {
    const signature = `v1,${hmac(`${id}.${time}.${body}`, "base64")}`;
    return { "webhook-id": id, "webhook-timestamp": String(time), "webhook-signature": signature };
  }
  return writeRecords(file, count, STRIDE, (number) => {
    const id = paymentId(number);
    const body =
      peer === "polar" ? customerUpdated(id) : JSON.stringify({ id, ...(JSON.parse(authorized(id)) as object) });
    return request("POST", PEER_PATH, { "content-type": "application/json", ...headersOf[peer](id, body) }, body);
  });
}

/** One of Polar's events with a small schema, filled up to a kilobyte. */
const customerUpdated = (id: string): string =>
  JSON.stringify({
    type: "customer.updated",
    timestamp: "2026-01-01T04:01:00Z",
    data: {
      id,
      created_at: "2026-01-01T04:01:00Z",
      modified_at: "2026-01-01T04:01:01Z",
      metadata: Object.fromEntries(
        Array.from({ length: 8 }, (_, index) => [`key_${index}`, `value ${index} `.repeat(4)]),
      ),
      external_id: `buyer-${id}`,
      email: "buyer@shop.example",
      email_verified: true,
      name: "A buyer of the bench",
      billing_address: {
        line1: "1 Street of the Bench",
        line2: null,
        postal_code: "10115",
        city: "Berlin",
        state: null,
        country: "DE",
      },
      tax_id: null,
      organization_id: "1dbfc517-0bbf-4301-9ba8-555ca42b9737",
      deleted_at: null,
      avatar_url: "https://shop.example/avatar.png",
    },
  });
