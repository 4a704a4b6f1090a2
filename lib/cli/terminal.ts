import { createInterface } from "node:readline/promises";
import type { Write } from "./standard-output.js";

/** What the program has of the outside. */
export interface Terminal {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** To standard output. */
  readonly out: (text: string) => void;
  /** To standard error. */
  readonly err: (text: string) => void;
  /** All of standard input, of at most so many bytes; undefined where there is more. */
  input(maxBytes: number): Promise<Buffer | undefined>;
  /** Whether standard input is a terminal: somebody is there who can answer. */
  readonly hasKeyboard: boolean;
  /** Whether standard error is a terminal: a question is seen there, and a line can be written over. */
  readonly hasScreen: boolean;
  /** Asks whoever is there; "" where they hang up. */
  ask(question: string): Promise<string>;
  /** From now on the first Ctrl-C aborts this signal; the second one ends the process. */
  interruption(): AbortSignal;
}

/** The terminal that this process was started from, standard output being written to by `write`. */
export function processTerminal(write: Write): Terminal {
  const { stdin, stderr } = process;
  return {
    cwd: process.cwd(),
    env: process.env,
    out: (text) => {
      write(text);
    },
    err: (text) => void stderr.write(text),
    async input(maxBytes) {
      const chunks: Buffer[] = [];
      let length = 0;
      for await (const chunk of stdin) {
        const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk), "utf8");
        length += bytes.length;
        if (length > maxBytes) return undefined;
        chunks.push(bytes);
      }
      return Buffer.concat(chunks);
    },
    hasKeyboard: stdin.isTTY,
    hasScreen: stderr.isTTY,
    async ask(question) {
      const lines = createInterface({ input: stdin, output: stderr });
      const hungUp = new Promise<string>((resolve) => {
        lines.once("close", () => {
          resolve("");
        });
      });
      try {
        return await Promise.race([lines.question(question), hungUp]);
      } finally {
        lines.close();
      }
    },
    interruption() {
      const controller = new AbortController();
      for (const signal of ["SIGINT", "SIGTERM"] as const) {
        process.once(signal, () => {
          controller.abort();
        });
      }
      return controller.signal;
    },
  };
}
