import type { Logger } from "../ports.js";
import { ACCOUNTS } from "./options.js";
import { createSimulator, type Simulator } from "./simulator.js";

/**
 * A simulator as environment variables describe it, and the port it is to listen on: PORT (3001), SIMULATOR_HOST (127.0.0.1),
 * SIMULATOR_DATA (a folder; nothing is kept without), SIMULATOR_URL (where browsers reach it), SIMULATOR_TIME_SCALE (1),
 * SIMULATOR_NOTIFY_URL (for refunds without an address), SIMULATOR_ACCOUNT (antom, or apo for the rules of Antom's payment
 * orchestration).
 *
 * @throws TypeError naming the variable that cannot be used, Error where the folder cannot
 */
export function simulatorFrom(
  environment: Readonly<Record<string, string | undefined>>,
  logger: Logger,
): { simulator: Simulator; port: number } {
  const { PORT, SIMULATOR_HOST, SIMULATOR_DATA, SIMULATOR_URL, SIMULATOR_TIME_SCALE, SIMULATOR_NOTIFY_URL } =
    environment;
  const { SIMULATOR_ACCOUNT } = environment;
  const account = ACCOUNTS.find((name) => name === SIMULATOR_ACCOUNT);
  if (isGiven(SIMULATOR_ACCOUNT) && account === undefined) {
    throw new TypeError(`SIMULATOR_ACCOUNT must be one of ${ACCOUNTS.join(", ")}.`);
  }
  const port = Number(isGiven(PORT) ? PORT : "3001");
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new TypeError("PORT must be a number from 0 to 65535.");
  const simulator = createSimulator({
    logger,
    ...(isGiven(SIMULATOR_HOST) && { host: SIMULATOR_HOST }),
    ...(isGiven(SIMULATOR_DATA) && { dataFolder: SIMULATOR_DATA }),
    ...(isGiven(SIMULATOR_URL) && { baseUrl: SIMULATOR_URL }),
    ...(isGiven(SIMULATOR_TIME_SCALE) && { timeScale: Number(SIMULATOR_TIME_SCALE) }),
    ...(isGiven(SIMULATOR_NOTIFY_URL) && { notifyUrl: SIMULATOR_NOTIFY_URL }),
    ...(account && { account }),
  });
  return { simulator, port };
}

const isGiven = (value: string | undefined): value is string => value !== undefined && value !== "";
