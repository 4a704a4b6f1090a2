/** A shop in a process of its own: the kit, or what it is compared with. */

import "./without-telemetry.js";
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { AddressInfo } from "node:net";
import express from "express";
import { SHOPS } from "../shops/shops.js";
import type { ShopConfig, ShopReport, ShopRequest } from "./messages.js";

/** How often the event loop is looked at, in milliseconds. */
const LOOK = 1;

async function main(config: ShopConfig): Promise<void> {
  const app = express();
  const mount = await SHOPS[config.kind]();
  const shop = await mount(app, config);
  const server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  server.keepAliveTimeout = 600_000;

  const delay = monitorEventLoopDelay({ resolution: LOOK });
  delay.enable();
  let cpu = process.cpuUsage();

  const report = (): ShopReport => {
    const { user, system } = process.cpuUsage(cpu);
    const { rss, heapUsed } = process.memoryUsage();
    const inMs = (ns: number): number => Math.max(0, ns / 1e6 - LOOK);
    return {
      rss,
      heapUsed,
      longestBlock: inMs(delay.max),
      blockP99: inMs(delay.percentile(99)),
      cpuSeconds: (user + system) / 1e6,
      ...(shop.takeHooks?.() ?? { hooks: 0, badHooks: 0 }),
    };
  };

  const answer = async (request: ShopRequest): Promise<unknown> => {
    switch (request.ask) {
      case "begin":
        shop.takeHooks?.();
        delay.reset();
        cpu = process.cpuUsage();
        return undefined;
      case "end":
        return report();
      case "misbehave":
        shop.misbehave?.(request);
        return undefined;
      case "misbehaved":
        return shop.misbehaved?.();
      case "retry":
        return shop.retry?.(request.from, request.over);
      case "rest":
        return shop.rest?.() ?? 0;
      case "calm":
        return shop.calm?.();
      case "count":
        return shop.count?.();
      case "time":
        return shop.time?.(request.what, request.times);
      case "deliver":
        return shop.deliver?.(request.count);
    }
  };

  process.on("message", (request: ShopRequest) => {
    answer(request).then(
      (value) => process.send?.({ value }),
      (error: unknown) => process.send?.({ failure: error instanceof Error ? error.stack : String(error) }),
    );
  });
  process.send?.({ port: (server.address() as AddressInfo).port });
}

process.on("disconnect", () => {
  process.exit();
});
process.once("message", (config: ShopConfig) => {
  main(config).catch((error: unknown) => {
    process.send?.({ failure: error instanceof Error ? error.stack : String(error) });
  });
});
