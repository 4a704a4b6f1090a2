import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { once } from "node:events";
import type { Program } from "./program.js";
import { takeMarks, type LastMarks } from "./marks.js";
import type { Timeline } from "./quick-clock.js";
import type { ParentWord, ShopTask, ShopWord } from "./shop/task.js";

/** How a process ended. */
export interface Ending extends LastMarks {
  /** Whether it was killed; if not, it ended by itself, which no shop should. */
  readonly killed: boolean;
  readonly code: number | null;
}

/** A shop's process. */
export interface ShopProcess {
  /** Its port once it takes requests; undefined if it dies before. */
  readonly ready: Promise<number | undefined>;
  readonly ended: Promise<Ending>;
  /** SIGKILL. */
  kill(): void;
  /** Tells it that the time has leapt. */
  follow(timeline: Timeline): void;
  /** Has it write down what V8 has compiled, for the processes after it. */
  keepCompiled(): Promise<void>;
}

const isWord = (value: unknown): value is ShopWord =>
  typeof value === "object" && value !== null && ("ready" in value || "cached" in value);

/** @param errors the file to which the process's stderr is added */
export function startShop(program: Program, task: ShopTask, errors: string): ShopProcess {
  const stderr = openSync(errors, "a");
  const child = spawn(process.execPath, [...program], {
    stdio: ["ignore", "ignore", stderr, "ipc"],
    env: { PATH: process.env["PATH"], CRASH_SHOP: JSON.stringify(task) },
  });
  closeSync(stderr);
  const ended = once(child, "exit").then(([code, signal]: readonly unknown[]): Ending => ({
    killed: signal === "SIGKILL",
    code: typeof code === "number" ? code : null,
    ...takeMarks(task.marks),
  }));
  const ready = new Promise<number | undefined>((resolve) => {
    child.on("message", (word) => {
      if (isWord(word) && "ready" in word) resolve(word.ready);
    });
    child.once("exit", () => {
      resolve(undefined);
    });
  });
  const send = (word: ParentWord): void => {
    // It may have just been killed; then nobody is there to be told.
    if (child.connected) child.send(word, () => undefined);
  };
  return {
    ready,
    ended,
    kill: () => child.kill("SIGKILL"),
    follow: (timeline) => {
      send({ timeline });
    },
    keepCompiled: () =>
      new Promise((resolve) => {
        child.on("message", (word) => {
          if (isWord(word) && "cached" in word) resolve();
        });
        child.once("exit", () => {
          resolve();
        });
        send({ cache: true });
      }),
  };
}
