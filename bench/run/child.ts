import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";

export interface ChildOptions {
  readonly binary: string;
  readonly file: string;
  /** The core to run on; any where undefined. */
  readonly core: number | undefined;
  readonly env?: Readonly<Record<string, string>>;
  readonly nodeOptions?: readonly string[];
}

/** A process of the bench, that answers one message with one message. */
export class Child {
  readonly #process: ChildProcess;
  readonly #file: string;

  constructor({ binary, file, core, env = {}, nodeOptions = [] }: ChildOptions) {
    const [command, more] = core === undefined ? [binary, []] : ["taskset", ["-c", String(core), binary]];
    this.#file = file;
    this.#process = spawn(command, [...more, ...nodeOptions, file], {
      // What is logged goes to /dev/null, as quick as a log can be.
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      env: { ...process.env, NODE_ENV: "production", ...env },
    });
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** The next message, after saying `message` if there is one to say. */
  async ask(message?: object): Promise<Readonly<Record<string, unknown>>> {
    const gone = new AbortController();
    const died = once(this.#process, "exit", { signal: gone.signal }).then(([code, signal]) => {
      throw new Error(`${this.#file} ended (${String(code ?? signal)})`);
    });
    const answered = once(this.#process, "message", { signal: gone.signal });
    try {
      if (message !== undefined) this.#process.send(message);
      const [answer] = (await Promise.race([answered, died])) as [unknown];
      const fields = typeof answer === "object" && answer !== null ? answer : {};
      if ("failure" in fields) throw new Error(String(fields.failure));
      return fields as Readonly<Record<string, unknown>>;
    } finally {
      gone.abort();
      died.catch(() => undefined);
      answered.catch(() => undefined);
    }
  }

  async end(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const exit = once(this.#process, "exit");
    this.#process.disconnect();
    const kill = setTimeout(() => this.#process.kill("SIGKILL"), 3_000);
    await exit;
    clearTimeout(kill);
  }
}
