import { privateKey as parsePrivateKey } from "../gateway/keys.js";
import { sign } from "../gateway/signature.js";

/** What a notification for a test is made of. */
export interface NotificationParts {
  /** The notify URL as the kit is configured with it: its path and query are signed. */
  readonly url: string;
  readonly clientId: string;
  /** The private half of the key the kit has as `antomPublicKey`. */
  readonly privateKey: string;
  /** The notification; a string is sent as it is. */
  readonly body: object | string;
  /** The key's version. "1". */
  readonly keyVersion?: string;
  /** The `Request-Time` header, epoch milliseconds as a string. Now. */
  readonly time?: string;
}

/** A request, to be sent with any client. */
export interface SignedNotification {
  readonly method: "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A notification signed as Antom signs them, for tests of a shop's own mount. */
export async function signedNotification(parts: NotificationParts): Promise<SignedNotification> {
  const { pathname, search } = new URL(parts.url);
  const body = typeof parts.body === "string" ? parts.body : JSON.stringify(parts.body);
  const time = parts.time ?? String(Date.now());
  const { clientId } = parts;
  const message = { path: pathname + search, clientId, time, body };
  return {
    method: "POST",
    headers: {
      "content-type": "application/json; charset=UTF-8",
      "client-id": clientId,
      "request-time": time,
      signature: await sign(message, parsePrivateKey(parts.privateKey), parts.keyVersion ?? "1"),
    },
    body,
  };
}
