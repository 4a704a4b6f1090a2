import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newKeys } from "../crash/keys.js";
import type { StorageKind } from "../crash/points.js";
import { startFleet, type Fleet, type FleetParts } from "./fleet.js";
import { premisesFor } from "./premises.js";
import { buildProgram } from "./program.js";

/** What all scenarios of a run share: the storage's premises, the keys and the program. */
export interface Town {
  readonly kind: StorageKind;
  /** Lets a new fleet do something, and ends it. */
  with<T>(parts: Pick<FleetParts, "size" | "speed" | "flaw">, work: (fleet: Fleet) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export async function openTown(kind: StorageKind): Promise<Town> {
  const folder = mkdtempSync(join(tmpdir(), "express-antom-instances-"));
  const keys = newKeys();
  const program = await buildProgram(folder);
  const premises = await premisesFor(kind);
  let fleets = 0;
  return {
    kind,
    async with(parts, work) {
      const own = join(folder, `fleet-${++fleets}`);
      const fleet = await startFleet({ ...parts, premises, keys, folder: own, program });
      try {
        return await work(fleet);
      } finally {
        await fleet.close();
      }
    },
    async close() {
      await premises.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
