import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { setImmediate as nextTurn } from "node:timers/promises";

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly raw: string;
  readonly body: Record<string, unknown>;
}

const ACKNOWLEDGEMENT = JSON.stringify({
  result: { resultCode: "SUCCESS", resultStatus: "S", resultMessage: "success" },
});

/** A shop's notify endpoint: keeps what it gets and answers as it is told to. */
export class Shop {
  readonly received: Received[] = [];
  /** Status and body of the next answers. */
  answer: { status: number; body: string } = { status: 200, body: ACKNOWLEDGEMENT };
  private readonly server: Server;
  private port = 0;

  constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const raw = Buffer.concat(chunks).toString("utf8");
        this.received.push({ path: request.url ?? "", headers: request.headers, raw, body: parse(raw) });
        response.writeHead(this.answer.status, { "content-type": "application/json" });
        response.end(this.answer.body);
      });
    });
  }

  async open(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    const address = this.server.address();
    if (typeof address === "object" && address) this.port = address.port;
    return this;
  }

  get notifyUrl(): string {
    return `http://127.0.0.1:${this.port}/payments/notify?shop=1`;
  }

  get returnUrl(): string {
    return `http://127.0.0.1:${this.port}/payments/return/1`;
  }

  refuse(): void {
    this.answer = { status: 500, body: "{}" };
  }

  acknowledge(): void {
    this.answer = { status: 200, body: ACKNOWLEDGEMENT };
  }

  ofType(notifyType: string): Received[] {
    return this.received.filter(({ body }) => body["notifyType"] === notifyType);
  }

  /** Waits for real I/O until something is so. */
  async until(condition: () => boolean, what: string): Promise<void> {
    const end = performance.now() + 30_000;
    while (!condition()) {
      if (performance.now() > end) throw new Error(`did not happen: ${what}`);
      await nextTurn();
    }
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(() => {
        resolve();
      });
      this.server.closeAllConnections();
    });
  }
}

function parse(raw: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(raw);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
