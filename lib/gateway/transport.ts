import * as http from "node:http";
import * as https from "node:https";

/** One request to Antom, its bytes as they were signed. */
export interface TransportRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Milliseconds for the whole exchange, from connecting to the last byte of the answer. */
  readonly timeout: number;
  /** Bytes of answer that are read at most. */
  readonly maxBytes: number;
}

/** A whole HTTP answer. A header that came several times may be given as a list. */
export interface TransportResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** Sends a request and reads the whole answer. Follows no redirect. Rejects with a TransportError when there is no whole answer. */
export type Transport = (request: TransportRequest) => Promise<TransportResponse>;

/**
 * Why there is no whole answer. Whichever it is, what Antom did is unknown. After "reset", which is how a connection ends that had been idle
 * for too long, a pay call is made once more at once, with the same id.
 */
export type TransportFailure =
  "name_not_found" | "refused" | "tls" | "reset" | "timeout" | "too_large" | "malformed" | "network";

/** What a transport rejects with when there is no whole answer. */
export class TransportError extends Error {
  override readonly name = "TransportError";
  constructor(
    readonly failure: TransportFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The transport of node's own http and https, over connections that are kept open. TLS is always verified. */
export function createTransport(): Transport & { close(): void } {
  const agents = {
    "http:": new http.Agent({ keepAlive: true, maxSockets: 256 }),
    "https:": new https.Agent({ keepAlive: true, maxSockets: 256, rejectUnauthorized: true, minVersion: "TLSv1.2" }),
  };
  const send: Transport = (request) =>
    new Promise((resolve, fail) => {
      const reject = (error: TransportError): void => {
        clearTimeout(late);
        fail(error);
      };
      const secure = request.url.protocol === "https:";
      const outgoing = (secure ? https : http).request(
        request.url,
        {
          method: "POST",
          agent: secure ? agents["https:"] : agents["http:"],
          headers: { "content-length": request.body.length, ...request.headers },
        },
        (incoming) => {
          const chunks: Buffer[] = [];
          let length = 0;
          incoming.on("data", (chunk: Buffer) => {
            length += chunk.length;
            if (length > request.maxBytes) {
              reject(new TransportError("too_large", `the answer is longer than ${request.maxBytes} bytes`));
              outgoing.destroy();
            } else {
              chunks.push(chunk);
            }
          });
          incoming.on("error", (error) => {
            reject(transportError(error));
          });
          incoming.on("end", () => {
            if (!incoming.complete) {
              reject(new TransportError("reset", "the answer was cut short"));
              return;
            }
            clearTimeout(late);
            resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) });
          });
        },
      );
      // After the request is made: one that cannot even be made throws, and leaves no timer behind.
      const late = setTimeout(() => {
        reject(new TransportError("timeout", `no whole answer came within ${request.timeout} ms`));
        outgoing.destroy();
      }, request.timeout);
      outgoing.on("error", (error) => {
        reject(transportError(error));
      });
      outgoing.end(request.body);
    });
  return Object.assign(send, {
    close() {
      agents["http:"].destroy();
      agents["https:"].destroy();
    },
  });
}

const FAILURES: Readonly<Record<string, TransportFailure>> = {
  ENOTFOUND: "name_not_found",
  EAI_AGAIN: "name_not_found",
  ECONNREFUSED: "refused",
  EHOSTUNREACH: "refused",
  ENETUNREACH: "refused",
  ECONNRESET: "reset",
  EPIPE: "reset",
  EPROTO: "tls",
  ETIMEDOUT: "timeout",
};

function transportError(error: Error & { code?: string }): TransportError {
  if (error instanceof TransportError) return error;
  const code = error.code ?? "";
  const failure =
    FAILURES[code] ??
    (code.startsWith("HPE_") ? "malformed" : /CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO/.test(code) ? "tls" : "network");
  return new TransportError(failure, `${failure}${code === "" ? "" : ` (${code})`}`, { cause: error });
}
