/** A shop in a process of its own, to be killed. */
import { createServer } from "node:http";
import { QuickClock } from "../quick-clock.js";
import { assembled } from "./assembled.js";
import { Life } from "./life.js";
import type { ParentWord, ShopTask, ShopWord } from "./task.js";

/** How long to wait before the storage is tried again, in milliseconds: the database may be away, as everything may be in this town. */
const START_AGAIN = 50;

const tell = (word: ShopWord): void => {
  process.send?.(word);
};

async function main(): Promise<void> {
  const task = JSON.parse(process.env["CRASH_SHOP"] ?? "{}") as ShopTask;
  const clock = new QuickClock(task.timeline);
  const { app, antom } = await assembled(task, new Life(task.marks, task.death), clock);
  const server = createServer(app);

  const open = async (): Promise<void> => {
    try {
      await antom.start();
    } catch {
      setTimeout(() => void open(), START_AGAIN);
      return;
    }
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (typeof address === "object" && address !== null) tell({ ready: address.port });
    });
  };

  process.on("message", (word: ParentWord) => {
    if ("timeline" in word) {
      clock.follow(word.timeline);
    } else {
      // Put there by start.cjs.
      const keepCompiled: unknown = Reflect.get(globalThis, "keepCompiled");
      if (typeof keepCompiled === "function") Reflect.apply(keepCompiled, undefined, []);
      tell({ cached: true });
    }
  });
  await open();
}

// Nobody is left to be a shop for.
process.on("disconnect", () => process.exit());
void main();
