/** The load: sends requests that were made beforehand over connections that stay open, one at a time on each. */

import { createConnection, type Socket } from "node:net";
import { once } from "node:events";
import { readRecords } from "../run/records.js";
import { AnswerReader } from "./answer-reader.js";
import type { LoadReport, LoadRequest } from "./messages.js";

process.on("message", (request: LoadRequest) => {
  round(request).then(
    (report) => process.send?.({ report }),
    (error: unknown) => process.send?.({ failure: String(error) }),
  );
});
process.on("disconnect", () => {
  process.exit();
});
process.send?.("ready");

async function round(request: LoadRequest): Promise<LoadReport> {
  const { port, records, from, count, connections } = request;
  const requests = readRecords(records, from, count);
  const sockets = Array.from({ length: connections }, () =>
    createConnection({ port, host: "127.0.0.1", noDelay: true }),
  );
  await Promise.all(sockets.map((socket) => once(socket, "connect")));
  try {
    return await send(requests, sockets, request);
  } finally {
    for (const socket of sockets) socket.destroy();
  }
}

function send(requests: readonly Buffer[], sockets: readonly Socket[], order: LoadRequest): Promise<LoadReport> {
  return new Promise((resolve, reject) => {
    const latencies: number[] = [];
    const cpu = process.cpuUsage();
    const began = performance.now();
    const deadline = began + order.seconds * 1000;
    let sent = 0;
    let busy = 0;
    let last = began;
    const finish = (): void => {
      const seconds = (last - began) / 1000;
      const { user, system } = process.cpuUsage(cpu);
      const sorted = Float64Array.from(latencies).sort();
      const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
      resolve({
        answers: latencies.length,
        seconds,
        sent,
        p50: at(0.5),
        p99: at(0.99),
        longest: at(1),
        cpu: (user + system) / 1e6 / seconds,
      });
    };
    for (const socket of sockets) {
      const reader = new AnswerReader();
      let since = 0;
      const next = (now: number): void => {
        if (now >= deadline || (sent >= requests.length && !order.again)) {
          if (busy === 0) finish();
          return;
        }
        const request = requests[sent % requests.length];
        if (request === undefined) return;
        sent++;
        busy++;
        since = now;
        socket.write(request);
      };
      socket.on("data", (chunk: Buffer) => {
        let status = 0;
        try {
          status = reader.take(chunk);
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
        if (status === 0) return;
        if (status !== order.expect) {
          reject(
            new Error(`an answer had status ${status} instead of ${order.expect}: ${chunk.toString().slice(0, 2000)}`),
          );
          return;
        }
        last = performance.now();
        latencies.push(last - since);
        busy--;
        next(last);
      });
      socket.on("error", reject);
      socket.on("close", () => {
        reject(new Error("the server closed a connection"));
      });
      next(began);
    }
  });
}
