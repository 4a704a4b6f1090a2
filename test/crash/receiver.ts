import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { Dice } from "./dice.js";
import { textAt, at, type HookCall } from "./records.js";

/** Whom the shops' hooks call: a warehouse that writes down every call, and now and then fails. */
export interface Receiver {
  readonly url: string;
  /** Every call, in the order in which they came. */
  readonly calls: readonly HookCall[];
  /** No more failures. */
  calm(): void;
  close(): void;
}

/** How often it fails, and how long it dawdles when it does, in milliseconds. */
const FAILS = { refuses: 0.05, breaks: 0.03, dawdles: 0.02 } as const;
const DAWDLE = 300;

/** What has been tried so often, because processes died over it, is taken: the next failure would be its last. */
const MOST_TRIES = 8;

export async function startReceiver(dice: Dice): Promise<Receiver> {
  const calls: HookCall[] = [];
  let isCalm = false;

  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body: unknown = JSON.parse(await read(request));
    const event = at(body, "event");
    const call: HookCall = {
      at: Date.now(),
      eventId: textAt(event, "id") ?? "",
      type: textAt(event, "type") ?? "",
      sequence: Number(at(event, "sequence")),
      payment: textAt(event, "payment", "id") ?? "",
      attempt: Number(at(body, "attempt")),
      event: JSON.stringify(event),
      isTaken: false,
    };
    calls.push(call);
    const luck = isCalm || call.attempt > MOST_TRIES ? 1 : dice.next();
    if (luck < FAILS.refuses) {
      response.writeHead(500).end();
    } else if (luck < FAILS.refuses + FAILS.breaks) {
      response.destroy();
    } else {
      if (luck < FAILS.refuses + FAILS.breaks + FAILS.dawdles) await delay(DAWDLE);
      call.isTaken = true;
      call.takenAfter = calls.length;
      response.writeHead(204).end();
    }
  };

  const server = createServer((request, response) => {
    take(request, response).catch(() => {
      // A body that breaks off with its sender: nobody has been told of anything.
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    calls,
    calm() {
      isCalm = true;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
