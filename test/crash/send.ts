import { request, type IncomingHttpHeaders } from "node:http";

export interface Sent {
  readonly method: string;
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body?: string | Buffer;
}

export interface Heard {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How long an answer is waited for, in milliseconds. */
const PATIENCE = 4_000;

/** Sends a request over a connection of its own; undefined where there is no whole answer. */
export const send = (url: string, { method, headers = {}, body = "" }: Sent): Promise<Heard | undefined> =>
  new Promise((resolve) => {
    const length = method === "GET" ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const given = Object.fromEntries(
      Object.entries(headers).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, typeof value === "string" ? value : [...value]] as const],
      ),
    );
    const outgoing = request(
      url,
      { method, agent: false, timeout: PATIENCE, headers: { ...given, ...length } },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.once("error", () => {
          resolve(undefined);
        });
        incoming.once("end", () => {
          const { statusCode = 0, complete } = incoming;
          const text = Buffer.concat(chunks).toString("utf8");
          resolve(complete ? { status: statusCode, headers: incoming.headers, body: text } : undefined);
        });
      },
    );
    outgoing.once("timeout", () => outgoing.destroy(new Error("no answer in time")));
    outgoing.once("error", () => {
      resolve(undefined);
    });
    outgoing.end(body);
  });

/** The body as JSON, or undefined. */
export function parsed({ body }: Heard): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
