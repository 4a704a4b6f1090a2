import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");
const PROGRAM = "demo/main.ts";

/** A run of the demo that ended by itself. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** The demo as its own process, on ports and in a folder of its own that stay the same however often it is started. */
export interface DemoProcess {
  readonly env: { readonly PORT: string; readonly SIMULATOR_PORT: string; readonly DEMO_DATA: string };
  readonly shopUrl: string;
  readonly simulatorUrl: string;
  /** Resolves once the demo has said where it is. */
  start(): Promise<void>;
  /** Ends it without a word, as a power cut would. */
  kill(): Promise<void>;
  /** Asks it to stop. */
  stop(): Promise<Ended>;
  /** Kills it if it runs, and removes its folder. */
  remove(): Promise<void>;
}

export interface DemoOptions {
  /** Has the simulator capture a moment after the authorization, for tests that are not about the time that takes. */
  readonly isHurried?: boolean;
}

export async function demoProcess({ isHurried = false }: DemoOptions = {}): Promise<DemoProcess> {
  const program = isHurried ? "test/demo/hurried-demo.ts" : PROGRAM;
  const [port, simulatorPort] = await freePorts();
  const env = {
    PORT: String(port),
    SIMULATOR_PORT: String(simulatorPort),
    DEMO_DATA: mkdtempSync(join(tmpdir(), "express-antom-demo-")),
  };
  let running: Run | undefined;

  const end = async (signal: NodeJS.Signals): Promise<Ended> => {
    if (running === undefined) throw new Error("The demo is not running.");
    const { child, ended } = running;
    running = undefined;
    child.kill(signal);
    return ended;
  };

  return {
    env,
    shopUrl: `http://127.0.0.1:${port}`,
    simulatorUrl: `http://127.0.0.1:${simulatorPort}`,
    async start() {
      running = run(program, env);
      await running.ready;
    },
    async kill() {
      await end("SIGKILL");
    },
    stop: () => end("SIGTERM"),
    async remove() {
      if (running !== undefined) await end("SIGKILL");
      rmSync(env.DEMO_DATA, { recursive: true, force: true });
    },
  };
}

/** Starts the demo where it is expected to give up. */
export const runDemo = (env: Readonly<Record<string, string>>): Promise<Ended> => run(PROGRAM, env).ended;

interface Run {
  readonly child: ChildProcess;
  /** Resolves once both addresses are printed; rejects when it ends before. */
  readonly ready: Promise<void>;
  readonly ended: Promise<Ended>;
}

function run(program: string, env: Readonly<Record<string, string>>): Run {
  const child = spawn(process.execPath, ["--require", "tsx/cjs", program], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let errors = "";
  child.stderr.on("data", (bytes: Buffer) => (errors += bytes.toString()));
  const ended = once(child, "close").then(() => ({ code: child.exitCode, output, errors }));
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (bytes: Buffer) => {
      output += bytes.toString();
      if (/^Shop: .*\n(.*\n)*Simulator: .*\n/m.test(output)) resolve();
    });
    void ended.then(() => {
      reject(new Error(`The demo ended before it was ready.\n${output}${errors}`));
    });
  });
  // Whoever only waits for the end does not ask whether it was ready.
  ready.catch(() => undefined);
  return { child, ready, ended };
}

async function freePorts(): Promise<readonly [number, number]> {
  const servers = [createServer(), createServer()] as const;
  const ports = await Promise.all(
    servers.map(async (server) => {
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
      return (server.address() as AddressInfo).port;
    }),
  );
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return [ports[0] ?? 0, ports[1] ?? 0];
}
