import { createAntom, type Antom } from "../antom.js";
import { configure } from "../configuration/configuration.js";
import { createTransport, type Transport } from "../gateway/transport.js";
import type { AntomOptions } from "../options.js";
import { systemClock, type Clock } from "../ports.js";
import type { Storage } from "../storage/storage.js";
import { loadConfig, type Given } from "./config-file.js";
import type { Call } from "./command.js";
import { notConfigured, type ExitCode } from "./exit.js";
import { listenTo } from "./inquiry-ear.js";
import { createLog } from "./log.js";
import { commandUnsettled, settled } from "./settled.js";

/** The shop's kit, without a worker: events and repeats are left to the shop's own process. */
export interface Kit {
  readonly antom: Antom;
  /** Absent where the shop's module gave a kit that was made already. */
  readonly options: AntomOptions | undefined;
  readonly clock: Clock;
  /** Why the last call to Antom went without an answer; undefined where each had one, or where that cannot be seen. */
  readonly silence: () => string | undefined;
  /** What Antom said last to an inquiry that did not tell how the payment stands; undefined where it told, or where that cannot be seen. */
  readonly vagueAnswer: () => string | undefined;
}

/**
 * Makes the kit of the shop's configuration, starts it, and lets go of it afterwards.
 *
 * @throws AntomError as createAntom and `start`; CommandError where there is no configuration
 */
export async function withKit(call: Call, action: (kit: Kit) => Promise<ExitCode>): Promise<ExitCode> {
  return settled(withGiven(call, await loadConfig(call), action), commandUnsettled);
}

async function withGiven(call: Call, given: Given, action: (kit: Kit) => Promise<ExitCode>): Promise<ExitCode> {
  const own = createTransport();
  const kit = given.antom === undefined ? newKit(call, given.options, own) : readyKit(given.antom);
  try {
    await kit.antom.start();
    return await action(kit);
  } finally {
    await kit.antom.stop();
    own.close();
  }
}

function newKit({ terminal }: Call, options: AntomOptions, own: Transport): Kit {
  // What stands in for the shop's transport would hide that it is none.
  configure(options);
  const { logger, silence } = createLog(terminal);
  const { transport, vagueAnswer } = listenTo(options.transport ?? own);
  const antom = createAntom({ ...options, worker: false, logger, transport });
  return { antom, options, clock: options.clock ?? systemClock, silence, vagueAnswer };
}

const readyKit = (antom: Antom): Kit => ({
  antom,
  options: undefined,
  clock: systemClock,
  silence: () => undefined,
  vagueAnswer: () => undefined,
});

/** For what a kit that was made already does not let out. @throws CommandError that begins with why they are needed */
export function optionsOf({ options }: Kit, why: string): AntomOptions {
  if (options !== undefined) return options;
  throw notConfigured(`${why}: let the configuration export the options in place of what createAntom made of them.`);
}

/** What only the options tell. */
export const storageOf = (kit: Kit): Storage => optionsOf(kit, "This command needs the storage itself").storage;
