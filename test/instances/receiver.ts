import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { at, textAt, type HookCall } from "../crash/records.js";

/** A call of a hook, and which instance made it. */
export interface InstanceCall extends HookCall {
  readonly slot: number;
}

/** Whom the hooks of all instances call: it writes down every call, and lets an instance wait for its answers where told to. */
export interface Receiver {
  /** Where an instance's hooks call. */
  urlFor(slot: number): string;
  /** Every call, in the order in which they came. */
  readonly calls: readonly InstanceCall[];
  /** From now on this instance gets no answers. */
  hold(slot: number): void;
  /** The calls that wait for an answer. */
  readonly held: readonly InstanceCall[];
  /** Told of every call as it comes; one of which it says so is never answered. */
  isDeadly: (call: InstanceCall) => boolean;
  /** Answers as many of those that wait, the first that came first, and holds nobody any more where all are answered. */
  release(count?: number): void;
  close(): void;
}

interface Waiting {
  readonly call: InstanceCall;
  readonly answer: () => void;
}

export async function startReceiver(): Promise<Receiver> {
  const calls: InstanceCall[] = [];
  const waiting: Waiting[] = [];
  let heldUp: number | undefined;

  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    const event = at(body, "event");
    const call: InstanceCall = {
      slot: Number(request.url?.slice(1)),
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
    const answer = (): void => {
      if (response.destroyed) return;
      call.isTaken = true;
      call.takenAfter = calls.length;
      response.writeHead(204).end();
    };
    if (receiver.isDeadly(call)) return;
    if (call.slot === heldUp) waiting.push({ call, answer });
    else answer();
  };

  const server = createServer((request, response) => {
    take(request, response).catch(() => {
      // A body that breaks off with its sender: nobody has been told of anything.
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const receiver: Receiver = {
    urlFor: (slot) => `${origin}/${slot}`,
    calls,
    isDeadly: () => false,
    hold(slot) {
      heldUp = slot;
    },
    get held() {
      return waiting.map(({ call }) => call);
    },
    release(count = waiting.length) {
      for (const { answer } of waiting.splice(0, count)) answer();
      if (waiting.length === 0) heldUp = undefined;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return receiver;
}
