/** An instance of a shop, in a process of its own. */
import { createServer } from "node:http";
import { isAntomError } from "../../../lib/index.js";
import { QuickClock } from "../../crash/quick-clock.js";
import { assembled } from "./assembled.js";
import type { FleetWord, InstanceTask, InstanceWord } from "./task.js";

/** A connection that was busy when the server was closed is idle soon, and would be kept open: looked at so often, in milliseconds. */
const CLOSE_IDLE = 20;

/** One on which nothing was ever sent never counts as idle: closed after so long, in milliseconds. */
const CLOSE_ALL = 20_000;

/**
 * Once the event loop has looked for connections: nobody is sent here any more, but some who were may have been let in by the machine only,
 * and would be cut off with the server.
 */
const afterPoll = (work: () => void): void => {
  setImmediate(() => setImmediate(work));
};

const tell = (word: InstanceWord): void => {
  process.send?.(word);
};

async function main(): Promise<void> {
  const task = JSON.parse(process.env["INSTANCE"] ?? "{}") as InstanceTask;
  const clock = new QuickClock(task.timeline);
  const { app, antom } = assembled(task, clock, (refused) => {
    tell({ refused });
  });
  const server = createServer(app);

  // As docs/instances.md says: nothing new, what is in hand to its end, then the kit.
  const stop = (): void => {
    afterPoll(() => {
      server.close(() => void antom.stop().then(() => process.exit()));
      setInterval(() => {
        server.closeIdleConnections();
      }, CLOSE_IDLE);
      setTimeout(() => {
        server.closeAllConnections();
      }, CLOSE_ALL);
    });
  };

  process.on("message", (word: FleetWord) => {
    if ("timeline" in word) {
      clock.follow(word.timeline);
      return;
    }
    if (task.flaw === "stops-hard") process.exit();
    stop();
  });

  try {
    await antom.start();
  } catch (error) {
    const [code, message] = isAntomError(error) ? [error.code, error.message] : ["none", String(error)];
    const word: InstanceWord = { failed: { code, message } };
    process.send?.(word, () => process.exit(1));
    return;
  }
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    if (typeof address === "object" && address !== null) tell({ ready: address.port });
  });
}

// Nobody is left to be a shop for.
process.on("disconnect", () => process.exit());
void main();
