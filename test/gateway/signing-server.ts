import * as http from "node:http";
import type { KeyObject } from "node:crypto";
import type { AddressInfo } from "node:net";
import { sign, type SignedMessage } from "../../lib/gateway/signature.js";
import { OTHER_PAIR } from "./key-pairs.js";

export const CLIENT_ID = "5X00010000000001";

/** A request as it arrived, to the byte. */
export interface Received {
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What to answer, honest in everything that is not said otherwise. */
export interface Reply {
  readonly body: Buffer | string;
  readonly status?: number;
  /** What is signed in place of what is sent. */
  readonly signed?: Partial<SignedMessage>;
  readonly key?: KeyObject;
  readonly keyVersion?: string;
  /** Headers to add, to put in place of the honest ones, or (with undefined) to leave out. */
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** A server that signs its answers as Antom does. */
export interface SigningServer {
  readonly origin: string;
  readonly received: readonly Received[];
  /** What to answer from now on. */
  reply(next: Reply): void;
  stop(): Promise<void>;
}

export async function startSigningServer(): Promise<SigningServer> {
  const received: Received[] = [];
  let reply: Reply = { body: "{}" };

  const answer = async (request: http.IncomingMessage, response: http.ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const path = request.url ?? "";
    received.push({ path, headers: request.headers, body: Buffer.concat(chunks) });
    const time = "2026-01-01T00:00:00+08:00";
    const { status = 200, body, signed, key = OTHER_PAIR.privateKey, keyVersion = "1", headers } = reply;
    const signature = await sign({ path, clientId: CLIENT_ID, time, body, ...signed }, key, keyVersion);
    const all: Reply["headers"] & object = { "client-id": CLIENT_ID, "response-time": time, signature, ...headers };
    for (const [name, value] of Object.entries(all)) if (value !== undefined) response.setHeader(name, value);
    response.statusCode = status;
    response.end(body);
  };

  const server = http.createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    reply(next) {
      reply = next;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
