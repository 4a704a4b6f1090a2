import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { isAcknowledged } from "../../lib/simulator/notify/acknowledgement.js";
import type { OpenShop } from "../crash/front.js";
import { parsed } from "../crash/send.js";
import type { Answered } from "../crash/records.js";
import { ask } from "./ask.js";

/** A notification's answer, with its text. */
export interface Answer extends Answered {
  readonly text: string;
}

/** The address that Antom knows, in front of the instances. */
export interface Front {
  readonly origin: string;
  /** Every copy of a notification that was handed on, and how it was answered; with status 0 where it was not. */
  readonly answered: readonly Answer[];
  /** How often each instance gets each notification, all at the same moment; 0 where one of them gets it, once. */
  copies: number;
  /** Whether notifications are lost on their way. */
  isDeaf: boolean;
  close(): void;
}

export interface FrontParts {
  /** An instance to send the next request to, by turns; undefined where there is none. */
  readonly choose: () => OpenShop | undefined;
  readonly everybody: () => readonly OpenShop[];
}

export async function startFront({ choose, everybody }: FrontParts): Promise<Front> {
  const answered: Answer[] = [];

  const handedOn = async (request: IncomingMessage, bytes: Buffer, { port, slot }: OpenShop): Promise<Answer> => {
    const { connection: _connection, host: _host, ...headers } = request.headers;
    const heard = await ask(port, request.url ?? "/", { method: request.method ?? "GET", headers, body: bytes });
    const { status, body } = heard ?? { status: 0, body: "" };
    const isAck = isAcknowledged({ status, headers: {}, body });
    const told = parsed({ status: 200, headers: {}, body: bytes.toString("utf8") });
    const answer = { at: Date.now(), slot, status, isAcknowledged: isAck, body: told, text: body };
    answered.push(answer);
    return answer;
  };

  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    const one = choose();
    const all = front.copies === 0 ? (one === undefined ? [] : [one]) : everybody();
    const targets = all.flatMap((shop) => Array.from({ length: Math.max(1, front.copies) }, () => shop));
    if (front.isDeaf || targets.length === 0) {
      response.destroy();
      return;
    }
    const answers = await Promise.all(targets.map((shop) => handedOn(request, bytes, shop)));
    const answer = answers.find(({ isAcknowledged: isAck }) => !isAck) ?? answers[0];
    if (answer === undefined || answer.status === 0) {
      response.destroy();
      return;
    }
    response.writeHead(answer.status, { "content-type": "application/json" }).end(answer.text);
  };

  const server = createServer((request, response) => {
    pass(request, response).catch(() => {
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const front: Front = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answered,
    copies: 0,
    isDeaf: false,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return front;
}
