import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer, Socket, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Client, Pool, type PoolConfig } from "pg";
import { type Binaries, postgresBinaries } from "./postgres-binaries.js";

/** A real PostgreSQL server of this process's own, on a port of its own. It goes when the process goes, however that ends. */
export interface PostgresServer {
  readonly host: string;
  readonly port: number;
  /** An empty database, with a name of its own. */
  database(): Promise<PostgresDatabase>;
  /** Takes the whole server away at once, as a power cut does (SIGKILL to each of its processes). */
  kill(): Promise<void>;
  /** Starts what was killed, on the same port and data, and waits until it answers; as a standby it takes no writes. */
  start(as?: "primary" | "standby"): Promise<void>;
  /** `kill`, then `start`. */
  crash(): Promise<void>;
  /** Ends the server and removes its data. */
  stop(): Promise<void>;
}

export interface PostgresDatabase {
  readonly name: string;
  readonly connectionString: string;
  /**
   * A pool on it, which `drop` ends. It hears the errors of its idle connections, so that a killed server does not end the process; make a
   * `Pool` on `connectionString` for one that does not.
   */
  readonly pool: (options?: PoolConfig) => Pool;
  drop(): Promise<void>;
}

export interface PostgresOptions {
  /** Settings of postgresql.conf, on top of the server's own; commits are durable unless these say otherwise. */
  readonly settings?: Readonly<Record<string, string>>;
}

const HOST = "127.0.0.1";
const USER = "postgres";
const PATIENCE = 30_000;

const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: HOST,
  unix_socket_directories: "",
  max_connections: "200",
  shared_buffers: "64MB",
  log_min_messages: "warning",
};

let shared: Promise<PostgresServer> | undefined;

/** One server for all tests of a process; it goes with the process. */
export const sharedPostgres = (): Promise<PostgresServer> => (shared ??= startPostgres());

/** Starts a server with empty data below the folder for temporary files, and waits until it answers: about a second. */
export const startPostgres = async (options: PostgresOptions = {}): Promise<PostgresServer> => {
  const folder = mkdtempSync(join(tmpdir(), "express-antom-postgres-"));
  const watcher = watchOver(folder);
  try {
    const server = new Server(folder, await freePort(), watcher);
    await server.initialize({ ...SETTINGS, ...options.settings });
    await server.start();
    return server;
  } catch (error) {
    watcher.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
};

/** Waits for this process to go, then ends the server that is named in the folder and removes the folder. */
const WATCH = `
const fs = require("node:fs"), folder = process.argv[1];
const alive = (pid) => { try { process.kill(pid, 0); return true; } catch { return false; } };
process.stdin.resume().on("close", () => {
  let pid = 0;
  try { pid = Number(fs.readFileSync(folder + "/data/postmaster.pid", "utf8").split("\\n")[0]); } catch {}
  try { if (pid > 1) process.kill(pid, "SIGQUIT"); } catch {}
  const until = Date.now() + 10000;
  const timer = setInterval(() => {
    if (pid > 1 && alive(pid) && Date.now() < until) return;
    clearInterval(timer);
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }, 20);
});`;

const watchOver = (folder: string): ChildProcess => {
  const watcher = spawn(process.execPath, ["-e", WATCH, folder], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  release(watcher);
  return watcher;
};

class Server implements PostgresServer {
  readonly host = HOST;
  readonly port: number;
  readonly #folder: string;
  readonly #data: string;
  readonly #binaries: Binaries;
  readonly #watcher: ChildProcess;
  #process: ChildProcess | undefined;
  #log = "";
  #names = 0;

  constructor(folder: string, port: number, watcher: ChildProcess) {
    this.#folder = folder;
    this.#data = join(folder, "data");
    this.port = port;
    this.#binaries = postgresBinaries(folder);
    this.#watcher = watcher;
  }

  /** Text is ordered as a language orders it, as on most servers, so that whatever hangs on another order is found. */
  async initialize(settings: Readonly<Record<string, string>>): Promise<void> {
    const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=en-US"];
    const flags = [`--pgdata=${this.#data}`, `--username=${USER}`, "--auth=trust", "--no-sync", ...locale];
    const child = this.#watched(this.#binaries.run("initdb", flags));
    const [code] = (await once(child, "close")) as [number | null];
    if (code !== 0) throw new Error(`initdb has failed: ${this.#log}`);
    const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'\n`);
    appendFileSync(join(this.#data, "postgresql.conf"), lines.join(""));
  }

  async start(as: "primary" | "standby" = "primary"): Promise<void> {
    this.#binaries.mark(join(this.#data, "standby.signal"), as === "standby");
    const child = this.#watched(this.#binaries.run("postgres", ["-D", this.#data, "-p", String(this.port)]));
    release(child);
    this.#process = child;
    const since = performance.now();
    while (!(await this.#answers())) {
      if (child.exitCode !== null || child.signalCode !== null || performance.now() - since > PATIENCE) {
        throw new Error(`PostgreSQL did not start: ${this.#log}`);
      }
      await wait(15);
    }
  }

  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child?.pid === undefined) return;
    const gone = exitOf(child);
    const others = childrenOf(child.pid);
    for (const pid of [child.pid, ...others]) end(pid, "SIGKILL");
    await gone;
    while (others.some((pid) => end(pid, 0))) await wait(5);
  }

  async crash(): Promise<void> {
    await this.kill();
    await this.start();
  }

  async stop(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child?.pid !== undefined) {
      const gone = exitOf(child);
      end(child.pid, "SIGINT");
      await gone;
    }
    this.#watcher.kill("SIGKILL");
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async database(): Promise<PostgresDatabase> {
    const name = `shop_${process.pid}_${++this.#names}`;
    await this.#administer(`CREATE DATABASE ${name}`);
    const pools = new Set<Pool>();
    const connectionString = `postgres://${USER}@${HOST}:${this.port}/${name}`;
    return {
      name,
      connectionString,
      pool: (options = {}) => {
        const pool = new Pool({ connectionString, allowExitOnIdle: true, connectionTimeoutMillis: 10_000, ...options });
        pool.on("error", () => undefined);
        pools.add(pool);
        return pool;
      },
      drop: async () => {
        for (const pool of pools) if (!pool.ended) await pool.end();
        await this.#administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      },
    };
  }

  async #administer(sql: string): Promise<void> {
    const client = await this.#connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  }

  async #connect(): Promise<Client> {
    const client = new Client({ host: HOST, port: this.port, user: USER, database: "postgres" });
    client.on("error", () => undefined);
    await client.connect();
    return client;
  }

  async #answers(): Promise<boolean> {
    try {
      const client = await this.#connect();
      await client.end();
      return true;
    } catch {
      return false;
    }
  }

  /** Its words are kept to tell why it did not start. */
  #watched(child: ChildProcess): ChildProcess {
    this.#log = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.#log = (this.#log + text).slice(-10_000);
      });
    }
    return child;
  }
}

/** This process may end while that one runs. */
const release = (child: ChildProcess): void => {
  child.unref();
  for (const stream of child.stdio) if (stream instanceof Socket) stream.unref();
};

/** Resolves when it has ended, for which this process now waits. */
const exitOf = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.ref();
  await once(child, "exit");
};

/** Sends a signal; false if there is no such process. */
const end = (pid: number, signal: NodeJS.Signals | 0): boolean => {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
};

/** The processes a server has started. Where there is no /proc they end by themselves once it is gone. */
const childrenOf = (pid: number): number[] => {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name) && parentOf(name) === pid)
      .map(Number);
  } catch {
    return [];
  }
};

const parentOf = (pid: string): number => {
  try {
    return Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1]);
  } catch {
    return 0;
  }
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, HOST);
  await once(server, "listening");
  const address = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return address.port;
};
