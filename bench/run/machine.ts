import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { arch, availableParallelism, cpus, platform, release, totalmem } from "node:os";

/** Which core each process runs on. The shop has one to itself, and the load another. */
export interface Cores {
  readonly shop: number;
  readonly load: number;
  /** Antom and the database server; the load's core where there is no third. */
  readonly others: number;
}

/** What the figures were measured on. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  /** Bytes. */
  readonly memory: number;
  readonly system: string;
  /** How the processes were kept apart, in a sentence. */
  readonly pinning: string;
}

/** The cores to pin processes to; undefined where that cannot be done. */
export function chooseCores(): Cores | undefined {
  if (process.platform !== "linux") return undefined;
  const asked = spawnSync("taskset", ["-cp", String(process.pid)], { encoding: "utf8" });
  if (asked.status !== 0) return undefined;
  const list = asked.stdout.slice(asked.stdout.lastIndexOf(":") + 1).trim();
  const [shop, load, others] = list.split(",").flatMap(range);
  if (shop === undefined || load === undefined) return undefined;
  return { shop, load, others: others ?? load };
}

function range(part: string): number[] {
  const [from = 0, to = from] = part.split("-").map(Number);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

export function describeMachine(cores: Cores | undefined): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memory: totalmem(),
    system: `${platform()} ${release()} ${arch()}`,
    pinning:
      cores === undefined
        ? "nothing is pinned (taskset and two cores are needed), so the ratios are rougher"
        : `shop on core ${cores.shop}, load on core ${cores.load}, Antom and PostgreSQL on core ${cores.others}`,
  };
}

/** What has run on a core so far, the system's own work for it and what a hypervisor took away included: seconds; undefined off Linux. */
export function coreTime(core: number | undefined): number | undefined {
  if (core === undefined) return undefined;
  const line = readFileSync("/proc/stat", "utf8")
    .split("\n")
    .find((each) => each.startsWith(`cpu${core} `));
  const [user = 0, nice = 0, system = 0, , , , , steal = 0] = line?.split(" ").slice(1).map(Number) ?? [];
  // The kernel counts in hundredths of a second.
  return line === undefined ? undefined : (user + nice + system + steal) / 100;
}
