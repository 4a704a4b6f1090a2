import { Agent, request } from "node:http";
import type { Heard, Sent } from "../crash/send.js";

/** Connections are kept, as a load balancer keeps them. */
const agent = new Agent({ keepAlive: true, maxSockets: 512 });

/** How long an answer is waited for, in milliseconds: a checkout waits for one that is under way elsewhere. */
const PATIENCE = 30_000;

/** Sends a request to the instance at a port; undefined where there is no whole answer. */
export const ask = (
  port: number,
  path: string,
  { method, headers = {}, body = "" }: Sent,
): Promise<Heard | undefined> =>
  new Promise((resolve) => {
    const length = method === "GET" ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const given = Object.fromEntries(
      Object.entries(headers).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, typeof value === "string" ? value : [...value]] as const],
      ),
    );
    const options = {
      host: "127.0.0.1",
      port,
      path,
      method,
      agent,
      timeout: PATIENCE,
      headers: { ...given, ...length },
    };
    const sent = (): void => {
      const outgoing = request(options, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.once("error", () => {
          resolve(undefined);
        });
        incoming.once("end", () => {
          const { statusCode = 0, complete, headers: heard } = incoming;
          const text = Buffer.concat(chunks).toString("utf8");
          resolve(complete ? { status: statusCode, headers: heard, body: text } : undefined);
        });
      });
      outgoing.once("timeout", () => outgoing.destroy(new Error("no answer in time")));
      outgoing.once("error", (error) => {
        // Nobody had used the connection for a while, and it was closed at the other end just now.
        if (outgoing.reusedSocket && "code" in error && error.code === "ECONNRESET") sent();
        else resolve(undefined);
      });
      outgoing.end(body);
    };
    sent();
  });

/** Sends JSON. */
export const post = (
  port: number,
  path: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Heard | undefined> =>
  ask(port, path, {
    method: "POST",
    headers: { accept: "application/json", "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
