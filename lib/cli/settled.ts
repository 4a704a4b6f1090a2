import { systemPause } from "../ports.js";
import { CommandError, EXIT } from "./exit.js";

/** Milliseconds, more than any `gatewayTimeout`: that timer keeps no process alive either, and its failure tells more. */
const PATIENCE = 20_000;

/**
 * Waits for what the shop's code may never settle. Node would end the process as if all were done once nothing keeps it alive. It is kept alive
 * for a while longer then, since a timer that does not may be all that is waited for.
 *
 * @param unsettled what it rejects with where nothing can come any more
 */
export async function settled<T>(work: Promise<T>, unsettled: () => CommandError): Promise<T> {
  let idle = (): void => undefined;
  const stalled = new Promise<never>((_resolve, reject) => {
    let hasWaited = false;
    idle = () => {
      if (hasWaited) reject(unsettled());
      else void systemPause(PATIENCE);
      hasWaited = true;
    };
  });
  process.on("beforeExit", idle);
  try {
    return await Promise.race([work, stalled]);
  } finally {
    process.off("beforeExit", idle);
  }
}

/** For what a command does with the shop's options. */
export const commandUnsettled = (): CommandError =>
  new CommandError(
    EXIT.unreachable,
    "unreachable",
    "A promise that the command waits for never settled: of the storage, or of another option that is the shop's own. " +
      "What was asked for may have been done: look before giving the command again.",
  );
