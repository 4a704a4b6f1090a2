/** Fills a database, in a process that is gone afterwards, and with it every lock it had. */

import { seedKitPostgres, seedObviousPostgres } from "../seed/postgres.js";
import { seedKit, seedObvious } from "../seed/sqlite.js";
import type { SeedRequest } from "./messages.js";

process.on("disconnect", () => {
  process.exit();
});

async function seed({ kind, database, count, stage }: SeedRequest): Promise<void> {
  const isPostgres = database.startsWith("postgres:");
  if (kind === "kit") await (isPostgres ? seedKitPostgres : seedKit)(database, count, stage);
  else if (isPostgres) await seedObviousPostgres(database, count);
  else seedObvious(database, count);
}

process.once("message", (request: SeedRequest) => {
  seed(request).then(
    () => process.send?.({ done: true }),
    (error: unknown) => process.send?.({ failure: error instanceof Error ? error.stack : String(error) }),
  );
});
