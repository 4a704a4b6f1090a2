import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { isAcknowledged } from "../../lib/simulator/notify/acknowledgement.js";
import type { Answered } from "./records.js";
import { parsed, send } from "./send.js";

/** A shop that takes requests now. */
export interface OpenShop {
  readonly slot: number;
  readonly port: number;
}

/** The address that Antom and the buyers know, in front of whichever shops are alive. */
export interface Front {
  readonly origin: string;
  /** Every notification that was answered. */
  readonly answered: readonly Answered[];
  close(): void;
}

export interface FrontParts {
  /** A shop to send the next request to; undefined where all are dead. */
  readonly choose: () => OpenShop | undefined;
  /** Called with an acknowledgement before Antom hears of it. */
  readonly onAcknowledged: (body: unknown) => Promise<void>;
}

export async function startFront({ choose, onAcknowledged }: FrontParts): Promise<Front> {
  const answered: Answered[] = [];

  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const shop = choose();
    const { connection: _connection, host: _host, ...headers } = request.headers;
    const method = request.method ?? "GET";
    const heard = shop && (await send(`http://127.0.0.1:${shop.port}${request.url ?? "/"}`, { method, headers, body }));
    if (heard === undefined) {
      response.destroy();
      return;
    }
    const { status } = heard;
    const isAck = isAcknowledged({ status, headers: {}, body: heard.body });
    const told = bodyOf(body);
    answered.push({ at: Date.now(), slot: shop?.slot ?? 0, status, isAcknowledged: isAck, body: told });
    if (isAck) await onAcknowledged(told);
    response.writeHead(status, { "content-type": heard.headers["content-type"] ?? "text/plain" }).end(heard.body);
  };

  const server = createServer((request, response) => {
    pass(request, response).catch(() => {
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answered,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

const bodyOf = (body: Buffer): unknown => parsed({ status: 200, headers: {}, body: body.toString("utf8") });
