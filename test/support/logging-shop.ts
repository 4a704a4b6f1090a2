/** A shop in a process of its own, with the logger that the kit makes where it is given none. It answers checkouts when it is told to. */
import { startShop, anOrder, type ShopOptions } from "./shop.js";

const withoutLogger: object = { logger: undefined };

const main = async (): Promise<void> => {
  const shop = await startShop({ ...(withoutLogger as ShopOptions), worker: false });
  let count = 0;
  process.on("message", (times: unknown) => {
    const go = async (): Promise<void> => {
      const statuses = new Set<number>();
      for (let nth = 0; nth < Number(times); nth++) {
        const id = `order-${++count}`;
        shop.orders.set(id, anOrder(id));
        statuses.add((await shop.checkout(id)).status);
      }
      process.send?.({ statuses: [...statuses], heap: process.memoryUsage().heapUsed });
    };
    const end = async (): Promise<void> => {
      await shop.stop();
      process.disconnect();
    };
    void (times === "stop" ? end() : go());
  });
  process.send?.("ready");
};

void main();
