import { pino } from "pino";
import { simulatorFrom } from "./from-environment.js";

/** `npm run simulator`, by the environment variables of from-environment.ts. */
async function main(): Promise<void> {
  const { simulator, port } = simulatorFrom(process.env, pino());
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      void simulator.close();
    });
  }
  const url = await simulator.listen(port);
  console.log(`Antom simulator: ${url}/simulator (credentials: ${url}/simulator/credentials)`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
