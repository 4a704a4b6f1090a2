import { publicKey } from "../../../lib/gateway/keys.js";
import { parseSignature, verify } from "../../../lib/gateway/signature.js";
import type { Simulator } from "../../../lib/simulator.js";
import type { Received } from "./shop.js";

/** Whether a notification bears Antom's right signature over path, query and body. */
export function isSigned(simulator: Simulator, received: Received | undefined): boolean {
  if (received === undefined) return false;
  const { path, headers, raw } = received;
  const { clientId, antomPublicKey } = simulator.credentials;
  const signature = parseSignature(String(headers["signature"]));
  const time = String(headers["request-time"]);
  if (signature === undefined || headers["client-id"] !== clientId) return false;
  return verify({ path, clientId, time, body: raw }, signature.signature, publicKey(antomPublicKey));
}
