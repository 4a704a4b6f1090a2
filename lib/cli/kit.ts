import { createAntom, type Antom } from "../antom.js";
import type { AntomOptions } from "../options.js";
import { systemClock, type Clock } from "../ports.js";
import type { Storage } from "../storage/storage.js";
import { loadConfig } from "./config-file.js";
import type { Call } from "./command.js";
import { notConfigured, type ExitCode } from "./exit.js";
import { createLog } from "./log.js";

/** The shop's kit, without a worker: events and repeats are left to the shop's own process. */
export interface Kit {
  readonly antom: Antom;
  /** Absent where the shop's module gave a kit that was made already. */
  readonly options: AntomOptions | undefined;
  readonly clock: Clock;
  /** Why the last call to Antom went without an answer; undefined where each had one, or where that cannot be seen. */
  readonly silence: () => string | undefined;
}

/**
 * Makes the kit of the shop's configuration, starts it, and lets go of it afterwards.
 *
 * @throws AntomError as createAntom and `start`; CommandError where there is no configuration
 */
export async function withKit(call: Call, action: (kit: Kit) => Promise<ExitCode>): Promise<ExitCode> {
  const given = await loadConfig(call);
  const log = createLog(call.terminal);
  const antom = given.antom ?? createAntom({ ...given.options, worker: false, logger: log.logger });
  try {
    await antom.start();
    const clock = given.options?.clock ?? systemClock;
    return await action({ antom, options: given.options, clock, silence: log.silence });
  } finally {
    await antom.stop();
  }
}

/** What only the options tell. */
export function storageOf({ options }: Kit): Storage {
  if (options !== undefined) return options.storage;
  throw notConfigured(
    "This command needs the storage itself: let the configuration export the options in place of what createAntom made of them.",
  );
}
