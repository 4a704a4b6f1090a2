import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import type { Timeline } from "../crash/quick-clock.js";
import type { Program } from "./program.js";
import type { FleetWord, InstanceTask, InstanceWord, Release } from "./shop/task.js";

/** Why an instance did not start. */
export class StartRefused extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export interface InstanceParts {
  readonly program: Program;
  readonly task: () => InstanceTask;
  /** The file to which its stderr is added. */
  readonly errors: string;
  /** It ended, and nobody had told it to. */
  readonly onLost: (code: unknown, signal: unknown) => void;
}

const isWord = (value: unknown): value is InstanceWord => typeof value === "object" && value !== null;

/** A place for one process of the shop, and the process that is in it, if there is one. */
export class Instance {
  /** Tasks whose late settling the storage refused, in this process and in those before it. */
  readonly refused: string[] = [];
  readonly #parts: InstanceParts;
  #child: ChildProcess | undefined;
  #port: number | undefined;
  #isFrozen = false;

  constructor(
    readonly slot: number,
    parts: InstanceParts,
  ) {
    this.#parts = parts;
  }

  /** Where it takes requests; undefined where it is dead, frozen, or not ready yet. */
  get port(): number | undefined {
    return this.#isFrozen ? undefined : this.#port;
  }

  /** Resolves when it takes requests. Rejects with StartRefused where the kit says why it does not. */
  async start(release: Release = "today"): Promise<void> {
    const stderr = openSync(this.#parts.errors, "a");
    const child = spawn(process.execPath, [...this.#parts.program], {
      stdio: ["ignore", "ignore", stderr, "ipc"],
      env: { PATH: process.env["PATH"], RELEASE: release, INSTANCE: JSON.stringify(this.#parts.task()) },
    });
    closeSync(stderr);
    this.#child = child;
    await new Promise<void>((resolve, reject) => {
      child.on("message", (word) => {
        if (!isWord(word)) return;
        if ("ready" in word) {
          this.#port = word.ready;
          resolve();
        } else if ("failed" in word) {
          this.#child = undefined;
          reject(new StartRefused(word.failed.code, word.failed.message));
        } else {
          this.refused.push(word.refused);
        }
      });
      child.once("exit", (code, signal) => {
        reject(new Error(`an instance ended before it was ready: see ${this.#parts.errors}`));
        if (this.#child !== child) return;
        this.#leave();
        this.#parts.onLost(code, signal);
      });
    });
  }

  /** SIGKILL. */
  kill(): Promise<void> {
    return this.#end((child) => child.kill("SIGKILL"));
  }

  /** Has it finish what it has in hand, and go. */
  stop(): Promise<void> {
    return this.#end(() => {
      this.#tell({ stop: true });
    });
  }

  async #end(how: (child: ChildProcess) => void): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    const gone = once(child, "exit");
    how(child);
    this.#leave();
    await gone;
  }

  /** SIGSTOP: it does nothing any more, and its connections stay open. */
  freeze(): void {
    this.#isFrozen = true;
    this.#child?.kill("SIGSTOP");
  }

  /** SIGCONT. */
  thaw(): void {
    this.#child?.kill("SIGCONT");
    this.#isFrozen = false;
  }

  follow(timeline: Timeline): void {
    this.#tell({ timeline });
  }

  #tell(word: FleetWord): void {
    // It may have just gone; then nobody is there to be told.
    if (this.#child?.connected === true) this.#child.send(word, () => undefined);
  }

  #leave(): void {
    this.#child = undefined;
    this.#port = undefined;
    this.#isFrozen = false;
  }
}
