import * as net from "node:net";
import type { AddressInfo } from "node:net";

/** What a server does with a connection. It is called once the whole request has arrived, unless it asks to be called at once. */
export interface Fault {
  readonly at?: "connection" | "request";
  act(socket: net.Socket): void;
}

/** A server that speaks as much of HTTP as a fault needs, and counts who is connected. */
export interface FaultServer {
  readonly port: number;
  readonly url: URL;
  /** How many connections there have been. */
  readonly connections: () => number;
  /** All bytes that came in, as text. */
  readonly heard: () => string;
  /** Resolves once nobody is connected; rejects if somebody still is after two seconds. */
  silent(): Promise<void>;
  stop(): Promise<void>;
}

export async function startFaultServer(fault: Fault): Promise<FaultServer> {
  const open = new Set<net.Socket>();
  let connections = 0;
  let heard = "";
  const server = net.createServer((socket) => {
    connections++;
    open.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => open.delete(socket));
    if (fault.at === "connection") {
      fault.act(socket);
      return;
    }
    let request = "";
    socket.on("data", (chunk: Buffer) => {
      request += chunk.toString("latin1");
      heard += chunk.toString("latin1");
      if (!isWhole(request)) return;
      request = "";
      fault.act(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: new URL(`http://127.0.0.1:${port}/ams/api/v1/payments/pay`),
    connections: () => connections,
    heard: () => heard,
    async silent() {
      const until = Date.now() + 2000;
      while (open.size > 0) {
        if (Date.now() > until) throw new Error(`${open.size} connections are still open`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    async stop() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function isWhole(request: string): boolean {
  const end = request.indexOf("\r\n\r\n");
  const length = /content-length: (\d+)/i.exec(request)?.[1];
  return end >= 0 && request.length >= end + 4 + Number(length ?? 0);
}

/** A whole answer, as it stands on the wire. */
export const httpAnswer = (
  status: string,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): Buffer => {
  const head = Object.entries({ "content-length": String(Buffer.byteLength(body)), connection: "close", ...headers })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("");
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\n${head}\r\n`, "latin1"), Buffer.from(body)]);
};

/** A port of this machine on which nobody listens. */
export async function deadPort(): Promise<number> {
  const server = await startFaultServer({ act: (socket) => socket.destroy() });
  await server.stop();
  return server.port;
}
