import { idsOf, inquire, NOW, opening, samplePayment } from "../../../lib/storage/conformance/samples.js";
import { lmdbStorage } from "./storage.js";

/** Another process of the shop, for processes.test.ts: `child.ts <name> <folder>`. It tells of every payment it has opened and every task it has done. */

const [name = "", folder = ""] = process.argv.slice(2);

const tell = (word: object): void => {
  process.send?.(word);
};

const work = async (): Promise<void> => {
  const storage = lmdbStorage(folder);
  await storage.start();
  tell({});
  await new Promise((resolve) => process.once("message", resolve));
  for (let nth = 0; nth < 40; nth++) {
    const payment = samplePayment(`${name}-${nth}`, { orderId: `order-${nth}` });
    if ((await storage.open(opening(payment, [inquire(payment)]))).isNew) tell({ opened: payment.id });
  }
  for (;;) {
    const claimed = await storage.claim({ now: NOW, lease: 60_000, limit: 3 });
    if (claimed.length === 0) break;
    for (const task of claimed) await storage.settle(task, { done: true });
    for (const done of idsOf(claimed)) tell({ done });
  }
  await storage.stop();
  process.disconnect();
};

void work();
