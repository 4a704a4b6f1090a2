/**
 * `npm run demo`: a coffee shop that takes card payments with express-antom, and a local Antom for it to take them from.
 * PORT (3000), SIMULATOR_PORT (3001) and DEMO_DATA (.demo) say where. docs/demo.md says what to try.
 */

import { readSettings, StartProblem } from "./settings.js";
import { startDemo } from "./start.js";

async function main(): Promise<void> {
  const demo = await startDemo(readSettings(process.env));
  console.log(`Shop:      ${demo.shopUrl}`);
  console.log(`Simulator: ${demo.simulatorUrl}/simulator`);
  console.log(`Everything is kept in ${demo.dataFolder}. Stop with Ctrl+C; started again, it goes on where it was.`);

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    // Ctrl+C reaches this process more than once when npm passes it on: stopping twice is stopping once.
    process.on(signal, () => {
      demo.stop().catch(fail);
    });
  }
}

function fail(error: unknown): void {
  console.error(error instanceof StartProblem ? error.message : error);
  process.exit(1);
}

main().catch(fail);
