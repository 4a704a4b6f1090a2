import { pino } from "pino";
import { ACCOUNTS } from "./options.js";
import { createSimulator } from "./simulator.js";

/**
 * `npm run simulator`. Environment: PORT (3001), SIMULATOR_HOST (127.0.0.1), SIMULATOR_DATA (a folder; nothing is kept without),
 * SIMULATOR_URL (where browsers reach it), SIMULATOR_TIME_SCALE (1), SIMULATOR_NOTIFY_URL (for refunds without an address),
 * SIMULATOR_ACCOUNT (antom, or apo for the rules of Antom's payment orchestration).
 */
async function main(): Promise<void> {
  const { PORT, SIMULATOR_HOST, SIMULATOR_DATA, SIMULATOR_URL, SIMULATOR_TIME_SCALE, SIMULATOR_NOTIFY_URL } =
    process.env;
  const { SIMULATOR_ACCOUNT } = process.env;
  const account = ACCOUNTS.find((name) => name === SIMULATOR_ACCOUNT);
  if (isGiven(SIMULATOR_ACCOUNT) && account === undefined) {
    throw new Error(`SIMULATOR_ACCOUNT must be one of ${ACCOUNTS.join(", ")}.`);
  }
  const port = Number(isGiven(PORT) ? PORT : "3001");
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error("PORT must be a number from 0 to 65535.");
  const simulator = createSimulator({
    logger: pino(),
    ...(isGiven(SIMULATOR_HOST) && { host: SIMULATOR_HOST }),
    ...(isGiven(SIMULATOR_DATA) && { dataFolder: SIMULATOR_DATA }),
    ...(isGiven(SIMULATOR_URL) && { baseUrl: SIMULATOR_URL }),
    ...(isGiven(SIMULATOR_TIME_SCALE) && { timeScale: Number(SIMULATOR_TIME_SCALE) }),
    ...(isGiven(SIMULATOR_NOTIFY_URL) && { notifyUrl: SIMULATOR_NOTIFY_URL }),
    ...(account && { account }),
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      void simulator.close();
    });
  }
  const url = await simulator.listen(port);
  console.log(`Antom simulator: ${url}/simulator (credentials: ${url}/simulator/credentials)`);
}

const isGiven = (value: string | undefined): value is string => value !== undefined && value !== "";

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
