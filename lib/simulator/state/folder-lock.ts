import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { errorCode } from "../../thrown.js";

const FILE = "lock";

/** Who has a folder. */
interface Holder {
  readonly pid: number;
  /** When that process began, where the system tells: a number is given to another process after the first one's end. */
  readonly began: string | undefined;
  /** Of one taking only. */
  readonly token: string;
}

/** How often a dead lock is taken out of the way; more than once only when others are at it, too. */
const MOST_TRIES = 10;

/** Folders that this very process has. */
const own = new Set<string>();

/**
 * Makes a data folder one's own, creating it where there is none. The lock of a process that was killed is taken over.
 *
 * @returns gives it back
 * @throws Error when another simulator has it
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = realpathSync(folder);
  if (own.has(path)) throw inUse(folder, process.pid);
  const me: Holder = { pid: process.pid, began: processOf(process.pid)?.began, token: randomUUID() };
  for (let left = MOST_TRIES; !isTaken(path, me); left -= 1) {
    const holder = read(join(path, FILE));
    if (holder !== undefined && (left === 0 || isAlive(holder))) throw inUse(folder, holder.pid);
    if (left === 0) throw new Error(`${join(path, FILE)} cannot be written.`);
    sweep(path, holder);
  }
  own.add(path);
  return () => {
    own.delete(path);
    if (read(join(path, FILE))?.token === me.token) rmSync(join(path, FILE), { force: true });
  };
}

/** Sets the lock unless there is one, whole: nobody can read a half of it. */
function isTaken(path: string, me: Holder): boolean {
  const draft = join(path, `${FILE}.${me.token}`);
  writeFileSync(draft, JSON.stringify(me), { mode: 0o600 });
  try {
    linkSync(draft, join(path, FILE));
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Takes a dead lock out of the way. Two may find it dead at once: whoever moved another's new lock by mistake puts it back.
 */
function sweep(path: string, dead: Holder | undefined): void {
  const aside = join(path, `${FILE}.${randomUUID()}`);
  try {
    renameSync(join(path, FILE), aside);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return;
    throw error;
  }
  if (read(aside)?.token === dead?.token) rmSync(aside, { force: true });
  else renameSync(aside, join(path, FILE));
}

/** Undefined when there is none, or one that a crash cut short. */
function read(file: string): Holder | undefined {
  try {
    const holder: unknown = JSON.parse(readFileSync(file, "utf8"));
    return isHolder(holder) ? holder : undefined;
  } catch (error) {
    if (errorCode(error) === "ENOENT" || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const isHolder = (value: unknown): value is Holder =>
  typeof value === "object" &&
  value !== null &&
  "pid" in value &&
  typeof value.pid === "number" &&
  Number.isSafeInteger(value.pid) &&
  value.pid > 0 &&
  "token" in value &&
  typeof value.token === "string" &&
  (!("began" in value) || typeof value.began === "string");

function isAlive({ pid, began }: Holder): boolean {
  const running = processOf(pid);
  if (running?.isDead === true) return false;
  if (began !== undefined && running !== undefined) return began === running.began;
  // Without the beginnings to compare: a container's only process has the same number after every start.
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
}

/** What Linux tells of a process: the boot and the clock tick it began at, and whether it was killed and only its number is left. */
function processOf(pid: number): { readonly began: string; readonly isDead: boolean } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in the second field may hold anything; behind it stand the state and, 19 later, the beginning.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state = "", tick] = [fields[0], fields[19]];
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return tick === undefined ? undefined : { began: `${boot}/${tick}`, isDead: state === "Z" || state === "X" };
  } catch {
    return undefined;
  }
}

const inUse = (folder: string, pid: number): Error =>
  new Error(`Another simulator (process ${pid}) is using ${folder}; stop it, or give another data folder.`);
