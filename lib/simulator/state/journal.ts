import { closeSync, fdatasync, fsyncSync, openSync, readFileSync, renameSync, write, writeSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { isChange, type Change } from "./change.js";
import { errorCode } from "../../thrown.js";

const FILE = "journal.jsonl";
const writeSome = promisify(write);
const flush = promisify(fdatasync);

/** Where changes are kept. */
export interface Journal {
  /** Queues a change; it is kept once {@link durable} resolves. */
  append(change: Change): void;
  /** Resolves when everything appended so far would survive a power cut; rejects when it would not. */
  durable(): Promise<void>;
  close(): Promise<void>;
}

/** Keeps nothing. */
export const noJournal: Journal = {
  append: () => undefined,
  durable: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

/**
 * An append-only file of JSON lines, synced in groups: whatever is appended while one group is being synced goes with the next.
 */
export class FileJournal implements Journal {
  private queue: string[] = [];
  /** The group that the latest change is in. */
  private latest: Promise<void> = Promise.resolve();
  private failure: Error | undefined;

  private constructor(private readonly handle: number) {}

  /** Reads what the folder keeps. A last line cut short by a crash was never told to anyone and is left out. */
  static read(folder: string): Change[] {
    const lines = textOf(join(folder, FILE)).split("\n");
    const changes: Change[] = [];
    lines.forEach((line, index) => {
      if (line === "") return;
      const value = parsed(line);
      if (isChange(value)) changes.push(value);
      else if (index < lines.length - 1) {
        throw new Error(
          `Line ${index + 1} of ${join(folder, FILE)} cannot be read; delete the folder to start afresh.`,
        );
      }
    });
    return changes;
  }

  /** Replaces the file by one with these changes only, and opens it for more. */
  static start(folder: string, changes: Iterable<Change>): FileJournal {
    const draft = join(folder, `${FILE}.new`);
    const handle = openSync(draft, "w", 0o600);
    try {
      for (const change of changes) writeSync(handle, `${JSON.stringify(change)}\n`);
      fsyncSync(handle);
      renameSync(draft, join(folder, FILE));
      syncFolder(folder);
    } catch (error) {
      closeSync(handle);
      throw error;
    }
    return new FileJournal(handle);
  }

  append(change: Change): void {
    if (this.queue.length === 0) {
      this.latest = this.writeAfter(this.latest);
      // Whoever needs to know asks durable(); nobody may be asking.
      this.latest.catch(() => undefined);
    }
    this.queue.push(`${JSON.stringify(change)}\n`);
  }

  durable(): Promise<void> {
    return this.latest;
  }

  async close(): Promise<void> {
    try {
      await this.latest;
    } finally {
      // Set first: the number of a closed file may be given to another one.
      this.failure = new Error("The simulator is closed");
      closeSync(this.handle);
    }
  }

  private async writeAfter(group: Promise<void>): Promise<void> {
    await group.catch(() => undefined);
    const bytes = Buffer.from(this.queue.join(""), "utf8");
    this.queue = [];
    // After one failed write nobody knows what the file holds, so nothing is promised any more.
    if (this.failure !== undefined) throw this.failure;
    try {
      let written = 0;
      while (written < bytes.length) {
        const { bytesWritten } = await writeSome(this.handle, bytes, written, bytes.length - written, null);
        written += bytesWritten;
      }
      await flush(this.handle);
    } catch (error) {
      this.failure = new Error("The simulator's log could not be written", { cause: error });
      throw this.failure;
    }
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return "";
    throw error;
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function syncFolder(folder: string): void {
  // Windows cannot open a folder; there a rename is durable enough for a simulator.
  if (process.platform === "win32") return;
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
