/** A PostgreSQL server, on the core that is neither the shop's nor, where there are three, the load's. */

import { startPostgres } from "../../test/support/postgres.js";

async function main(): Promise<void> {
  const server = await startPostgres();
  process.on("message", () => {
    server.database().then(
      ({ connectionString }) => process.send?.({ connectionString }),
      (error: unknown) => process.send?.({ failure: String(error) }),
    );
  });
  process.on("disconnect", () => {
    const exit = (): void => {
      process.exit();
    };
    server.stop().then(exit, exit);
  });
  process.send?.({ ready: true });
}

main().catch((error: unknown) => {
  process.send?.({ failure: String(error) });
});
